//===- CanonicalizeRepeatInterleave.cpp - Canonicalizations ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CanonicalizeShared.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::ditto;

/// Counts tensors of more entries than this are not looked into.
static constexpr size_t kMaxConstantCounts = 1024;

/// Changes the static sizes of `op` to `sizes`, dropping the operands they
/// replace, unless that contradicts the declared result type.
static LogicalResult setStaticSizes(RepeatInterleaveOp op,
                                    const StaticInterleave &sizes,
                                    PatternRewriter &rewriter) {
  FailureOr<RankedTensorType> inferred =
      inferInterleaveType(saysNothing, sizes);
  if (failed(inferred) || failed(mergeTypes(*inferred, op.getResultType())))
    return rewriter.notifyMatchFailure(
        op, "constant sizes contradict the op's types");
  auto attribute = [&](int64_t size) {
    return ShapedType::isDynamic(size) ? IntegerAttr()
                                       : rewriter.getI64IntegerAttr(size);
  };
  rewriter.modifyOpInPlace(op, [&] {
    op.setStaticCountAttr(attribute(sizes.count));
    if (op.getStaticCount())
      op.getCountMutable().clear();
    op.setStaticOutputSizeAttr(attribute(sizes.outputSize));
    if (op.getStaticOutputSize())
      op.getOutputSizeMutable().clear();
  });
  return success();
}

namespace {

/// %c4 = arith.constant 4 : index
/// %r = ditto.repeat_interleave %x by %c4 dim(0) output_size(%c8)
///   becomes
/// %r = ditto.repeat_interleave %x by 4 dim(0) output_size(8)
struct InlineConstantSizes : public OpRewritePattern<RepeatInterleaveOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(RepeatInterleaveOp op,
                                PatternRewriter &rewriter) const override {
    StaticInterleave sizes = StaticInterleave::get(op);
    std::optional<int64_t> count, outputSize;
    if (op.getCount() && !op.getCountsTensor())
      count = getConstantCount(op.getCount());
    if (op.getOutputSize())
      outputSize = getConstantCount(op.getOutputSize());
    if (!count && !outputSize)
      return rewriter.notifyMatchFailure(
          op, "neither count nor output_size is a constant >= 0");
    sizes.count = count.value_or(sizes.count);
    sizes.outputSize = outputSize.value_or(sizes.outputSize);
    return setStaticSizes(op, sizes, rewriter);
  }
};

/// %c = arith.constant dense<4> : tensor<2xi64>
/// %r = ditto.repeat_interleave %x by %c dim(0) : tensor<2xf32>, tensor<2xi64>
///   becomes
/// %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2xf32>
/// and counts that differ give the total away:
/// %c = arith.constant dense<[1, 2, 3]> : tensor<3xi64>
/// %r = ditto.repeat_interleave %x by %c dim(0)
///   becomes
/// %r = ditto.repeat_interleave %x by %c dim(0) output_size(6)
struct InlineConstantCountsTensor
    : public OpRewritePattern<RepeatInterleaveOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(RepeatInterleaveOp op,
                                PatternRewriter &rewriter) const override {
    TypedValue<RankedTensorType> tensor = op.getCountsTensor();
    DenseIntElementsAttr counts;
    if (!tensor || !matchPattern(tensor, m_Constant(&counts)))
      return rewriter.notifyMatchFailure(op, "counts are no constant tensor");
    StaticInterleave sizes = StaticInterleave::get(op);
    FailureOr<int64_t> extent = sizes.getExtent();
    // ri_r3 must be known to hold: the rewrite drops it.
    bool isShared =
        tensor.getType().getRank() == 0 || tensor.getType().getDimSize(0) == 1;
    if (failed(extent) ||
        (!isShared && tensor.getType().getDimSize(0) != *extent))
      return rewriter.notifyMatchFailure(
          op, "the number of counts is not known to be right");
    if (counts.empty())
      return rewriter.notifyMatchFailure(op, "there are no counts");
    if (!counts.isSplat() && size_t(counts.size()) > kMaxConstantCounts)
      return rewriter.notifyMatchFailure(op, "there are too many counts");
    if (counts.isSplat() || llvm::all_equal(counts.getValues<APInt>())) {
      int64_t count = (*counts.begin()).getSExtValue();
      if (count < 0)
        return rewriter.notifyMatchFailure(op, "count is negative");
      sizes.count = count;
      sizes.countsTensor = {};
      return setStaticSizes(op, sizes, rewriter);
    }
    if (op.getMixedOutputSize())
      return rewriter.notifyMatchFailure(op, "output_size is given");
    APInt total(128, 0);
    for (APInt count : counts) {
      if (count.isNegative())
        return rewriter.notifyMatchFailure(op, "a count is negative");
      total += count.sext(128);
    }
    if (!total.isSignedIntN(64))
      return rewriter.notifyMatchFailure(op, "total does not fit in 64 bits");
    sizes.outputSize = total.getSExtValue();
    return setStaticSizes(op, sizes, rewriter);
  }
};

/// %r = ditto.repeat_interleave %x by 4 dim(0) output_size(8)
///     : tensor<2xf32> -> tensor<8xf32>
///   becomes
/// %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2xf32> -> tensor<8xf32>
/// The verifier has compared both.
struct DropKnownOutputSize : public OpRewritePattern<RepeatInterleaveOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(RepeatInterleaveOp op,
                                PatternRewriter &rewriter) const override {
    FailureOr<int64_t> extent = StaticInterleave::get(op).getExtent();
    if (!op.getStaticOutputSize() || !op.getStaticCount() || failed(extent) ||
        ShapedType::isDynamic(*extent))
      return rewriter.notifyMatchFailure(
          op, "output_size is absent or not known to be the total");
    rewriter.modifyOpInPlace(op, [&] { op.setStaticOutputSizeAttr({}); });
    return success();
  }
};

