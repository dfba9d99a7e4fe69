//===- SplitIndexedCopy.cpp - Indexed copies as broadcasts ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SplitIndexedCopy.h"

#include "Chain.h"
#include "ditto/Analysis/IndexedCopy.h"

using namespace mlir;
using namespace mlir::ditto;

/// Whether `op` needs no splitting.
static bool isMovement(Operation *op) {
  std::string ignored;
  Value source = getMovedValue(op, ignored);
  if (!source)
    return false;
  FailureOr<DigitLayout> layout = DigitLayout::identity(source, ignored);
  return succeeded(layout) && succeeded(layout->apply(op, ignored));
}

/// The dimensions of the result along whose loops the indices are the same. The
/// loops have turns: if one had none, the smaller copy might run, and extract
/// out of bounds, where `op` does nothing.
static SmallVector<int64_t> getInvariantDims(linalg::GenericOp op) {
  AffineMap map = op.getIndexingMapsArray()[0];
  llvm::SmallBitVector used(op.getNumLoops());
  for (auto index : op.getBlock()->getOps<linalg::IndexOp>())
    used.set(index.getDim());
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<int64_t> invariant;
  for (auto [dim, extent] : llvm::enumerate(type.getShape()))
    if (!used.test(map.getDimPosition(dim)) && !ShapedType::isDynamic(extent) &&
        extent > 1)
      invariant.push_back(dim);
  return invariant;
}

/// `op` without the loops of the dimensions `invariant`.
static Value createSmallerCopy(OpBuilder &builder, linalg::GenericOp op,
                               ArrayRef<int64_t> invariant) {
  Value init = op.getDpsInits()[0];
  SmallVector<OpFoldResult> extents(op.getNumLoops());
  for (auto [dim, extent] : llvm::enumerate(extents))
    if (!llvm::is_contained(invariant, dim))
      extent = SymbolicSize::ofDim(init, dim).materialize(builder, op.getLoc());
  return createIndexedCopy(builder, op, getIndexedExtract(op).getTensor(),
                           extents);
}

namespace {
/// See populateSplitIndexedCopyPatterns.
struct SplitIndexedCopy : public OpRewritePattern<linalg::GenericOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (!getIndexedExtract(op))
      return rewriter.notifyMatchFailure(op, "expected a copy by indices");
    if (isMovement(op))
      return rewriter.notifyMatchFailure(
          op, "expected indices that are no movement of digits");
    SmallVector<int64_t> invariant = getInvariantDims(op);
    if (invariant.empty() || !isJoinedLater(op, invariant))
      return rewriter.notifyMatchFailure(
          op, "expected a dimension that no index depends on, and that a "
              "reshape joins with others");
    Value smaller = createSmallerCopy(rewriter, op, invariant);
    rewriter.replaceOpWithNewOp<linalg::BroadcastOp>(
        op, smaller, op.getDpsInits()[0], invariant);
    return success();
  }
};
} // namespace

void mlir::ditto::populateSplitIndexedCopyPatterns(
    RewritePatternSet &patterns) {
  patterns.add<SplitIndexedCopy>(patterns.getContext());
}
