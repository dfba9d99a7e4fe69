//===- Chain.cpp - Movement from a broadcast to a repeat ------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Chain.h"

#include "ditto/Analysis/FusedCopy.h"
#include "ditto/Analysis/RepeatPlan.h"
#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Links
//===----------------------------------------------------------------------===//

/// The value that `op` moves, possibly with a function of its elements.
static Value getSource(Operation *op, std::string &reason) {
  if (op->getNumResults() != 1)
    return {};
  if (Value source = getMovedValue(op, reason))
    return source;
  return getFusedCopySource(op);
}

static LogicalResult applyStep(DigitLayout &layout, Operation *op,
                               std::string &reason) {
  return getFusedCopySource(op) ? applyFusedCopy(layout, op, reason)
                                : layout.apply(op, reason);
}

LogicalResult Chain::append(Operation *op, std::string &reason) {
  ops.push_back(op);
  return applyStep(layout, op, reason);
}

/// Whether `user` moves the result of `op` on in the same block: elsewhere, in
/// a loop say, the repeat would run more often than `op` did. A repeat is no
/// link: that it joins counts of its own says nothing about those of `op`.
static bool isLink(Operation *op, Operation *user) {
  std::string ignored;
  return !isa<RepeatOp, RepeatInterleaveOp>(user) &&
         user->getBlock() == op->getBlock() && op->isBeforeInBlock(user) &&
         getSource(user, ignored) == op->getResult(0);
}

