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

/// Digits and targets are matched from both ends, where one divides the other;
/// a name may remain in the middle:
///
///   digits   ?b  2  4   ?n  3            targets   8*?b   ?m   3
///            ?b  2  4   ?n  3    lines up with     8*?b   ?m   3
///
/// ?n = ?m follows from equal products if no name is divided by on the way:
/// ?b may be 0.
class Distribution {
public:
  Distribution(DigitLayout &layout, ArrayRef<unsigned> digits,
               ArrayRef<SymbolicSize> targets, std::string &reason)
      : layout(layout), digits(digits), lists(targets.size()), reason(reason) {
    for (const SymbolicSize &target : targets)
      rest.push_back(layout.resolve(target));
  }

  FailureOr<SmallVector<DigitList>> run() {
    if (failed(matchEnd(/*outer=*/true)) || failed(matchEnd(/*outer=*/false)))
      return failure();
    dropUnitTargets();
    if (digits.empty() && rest.empty())
      return lists;
    return matchMiddle();
  }

private:
  /// Removes what lines up at one end, until sizes meet that do not divide.
  LogicalResult matchEnd(bool outer) {
    while (true) {
      dropUnitTargets();
      if (digits.empty() || rest.empty())
        return success();
      unsigned digit = outer ? digits.front() : digits.back();
      FailureOr<bool> matched =
          match(digit, outer ? rest.front() : rest.back(), outer);
      if (failed(matched))
        return failure();
      if (!*matched)
        return success();
    }
  }

  /// Takes the digit, or the part of it that fills the target; false if neither
  /// is known to divide the other.
  FailureOr<bool> match(unsigned digit, SymbolicSize &target, bool outer) {
    SymbolicSize size = layout.getSize(digit);
    bool areStatic = size.isStatic() && target.isStatic();
    if (areStatic && (size.getStatic() == 0 || target.getStatic() == 0))
      return fail("expected no extent 0 where a dimension is split");
    if (std::optional<SymbolicSize> more = target.dividedBy(size)) {
      dividedByName |= !size.isStatic();
      take(digit, outer);
      target = *more;
      return true;
    }
    std::optional<SymbolicSize> more = size.dividedBy(target);
    if (!more && areStatic)
      return fail("expected extents that line up with digits, but found " +
                  Twine(target.getStatic()) + " beside a digit of " +
                  Twine(size.getStatic()));
    if (!more)
      return false;
    dividedByName |= !target.isStatic();
    if (outer) {
      unsigned inner = layout.split(digit, target, *more);
      take(digit, outer);
      digits.insert(digits.begin(), inner);
    } else {
      unsigned inner = layout.split(digit, *more, target);
      digits.push_back(inner);
      take(inner, outer);
    }
    target = SymbolicSize(1);
    return true;
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
    if (dividedByName)
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
  bool dividedByName = false;
  std::string &reason;
};

} // namespace

FailureOr<SmallVector<DigitList>>
mlir::ditto::distributeDigits(DigitLayout &layout, unsigned dim,
                              ArrayRef<SymbolicSize> targets,
                              std::string &reason) {
  const DigitList digits = layout.getResultDims()[dim];
  return distributeDigits(layout, digits, targets, reason);
}

FailureOr<SmallVector<DigitList>>
mlir::ditto::distributeDigits(DigitLayout &layout, ArrayRef<unsigned> digits,
                              ArrayRef<SymbolicSize> targets,
                              std::string &reason) {
  return Distribution(layout, digits, targets, reason).run();
}
