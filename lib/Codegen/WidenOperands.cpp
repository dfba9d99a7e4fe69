//===- WidenOperands.cpp - Convert operands of products once -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C[m, n] += extf(A[m, k]) * extf(B[k, n]) converts each element of A once per
// column and each of B once per row. Where there are many of both, the
// converted operands are computed first:
//
//   A' = extf(A), B' = extf(B);  C[m, n] += A'[m, k] * B'[k, n]
//
//===----------------------------------------------------------------------===//

#include "PairProducts.h"

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_WIDENOPERANDSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

/// The only op that reads `argument` of a body, if it is a conversion to a
/// wider type.
static Operation *getWidening(BlockArgument argument) {
  if (!argument.hasOneUse())
    return nullptr;
  Operation *user = *argument.user_begin();
  return isa<arith::ExtFOp, arith::ExtSIOp, arith::ExtUIOp>(user) ? user
                                                                  : nullptr;
}

/// `conversion` of each element of `operand`.
static Value convert(RewriterBase &rewriter, Location loc, Value operand,
                     Operation *conversion) {
  int64_t rank = cast<RankedTensorType>(operand.getType()).getRank();
  Value init = tensor::EmptyOp::create(
      rewriter, loc, tensor::getMixedSizes(rewriter, loc, operand),
      conversion->getResult(0).getType());
  SmallVector<AffineMap> maps(2, rewriter.getMultiDimIdentityMap(rank));
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             rewriter, loc, init.getType(), operand, init, maps, iterators,
             [&](OpBuilder &builder, Location loc, ValueRange arguments) {
               IRMapping map;
               map.map(conversion->getOperand(0), arguments.front());
               Operation *clone = builder.clone(*conversion, map);
               linalg::YieldOp::create(builder, loc, clone->getResult(0));
             })
      .getResult(0);
}

namespace {

struct WidenOperands : public OpRewritePattern<linalg::GenericOp> {
  WidenOperands(MLIRContext *context, int64_t minUses, bool bf16Dot)
      : OpRewritePattern(context), minUses(minUses), bf16Dot(bf16Dot) {}

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.hasPureTensorSemantics() || op.getNumDpsInits() != 1 ||
        !linalg::isaContractionOpInterface(op))
      return rewriter.notifyMatchFailure(op, "no contraction of tensors");
    if (bf16Dot && ditto::maySumPairs(op))
      return rewriter.notifyMatchFailure(op, "multiplies pairs of bf16");
    SmallVector<Operation *> conversions;
    for (OpOperand *input : op.getDpsInputOperands()) {
      Operation *conversion = getWidening(op.getMatchingBlockArgument(input));
      if (!conversion || !isUsedOften(op, *input))
        return rewriter.notifyMatchFailure(
            op, "an operand is not converted, or not often");
      conversions.push_back(conversion);
    }
    SmallVector<Value> inputs;
    for (auto [input, conversion] :
         llvm::zip_equal(op.getInputs(), conversions))
      inputs.push_back(convert(rewriter, op.getLoc(), input, conversion));
    auto wide = linalg::GenericOp::create(
        rewriter, op.getLoc(), op.getResultTypes(), inputs, op.getOutputs(),
        op.getIndexingMapsArray(), op.getIteratorTypesArray(),
        [&](OpBuilder &builder, Location loc, ValueRange arguments) {
          IRMapping map;
          map.map(op.getBlock()->getArguments(), arguments);
          for (Operation &bodyOp : op.getBlock()->getOperations())
            if (llvm::is_contained(conversions, &bodyOp))
              map.map(bodyOp.getResult(0), map.lookup(bodyOp.getOperand(0)));
            else
              builder.clone(bodyOp, map);
        });
    rewriter.replaceOp(op, wide);
    return success();
  }

private:
  /// Whether every element of `input` is known to be used `minUses` times.
  bool isUsedOften(linalg::GenericOp op, OpOperand &input) const {
    AffineMap map = op.getMatchingIndexingMap(&input);
    int64_t uses = 1;
    for (auto [loop, extent] : llvm::enumerate(op.getStaticLoopRanges()))
      if (!map.isFunctionOfDim(loop) && ShapedType::isStatic(extent) &&
          llvm::MulOverflow(uses, extent, uses))
        return false;
    return uses >= minUses;
  }

  int64_t minUses;
  bool bf16Dot;
};

struct WidenOperandsPass
    : public ditto::impl::WidenOperandsPassBase<WidenOperandsPass> {
  using WidenOperandsPassBase::WidenOperandsPassBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<WidenOperands>(&getContext(), minUses, bf16Dot);
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};

} // namespace
