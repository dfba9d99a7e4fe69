//===- CanonicalizeRepeat.cpp - Canonicalizations of ditto.repeat ---------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CanonicalizeShared.h"

#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// %c2 = arith.constant 2 : index
/// %r = ditto.repeat %x by [%c2, 3]
///   becomes
/// %r = ditto.repeat %x by [2, 3]
struct InlineConstantCounts : public OpRewritePattern<RepeatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(RepeatOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<int64_t> staticCounts(op.getStaticCounts());
    SmallVector<Value> dynamicCounts;
    auto operands = op.getCounts().begin();
    for (int64_t &count : staticCounts) {
      if (!ShapedType::isDynamic(count))
        continue;
      Value operand = *operands++;
      if (std::optional<int64_t> number = getConstantCount(operand))
        count = *number;
      else
        dynamicCounts.push_back(operand);
    }
    if (dynamicCounts.size() == op.getCounts().size())
      return rewriter.notifyMatchFailure(op, "no count is a constant >= 0");
    FailureOr<RankedTensorType> inferred =
        inferRepeatType(saysNothing, op.getInputType(), staticCounts);
    if (failed(inferred) || failed(mergeTypes(*inferred, op.getResultType())))
      return rewriter.notifyMatchFailure(
          op, "constant counts contradict the result type");
    rewriter.modifyOpInPlace(op, [&] {
      op.setStaticCounts(staticCounts);
      op.getCountsMutable().assign(dynamicCounts);
    });
    return success();
  }
};

/// %a = ditto.repeat %x by [2, 1]
/// %r = ditto.repeat %a by [5, 3, 4]
///   becomes
/// %r = ditto.repeat %x by [5, 6, 4]
/// Counts multiply where both are static or one is 1; a product of SSA values
/// would need an op, and two negative counts would make a positive one.
struct ComposeRepeats : public OpRewritePattern<RepeatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(RepeatOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<RepeatOp>();
    if (!inner || assertsExtents(inner))
      return rewriter.notifyMatchFailure(
          op, "operand is no repeat free of extent checks");
    SmallVector<OpFoldResult> counts = op.getMixedCounts();
    int64_t newDims = op.getNumNewDims();
    for (auto [i, count] : llvm::enumerate(inner.getMixedCounts())) {
      OpFoldResult &outer = counts[newDims + i];
      if (isConstantIntValue(count, 1))
        continue;
      if (isConstantIntValue(outer, 1)) {
        outer = count;
        continue;
      }
      auto lhs = getConstantIntValue(count), rhs = getConstantIntValue(outer);
      if (!lhs || !rhs)
        return rewriter.notifyMatchFailure(
            op, "product of counts is not known statically");
      FailureOr<int64_t> product = multiplyExtents(*lhs, *rhs);
      if (failed(product))
        return rewriter.notifyMatchFailure(
            op, "product of counts does not fit in 64 bits");
      outer = rewriter.getIndexAttr(*product);
    }
    SmallVector<int64_t> staticCounts;
    SmallVector<Value> dynamicCounts;
    dispatchIndexOpFoldResults(counts, dynamicCounts, staticCounts);
    FailureOr<RankedTensorType> inferred =
        inferRepeatType(saysNothing, inner.getInputType(), staticCounts);
    if (failed(inferred) || failed(mergeTypes(*inferred, op.getResultType())))
      return rewriter.notifyMatchFailure(
          op, "composed counts contradict the result type");
    rewriter.replaceOpWithNewOp<RepeatOp>(op, op.getResultType(),
                                          inner.getInput(), counts);
    return success();
  }
};

/// %r = ditto.repeat %x by [1, 4, 1, 3] : tensor<2xf32> -> tensor<1x4x1x6xf32>
///   becomes
/// %a = ditto.repeat %x by [4, 3] : tensor<2xf32> -> tensor<4x6xf32>
/// %r = tensor.expand_shape %a [[0, 1], [2, 3]]
/// A new dimension of extent 1 moves no data: it is a reshape's business.
struct ExtractUnitDims : public OpRewritePattern<RepeatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(RepeatOp op,
                                PatternRewriter &rewriter) const override {
    int64_t newDims = op.getNumNewDims();
    SmallVector<OpFoldResult> counts = op.getMixedCounts();
    auto isUnit = [&](int64_t i) {
      return i < newDims && isConstantIntValue(counts[i], 1) &&
             op.getResultType().getDimSize(i) == 1;
    };
    SmallVector<OpFoldResult> keptCounts;
    SmallVector<int64_t> keptShape;
    // Unit dims join the kept dimension after them, the last ones the one
    // before; with none kept, the result expands from rank 0.
    SmallVector<ReassociationIndices> reassociation;
    ReassociationIndices pending;
    for (auto [i, count] : llvm::enumerate(counts)) {
      pending.push_back(i);
      if (isUnit(i))
        continue;
      keptCounts.push_back(count);
      keptShape.push_back(op.getResultType().getDimSize(i));
      reassociation.push_back(std::exchange(pending, {}));
    }
    if (keptCounts.size() == counts.size())
      return rewriter.notifyMatchFailure(op, "has no new unit dimension");
    // A run-time error names the dimension, whose number would change.
    bool movesNoData = llvm::all_of(op.getStaticCounts(),
                                    [](int64_t count) { return count == 1; });
    if (op.mayFailAtRunTime() && (!movesNoData || assertsExtents(op)))
      return rewriter.notifyMatchFailure(op, "may fail at run time");
    if (!reassociation.empty())
      reassociation.back().append(pending);

    Location loc = op.getLoc();
    auto keptType =
        RankedTensorType::get(keptShape, op.getResultType().getElementType(),
                              op.getResultType().getEncoding());
    auto kept =
        RepeatOp::create(rewriter, loc, keptType, op.getInput(), keptCounts);
    SmallVector<OpFoldResult> keptSizes =
        tensor::getMixedSizes(rewriter, loc, kept);
    SmallVector<OpFoldResult> sizes(counts.size(), rewriter.getIndexAttr(1));
    for (auto [group, size] : llvm::zip_equal(reassociation, keptSizes))
      for (int64_t i : group)
        if (!isUnit(i))
          sizes[i] = size;
    rewriter.replaceOpWithNewOp<tensor::ExpandShapeOp>(
        op, op.getResultType(), kept, reassociation, sizes);
    return success();
  }
};

} // namespace

void RepeatOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                           MLIRContext *context) {
  patterns.add<AbsorbOperandCast<RepeatOp>, AbsorbResultCast<RepeatOp>,
               RefineResultType<RepeatOp>, ComposeRepeats, ExtractUnitDims,
               InlineConstantCounts>(context);
}
