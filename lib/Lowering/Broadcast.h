//===- Broadcast.h - Uniform repeats as broadcast and reshape ---*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_LOWERING_BROADCAST_H
#define DITTO_LIB_LOWERING_BROADCAST_H

#include "Destination.h"

#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// A dimension of the expanded result of a uniform repeat: one that the operand
/// has, or a count.
struct ExpandedDim {
  OpFoldResult extent;
  bool isCount;
};

/// Broadcasts `input` to the expanded dims of `groups` and merges each group
/// into one dimension:
///
///   groups [[c0, d0], [d1, c1]], c counts, d the operand's dims
///   %e = tensor.empty : tensor<c0 x d0 x d1 x c1>
///   %b = linalg.broadcast ins(%input) outs(%e) dimensions = [0, 3]
///   %r = tensor.collapse_shape %b [[0, 1], [2, 3]]
///
/// Counts that are the constant 1 take no dimension. The value returned has
/// type `resultType`.
FailureOr<Value> broadcastAndMerge(RewriterBase &rewriter, Location loc,
                                   Value input,
                                   ArrayRef<SmallVector<ExpandedDim>> groups,
                                   RankedTensorType resultType,
                                   Destination &destination);

/// `value` as a value of `type`, which may know more or fewer extents.
Value castTo(OpBuilder &builder, Location loc, RankedTensorType type,
             Value value);

/// Whether a tensor that exists with these extents is empty: some extent is
/// known to be 0, or has to be because the others multiply to more than 64
/// bits. Then there is nothing to copy, and reshapes of such shapes are best
/// avoided.
bool isKnownEmpty(ArrayRef<OpFoldResult> extents);

/// Whether some extent is 0, as an i1.
Value createIsEmpty(OpBuilder &builder, Location loc,
                    ArrayRef<OpFoldResult> extents);

/// A tensor of `type` whose dynamic extents are those of `extents`; static ones
/// have been checked to be the same. Its contents are undefined.
Value createEmpty(OpBuilder &builder, Location loc,
                  ArrayRef<OpFoldResult> extents, RankedTensorType type);

/// `input` of any rank as a tensor of rank 1, row-major.
Value flatten(OpBuilder &builder, Location loc, Value input);

} // namespace mlir::ditto

#endif // DITTO_LIB_LOWERING_BROADCAST_H
