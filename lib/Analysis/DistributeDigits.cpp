//===- DistributeDigits.cpp - Splitting a dimension's digits --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DistributeDigits.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// Digits and targets are matched from both ends; numbers cancel, one name may
/// remain in the middle:
///
///   digits   8      ?n     3             targets   2   4   ?m   3
///            2 4    ?n     3    lines up with      2   4   ?m   3
///
/// ?n = ?m follows, as the products are equal and only numbers > 0 were
/// cancelled. Had a name been cancelled on the way, it would not: it may be 0.
class Distribution {
public:
  Distribution(DigitLayout &layout, ArrayRef<unsigned> digits,
               ArrayRef<SymbolicSize> targets, std::string &reason)
      : layout(layout), digits(digits), rest(targets), lists(targets.size()),
        reason(reason) {}

  FailureOr<SmallVector<DigitList>> run() {
    if (failed(matchEnd(/*outer=*/true)) || failed(matchEnd(/*outer=*/false)))
      return failure();
    dropUnitTargets();
    if (digits.empty() && rest.empty())
      return lists;
    return matchMiddle();
  }

private:
  /// Removes what lines up at one end, until names meet that differ.
  LogicalResult matchEnd(bool outer) {
    while (true) {
      dropUnitTargets();
      if (digits.empty() || rest.empty())
        return success();
      unsigned digit = outer ? digits.front() : digits.back();
      SymbolicSize &target = outer ? rest.front() : rest.back();
      SymbolicSize size = layout.getSize(digit);
      if (size == target && !size.isStatic()) {
        cancelledName = true;
        take(digit, outer);
        target = SymbolicSize(1);
        continue;
      }
      if (!size.isStatic() || !target.isStatic())
        return success();
      if (failed(matchNumbers(digit, target, outer)))
        return failure();
    }
  }

  /// Takes the digit, or the part of it that fills the target.
  LogicalResult matchNumbers(unsigned digit, SymbolicSize &target, bool outer) {
    int64_t have = layout.getSize(digit).getStatic();
    int64_t want = target.getStatic();
    if (have == 0 || want == 0)
      return fail("expected no extent 0 where a dimension is split");
    if (want % have == 0) {
      take(digit, outer);
      target = SymbolicSize(want / have);
      return success();
    }
    if (have % want != 0)
      return fail("expected extents that line up with digits, but found " +
                  Twine(want) + " beside a digit of " + Twine(have));
    SymbolicSize part(want), remainder(have / want);
    if (outer) {
      unsigned inner = layout.split(digit, part, remainder);
      take(digit, outer);
      digits.insert(digits.begin(), inner);
    } else {
      unsigned inner = layout.split(digit, remainder, part);
      digits.push_back(inner);
      take(inner, outer);
    }
    target = SymbolicSize(1);
    return success();
  }

  /// Gives the outermost (innermost) remaining digit to the outermost
  /// (innermost) remaining target.
  void take(unsigned digit, bool outer) {
    if (outer) {
      lists[first].insert(lists[first].begin() + numFromOuter++, digit);
      digits.erase(digits.begin());
      return;
    }
    DigitList &list = lists[first + rest.size() - 1];
    bool isFirst = rest.size() == 1;
    list.insert(list.begin() + (isFirst ? numFromOuter : 0), digit);
    digits.pop_back();
  }

  /// Targets that are full, or that were units to begin with.
  void dropUnitTargets() {
    while (!rest.empty() && rest.front().isOne()) {
      rest.erase(rest.begin());
      ++first;
      numFromOuter = 0;
    }
    while (!rest.empty() && rest.back().isOne())
      rest.pop_back();
  }

  /// What no end could match: all of it is one target or one digit.
  FailureOr<SmallVector<DigitList>> matchMiddle() {
    if (digits.empty() || rest.empty())
      return fail("expected every extent to be matched by digits");
    bool same = digits.size() == 1 && rest.size() == 1 &&
                layout.getSize(digits.front()) == rest.front();
    if (cancelledName && !same)
      return fail("expected extents that are known to be equal");
    if (rest.size() == 1) {
      DigitList &list = lists[first];
      list.insert(list.begin() + numFromOuter, digits.begin(), digits.end());
      return lists;
    }
    if (digits.size() != 1 || layout.getSize(digits.front()).isStatic())
      return fail("expected extents that are known to line up with digits");
    unsigned digit = digits.front();
    for (size_t i = 0, e = rest.size(); i != e; ++i) {
      DigitList &list = lists[first + i];
      list.insert(list.begin() + (i == 0 ? numFromOuter : 0), digit);
      if (i + 1 == e)
        break;
      digit = layout.split(digit, rest[i], rest[i + 1]);
    }
    return lists;
  }

  LogicalResult fail(const Twine &why) {
    reason = why.str();
    return failure();
  }

  DigitLayout &layout;
  /// What is not matched yet.
  SmallVector<unsigned> digits;
  SmallVector<SymbolicSize> rest;
  /// The digits of each target; `rest` begins with target `first`, which has
  /// `numFromOuter` digits from the outer end already.
  SmallVector<DigitList> lists;
  size_t first = 0;
  size_t numFromOuter = 0;
  bool cancelledName = false;
  std::string &reason;
};

} // namespace

FailureOr<SmallVector<DigitList>>
mlir::ditto::distributeDigits(DigitLayout &layout, unsigned dim,
                              ArrayRef<SymbolicSize> targets,
                              std::string &reason) {
  const DigitList digits = layout.getResultDims()[dim];
  return Distribution(layout, digits, targets, reason).run();
}
