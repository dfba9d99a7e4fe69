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

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// How a vectorised op walks its operands. Loops run from outside to inside:
/// `outerDims`, the vector dimension, `reductionDims`.
struct VectorPlan {
  /// A parallel dimension along which every result is contiguous; every other
  /// operand is contiguous too or does not depend on it.
  unsigned vectorDim;
  /// The other parallel dimensions, in the order of the result's.
  SmallVector<unsigned> outerDims;
  SmallVector<unsigned> reductionDims;
  /// Per operand: whether it advances along the vector dimension.
  SmallVector<bool> advances;
  /// Ops of the body whose results differ from lane to lane.
  DenseSet<Operation *> laneOps;
  /// The body only yields inputs, so elements of any type are moved as storage.
  bool movesOnly = false;
  /// Bits of the widest lane.
  unsigned laneBits = 0;
  /// A dimension of `outerDims` to take several steps of at once, because
  /// operands that do not depend on it are then loaded once for all of them.
  std::optional<unsigned> unrolledDim;
};

/// The plan for `op`, or failure with a reason to the rewriter's listener.
FailureOr<VectorPlan> planVectorLoops(linalg::LinalgOp op,
                                      RewriterBase &rewriter);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_VECTORPLAN_H
