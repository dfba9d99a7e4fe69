//===- DistributeDigits.cpp - Splitting a dimension's digits --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DistributeDigits.h"

#include "AssertedSizes.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// Digits and targets are matched from both ends, where one divides the other,
/// and what is left in the middle one by one:
///
///   digits   ?b  2  4   ?n  3            targets   8*?b   ?m   3
///            ?b  2  4   ?n  3    lines up with     8*?b   ?m   3
///
/// ?n = ?m follows from equal products unless the tensor is empty: ?b may be 0.
class Distribution {
public:
  /// `at` is the op that has the targets as extents.
  Distribution(DigitLayout &layout, ArrayRef<unsigned> digits,
               ArrayRef<SymbolicSize> targets, Operation *at,
               std::string &reason)
      : layout(layout), at(at), digits(digits), lists(targets.size()),
        reason(reason) {
    for (const SymbolicSize &target : targets)
      rest.push_back(layout.resolve(target));
  }

  FailureOr<SmallVector<DigitList>> run() {
    dropUnitTargets();
    auto isDynamic = [&](unsigned digit) {
      return !layout.getSize(digit).isStatic();
    };
    if (rest.size() != 1 || rest.front().isStatic() ||
        llvm::count_if(digits, isDynamic) < 2)
      return lineUp();
    // One target takes all digits, also where their sizes cannot be compared.
    DigitLayout before = layout;
    SmallVector<DigitList> all(lists.size());
    all[first] = digits;
    FailureOr<SmallVector<DigitList>> linedUp = lineUp();
    if (succeeded(linedUp))
      return linedUp;
    layout = std::move(before);
    return all;
  }

private:
  /// What has to be equal for digits and targets to line up.
  struct Assumption {
    SymbolicSize size, target;
    bool isCount;
  };

  FailureOr<SmallVector<DigitList>> lineUp() {
    do {
      if (failed(matchEnd(/*outer=*/true)) || failed(matchEnd(/*outer=*/false)))
        return failure();
    } while (assumePair());
    if ((!digits.empty() || !rest.empty()) && failed(matchMiddle()))
      return failure();
    if (failed(proveAssumptions()))
      return failure();
    return lists;
  }

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
    if (!more && areStatic && !assumptions.empty())
      return fail("expected extents that are known to be equal");
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

  /// Takes the outermost digit for the outermost target, if more is left on
  /// both sides.
  bool assumePair() {
    if (digits.size() < 2 || rest.size() < 2 ||
        layout.getSize(digits.front()).isStatic() || rest.front().isStatic())
      return false;
    assume(digits.front(), rest.front());
    take(digits.front(), /*outer=*/true);
    rest.front() = SymbolicSize(1);
    return true;
  }

  void assume(unsigned digit, const SymbolicSize &target) {
    assumptions.push_back(
        {layout.getSize(digit), target, layout.isCount(digit)});
    layout.setSize(digit, target);
  }

  /// What no end could match: all of it is one target or one digit.
  LogicalResult matchMiddle() {
    if (digits.empty() || rest.empty())
      return fail("expected every extent to be matched by digits");
    if (digits.size() == 1 && !layout.getSize(digits.front()).isStatic())
      return splitMiddle();
    if (rest.size() != 1)
      return fail("expected extents that are known to line up with digits");
    if (dividedByName || !assumptions.empty())
      return fail("expected extents that are known to be equal");
    DigitList &list = lists[first];
    list.insert(list.begin() + numFromOuter, digits.begin(), digits.end());
    return success();
  }

  /// The only digit left is all targets left.
  LogicalResult splitMiddle() {
    unsigned digit = digits.front();
    std::optional<SymbolicSize> product = SymbolicSize(1);
    for (const SymbolicSize &target : rest)
      if (product)
        product = product->times(target);
    if (!product)
      return fail("expected extents that fit in 64 bits");
    assume(digit, *product);
    for (size_t i = 0, e = rest.size(); i != e; ++i) {
      DigitList &list = lists[first + i];
      list.insert(list.begin() + (i == 0 ? numFromOuter : 0), digit);
      if (i + 1 == e)
        break;
      digit = layout.split(digit, rest[i], rest[i + 1]);
    }
    return success();
  }

