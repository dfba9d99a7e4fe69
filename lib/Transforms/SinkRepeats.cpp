//===- SinkRepeats.cpp - Moving repeats below their readers ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RepeatPattern.h"
#include "SinkCost.h"
#include "ditto/Analysis/ApplyOnly.h"
#include "ditto/Analysis/IndexedCopy.h"
#include "ditto/IR/Copies.h"
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

FailureOr<linalg::LinalgOp> mlir::ditto::sinkRepeatsBelowLinalgOp(
    RewriterBase &rewriter, linalg::LinalgOp op, const RepeatControl &control) {
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
    return rewriter.notifyMatchFailure(op, kDoesNotPay);
  return rewrite->apply(rewriter, kSinkPass);
}

FailureOr<Operation *> mlir::ditto::sinkRepeats(RewriterBase &rewriter,
                                                Operation *op,
                                                const RepeatControl &control) {
  if (auto generic = dyn_cast<linalg::GenericOp>(op);
      generic && getIndexedExtract(generic))
    return sinkRepeatsBelowIndexedCopy(rewriter, generic, control);
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return sinkRepeatsBelowLinalgOp(rewriter, linalgOp, control);
  if (auto concat = dyn_cast<tensor::ConcatOp>(op))
    return sinkRepeatsBelowConcat(rewriter, concat, control);
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
    return sinkRepeatsBelowSlice(rewriter, slice, control);
  return sinkRepeatsBelowElementwise(rewriter, op, control);
}

//===----------------------------------------------------------------------===//
// Patterns and pass
//===----------------------------------------------------------------------===//

namespace {
struct SinkRepeatsPass
    : public PassOnDitto<ditto::impl::SinkRepeatsPassBase<SinkRepeatsPass>> {
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
  patterns.add<RepeatPattern<sinkRepeats>>(patterns.getContext(),
                                           std::move(control));
}
