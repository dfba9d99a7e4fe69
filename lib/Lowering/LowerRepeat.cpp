//===- LowerRepeat.cpp - ditto.repeat to linalg ---------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Broadcast.h"
#include "RuntimeChecks.h"

#include "ditto/Lowering/Lowering.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::ditto;

/// Emits repeat_r1 to repeat_r3 and returns the extents of the result.
static FailureOr<SmallVector<OpFoldResult>>
emitChecks(RewriterBase &rewriter, RepeatOp op, ArrayRef<OpFoldResult> counts,
           ArrayRef<OpFoldResult> operandExtents) {
  if (!op.mayFailAtRunTime())
    return tensor::getMixedSizes(rewriter, op.getLoc(), op.getResult());
  FailureOr<RuntimeChecks> checks = RuntimeChecks::create(rewriter, op);
  if (failed(checks))
    return failure();
  auto attr = [&](int64_t value) { return rewriter.getIndexAttr(value); };
  for (auto [i, count] : llvm::enumerate(counts))
    checks->failIfNegative(count, RuntimeError::RepeatNegativeCount,
                           {count, attr(i)});
  SmallVector<OpFoldResult> extents;
  for (auto [i, count] : llvm::enumerate(counts)) {
    OpFoldResult extent = attr(1);
    if (int64_t(i) >= op.getNumNewDims())
      extent = operandExtents[i - op.getNumNewDims()];
    extents.push_back(checks->multiply(count, extent,
                                       RuntimeError::RepeatExtentOverflow,
                                       {attr(i), count, extent}));
  }
  checks->failIfTooLarge(extents, op.getResultType().getElementType(),
                         RuntimeError::RepeatBytesOverflow);
  checks->failIfTypeDiffers(op.getResultType(), extents,
                            RuntimeError::RepeatExtentMismatch);
  return extents;
}

/// Each dimension d of the operand becomes the pair (count, d), the count
/// outermost; new leading dimensions are counts alone.
FailureOr<Value> ditto::lowerToLinalg(RewriterBase &rewriter, RepeatOp op,
                                      Destination &destination) {
  if (op.getInputType().getEncoding())
    return rewriter.notifyMatchFailure(op,
                                       "expected an operand without encoding");
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  Location loc = op.getLoc();
  SmallVector<OpFoldResult> counts = op.getMixedCounts();
  SmallVector<OpFoldResult> extents =
      tensor::getMixedSizes(rewriter, loc, op.getInput());
  FailureOr<SmallVector<OpFoldResult>> resultExtents =
      emitChecks(rewriter, op, counts, extents);
  if (failed(resultExtents))
    return failure();
  if (isKnownEmpty(*resultExtents))
    return createEmpty(rewriter, loc, *resultExtents, op.getResultType());

  SmallVector<SmallVector<ExpandedDim>> groups;
  for (auto [i, count] : llvm::enumerate(counts)) {
    SmallVector<ExpandedDim> &group = groups.emplace_back();
    group.push_back({count, /*isCount=*/true});
    if (int64_t(i) >= op.getNumNewDims())
      group.push_back({extents[i - op.getNumNewDims()], /*isCount=*/false});
  }
  return broadcastAndMerge(rewriter, loc, op.getInput(), groups,
                           op.getResultType(), destination);
}

FailureOr<Value> ditto::lowerToLinalg(RewriterBase &rewriter, RepeatOp op) {
  TensorDestination destination(rewriter, op.getLoc());
  return lowerToLinalg(rewriter, op, destination);
}
