//===- Raise.cpp - Raising movement chains to ditto ops -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/RepeatPlan.h"
#include "ditto/IR/Ditto.h"
#include "ditto/Raise/Passes.h"
#include "ditto/Raise/Patterns.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_RAISEPASS
#include "ditto/Raise/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// The chain
//===----------------------------------------------------------------------===//

namespace {
/// The movement ops from a broadcast on, in order, and the layout of what the
/// last one results in. All values but the last have no other user.
struct Chain {
  SmallVector<Operation *> ops;
  DigitLayout layout;
};
} // namespace

/// Whether two layouts differ in unit dimensions only.
static bool movesOnlyUnits(const DigitLayout &layout) {
  auto withoutUnits = [](ArrayRef<DigitList> dims) {
    SmallVector<DigitList> rest;
    llvm::copy_if(dims, std::back_inserter(rest),
                  [](const DigitList &dim) { return !dim.empty(); });
    return rest;
  };
  return withoutUnits(layout.getSourceDims()) ==
         withoutUnits(layout.getResultDims());
}

/// The layout of `value` from the value that it is but for unit dimensions and
/// casts: frontends add a unit dimension before they broadcast along it.
///
///   %u = tensor.expand_shape %x [[0], [1, 2]] : 2x3 into 2x3x1
///   broadcasting %u along its last dimension is repeating %x
static FailureOr<DigitLayout> skipUnitReshapes(Value value,
                                               std::string &reason) {
  // Enough for what frontends write; unreachable blocks may hold cycles.
  constexpr unsigned kMaxOps = 8;
  SmallVector<Operation *> skipped;
  Value root = value;
  for (unsigned step = 0; step < kMaxOps; ++step) {
    Operation *op = root.getDefiningOp();
    std::string ignored;
    Value source = op ? getMovedValue(op, ignored) : Value();
    if (!source)
      break;
    FailureOr<DigitLayout> layout = DigitLayout::identity(source, ignored);
    if (failed(layout) || failed(layout->apply(op, ignored)) ||
        !movesOnlyUnits(*layout))
      break;
    skipped.push_back(op);
    root = source;
  }
  FailureOr<DigitLayout> layout = DigitLayout::identity(root, reason);
  if (succeeded(layout))
    layout->allowRootReshape();
  for (Operation *op : llvm::reverse(skipped))
    if (failed(layout) || failed(layout->apply(op, reason)))
      return failure();
  return layout;
}

/// The only user of `op`'s result, if it moves the result on in the same block:
/// elsewhere, in a loop say, the repeat would run more often than `op` did.
static Operation *getOnlyMovement(Operation *op) {
  Value result = op->getResult(0);
  if (!result.hasOneUse())
    return nullptr;
  Operation *user = *result.user_begin();
  std::string ignored;
  if (user->getBlock() != op->getBlock() || !op->isBeforeInBlock(user) ||
      getMovedValue(user, ignored) != result)
    return nullptr;
  return user;
}

/// Follows the chain that begins with `op` as far as it goes. Of the values
/// that have all of its counts, the first that takes nothing but ditto ops is
/// the end of what is raised, for the movement behind it is plain already:
///
///   broadcast, collapse_shape | transpose, collapse_shape
static FailureOr<Chain> findChain(Operation *op, std::string &reason) {
  Value source = getMovedValue(op, reason);
  if (!source)
    return failure();
  FailureOr<DigitLayout> layout = DigitLayout::identity(source, reason);
  if (failed(layout) || failed(layout->apply(op, reason)))
    return failure();
  if (layout->getCounts().empty()) {
    reason = "expected a broadcast";
    return failure();
  }
  layout = skipUnitReshapes(source, reason);
  if (failed(layout))
    return failure();

  SmallVector<Operation *> ops;
  SmallVector<DigitLayout> layouts;
  for (Operation *next = op; next; next = getOnlyMovement(next)) {
    if (failed(layout->apply(next, reason)))
      break;
    ops.push_back(next);
    layouts.push_back(*layout);
  }
  if (layouts.empty() || !layouts.back().joinsCounts()) {
    reason = "expected a broadcast dimension that a reshape joins with others";
    return failure();
  }
  size_t numCounts = layouts.back().getCounts().size();
  for (auto [index, candidate] : llvm::enumerate(layouts)) {
    if (candidate.getCounts().size() < numCounts || !candidate.joinsCounts())
      continue;
    FailureOr<RepeatPlan> plan = RepeatPlan::get(candidate, reason);
    if (succeeded(plan) && plan->isPure())
      return Chain{to_vector(ArrayRef(ops).take_front(index + 1)), candidate};
  }
  return Chain{ops, layouts.back()};
}

//===----------------------------------------------------------------------===//
// The rewrite
//===----------------------------------------------------------------------===//

FailureOr<Value> mlir::ditto::raiseRepeat(RewriterBase &rewriter,
                                          Operation *op) {
  std::string reason;
  FailureOr<Chain> chain = findChain(op, reason);
  if (failed(chain))
    return rewriter.notifyMatchFailure(op, reason);
  FailureOr<RepeatPlan> plan = RepeatPlan::get(chain->layout, reason);
  if (failed(plan))
    return rewriter.notifyMatchFailure(op, reason);

  Operation *last = chain->ops.back();
  Type type = last->getResult(0).getType();
  // Casts may lie about extents; such code is never run to an end.
  Type computed = getArrangedType(chain->layout, chain->layout.getRoot(),
                                  chain->layout.getResultDims());
  if (!tensor::CastOp::areCastCompatible(computed, type))
    return rewriter.notifyMatchFailure(
        op, "expected a result type that the extents do not contradict");
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(last);
  std::string description;
  Location loc = op->getLoc();
  Value raised = plan->build(rewriter, loc, description);
  if (raised.getType() != type)
    raised = tensor::CastOp::create(rewriter, loc, type, raised);
  rewriter.replaceOp(last, raised);
  for (Operation *dead : llvm::drop_begin(llvm::reverse(chain->ops)))
    rewriter.eraseOp(dead);
  remark::passed(loc, remark::RemarkOpts::name("Raised").category("ditto"))
      << "raised to " << description;
  return raised;
}

namespace {
/// Raises the chain that begins with a broadcast, see `raiseRepeat`.
struct RaiseRepeat : public OpInterfaceRewritePattern<linalg::LinalgOp> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(linalg::LinalgOp op,
                                PatternRewriter &rewriter) const override {
    return raiseRepeat(rewriter, op);
  }
};

struct RaisePass : public ditto::impl::RaisePassBase<RaisePass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateRaisePatterns(patterns);
    // Nothing but raising: no folding, no merging of constants or blocks.
    GreedyRewriteConfig config;
    config.enableFolding(false)
        .enableConstantCSE(false)
        .setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
    if (failed(
            applyPatternsGreedily(getOperation(), std::move(patterns), config)))
      signalPassFailure();
  }
};
} // namespace

void mlir::ditto::populateRaisePatterns(RewritePatternSet &patterns) {
  patterns.add<RaiseRepeat>(patterns.getContext());
}