/// %r = ditto.repeat_interleave %x by 4 : tensor<2xf32> -> tensor<8xf32>
///   becomes
/// %r = ditto.repeat_interleave %x by 4 dim(0)
/// and a count of 1 that only flattens becomes the reshape it is:
/// %r = ditto.repeat_interleave %x by 1 : tensor<2x3xf32> -> tensor<6xf32>
///   becomes
/// %r = tensor.collapse_shape %x [[0, 1]]
struct SimplifyFlattened : public OpRewritePattern<RepeatInterleaveOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(RepeatInterleaveOp op,
                                PatternRewriter &rewriter) const override {
    int64_t rank = op.getInputType().getRank();
    if (!op.isFlattened() || rank == 0)
      return rewriter.notifyMatchFailure(op, "does not flatten anything");
    if (rank == 1) {
      rewriter.modifyOpInPlace(op, [&] { op.setDim(0); });
      return success();
    }
    if (op.getStaticCount() != 1 || op.getMixedOutputSize() ||
        assertsExtents(op))
      return rewriter.notifyMatchFailure(op, "does more than flatten");
    // memref.collapse_shape refuses 0 beside dynamic extents.
    if (llvm::is_contained(op.getInputType().getShape(), 0))
      return rewriter.notifyMatchFailure(op, "is empty: nothing to reshape");
    auto all = llvm::to_vector<2>(llvm::seq<int64_t>(0, rank));
    Value flat =
        tensor::CollapseShapeOp::create(rewriter, op.getLoc(), op.getInput(),
                                        ArrayRef<ReassociationIndices>{all});
    if (flat.getType() != op.getType())
      flat = tensor::CastOp::create(rewriter, op.getLoc(), op.getType(), flat);
    rewriter.replaceOp(op, flat);
    return success();
  }
};

/// %a = ditto.repeat_interleave %x by 2 dim(1)
/// %r = ditto.repeat_interleave %a by 3 dim(1)
///   becomes
/// %r = ditto.repeat_interleave %x by 6 dim(1)
struct ComposeInterleaves : public OpRewritePattern<RepeatInterleaveOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(RepeatInterleaveOp op,
                                PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<RepeatInterleaveOp>();
    if (!inner || assertsExtents(inner) || inner.getMixedOutputSize())
      return rewriter.notifyMatchFailure(
          op, "operand is no repeat_interleave free of extent checks");
    if (op.isFlattened() || op.getResultDim() != inner.getResultDim())
      return rewriter.notifyMatchFailure(op, "repeats another dimension");
    if (!op.getStaticCount() || !inner.getStaticCount())
      return rewriter.notifyMatchFailure(op, "counts are not static");
    FailureOr<int64_t> product =
        multiplyExtents(*op.getStaticCount(), *inner.getStaticCount());
    if (failed(product))
      return rewriter.notifyMatchFailure(
          op, "product of counts does not fit in 64 bits");
    StaticInterleave sizes = StaticInterleave::get(op);
    sizes.input = inner.getInputType();
    sizes.dim = inner.getDim();
    sizes.count = *product;
    FailureOr<RankedTensorType> inferred =
        inferInterleaveType(saysNothing, sizes);
    if (failed(inferred) || failed(mergeTypes(*inferred, op.getResultType())))
      return rewriter.notifyMatchFailure(
          op, "composed counts contradict the result type");
    rewriter.replaceOpWithNewOp<RepeatInterleaveOp>(
        op, op.getResultType(), inner.getInput(),
        OpFoldResult(rewriter.getIndexAttr(*product)), inner.getDim(),
        op.getMixedOutputSize());
    return success();
  }
};

/// %r = ditto.repeat_interleave %x by %n dim(1) : tensor<8x1xf32>
///   becomes
/// %r = ditto.repeat %x by [1, %n] : tensor<8x1xf32>
/// Along a dimension of extent 1 both ops mean the same; repeat is the one
/// form, as it composes with the repeats of other dimensions. Rank 0 likewise.
struct InterleaveOfUnitDim : public OpRewritePattern<RepeatInterleaveOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(RepeatInterleaveOp op,
                                PatternRewriter &rewriter) const override {
    if (op.mayFailAtRunTime() || op.getMixedOutputSize())
      return rewriter.notifyMatchFailure(
          op, "may fail at run time, or has an output_size");
    RankedTensorType type = op.getInputType();
    if (op.isFlattened() ? type.getRank() != 0
                         : type.getDimSize(*op.getDim()) != 1)
      return rewriter.notifyMatchFailure(op, "repeated extent is not 1");
    SmallVector<OpFoldResult> counts(op.getResultType().getRank(),
                                     rewriter.getIndexAttr(1));
    counts[op.getResultDim()] = op.getMixedCount();
    rewriter.replaceOpWithNewOp<RepeatOp>(op, op.getResultType(), op.getInput(),
                                          counts);
    return success();
  }
};

} // namespace

void RepeatInterleaveOp::getCanonicalizationPatterns(
    RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<AbsorbOperandCast<RepeatInterleaveOp>,
               AbsorbResultCast<RepeatInterleaveOp>, ComposeInterleaves,
               DropKnownOutputSize, InlineConstantCountsTensor,
               InlineConstantSizes, InterleaveOfUnitDim,
               RefineResultType<RepeatInterleaveOp>, SimplifyFlattened>(
      context);
}
