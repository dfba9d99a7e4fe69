//===- DigitMap.cpp - A movement as parts of loop indices -----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DigitMap.h"

#include "DistributeDigits.h"

#include "llvm/Support/MathExtras.h"

#include <set>

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Composition
//===----------------------------------------------------------------------===//

LogicalResult DigitMap::applyTo(DigitLayout &layout,
                                std::string &reason) const {
  // Both sides walk along with the same loops.
  for (auto [dim, digits] : llvm::enumerate(sourceDims))
    if (auto product = layout.getProduct(layout.getResultDims()[dim]))
      if (digits.size() <= 1)
        layout.assumeEqual(*product, digits.empty() ? SymbolicSize(1)
                                                    : sizes[digits.front()]);
  // The layout's digits that each digit of the map stands for; counts keep
  // none.
  SmallVector<std::optional<DigitList>> lists(sizes.size());
  for (auto [dim, digits] : llvm::enumerate(sourceDims)) {
    if (digits.size() == 1) {
      // Nothing is split, so no extents have to be compared.
      lists[digits.front()] = layout.getResultDims()[dim];
      continue;
    }
    SmallVector<SymbolicSize> targets;
    for (unsigned digit : digits)
      targets.push_back(sizes[digit]);
    auto split = distributeDigits(layout, dim, targets, reason);
    if (failed(split))
      return failure();
    for (auto [digit, list] : llvm::zip_equal(digits, *split))
      lists[digit] = list;
  }
  SmallVector<DigitList> dims;
  for (const DigitList &digits : resultDims) {
    DigitList &dim = dims.emplace_back();
    for (unsigned digit : digits)
      llvm::append_range(dim, lists[digit] ? *lists[digit]
                                           : layout.addCount(sizes[digit]));
  }
  layout.setResultDims(std::move(dims));
  return success();
}

//===----------------------------------------------------------------------===//
// Loops to digits
//===----------------------------------------------------------------------===//

/// Cuts each loop's index where some part of it begins or ends.
LogicalResult DigitMapBuilder::splitLoops(std::string &reason) {
  SmallVector<std::set<int64_t>> cuts(loops.size());
  for (const auto *dims : {&sourceDims, &resultDims})
    for (const Dim &dim : *dims)
      for (const IndexTerm &term : dim.index)
        for (const LoopPart &part : term.parts)
          if (!ShapedType::isDynamic(part.size))
            cuts[part.loop].insert({part.inner, part.inner * part.size});
  digitsOfLoop.resize(loops.size());
  for (auto [loop, extent] : llvm::enumerate(loops)) {
    if (cuts[loop].empty()) {
      if (!extent.isOne()) {
        digitsOfLoop[loop].push_back({1, sizes.size()});
        sizes.push_back(extent);
      }
      continue;
    }
    if (!extent.isStatic())
      return fail(reason, "expected a static extent where an index is split");
    cuts[loop].insert({1, extent.getStatic()});
    for (auto it = std::next(cuts[loop].begin()); it != cuts[loop].end();
         ++it) {
      int64_t inner = *std::prev(it);
      if (*it % inner != 0)
        return fail(reason, "expected parts of an index that line up, but "
                            "found " +
                                Twine(*it) + " beside " + Twine(inner));
      digitsOfLoop[loop].insert(digitsOfLoop[loop].begin(),
                                {inner, unsigned(sizes.size())});
      sizes.push_back(SymbolicSize(*it / inner));
    }
  }
  return success();
}

void DigitMapBuilder::addDigits(const LoopPart &part, DigitList &digits) const {
  for (auto [inner, digit] : digitsOfLoop[part.loop])
    if (ShapedType::isDynamic(part.size) ||
        (inner >= part.inner && inner < part.inner * part.size))
      digits.push_back(digit);
}

//===----------------------------------------------------------------------===//
// Indices to digits
//===----------------------------------------------------------------------===//

