//===- ExpandDynamicReshapes.cpp - expand_shape of dynamic extents --------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_EXPANDDYNAMICRESHAPESPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

namespace {

/// %e = memref.expand_shape %m [[0, 1]] output_shape [%a, %b]
///   ->  %e = memref.reinterpret_cast %m to offset: [o], sizes: [%a, %b],
///                strides: [%b * s, s]
/// with the offset o and the stride s of %m.
struct ExpandWithGivenSizes : public OpRewritePattern<memref::ExpandShapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(memref::ExpandShapeOp op,
                                PatternRewriter &rewriter) const override {
    MemRefType type = op.getResultType();
    auto groups = op.getReassociationIndices();
    if (llvm::none_of(groups, [&](const ReassociationIndices &group) {
          return group.size() > 1 && llvm::any_of(group, [&](int64_t dim) {
                   return type.isDynamicDim(dim);
                 });
        }))
      return rewriter.notifyMatchFailure(op, "no group has a dynamic extent");
    SmallVector<int64_t> knownStrides;
    int64_t knownOffset;
    if (failed(type.getStridesAndOffset(knownStrides, knownOffset)))
      return rewriter.notifyMatchFailure(op, "result is not strided");

    Location loc = op.getLoc();
    auto source =
        memref::ExtractStridedMetadataOp::create(rewriter, loc, op.getSrc());
    SmallVector<OpFoldResult> sizes = op.getMixedOutputShape();
    SmallVector<OpFoldResult> strides(sizes.size());
    AffineExpr lhs, rhs;
    bindSymbols(rewriter.getContext(), lhs, rhs);
    // What the type knows is what the new op has to say.
    auto matchType = [&](int64_t known, OpFoldResult value) -> OpFoldResult {
      if (ShapedType::isDynamic(known))
        return value;
      return rewriter.getIndexAttr(known);
    };
    for (auto [group, stride] :
         llvm::zip_equal(groups, source.getConstifiedMixedStrides())) {
      OpFoldResult next = stride;
      for (int64_t dim : llvm::reverse(group)) {
        strides[dim] = matchType(knownStrides[dim], next);
        next = affine::makeComposedFoldedAffineApply(rewriter, loc, lhs * rhs,
                                                     {next, sizes[dim]});
      }
    }
    OpFoldResult offset =
        matchType(knownOffset, source.getConstifiedMixedOffset());
    rewriter.replaceOpWithNewOp<memref::ReinterpretCastOp>(
        op, type, source.getBaseBuffer(), offset, sizes, strides);
    return success();
  }
};

struct ExpandDynamicReshapesPass
    : public ditto::impl::ExpandDynamicReshapesPassBase<
          ExpandDynamicReshapesPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<ExpandWithGivenSizes>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};

} // namespace
