//===- RepeatPlan.h - Reading ditto ops off a digit layout ------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_REPEATPLAN_H
#define DITTO_ANALYSIS_REPEATPLAN_H

#include "ditto/Analysis/Movement.h"

namespace mlir::ditto {

/// What builds a layout: the root, its digits brought into the order of the
/// result, cut into slots; each slot repeated as a whole and in place; then
/// reshapes. A transpose comes first, where the tensor is small still. Where a
/// count digit stands says how its slot is repeated:
///
///   innermost of its dimension   -> repeat_interleave of what is before it
///   outermost, or in the middle  -> repeat of what is after it
///   alone                        -> repeat of a unit slot
///
///   [s0 c0] [c1 s1]   ->   slots  s0 (interleave c0)   s1 (repeat c1)
class RepeatPlan {
public:
  /// A dimension that the ditto ops see.
  struct Slot {
    DigitList digits;
    /// The counts of ditto.repeat and of ditto.repeat_interleave.
    DigitList outerCounts, innerCounts;
    /// Whether the slot is a unit dimension that the root does not have.
    bool isNew = false;
  };

  /// Fails with the reason where an extent would not fit in 64 bits.
  static FailureOr<RepeatPlan> get(const DigitLayout &layout,
                                   std::string &reason);

  /// Whether ditto ops on the root are all there is: no other movement.
  bool isPure() const;

  /// Builds the ops. `describe` receives the ditto ops, as in "ditto.repeat by
  /// [2, 1]". `function` is a function of the root's elements that takes its
  /// place.
  Value build(OpBuilder &builder, Location loc, std::string &describe,
              Value function = {}) const;

private:
  explicit RepeatPlan(const DigitLayout &layout);

  void addLoneCounts(ArrayRef<DigitList> counts);

  /// Fails where a dimension on the way would not fit in 64 bits.
  LogicalResult checkExtents() const;

  /// New slots in front become ditto.repeat's new leading dimensions.
  size_t getNumLeading() const;
  /// What the slots are before and after they are repeated.
  SmallVector<DigitList> getSlotArrangement() const;
  SmallVector<DigitList> getRepeatedArrangement() const;

  const DigitLayout *layout;
  /// The root's pieces in the result's order; the root's own dimensions where
  /// that is their order already.
  Permutation permutation;
  SmallVector<DigitList> ordered;
  SmallVector<Slot> slots;
};

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_REPEATPLAN_H
