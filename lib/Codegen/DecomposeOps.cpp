//===- DecomposeOps.cpp - Split ops that have no buffer form --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/ConcatDim.h"
#include "ditto/Analysis/SymbolicSize.h"
#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_DECOMPOSEOPSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

namespace {

/// %r = linalg.softmax ins(%x) outs(%init)
///   ->  max, sub, exp, sum and div as linalg.generic
struct DecomposeAggregate
    : public OpInterfaceRewritePattern<linalg::AggregatedOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(linalg::AggregatedOpInterface op,
                                PatternRewriter &rewriter) const override {
    FailureOr<SmallVector<Value>> results = op.decomposeOperation(rewriter);
    if (failed(results))
      return rewriter.notifyMatchFailure(op, "does not decompose");
    rewriter.replaceOp(op, *results);
    return success();
  }
};

/// Parts that are empty are left out, and what is empty as a whole is made at
/// once: upstream's slices would begin where the result ends, which is an
/// error.
///
///   %r = tensor.concat dim(0) %a, %none, %b
///   ->  tensor.concat dim(0) %a, %b
///   ->  tensor.empty, tensor.insert_slice, tensor.insert_slice
struct DecomposeConcat : public OpRewritePattern<tensor::ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tensor::ConcatOp op,
                                PatternRewriter &rewriter) const override {
    auto isKnownEmpty = [](Value value) {
      return llvm::is_contained(
          cast<RankedTensorType>(value.getType()).getShape(), 0);
    };
    SmallVector<Value> parts = llvm::filter_to_vector(
        op.getInputs(), [&](Value part) { return !isKnownEmpty(part); });
    if (parts.empty() || isKnownEmpty(op.getResult()))
      return replaceByEmpty(op, rewriter);
    tensor::ConcatOp whole = op;
    if (parts.size() != op.getInputs().size())
      whole = tensor::ConcatOp::create(rewriter, op.getLoc(),
                                       op.getResultType(), op.getDim(), parts);
    FailureOr<SmallVector<Value>> results = whole.decomposeOperation(rewriter);
    if (whole != op)
      rewriter.eraseOp(whole);
    if (failed(results))
      return rewriter.notifyMatchFailure(op, "does not decompose");
    rewriter.replaceOp(op, *results);
    return success();
  }

private:
  static LogicalResult replaceByEmpty(tensor::ConcatOp op,
                                      PatternRewriter &rewriter) {
    RankedTensorType type = op.getResultType();
    ReifiedRankedShapedTypeDims shapes;
    if (failed(reifyResultShapes(rewriter, op, shapes)))
      return rewriter.notifyMatchFailure(op, "has no shape");
    SmallVector<Value> extents;
    for (auto [dim, extent] : llvm::enumerate(shapes.front()))
      if (type.isDynamicDim(dim))
        extents.push_back(
            getValueOrCreateConstantIndexOp(rewriter, op.getLoc(), extent));
    rewriter.replaceOpWithNewOp<tensor::EmptyOp>(op, type, extents);
    return success();
  }
};

/// Small constant powers as multiplications, which vectorise:
///   math.fpowi %x, 2  ->  arith.mulf %x, %x
void expandSmallPowers(Operation *root) {
  constexpr int64_t largest = 16;
  SmallVector<Operation *> powers;
  root->walk([&](math::FPowIOp op) {
    APInt exponent;
    if (matchPattern(op.getRhs(), m_ConstantInt(&exponent)) &&
        exponent.abs().ule(largest))
      powers.push_back(op);
  });
  RewritePatternSet patterns(root->getContext());
  math::populateExpansionPatterns(patterns, {"fpowi"});
  // Ops the patterns do not know stay: convergence is not expected of one step.
  (void)applyOpPatternsGreedily(powers, std::move(patterns));
}

/// Whether the extent of the concatenation fits in 64 bits: upstream adds up
/// unchecked what it knows of its parts.
LogicalResult verifyExtent(tensor::ConcatOp op) {
  std::optional<int64_t> dim = ditto::getConcatDim(op);
  if (!dim)
    return op.emitOpError("has no dimension ")
           << static_cast<int64_t>(op.getDim());
  int64_t sum = 0, told = op.getResultType().getDimSize(*dim);
  bool overflows = !ShapedType::isDynamic(told) && told < 0;
  for (Value input : op.getInputs()) {
    auto extent = ditto::SymbolicSize::ofDim(input, *dim);
    if (extent.isStatic())
      overflows |= llvm::AddOverflow(sum, extent.getStatic(), sum);
  }
  if (overflows)
    return op.emitOpError("has more than 2^63 - 1 elements along dimension ")
           << *dim;
  return success();
}

struct DecomposeOpsPass
    : public ditto::impl::DecomposeOpsPassBase<DecomposeOpsPass> {
  void runOnOperation() override {
    WalkResult result = getOperation()->walk([](tensor::ConcatOp op) {
      return failed(verifyExtent(op)) ? WalkResult::interrupt()
                                      : WalkResult::advance();
    });
    if (result.wasInterrupted())
      return signalPassFailure();
    RewritePatternSet patterns(&getContext());
    patterns.add<DecomposeAggregate, DecomposeConcat>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
    expandSmallPowers(getOperation());
  }
};

} // namespace
