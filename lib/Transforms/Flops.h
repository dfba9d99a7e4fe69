//===- Flops.h - The arithmetic that ops execute ----------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_FLOPS_H
#define DITTO_LIB_TRANSFORMS_FLOPS_H

#include "ditto/Transforms/Remarks.h"

namespace mlir::ditto {

/// What an op on tensors does.
struct LoopWork {
  /// The arithmetic operations of one turn of its loops, if that is known.
  std::optional<int64_t> flopsPerTurn;
  /// The extents of the loops.
  SmallVector<int64_t> extents;
};

/// The work of `op`, which has a result of known rank. Ops that compute nothing
/// turn once for each element of the first one.
LoopWork getLoopWork(Operation *op);

/// Counts what `oldOp` executes, and what `newOp`, which takes its place, does.
/// `sameTurns` says that their loops turn equally often whatever the extents.
FlopChange compareFlops(Operation *oldOp, Operation *newOp,
                        bool sameTurns = false);

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_FLOPS_H
