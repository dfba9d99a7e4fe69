//===- LoopDigits.cpp - The loops of a structured op in digits ------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/LoopDigits.h"

#include "DistributeDigits.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace mlir::ditto;

FailureOr<LoopDigits> LoopDigits::get(ArrayRef<AffineMap> maps,
                                      ValueRange operands,
                                      std::string &reason) {
  LoopDigits result;
  // The extent of a loop is that of any dimension it walks along; a number says
  // most.
  SmallVector<std::optional<SymbolicSize>> sizes(maps.front().getNumDims());
  for (auto [map, value] : llvm::zip_equal(maps, operands)) {
    if (!map.isProjectedPermutation(/*allowZeroInResults=*/true)) {
      reason = "expected indexing maps of distinct loops and zeros";
      return failure();
    }
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (type ? static_cast<bool>(type.getEncoding())
             : map.getNumResults() > 0) {
      reason = "expected ranked tensors without encoding";
      return failure();
    }
    for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
      auto loop = dyn_cast<AffineDimExpr>(expr);
      SymbolicSize size = SymbolicSize::ofDim(value, dim);
      if (!loop && !size.isOne()) {
        reason = "expected the index 0 in dimensions of extent 1 only";
        return failure();
      }
      if (!loop)
        continue;
      std::optional<SymbolicSize> &known = sizes[loop.getPosition()];
      // Upstream's verifier does not compare them where any extent is dynamic.
      if (known && known->isStatic() && size.isStatic() && *known != size) {
        reason = ("expected one extent along loop " +
                  Twine(loop.getPosition()) + ", but found " +
                  Twine(known->getStatic()) + " and " + Twine(size.getStatic()))
                     .str();
        return failure();
      }
      if (!known || (size.isStatic() && !known->isStatic()))
        known = size;
    }
  }
  for (std::optional<SymbolicSize> size : sizes) {
    if (!size) {
      reason = "expected every loop to walk along an operand";
      return failure();
    }
    result.loops.push_back({static_cast<unsigned>(result.digits.size())});
    result.digits.push_back({*size, /*isCount=*/false});
  }
  for (auto [map, value] : llvm::zip_equal(maps, operands)) {
    Operand &operand = result.operands.emplace_back(Operand{value, {}});
    for (AffineExpr expr : map.getResults()) {
      DigitList &dim = operand.dims.emplace_back();
      if (auto loop = dyn_cast<AffineDimExpr>(expr))
        dim = result.loops[loop.getPosition()];
    }
  }
  return result;
}

bool LoopDigits::dependsOn(unsigned operand, unsigned digit) const {
  return llvm::any_of(operands[operand].dims, [&](const DigitList &dim) {
    return llvm::is_contained(dim, digit);
  });
}

SmallVector<DigitList>
LoopDigits::withoutUnits(ArrayRef<DigitList> dims) const {
  SmallVector<DigitList> result(dims);
  for (DigitList &dim : result)
    llvm::erase_if(dim, [&](unsigned digit) { return isUnit(digit); });
  return result;
}

SmallVector<unsigned> LoopDigits::split(unsigned digit,
                                        ArrayRef<SymbolicSize> sizes) {
  SmallVector<unsigned> parts{digit};
  digits[digit].size = sizes.front();
  for (SymbolicSize size : sizes.drop_front()) {
    parts.push_back(digits.size());
    digits.push_back({size, /*isCount=*/false});
  }
  auto splitIn = [&](DigitList &dim) {
    if (auto *it = llvm::find(dim, digit); it != dim.end())
      dim.insert(it + 1, parts.begin() + 1, parts.end());
  };
  llvm::for_each(loops, splitIn);
  for (Operand &operand : operands)
    llvm::for_each(operand.dims, splitIn);
  return parts;
}

/// The sizes of `parts`, digits of `layout` that make up a digit of size
/// `whole`. What `whole` and all parts but one say about that one is used: a
/// number is more than a name. Fails where they contradict each other.
static FailureOr<SmallVector<SymbolicSize>>
getPartSizes(const DigitLayout &layout, ArrayRef<unsigned> parts,
             SymbolicSize whole) {
  SmallVector<SymbolicSize> sizes;
  SmallVector<unsigned> named;
  int64_t rest = whole.isStatic() ? whole.getStatic() : 0;
  for (auto [index, part] : llvm::enumerate(parts)) {
    SymbolicSize size = layout.getSize(part);
    sizes.push_back(size);
    if (!size.isStatic()) {
      named.push_back(index);
    } else if (whole.isStatic()) {
      if (size.getStatic() == 0 || rest % size.getStatic() != 0)
        return failure();
      rest /= size.getStatic();
    }
  }
  if (!whole.isStatic())
    return sizes;
  if (named.empty() && rest != 1)
    return failure();
  if (named.size() == 1)
    sizes[named.front()] = SymbolicSize(rest);
  return sizes;
}

LogicalResult LoopDigits::readFromRoot(unsigned index, DigitLayout layout,
                                       std::string &reason) {
  /// A digit of a loop, and the digits of `layout` that make it up.
  struct Match {
    unsigned digit;
    DigitList parts;
    SmallVector<SymbolicSize> sizes;
  };
  SmallVector<Match> matches;
  SmallVector<unsigned> units;
  for (auto [dim, walked] : llvm::enumerate(operands[index].dims)) {
    SmallVector<SymbolicSize> targets;
    for (unsigned digit : walked)
      targets.push_back(getSize(digit));
    const DigitList digits = layout.getResultDims()[dim];
    auto isFreeCount = [&](unsigned digit) {
      return layout.isCount(digit) && layout.getSize(digit).getNumber() != 0;
    };
    // Counts need not line up: the root does not depend on any of them. One of
    // 0 is no reason to do what an op without turns does not.
    if (!digits.empty() && llvm::all_of(digits, isFreeCount))
      continue;
    DigitLayout aligned(layout);
    FailureOr<SmallVector<DigitList>> lists =
        distributeDigits(aligned, dim, targets, reason);
    if (succeeded(lists))
      layout = std::move(aligned);
    else if (walked.size() == 1 && !digits.empty())
      // Nothing is split, and the op itself says that the extents are equal.
      lists = SmallVector<DigitList>{digits};
    else
      return failure();
    for (auto [digit, parts] : llvm::zip_equal(walked, *lists)) {
      if (parts.empty() && isUnit(digit)) {
        units.push_back(digit);
        continue;
      }
      auto sizes = getPartSizes(layout, parts, getSize(digit));
      if (failed(sizes) || parts.empty()) {
        reason = "expected extents that agree with those of the loops";
        return failure();
      }
      matches.push_back({digit, parts, *sizes});
    }
  }
  DenseMap<unsigned, unsigned> loopDigit;
  for (Match &match : matches)
    for (auto [part, digit] :
         llvm::zip_equal(match.parts, split(match.digit, match.sizes)))
      loopDigit[part] = digit;
  Operand &operand = operands[index];
  operand.value = layout.getRoot();
  operand.needsReshape = layout.needsRootReshape();
  operand.dims.clear();
  const unsigned *nextUnit = units.begin();
  for (const DigitList &source : layout.getSourceDims()) {
    DigitList &dim = operand.dims.emplace_back();
    // Unit loops keep walking along unit dimensions, as long as there are some.
    if (source.empty() && nextUnit != units.end())
      dim.push_back(*nextUnit++);
    for (unsigned digit : source)
      dim.push_back(loopDigit.lookup(digit));
  }
  return success();
}
