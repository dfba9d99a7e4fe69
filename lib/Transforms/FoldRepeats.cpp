//===- FoldRepeats.cpp - Reading what is repeated instead -----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RepeatPattern.h"
#include "SinkCost.h"
#include "TosaElementwise.h"
#include "ditto/Analysis/ApplyOnly.h"
#include "ditto/IR/Copies.h"
#include "ditto/IR/Ditto.h"
#include "ditto/Transforms/Passes.h"
#include "ditto/Transforms/Patterns.h"
#include "ditto/Transforms/Remarks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_FOLDREPEATSPASS
#include "ditto/Transforms/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;
using namespace mlir::ditto;

/// Plans folding repeats into `op`.
static FailureOr<LoopRewrite> planFold(linalg::LinalgOp op,
                                       const RepeatControl &control,
                                       std::string &reason) {
  // Other ops than contractions deal with plain broadcasts as they are.
  bool takesBroadcasts = linalg::isaContractionOpInterface(op);
  auto accept = [&](OpOperand &operand, const RepeatedOperand &repeat) {
    return (takesBroadcasts || repeat.hasDittoOp()) &&
           (!control || control(operand));
  };
  FailureOr<LoopRewrite> rewrite = LoopRewrite::get(op, accept, reason);
  if (succeeded(rewrite) && !rewrite->folds()) {
    reason = "expected another input that depends on the repeated dimension";
    return failure();
  }
  if (succeeded(rewrite) && rewrite->sinks() && !paysToSink(*rewrite) &&
      failed(rewrite->keepNeedlessLoops(reason)))
    return failure();
  return rewrite;
}

FailureOr<linalg::LinalgOp> mlir::ditto::foldRepeatsIntoLinalgOp(
    RewriterBase &rewriter, linalg::LinalgOp op, const RepeatControl &control) {
  std::string reason = "expected an operand that is a repeat";
  FailureOr<LoopRewrite> rewrite = planFold(op, control, reason);
  if (failed(rewrite))
    return rewriter.notifyMatchFailure(op, reason);
  return rewrite->apply(rewriter, kFoldPass);
}

FailureOr<Operation *> mlir::ditto::foldRepeats(RewriterBase &rewriter,
                                                Operation *op,
                                                const RepeatControl &control) {
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return foldRepeatsIntoLinalgOp(rewriter, linalgOp, control);
  if (auto matmul = dyn_cast<tosa::MatMulOp>(op))
    return foldRepeatsIntoTosaMatmul(rewriter, matmul, control);
  if (auto extract = dyn_cast<tensor::ExtractOp>(op))
    return foldRepeatsIntoExtract(rewriter, extract, control);
  if (isTosaElementwise(op))
    return foldRepeatsIntoTosaElementwise(rewriter, op, control);
  return rewriter.notifyMatchFailure(
      op, "expected an op of linalg, tosa.matmul, an elementwise op of TOSA or "
          "tensor.extract");
}

bool mlir::ditto::isReadByContraction(OpOperand &operand) {
  Operation *reader = operand.getOwner();
  auto op = dyn_cast<linalg::LinalgOp>(reader);
  return isa<tosa::MatMulOp>(reader) ||
         (op && linalg::isaContractionOpInterface(op));
}

//===----------------------------------------------------------------------===//
// Patterns and pass
//===----------------------------------------------------------------------===//

namespace {
struct FoldRepeatsPass
    : public PassOnDitto<ditto::impl::FoldRepeatsPassBase<FoldRepeatsPass>> {
  using PassOnDitto::PassOnDitto;

  void runOnOperation() override {
    if (rewrite && failed(fold()))
      return signalPassFailure();
    if (remarkKept && getContext().getRemarkEngine())
      getOperation().walk([](Operation *op) {
        if (isa<RepeatOp, RepeatInterleaveOp>(op))
          ditto::remarkKept(op, explainKept(op));
      });
  }

private:
  LogicalResult fold() {
    RewritePatternSet patterns(&getContext());
    RepeatControl control;
    if (contractionsOnly)
      control = isReadByContraction;
    populateFoldRepeatsPatterns(patterns, control);
    return applyOnly(std::move(patterns), getOperation());
  }

  static std::string explainKept(Operation *repeat);
};
} // namespace

/// The uses of `value`, and of what it is only moved to, by ops that do more
/// than move it: at least one if there are any.
static SmallVector<OpOperand *> getReads(Value value) {
  // More than one is only looked at for the better reason.
  constexpr size_t kMaxUses = 32;
  SmallVector<OpOperand *> reads;
  SmallVector<Value> worklist{value};
  std::string ignored;
  for (size_t numUses = 0; !worklist.empty();) {
    Value moved = worklist.pop_back_val();
    for (OpOperand &use : moved.getUses()) {
      if (++numUses > kMaxUses && !reads.empty())
        return reads;
      Operation *user = use.getOwner();
      if (getMovedValue(user, ignored) == moved && numUses <= kMaxUses)
        worklist.push_back(user->getResult(0));
      else
        reads.push_back(&use);
    }
  }
  return reads;
}

/// Why `repeat` is still read.
std::string FoldRepeatsPass::explainKept(Operation *repeat) {
  SmallVector<OpOperand *> reads = getReads(repeat->getResult(0));
  for (OpOperand *read : reads) {
    auto op = dyn_cast<linalg::LinalgOp>(read->getOwner());
    auto isThis = [&](OpOperand &operand) { return &operand == read; };
    std::string reason;
    if (op && op.isDpsInput(read) &&
        (failed(findRepeat(read->get(), reason)) ||
         failed(planFold(op, isThis, reason))))
      return (op->getName().getStringRef() + ": " + reason).str();
  }
  if (reads.empty())
    return "not used";
  return (reads.front()->getOwner()->getName().getStringRef() +
          " reads all of it")
      .str();
}

void mlir::ditto::populateFoldRepeatsPatterns(RewritePatternSet &patterns,
                                              RepeatControl control) {
  patterns.add<RepeatPattern<foldRepeats>>(patterns.getContext(),
                                           std::move(control));
}
