//===- VectorPlan.h - Which loops of a linalg op become vectors  -*- C++
//-*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_VECTORPLAN_H
#define DITTO_LIB_CODEGEN_VECTORPLAN_H

#include "ditto/Codegen/TargetModel.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// How a vectorised op walks its operands. Loops run from outside to inside:
/// `parallelDims`, then `reductionDims`.
struct VectorPlan {
  /// A dimension along which operands are contiguous or on which they do not
  /// depend.
  unsigned vectorDim = 0;
  /// Whether the lanes are partial results of a reduction along `vectorDim`,
  /// which is then in neither list of loops; else they are elements of every
  /// result and `vectorDim` is in `parallelDims`.
  bool lanesReduce = false;
  /// Per result, how partial results are combined; only if `lanesReduce`.
  SmallVector<vector::CombiningKind> kinds;
  SmallVector<unsigned> parallelDims;
  SmallVector<unsigned> reductionDims;
  /// A parallel dimension to take several steps of at once, because operands
  /// that do not depend on it are then loaded once for all of them.
  std::optional<unsigned> rowDim;
  /// Another one, only if `lanesReduce`.
  std::optional<unsigned> columnDim;
  /// A reduction over the two elements of pairs that an operand has in each
  /// lane, which is in neither list of loops.
  std::optional<unsigned> pairDim;
  /// Per operand: whether the body gets it lane by lane.
  SmallVector<bool> advances;
  /// Ops of the body whose results differ from lane to lane.
  DenseSet<Operation *> laneOps;
  /// The body only yields inputs, so elements of any type are moved as storage.
  bool movesOnly = false;
  /// Bits of the widest lane.
  unsigned laneBits = 0;

  bool reduces() const { return lanesReduce || !reductionDims.empty(); }
};

/// The plan for `op`, or failure with a reason to the rewriter's listener.
/// Only if `reassociate`, lanes may be partial sums of floats.
FailureOr<VectorPlan> planVectorLoops(linalg::LinalgOp op,
                                      const TargetModel &target,
                                      bool reassociate, RewriterBase &rewriter);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_VECTORPLAN_H
