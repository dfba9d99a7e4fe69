//===- SinkRepeats.cpp - Moving repeats below their readers ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SinkCost.h"
#include "SinkPatterns.h"
#include "ditto/Analysis/ApplyOnly.h"
#include "ditto/IR/Ditto.h"
#include "ditto/Transforms/Passes.h"
#include "ditto/Transforms/Patterns.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_SINKREPEATSPASS
#include "ditto/Transforms/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;
using namespace mlir::ditto;

FailureOr<linalg::LinalgOp>
mlir::ditto::sinkRepeats(RewriterBase &rewriter, linalg::LinalgOp op,
                         const RepeatControl &control) {
  auto accept = [&](OpOperand &operand, const RepeatedOperand &repeat) {
    return repeat.hasDittoOp() && (!control || control(operand));
  };
  std::string reason = "expected an operand that is a repeat";
  FailureOr<LoopRewrite> rewrite = LoopRewrite::get(op, accept, reason);
  if (failed(rewrite))
    return rewriter.notifyMatchFailure(op, reason);
  if (!rewrite->sinks())
    return rewriter.notifyMatchFailure(
        op, "expected a repeated dimension that no input depends on");
  if (!paysToSink(*rewrite))
    return rewriter.notifyMatchFailure(
        op, "expected that it saves work to repeat the result instead");
  return rewrite->apply(rewriter);
}

//===----------------------------------------------------------------------===//
// Patterns and pass
//===----------------------------------------------------------------------===//

namespace {
/// See `sinkRepeats`.
struct SinkBelowLinalgOp : public OpInterfaceRewritePattern<linalg::LinalgOp> {
  SinkBelowLinalgOp(MLIRContext *context, RepeatControl control)
      : OpInterfaceRewritePattern(context), control(std::move(control)) {}

  LogicalResult matchAndRewrite(linalg::LinalgOp op,
                                PatternRewriter &rewriter) const override {
    return sinkRepeats(rewriter, op, control);
  }

  RepeatControl control;
};

struct SinkRepeatsPass
    : public ditto::impl::SinkRepeatsPassBase<SinkRepeatsPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateSinkRepeatsPatterns(patterns);
    if (failed(applyOnly(std::move(patterns), getOperation())))
      signalPassFailure();
  }
};
} // namespace

void mlir::ditto::populateSinkRepeatsPatterns(RewritePatternSet &patterns,
                                              RepeatControl control) {
  populateSinkBelowShapedOps(patterns, control);
  populateSinkBelowIndexedCopy(patterns, control);
  patterns.add<SinkBelowLinalgOp>(patterns.getContext(), std::move(control));
}
