//===- Raise.cpp - Raising movement chains to ditto ops -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ArrangeCopies.h"
#include "Chain.h"
#include "PerElementRepeat.h"
#include "SplitIndexedCopy.h"
#include "ditto/Analysis/ApplyOnly.h"
#include "ditto/Analysis/FusedCopy.h"
#include "ditto/Analysis/RepeatPlan.h"
#include "ditto/IR/Copies.h"
#include "ditto/IR/Ditto.h"
#include "ditto/IR/Remarks.h"
#include "ditto/Raise/Passes.h"
#include "ditto/Raise/Patterns.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_RAISEPASS
#include "ditto/Raise/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;
using namespace mlir::ditto;

/// Why the layout of a chain cannot be built, if it cannot.
static FailureOr<RepeatPlan> getPlan(const Chain &chain, std::string &reason) {
  FailureOr<RepeatPlan> plan = RepeatPlan::get(chain.layout, reason);
  if (failed(plan))
    return failure();
  // Casts may lie about extents; such code is never run to an end.
  auto type = cast<RankedTensorType>(chain.getEnd()->getResult(0).getType());
  auto computed = getArrangedType(chain.layout, chain.layout.getRoot(),
                                  chain.layout.getResultDims())
                      .clone(type.getElementType());
  if (tensor::CastOp::areCastCompatible(computed, type))
    return plan;
  reason = "expected a result type that the extents do not contradict";
  return failure();
}

/// The bytes of a copy of this type, if they are known.
static std::optional<int64_t> getNumBytes(RankedTensorType type) {
  Type element = type.getElementType();
  if (!type.hasStaticShape() || !element.isIntOrIndexOrFloat())
    return std::nullopt;
  int64_t bytes = element.isIndex()
                      ? 8
                      : llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
  for (int64_t extent : type.getShape())
    if (llvm::MulOverflow(bytes, extent, bytes))
      return std::nullopt;
  return bytes;
}

/// Replaces the end of a chain by the plan; the rest of it stays.
///
///   %b = broadcast %x { f }         %f = generic %x { f }
///   %c = collapse_shape %b   ->     %c = ditto.repeat_interleave %f
static Value replaceEnd(RewriterBase &rewriter, const Chain &chain,
                        const RepeatPlan &plan) {
  Operation *end = chain.getEnd();
  auto type = cast<RankedTensorType>(end->getResult(0).getType());
  // The chain's first op is where the source says what it wants.
  Location loc = chain.ops.front()->getLoc();
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(end);
  // Functions go first, where there are fewer elements.
  Value root = chain.layout.getRoot();
  for (Operation *op : chain.ops)
    if (getFusedCopySource(op))
      root = createFunctionOf(rewriter, op, root);
  std::string description;
  Value raised = plan.build(rewriter, loc, description, root);
  if (raised.getType() != type)
    raised = tensor::CastOp::create(rewriter, loc, type, raised);
  {
    auto lock = lockRemarks();
    remark::passed(loc, getRemarkOptions("Raised", "ditto-raise", end))
        << remark::metric("Spelling", chain.getSpelling())
        << remark::metric("Op", description)
        << remark::metric("Bytes", getNumBytes(type)
                                       ? std::to_string(*getNumBytes(type))
                                       : "unknown");
  }
  rewriter.replaceOp(end, raised);
  return raised;
}

FailureOr<SmallVector<Value>>
mlir::ditto::raiseRepeat(RewriterBase &rewriter, Operation *op,
                         bool raisePlainBroadcasts,
                         const RaiseControl &control) {
  Chains found = findChains(op, raisePlainBroadcasts);
  if (found.chains.empty())
    return rewriter.notifyMatchFailure(op, found.reason);
  std::vector<RepeatPlan> plans;
  for (const Chain &chain : found.chains) {
    FailureOr<RepeatPlan> plan = getPlan(chain, found.reason);
    if (failed(plan))
      return rewriter.notifyMatchFailure(op, found.reason);
    plans.push_back(*plan);
  }
  if (control && !control(op))
    return rewriter.notifyMatchFailure(op, "not wanted by the control");
  // What is left of the chains, each op once, users before what they use.
  llvm::SetVector<Operation *> rest;
  for (const Chain &chain : found.chains)
    rest.insert(chain.ops.begin(), std::prev(chain.ops.end()));
  auto sorted = rest.takeVector();
  llvm::sort(sorted, [](Operation *lhs, Operation *rhs) {
    return rhs->isBeforeInBlock(lhs);
  });
  SmallVector<Value> raised;
  for (auto [chain, plan] : llvm::zip_equal(found.chains, plans))
    raised.push_back(replaceEnd(rewriter, chain, plan));
  for (Operation *dead : sorted)
    rewriter.eraseOp(dead);
  return raised;
}

namespace {
/// Raises the chains that begin with a broadcast, see `raiseRepeat`.
struct RaiseRepeat : public RewritePattern {
  RaiseRepeat(MLIRContext *context, bool raisePlainBroadcasts,
              RaiseControl control)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context),
        raisePlainBroadcasts(raisePlainBroadcasts),
        control(std::move(control)) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    return raiseRepeat(rewriter, op, raisePlainBroadcasts, control);
  }

  bool raisePlainBroadcasts;
  RaiseControl control;
};

struct RaisePass : public PassOnDitto<ditto::impl::RaisePassBase<RaisePass>> {
  using PassOnDitto::PassOnDitto;

  void runOnOperation() override {
    if (rewrite && failed(raise()))
      return signalPassFailure();
    if (remarkMissed && getContext().getRemarkEngine())
      remarkWhatIsMissed();
  }

private:
  LogicalResult raise() {
    RewritePatternSet patterns(&getContext());
    populateRaisePatterns(patterns, raisePlainBroadcasts);
    return applyOnly(std::move(patterns), getOperation());
  }

  /// The chains are looked for once more.
  void remarkWhatIsMissed() {
    getOperation()->walk([&](Operation *op) {
      Chains left = findChains(op, raisePlainBroadcasts);
      if (!left.isMissed)
        return;
      auto lock = lockRemarks();
      remark::missed(op->getLoc(),
                     getRemarkOptions("Raised", "ditto-raise", op))
          << remark::reason("{0}", left.reason);
    });
  }
};
} // namespace

void mlir::ditto::populateRaisePatterns(RewritePatternSet &patterns,
                                        bool raisePlainBroadcasts,
                                        RaiseControl control) {
  patterns.add<RaiseRepeat>(patterns.getContext(), raisePlainBroadcasts,
                            control);
  populatePerElementRepeatPatterns(patterns, std::move(control));
  populateSplitIndexedCopyPatterns(patterns);
  populateArrangeCopiesPatterns(patterns);
}