  /// The products of all digits and of all targets are equal, and what has been
  /// divided by is. So is what is left, unless that was 0.
  LogicalResult proveAssumptions() {
    auto areAsserted = [&](bool (*relation)(const SymbolicSize &,
                                            const SymbolicSize &, Operation *),
                           bool swap) {
      return llvm::all_of(assumptions, [&](const Assumption &assumption) {
        const SymbolicSize &lhs = swap ? assumption.target : assumption.size;
        const SymbolicSize &rhs = swap ? assumption.size : assumption.target;
        return at && relation(lhs, rhs, at);
      });
    };
    bool isOne = assumptions.size() == 1;
    if ((isOne && !dividedByName) || areAsserted(isAssertedEqual, false)) {
      for (const Assumption &assumption : assumptions)
        layout.assumeEqual(assumption.size, assumption.target);
      return success();
    }
    // Factors none of which is less than its counterpart, with equal products.
    if ((isOne || areAsserted(isAssertedAtLeast, false) ||
         areAsserted(isAssertedAtLeast, true)) &&
        canReshapeRoot()) {
      layout.setRootReshapeNeeded();
      return success();
    }
    return fail("expected extents that are known to be equal");
  }

  /// Whether what is equal unless the tensor is empty is equal unless the root
  /// is: no count is 0.
  bool canReshapeRoot() {
    return layout.isRootReshapeAllowed() &&
           llvm::none_of(assumptions,
                         [](const Assumption &assumption) {
                           return assumption.isCount;
                         }) &&
           llvm::all_of(layout.getCounts(), [&](unsigned count) {
             return layout.getSize(count).isStatic() &&
                    layout.getSize(count).getStatic() != 0;
           });
  }

  LogicalResult fail(const Twine &why) {
    reason = why.str();
    return failure();
  }

  DigitLayout &layout;
  Operation *at;
  /// What is not matched yet.
  DigitList digits;
  SmallVector<SymbolicSize> rest;
  /// The digits of each target; `rest` begins with target `first`, which has
  /// `numFromOuter` digits from the outer end already.
  SmallVector<DigitList> lists;
  size_t first = 0;
  size_t numFromOuter = 0;
  bool dividedByName = false;
  SmallVector<Assumption, 1> assumptions;
  std::string &reason;
};

} // namespace

FailureOr<SmallVector<DigitList>>
mlir::ditto::distributeDigits(DigitLayout &layout, unsigned dim,
                              ArrayRef<SymbolicSize> targets,
                              std::string &reason, Operation *at) {
  const DigitList digits = layout.getResultDims()[dim];
  return Distribution(layout, digits, targets, at, reason).run();
}

LogicalResult mlir::ditto::reshapeDigits(DigitLayout &layout, OpResult result,
                                         std::string &reason) {
  DigitList digits;
  SmallVector<SymbolicSize> extents, targets;
  for (const DigitList &dim : layout.getResultDims()) {
    llvm::append_range(digits, dim);
    if (std::optional<SymbolicSize> extent = layout.getProduct(dim))
      extents.push_back(*extent);
  }
  SymbolicSize bound = SymbolicSize::getBound(extents);
  auto type = cast<RankedTensorType>(result.getType());
  for (int64_t dim = 0, rank = type.getRank(); dim < rank; ++dim)
    targets.push_back(SymbolicSize::ofDim(result, dim, &bound));
  FailureOr<SmallVector<DigitList>> lists =
      Distribution(layout, digits, targets, result.getOwner(), reason).run();
  if (failed(lists))
    return failure();
  layout.setResultDims(*std::move(lists));
  return success();
}
