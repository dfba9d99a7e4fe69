//===- RepeatedOperand.cpp - Operands that are repeats --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RepeatedOperand.h"

#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::ditto;

bool RepeatedOperand::hasDittoOp() const {
  return llvm::any_of(
      ops, [](Operation *op) { return isa<RepeatOp, RepeatInterleaveOp>(op); });
}

//===----------------------------------------------------------------------===//
// Run-time checks
//===----------------------------------------------------------------------===//

/// The counts of a ditto op that are SSA values.
static OperandRange getDynamicCounts(Operation *op) {
  if (auto repeat = dyn_cast<RepeatOp>(op))
    return repeat.getCounts();
  if (auto repeat = dyn_cast<RepeatInterleaveOp>(op))
    return OperandRange(repeat.getCountMutable());
  return {op->operand_end(), op->operand_end()};
}

/// Whether `op` has checks beyond the signs of its counts: they would be lost.
static bool comparesExtents(Operation *op) {
  if (auto repeat = dyn_cast<RepeatOp>(op))
    return repeat.assertsExtents();
  if (auto repeat = dyn_cast<RepeatInterleaveOp>(op))
    return repeat.assertsExtents() || repeat.getMixedOutputSize();
  return false;
}

void RepeatedOperand::assertCounts(
    OpBuilder &builder, const std::optional<SymbolicSize> &checkedLater) const {
  for (Operation *op : ops) {
    Location loc = op->getLoc();
    for (Value count : getDynamicCounts(op)) {
      // Extents are never negative.
      if (count.getDefiningOp<tensor::DimOp>() ||
          checkedLater == SymbolicSize::of(count))
        continue;
      Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
      Value valid = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::sge, count, zero);
      cf::AssertOp::create(
          builder, loc, valid,
          (op->getName().getStringRef() + ": a count is negative").str());
    }
  }
}

//===----------------------------------------------------------------------===//
// Finding
//===----------------------------------------------------------------------===//

/// Whether `op` alone makes its result depend on fewer digits.
static bool repeats(Operation *op) {
  std::string ignored;
  FailureOr<DigitLayout> layout =
      DigitLayout::identity(getMovedValue(op, ignored), ignored);
  return succeeded(layout) && succeeded(layout->apply(op, ignored)) &&
         !layout->getCounts().empty();
}

/// Whether ops may read results of later ones here: a repeat could then sink
/// below its own operand, again and again.
static bool mayHaveCycles(Region *region) {
  for (; region; region = region->getParentRegion()) {
    if (mayBeGraphRegion(*region))
      return true;
    if (region->getParentOp()->hasTrait<OpTrait::IsIsolatedFromAbove>())
      break;
  }
  return false;
}

FailureOr<RepeatedOperand>
mlir::ditto::findRepeat(Value value, std::string &reason, size_t maxOps) {
  if (mayHaveCycles(value.getParentRegion())) {
    reason = "expected ops in the order in which they run";
    return failure();
  }
  // Upwards, as far as elements are only moved.
  SmallVector<Operation *> chain;
  Value root = value;
  while (chain.size() < maxOps) {
    Operation *op = root.getDefiningOp();
    Value source = op ? getMovedValue(op, reason) : Value();
    if (!source)
      break;
    if (comparesExtents(op)) {
      reason = "expected a repeat without run-time checks of extents";
      break;
    }
    // Movement may come with a conversion of the elements.
    if (getElementTypeOrSelf(source) != getElementTypeOrSelf(root))
      break;
    chain.push_back(op);
    root = source;
  }
  // Downwards from the first op that repeats. Where a step fails, from the next
  // one.
  while (!chain.empty()) {
    Operation *first = chain.back();
    if (!repeats(first)) {
      chain.pop_back();
      continue;
    }
    FailureOr<DigitLayout> layout =
        DigitLayout::identity(getMovedValue(first, reason), reason);
    if (succeeded(layout))
      layout->allowRootReshape();
    size_t applied = 0;
    for (Operation *op : llvm::reverse(chain)) {
      if (failed(layout) || failed(layout->apply(op, reason)))
        break;
      ++applied;
    }
    if (applied == chain.size())
      return RepeatedOperand{*layout, llvm::to_vector(llvm::reverse(chain))};
    chain.truncate(chain.size() - applied - 1);
  }
  if (reason.empty())
    reason = "expected an operand that is a repeat";
  return failure();
}

//===----------------------------------------------------------------------===//
// Erasing
//===----------------------------------------------------------------------===//

void mlir::ditto::eraseDeadMovement(RewriterBase &rewriter, ValueRange values,
                                    const ReaderRewrite &rewrite) {
  // Each op once: values may come from the same op.
  SetVector<Operation *> worklist;
  auto addProducer = [&](Value value) {
    if (Operation *op = value.getDefiningOp())
      worklist.insert(op);
  };
  llvm::for_each(values, addProducer);
  std::string ignored;
  while (!worklist.empty()) {
    Operation *op = worklist.pop_back_val();
    // The checks of ditto ops do not keep them alive.
    if (!op->use_empty() || !isMemoryEffectFree(op))
      continue;
    Value source = getMovedValue(op, ignored);
    if (!source)
      continue;
    if (isa<RepeatOp, RepeatInterleaveOp>(op))
      remarkGone(op, rewrite);
    rewriter.eraseOp(op);
    addProducer(source);
  }
}
