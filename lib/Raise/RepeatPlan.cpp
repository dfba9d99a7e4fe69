//===- RepeatPlan.cpp - Reading ditto ops off a digit layout --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RepeatPlan.h"

#include "Movement.h"
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

FailureOr<RepeatPlan> RepeatPlan::get(const DigitLayout &layout,
                                      std::string &reason) {
  RepeatPlan plan(layout);
  CountPlaces places(layout);
  // Lone counts take a unit dimension of the root at their place, if there is
  // one, or else a new one.
  auto addAlone = [&](unsigned before) {
    SmallVector<DigitList> alone = places.alone.lookup(before);
    size_t begin = plan.slots.size();
    auto isFreeUnit = [](const Slot &slot) {
      return slot.digits.empty() && slot.outerCounts.empty();
    };
    while (begin > 0 && plan.slots.size() - begin < alone.size() &&
           isFreeUnit(plan.slots[begin - 1]))
      --begin;
    for (size_t i = 0, e = alone.size(); i != e; ++i) {
      if (begin + i == plan.slots.size())
        plan.slots.push_back({{}, {}, {}, /*isNew=*/true});
      plan.slots[begin + i].outerCounts = alone[i];
    }
  };
  for (const DigitList &dim : layout.getSourceDims()) {
    bool cut = true;
    if (dim.empty())
      plan.slots.emplace_back();
    for (unsigned digit : dim) {
      DigitList outer = places.outer.lookup(digit);
      DigitList inner = places.inner.lookup(digit);
      addAlone(digit);
      if (cut || !outer.empty() || places.alone.contains(digit))
        plan.slots.emplace_back();
      plan.slots.back().digits.push_back(digit);
      llvm::append_range(plan.slots.back().outerCounts, outer);
      plan.slots.back().innerCounts = inner;
      cut = !inner.empty();
    }
  }
  addAlone(CountPlaces::kEnd);
  for (const DigitList &dim : plan.getRepeatedArrangement())
    if (failed(getStaticExtent(layout, dim))) {
      reason = "expected extents that fit in 64 bits";
      return failure();
    }
  return plan;
}

size_t RepeatPlan::getNumLeading() const {
  return llvm::find_if(slots, [](const Slot &slot) { return !slot.isNew; }) -
         slots.begin();
}

SmallVector<DigitList> RepeatPlan::getRootArrangement() const {
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
  return llvm::equal(getRootArrangement(), layout->getSourceDims()) &&
         llvm::equal(getRepeatedArrangement(), layout->getResultDims());
}

//===----------------------------------------------------------------------===//
// Building
//===----------------------------------------------------------------------===//

static std::string printCount(OpFoldResult count) {
  std::optional<int64_t> constant = getConstantIntValue(count);
  return constant ? std::to_string(*constant) : "?";
}

Value RepeatPlan::build(OpBuilder &builder, Location loc,
                        std::string &describe) const {
  MovementBuilder movement(builder, loc, *layout);
  llvm::raw_string_ostream os(describe);
  llvm::ListSeparator separator(", ");
  // The root may have been declared with fewer static extents than are known.
  Value value = layout->getRoot();
  RankedTensorType rootType = movement.getType(value, layout->getSourceDims());
  if (value.getType() != rootType)
    value = tensor::CastOp::create(builder, loc, rootType, value);
  value =
      movement.reshape(value, layout->getSourceDims(), getRootArrangement());
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
  return movement.move(value, getRepeatedArrangement(),
                       layout->getResultDims());
}