bool mlir::ditto::movesOnlyUnits(const DigitLayout &layout) {
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

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

/// Follows the only user as long as that moves the value on and adds no counts.
/// Of the values on the way the last that takes nothing but ditto ops is the
/// end of what is raised, for the movement behind it is plain already:
///
///   broadcast, collapse_shape | transpose, collapse_shape
///
/// Fails where the counts end up in dimensions of their own.
static FailureOr<Chain> extend(const Chain &joined, std::string &reason) {
  Chain next = joined;
  std::optional<Chain> best;
  auto consider = [&] {
    std::string ignored;
    FailureOr<RepeatPlan> plan = RepeatPlan::get(next.layout, ignored);
    bool isCast = isa<tensor::CastOp>(next.getEnd());
    if (next.layout.joinsCounts() && succeeded(plan) && plan->isPure() &&
        !(best && isCast))
      best = next;
  };
  consider();
  size_t numCounts = joined.layout.getCounts().size();
  while (next.getEnd()->getResult(0).hasOneUse()) {
    Operation *user = *next.getEnd()->user_begin();
    Chain longer = next;
    std::string ignored;
    if (!isLink(next.getEnd(), user) || failed(longer.append(user, ignored)) ||
        longer.layout.getCounts().size() > numCounts)
      break;
    next = longer;
    consider();
  }
  if (!next.layout.joinsCounts()) {
    // An op that repeats on its own is a repeat whatever follows it.
    if (joined.ops.size() == 1)
      return joined;
    reason = "expected a broadcast dimension that stays joined with others";
    return failure();
  }
  return best ? *best : next;
}

/// Finds, below a chain that does not join its counts yet, the chains of all
/// users that do. Fails where any user does not.
static LogicalResult follow(const Chain &chain, Chains &found) {
  // More than any frontend writes.
  constexpr size_t kMaxOps = 32, kMaxChains = 64;
  if (chain.layout.joinsCounts()) {
    FailureOr<Chain> end = extend(chain, found.reason);
    if (succeeded(end))
      found.chains.push_back(*end);
    return success(succeeded(end));
  }
  Operation *op = chain.getEnd();
  llvm::SetVector<Operation *> users(op->user_begin(), op->user_end());
  if (users.empty() || chain.ops.size() == kMaxOps ||
      found.chains.size() == kMaxChains) {
    found.reason = "expected users that move a broadcast on";
    return failure();
  }
  // All users, though one may fail: the others say whether that is a pity.
  bool allFollowed = true;
  for (Operation *user : users) {
    Chain longer = chain;
    if (!isLink(op, user)) {
      allFollowed = false;
      found.reason = ("expected a broadcast dimension that a reshape joins "
                      "with others, but found '" +
                      user->getName().getStringRef() + "'")
                         .str();
    } else if (failed(longer.append(user, found.reason))) {
      found.isMissed = true;
      return failure();
    } else if (failed(follow(longer, found))) {
      allFollowed = false;
    }
  }
  found.isMissed |= !allFollowed && !found.chains.empty();
  return success(allFollowed);
}

Chains mlir::ditto::findChains(Operation *op, bool raisePlain) {
  Chains found;
  // Repeats are what others are raised to.
  if (isa<RepeatOp, RepeatInterleaveOp>(op)) {
    found.reason = "expected an op that is not a repeat yet";
    return found;
  }
  found.reason = "expected an op that moves elements";
  Value source = getSource(op, found.reason);
  if (!source)
    return found;
  FailureOr<DigitLayout> layout = DigitLayout::identity(source, found.reason);
  if (failed(layout) || failed(applyStep(*layout, op, found.reason)))
    return found;
  if (layout->getCounts().empty()) {
    found.reason = "expected a broadcast";
    return found;
  }
  layout = skipUnitReshapes(source, found.reason);
  if (failed(layout))
    return found;
  Chain chain{{}, *layout};
  if (failed(chain.append(op, found.reason)) || succeeded(follow(chain, found)))
    return found;
  found.chains.clear();
  if (raisePlain)
    found.chains.push_back(chain);
  return found;
}

bool mlir::ditto::isJoinedLater(Operation *op, ArrayRef<int64_t> counts) {
  std::string ignored;
  FailureOr<DigitLayout> all = DigitLayout::identity(op->getResult(0), ignored);
  if (failed(all))
    return false;
  SmallVector<DigitList> sourceDims;
  for (auto [dim, list] : llvm::enumerate(all->getResultDims()))
    if (!llvm::is_contained(counts, dim))
      sourceDims.push_back(list);
  DigitLayout layout(op->getResult(0), *all, sourceDims, all->getResultDims());
  layout.allowRootReshape();
  while (op->getResult(0).hasOneUse()) {
    Operation *user = *op->user_begin();
    if (user->getNumResults() != 1 || !isLink(op, user) ||
        failed(layout.apply(user, ignored)))
      return false;
    if (layout.joinsCounts())
      return true;
    op = user;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Remarks
//===----------------------------------------------------------------------===//

/// One op of a spelling. `numCounts` is how many counts it adds.
static std::string spell(Operation *op, size_t numCounts) {
  if (isa<linalg::LinalgOp>(op)) {
    auto generic = dyn_cast<linalg::GenericOp>(op);
    if (generic && !generic.getBlock()->getOps<tensor::ExtractOp>().empty())
      return "indexed copy";
    return numCounts                      ? "broadcast"
           : isa<linalg::TransposeOp>(op) ? "transpose"
                                          : "copy";
  }
  if (isa<tensor::ConcatOp>(op) && numCounts)
    return "tensor.concat of one value";
  StringRef name = op->getName().getStringRef();
  if (isa<tensor::TensorDialect>(op->getDialect()) && !numCounts)
    name.consume_front("tensor.");
  return name.str();
}

std::string Chain::getSpelling() const {
  std::string spelling, ignored;
  for (Operation *op : ops) {
    FailureOr<DigitLayout> step =
        DigitLayout::identity(getSource(op, ignored), ignored);
    size_t numCounts = 0;
    if (succeeded(step) && succeeded(applyStep(*step, op, ignored)))
      numCounts = step->getCounts().size();
    if (!spelling.empty())
      spelling += " + ";
    spelling += spell(op, numCounts);
  }
  return spelling;
}
