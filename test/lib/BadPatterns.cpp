//===- BadPatterns.cpp - Patterns that the hygiene pass must catch --------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestPatterns.h"

using namespace mlir;

namespace {

/// Matches ops that carry the unit attribute `trigger`.
struct TriggeredPattern : public RewritePattern {
  TriggeredPattern(MLIRContext *context, StringRef trigger)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context),
        trigger(trigger) {
    setDebugName(trigger);
  }

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const final {
    if (!op->hasAttr(trigger))
      return rewriter.notifyMatchFailure(op, "not triggered");
    return rewrite(op, rewriter);
  }

  virtual LogicalResult rewrite(Operation *op,
                                PatternRewriter &rewriter) const = 0;

  StringRef trigger;
};

struct FailureAfterChange final : public TriggeredPattern {
  FailureAfterChange(MLIRContext *context)
      : TriggeredPattern(context, "test.failure_after_change") {}

  LogicalResult rewrite(Operation *op,
                        PatternRewriter &rewriter) const override {
    rewriter.modifyOpInPlace(op, [&] { op->removeAttr(trigger); });
    return rewriter.notifyMatchFailure(op, "changed all the same");
  }
};

struct SuccessWithoutChange final : public TriggeredPattern {
  SuccessWithoutChange(MLIRContext *context)
      : TriggeredPattern(context, "test.success_without_change") {}

  LogicalResult rewrite(Operation *, PatternRewriter &) const override {
    return success();
  }
};

/// Doubles the extents of a result, which its op then does not compute.
struct InvalidIR final : public TriggeredPattern {
  InvalidIR(MLIRContext *context)
      : TriggeredPattern(context, "test.invalid_ir") {}

  LogicalResult rewrite(Operation *op,
                        PatternRewriter &rewriter) const override {
    rewriter.modifyOpInPlace(op, [&] {
      op->removeAttr(trigger);
      auto type = cast<RankedTensorType>(op->getResult(0).getType());
      SmallVector<int64_t> shape(type.getShape());
      for (int64_t &extent : shape)
        extent *= 2;
      op->getResult(0).setType(type.clone(shape));
    });
    return success();
  }
};

struct WellBehaved final : public TriggeredPattern {
  WellBehaved(MLIRContext *context) : TriggeredPattern(context, "test.good") {}

  LogicalResult rewrite(Operation *op,
                        PatternRewriter &rewriter) const override {
    rewriter.modifyOpInPlace(op, [&] { op->removeAttr(trigger); });
    return success();
  }
};

} // namespace

void ditto::test::populateBadPatterns(RewritePatternSet &patterns) {
  patterns
      .add<FailureAfterChange, SuccessWithoutChange, InvalidIR, WellBehaved>(
          patterns.getContext());
}
