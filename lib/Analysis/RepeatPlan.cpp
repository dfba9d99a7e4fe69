//===- RepeatPlan.cpp - Reading ditto ops off a digit layout --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/RepeatPlan.h"

#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

namespace {
/// The counts of a layout, by the source digit that they belong to.
struct CountPlaces {
  /// Counts before a digit, after it, and alone in a dimension before it; the
  /// latter's key is kEnd where no source digit follows.
  DenseMap<unsigned, DigitList> outer, inner;
  DenseMap<unsigned, SmallVector<DigitList>> alone;

  static constexpr unsigned kEnd = ~2u;

  explicit CountPlaces(const DigitLayout &layout);
};
} // namespace

CountPlaces::CountPlaces(const DigitLayout &layout) {
  SmallVector<DigitList> pendingAlone;
  for (const DigitList &dim : layout.getResultDims()) {
    DigitList counts;
    std::optional<unsigned> before;
    for (unsigned digit : dim) {
      if (layout.isCount(digit)) {
        counts.push_back(digit);
        continue;
      }
      // Whatever stands before a source digit repeats it, and what is after it
      // in the dimension, as a whole.
      if (!pendingAlone.empty())
        llvm::append_range(alone[digit], std::exchange(pendingAlone, {}));
      if (!counts.empty())
        outer[digit] = std::exchange(counts, {});
      before = digit;
    }
    if (counts.empty())
      continue;
    if (before)
      inner[*before] = counts;
    else
      pendingAlone.push_back(counts);
  }
  if (!pendingAlone.empty())
    alone[kEnd] = pendingAlone;
}

/// The result's dimensions without counts; those of nothing but counts go.
static SmallVector<DigitList> withoutCounts(const DigitLayout &layout) {
  SmallVector<DigitList> dims;
  for (const DigitList &dim : layout.getResultDims()) {
    DigitList rest;
    llvm::copy_if(dim, std::back_inserter(rest),
                  [&](unsigned digit) { return !layout.isCount(digit); });
    if (dim.empty() || !rest.empty())
      dims.push_back(rest);
  }
  return dims;
}

RepeatPlan::RepeatPlan(const DigitLayout &layout)
    : layout(&layout),
      permutation(layout.getSourceDims(), withoutCounts(layout)) {
  if (permutation.isIdentity())
    llvm::append_range(ordered, layout.getSourceDims());
  else
    ordered = permutation.getPermutedPieces();
  CountPlaces places(layout);
  for (const DigitList &dim : ordered) {
    bool cut = true;
    if (dim.empty())
      slots.emplace_back();
    for (unsigned digit : dim) {
      DigitList outer = places.outer.lookup(digit);
      DigitList inner = places.inner.lookup(digit);
      addLoneCounts(places.alone.lookup(digit));
      if (cut || !outer.empty() || places.alone.contains(digit))
        slots.emplace_back();
      slots.back().digits.push_back(digit);
      llvm::append_range(slots.back().outerCounts, outer);
      slots.back().innerCounts = inner;
      cut = !inner.empty();
    }
  }
  addLoneCounts(places.alone.lookup(CountPlaces::kEnd));
}

/// Lone counts repeat the unit dimensions that stand before their place, or new
/// ones.
void RepeatPlan::addLoneCounts(ArrayRef<DigitList> counts) {
  auto isFreeUnit = [](const Slot &slot) {
    return slot.digits.empty() && slot.outerCounts.empty();
  };
  size_t begin = slots.size();
  while (begin > 0 && slots.size() - begin < counts.size() &&
         isFreeUnit(slots[begin - 1]))
    --begin;
  for (auto [i, count] : llvm::enumerate(counts)) {
    if (begin + i == slots.size())
      slots.push_back({{}, {}, {}, /*isNew=*/true});
    slots[begin + i].outerCounts = count;
  }
}

LogicalResult RepeatPlan::checkExtents() const {
  auto fits = [&](ArrayRef<DigitList> dims) {
    return llvm::all_of(dims, [&](const DigitList &dim) {
      return succeeded(getStaticExtent(*layout, dim));
    });
  };
  return success(fits(layout->getSourceDims()) &&
                 fits(layout->getResultDims()) &&
                 fits(getRepeatedArrangement()));
}

FailureOr<RepeatPlan> RepeatPlan::get(const DigitLayout &layout,
                                      std::string &reason) {
  RepeatPlan plan(layout);
  if (succeeded(plan.checkExtents()))
    return plan;
  reason = "expected extents that fit in 64 bits";
  return failure();
}

size_t RepeatPlan::getNumLeading() const {
  return llvm::find_if(slots, [](const Slot &slot) { return !slot.isNew; }) -
         slots.begin();
}

SmallVector<DigitList> RepeatPlan::getSlotArrangement() const {
  SmallVector<DigitList> dims;
  for (const Slot &slot : ArrayRef(slots).drop_front(getNumLeading()))
    dims.push_back(slot.digits);
  return dims;
}

SmallVector<DigitList> RepeatPlan::getRepeatedArrangement() const {
  SmallVector<DigitList> dims;
  for (const Slot &slot : slots) {
    DigitList &dim = dims.emplace_back(slot.outerCounts);
    llvm::append_range(dim, slot.digits);
    llvm::append_range(dim, slot.innerCounts);
  }
  return dims;
}

bool RepeatPlan::isPure() const {
  return llvm::equal(getSlotArrangement(), layout->getSourceDims()) &&
         llvm::equal(getRepeatedArrangement(), layout->getResultDims());
}

//===----------------------------------------------------------------------===//
// Building
//===----------------------------------------------------------------------===//

static std::string printCount(OpFoldResult count) {
  std::optional<int64_t> constant = getConstantIntValue(count);
  return constant ? std::to_string(*constant) : "?";
}

Value RepeatPlan::build(OpBuilder &builder, Location loc, std::string &describe,
                        Value function) const {
  MovementBuilder movement(builder, loc, *layout);
  llvm::raw_string_ostream os(describe);
  llvm::ListSeparator separator(", ");
  Value value =
      movement.withExtents(function ? function : layout->getRoot(),
                           layout->getSourceDims(), layout->needsRootReshape());
  if (!permutation.isIdentity())
    value = movement.permute(value, layout->getSourceDims(), permutation);
  value = movement.reshape(value, ordered, getSlotArrangement());
  // In place first: the op that writes the larger tensor comes last anyway.
  for (auto [index, slot] : llvm::enumerate(slots)) {
    if (slot.innerCounts.empty())
      continue;
    OpFoldResult count = movement.getExtent(slot.innerCounts);
    int64_t dim = index - getNumLeading();
    value = RepeatInterleaveOp::create(builder, loc, value, count, dim);
    os << separator << "ditto.repeat_interleave by " << printCount(count)
       << " dim(" << dim << ")";
  }
  if (llvm::any_of(
          slots, [](const Slot &slot) { return !slot.outerCounts.empty(); })) {
    SmallVector<OpFoldResult> counts;
    for (const Slot &slot : slots)
      counts.push_back(movement.getExtent(slot.outerCounts));
    value = RepeatOp::create(builder, loc, value, counts);
    os << separator << "ditto.repeat by [";
    llvm::interleaveComma(counts, os,
                          [&](OpFoldResult c) { os << printCount(c); });
    os << "]";
  }
  return movement.reshape(value, getRepeatedArrangement(),
                          layout->getResultDims());
}
