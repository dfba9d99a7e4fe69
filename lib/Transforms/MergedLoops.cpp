//===- MergedLoops.cpp - Loops of digits that stay together ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MergedLoops.h"

using namespace mlir;
using namespace mlir::ditto;

/// The digit that comes next after `digit` in each of `sequences` that has
/// either; none where they do not agree.
static std::optional<unsigned>
getCommonFollower(unsigned digit, ArrayRef<SmallVector<unsigned>> sequences) {
  std::optional<unsigned> follower;
  for (ArrayRef<unsigned> sequence : sequences) {
    const auto *it = llvm::find(sequence, digit);
    if (it == sequence.end())
      continue;
    if (++it == sequence.end() || (follower && follower != *it))
      return std::nullopt;
    follower = *it;
  }
  auto hasFollowerOnly = [&](ArrayRef<unsigned> sequence) {
    return llvm::is_contained(sequence, *follower) &&
           !llvm::is_contained(sequence, digit);
  };
  if (!follower || llvm::any_of(sequences, hasFollowerOnly))
    return std::nullopt;
  return follower;
}

MergedLoops::MergedLoops(const LoopDigits &digits,
                         ArrayRef<utils::IteratorType> iteratorTypes,
                         const llvm::SmallDenseSet<unsigned> &dropped,
                         function_ref<bool(unsigned)> mayJoin) {
  SmallVector<unsigned> order, reduced;
  DenseMap<unsigned, unsigned> home;
  for (auto [loop, list] : llvm::enumerate(digits.getLoops()))
    for (unsigned digit : list)
      if (!dropped.contains(digit)) {
        order.push_back(digit);
        if (iteratorTypes[loop] == utils::IteratorType::reduction)
          reduced.push_back(digit);
        home[digit] = loop;
      }
  // Floats are added up in the same order as before.
  SmallVector<SmallVector<unsigned>> sequences{reduced};
  for (const LoopDigits::Operand &operand : digits.getOperands()) {
    SmallVector<unsigned> &sequence = sequences.emplace_back();
    for (const DigitList &dim : operand.dims)
      llvm::copy_if(dim, std::back_inserter(sequence),
                    [&](unsigned digit) { return home.contains(digit); });
  }

  DenseMap<unsigned, unsigned> next;
  for (unsigned digit : order) {
    std::optional<unsigned> follower = getCommonFollower(digit, sequences);
    if (!follower)
      continue;
    unsigned from = home[digit], to = home[*follower];
    if (from == to || (iteratorTypes[from] == iteratorTypes[to] &&
                       (mayJoin(from) || mayJoin(to))))
      next[digit] = *follower;
  }

  llvm::SmallDenseSet<unsigned> followers;
  for (auto [digit, follower] : next)
    followers.insert(follower);
  for (unsigned digit : order) {
    if (followers.contains(digit))
      continue;
    DigitList &loop = loops.emplace_back(DigitList{digit});
    for (auto it = next.find(digit); it != next.end();
         it = next.find(it->second))
      loop.push_back(it->second);
  }
  numberDigits();
}

void MergedLoops::numberDigits() {
  for (auto [index, loop] : llvm::enumerate(loops))
    for (unsigned digit : loop)
      loopOf[digit] = index;
}

void MergedLoops::sortBy(function_ref<unsigned(unsigned digit)> rank) {
  // By rank, then by the place they have now.
  llvm::sort(loops, [&](const DigitList &lhs, const DigitList &rhs) {
    return std::pair(rank(lhs.front()), *getLoopOf(lhs.front())) <
           std::pair(rank(rhs.front()), *getLoopOf(rhs.front()));
  });
  numberDigits();
}

std::optional<unsigned> MergedLoops::getLoopOf(unsigned digit) const {
  auto it = loopOf.find(digit);
  return it == loopOf.end() ? std::nullopt : std::optional(it->second);
}

SmallVector<DigitList> MergedLoops::arrange(ArrayRef<DigitList> dims,
                                            bool keepUnits) const {
  SmallVector<DigitList> arrangement;
  for (const DigitList &dim : dims) {
    if (dim.empty() && keepUnits)
      arrangement.emplace_back();
    for (unsigned digit : dim) {
      std::optional<unsigned> loop = getLoopOf(digit);
      if (!loop)
        continue;
      if (loops[*loop].front() == digit)
        arrangement.emplace_back();
      arrangement.back().push_back(digit);
    }
  }
  return arrangement;
}

AffineMap MergedLoops::getMap(ArrayRef<DigitList> arrangement,
                              MLIRContext *context) const {
  SmallVector<AffineExpr> exprs;
  for (const DigitList &dim : arrangement)
    exprs.push_back(dim.empty()
                        ? getAffineConstantExpr(0, context)
                        : getAffineDimExpr(*getLoopOf(dim.front()), context));
  return AffineMap::get(loops.size(), /*symbolCount=*/0, exprs, context);
}
