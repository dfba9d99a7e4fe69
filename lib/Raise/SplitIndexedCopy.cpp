//===- SplitIndexedCopy.cpp - Indexed copies as broadcasts ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SplitIndexedCopy.h"

#include "ditto/Analysis/DigitLayout.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mlir::ditto;

/// Whether all that `op` does is extract an element for each of its result's.
static bool isIndexedCopy(linalg::GenericOp op) {
  if (!op.hasPureTensorSemantics() || op.getNumDpsInputs() != 0 ||
      op.getNumDpsInits() != 1 ||
      op.getNumParallelLoops() != op.getNumLoops() ||
      !op.getIndexingMapsArray()[0].isPermutation() ||
      !op.getRegionOutputArgs()[0].use_empty())
    return false;
  Block *body = op.getBlock();
  auto extract =
      body->getTerminator()->getOperand(0).getDefiningOp<tensor::ExtractOp>();
  return extract && extract->getBlock() == body &&
         llvm::all_of(body->without_terminator(), [](Operation &inner) {
           return inner.getNumRegions() == 0 && isMemoryEffectFree(&inner);
         });
}

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

/// Whether movement that follows joins the dimensions `counts` of the result of
/// `op`, which are broadcast, with others.
static bool isJoined(Operation *op, ArrayRef<int64_t> counts) {
  std::string ignored;
  FailureOr<DigitLayout> all = DigitLayout::identity(op->getResult(0), ignored);
  if (failed(all))
    return false;
  SmallVector<DigitList> sourceDims;
  for (auto [dim, list] : llvm::enumerate(all->getResultDims()))
    if (!llvm::is_contained(counts, dim))
      sourceDims.push_back(list);
  DigitLayout layout(op->getResult(0), *all, sourceDims, all->getResultDims());
  layout.allowRootReshape();
  while (op->getResult(0).hasOneUse()) {
    Operation *user = *op->user_begin();
    if (user->getBlock() != op->getBlock() || !op->isBeforeInBlock(user) ||
        user->getNumResults() != 1 ||
        getMovedValue(user, ignored) != op->getResult(0) ||
        failed(layout.apply(user, ignored)))
      return false;
    if (layout.joinsCounts())
      return true;
    op = user;
  }
  return false;
}

/// `op` without the loops of the dimensions `invariant`. Its loops are numbered
/// in the order of the result's dimensions.
static Value createSmallerCopy(OpBuilder &builder, linalg::GenericOp op,
                               ArrayRef<int64_t> invariant) {
  AffineMap map = op.getIndexingMapsArray()[0];
  Location loc = op->getLoc();
  Value init = op.getDpsInits()[0];
  SmallVector<int64_t> numberOfLoop(op.getNumLoops(), -1);
  SmallVector<OpFoldResult> sizes;
  for (unsigned dim = 0, rank = map.getNumResults(); dim < rank; ++dim) {
    if (llvm::is_contained(invariant, dim))
      continue;
    numberOfLoop[map.getDimPosition(dim)] = sizes.size();
    sizes.push_back(SymbolicSize::ofDim(init, dim).materialize(builder, loc));
  }
  Value smaller = tensor::EmptyOp::create(builder, loc, sizes,
                                          getElementTypeOrSelf(init.getType()));
  SmallVector<utils::IteratorType> iterators(sizes.size(),
                                             utils::IteratorType::parallel);
  auto buildBody = [&](OpBuilder &nested, Location, ValueRange) {
    IRMapping mapping;
    for (Operation &inner : *op.getBlock()) {
      Operation *clone = nested.clone(inner, mapping);
      if (auto index = dyn_cast<linalg::IndexOp>(clone))
        index.setDim(numberOfLoop[index.getDim()]);
    }
  };
  return linalg::GenericOp::create(
             builder, loc, smaller.getType(), ValueRange(), smaller,
             builder.getMultiDimIdentityMap(sizes.size()), iterators, buildBody)
      .getResult(0);
}

namespace {
/// See populateSplitIndexedCopyPatterns.
struct SplitIndexedCopy : public OpRewritePattern<linalg::GenericOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (!isIndexedCopy(op))
      return rewriter.notifyMatchFailure(op, "expected a copy by indices");
    if (isMovement(op))
      return rewriter.notifyMatchFailure(
          op, "expected indices that are no movement of digits");
    SmallVector<int64_t> invariant = getInvariantDims(op);
    if (invariant.empty() || !isJoined(op, invariant))
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
