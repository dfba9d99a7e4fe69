//===- ConvertDittoToLinalg.cpp - The lowering as patterns and a pass -----===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/Copies.h"
#include "ditto/Lowering/Lowering.h"
#include "ditto/Lowering/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_CONVERTDITTOTOLINALG
#include "ditto/Lowering/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// Replaces an op by its linalg form.
template <typename OpTy>
struct LowerOp : public OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    FailureOr<Value> lowered = lowerToLinalg(rewriter, op);
    if (failed(lowered))
      return failure();
    rewriter.replaceOp(op, *lowered);
    return success();
  }
};

/// Turns the reason of a failed lowering into an error at the op.
struct ReportFailure : public RewriterBase::Listener {
  void notifyMatchFailure(Location loc,
                          function_ref<void(Diagnostic &)> reason) override {
    Diagnostic diagnostic(loc, DiagnosticSeverity::Error);
    reason(diagnostic);
    emitError(loc) << "cannot be lowered to linalg: " << diagnostic.str();
  }
};

struct ConvertDittoToLinalgPass
    : public PassOnDitto<
          ditto::impl::ConvertDittoToLinalgBase<ConvertDittoToLinalgPass>> {
  void runOnOperation() override {
    ReportFailure listener;
    IRRewriter rewriter(&getContext(), &listener);
    // Each op is lowered on its own: there is nothing to iterate on, and the
    // first reason why one cannot be lowered is what the user wants to read.
    auto lower = [&](auto op) -> WalkResult {
      FailureOr<Value> lowered = lowerToLinalg(rewriter, op);
      if (failed(lowered))
        return WalkResult::interrupt();
      rewriter.replaceOp(op, *lowered);
      return WalkResult::advance();
    };
    WalkResult result = getOperation().walk([&](Operation *op) -> WalkResult {
      if (auto repeat = dyn_cast<RepeatOp>(op))
        return lower(repeat);
      if (auto interleave = dyn_cast<RepeatInterleaveOp>(op))
        return lower(interleave);
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace

void ditto::populateDittoToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerOp<RepeatOp>, LowerOp<RepeatInterleaveOp>>(
      patterns.getContext());
}