/// Orders the terms, outermost first; fails where they are no mixed-radix
/// number that takes each value below `extent` once.
static LogicalResult orderTerms(IndexSum &index, SymbolicSize extent,
                                std::string &reason) {
  if (index.size() == 1 && index.front().stride == 1 &&
      index.front().size == extent)
    return success();
  llvm::sort(index, [](const IndexTerm &lhs, const IndexTerm &rhs) {
    return lhs.stride > rhs.stride;
  });
  int64_t covered = 1;
  for (const IndexTerm &term : llvm::reverse(index)) {
    if (!term.size.isStatic())
      return fail(reason, "expected extents that are known to be equal");
    if (term.size.isOne())
      continue;
    if (term.stride != covered)
      return fail(reason, "expected an index that takes each value, but found "
                          "a step of " +
                              Twine(term.stride) + " after " + Twine(covered) +
                              " values");
    if (llvm::MulOverflow(covered, term.size.getStatic(), covered))
      return fail(reason, "expected an index that fits in 64 bits");
  }
  if (!extent.isStatic())
    return fail(reason, "expected extents that are known to be equal");
  if (covered != extent.getStatic())
    return fail(reason, "expected an index that takes " +
                            Twine(extent.getStatic()) +
                            " values, but found one of " + Twine(covered));
  return success();
}

FailureOr<SmallVector<DigitList>>
DigitMapBuilder::placeDigits(ArrayRef<Dim> dims, SmallVectorImpl<bool> &used,
                             std::string &reason) const {
  SmallVector<DigitList> lists;
  for (const Dim &dim : dims) {
    IndexSum index = dim.index;
    if (failed(orderTerms(index, dim.extent, reason)))
      return failure();
    DigitList &list = lists.emplace_back();
    for (const IndexTerm &term : index)
      for (const LoopPart &part : term.parts)
        addDigits(part, list);
    for (unsigned digit : list)
      if (std::exchange(used[digit], true))
        return fail(reason, "expected no part of a loop's index in two places");
  }
  return lists;
}

FailureOr<DigitMap> DigitMapBuilder::build(Value source, std::string &reason) {
  if (failed(splitLoops(reason)))
    return failure();
  SmallVector<bool> usedBySource(sizes.size()), usedByResult(sizes.size());
  auto sourceLists = placeDigits(sourceDims, usedBySource, reason);
  if (failed(sourceLists))
    return failure();
  auto resultLists = placeDigits(resultDims, usedByResult, reason);
  if (failed(resultLists))
    return failure();
  if (!llvm::all_of(usedByResult, [](bool used) { return used; }))
    return fail(reason, "expected each result element to be written once");
  return DigitMap{source, sizes, *sourceLists, *resultLists};
}

//===----------------------------------------------------------------------===//
// Tables to digits
//===----------------------------------------------------------------------===//

FailureOr<SmallVector<TableDigit>>
mlir::ditto::readDigits(ArrayRef<int64_t> values, std::string &reason) {
  auto irregular = [&](int64_t at) {
    return fail(reason, "expected an index made of digits, but found value " +
                            Twine(values[at]) + " at " + Twine(at));
  };
  if (values.empty() || values.front() != 0)
    return fail(reason, "expected an index that begins at 0");
  // Larger than any table, and small enough for sums and products below.
  constexpr int64_t kMaxValue = int64_t(1) << 40;
  for (auto [at, value] : llvm::enumerate(values))
    if (value < 0 || value > kMaxValue)
      return irregular(at);
  SmallVector<TableDigit> digits;
  // The values at every multiple of `inner`: what the outer digits add up to.
  SmallVector<int64_t> outer(values);
  int64_t inner = 1;
  while (outer.size() > 1) {
    int64_t stride = outer[1] - outer[0];
    // The longest run is the digit: were it longer than the digit, the next
    // one would continue it and both would be one.
    size_t size = 2;
    while (size < outer.size() && outer[size] == outer[size - 1] + stride)
      ++size;
    for (auto [at, value] : llvm::enumerate(outer))
      if (value != outer[at - at % size] + int64_t(at % size) * stride)
        return irregular(at * inner);
    if (outer.size() % size != 0)
      return irregular((outer.size() - outer.size() % size) * inner);
    digits.insert(digits.begin(), {inner, int64_t(size), stride});
    SmallVector<int64_t> next;
    for (size_t at = 0; at < outer.size(); at += size)
      next.push_back(outer[at]);
    outer = std::move(next);
    inner *= size;
  }
  return digits;
}
