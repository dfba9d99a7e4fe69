//===- DigitLayout.cpp - Where a tensor's elements come from --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The layout itself; MovementSteps.cpp has the steps, one per kind of op.
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/DigitLayout.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::ditto;

/// The longest chain of ops between a value and its root: unreachable blocks
/// may hold cycles.
static constexpr size_t kMaxChain = 256;

FailureOr<DigitLayout> DigitLayout::identity(Value root, std::string &reason) {
  auto type = dyn_cast<RankedTensorType>(root.getType());
  if (!type || type.getEncoding()) {
    reason = "expected a ranked tensor without encoding";
    return failure();
  }
  DigitLayout layout(root);
  for (int64_t dim = 0, rank = type.getRank(); dim < rank; ++dim) {
    SymbolicSize size = SymbolicSize::ofDim(root, dim);
    DigitList &digits = layout.sourceDims.emplace_back();
    if (size.isOne())
      continue;
    digits.push_back(layout.digits.size());
    layout.digits.push_back({size, /*isCount=*/false});
  }
  layout.resultDims = layout.sourceDims;
  return layout;
}

FailureOr<DigitLayout> DigitLayout::get(Value value, std::string &reason) {
  // The ops that move, from `value` upwards.
  SmallVector<Operation *> chain;
  Value root = value;
  reason = "expected fewer movement ops in a row";
  while (chain.size() < kMaxChain) {
    Operation *op = root.getDefiningOp();
    if (!op) {
      reason = "expected an op, but found a block argument";
      break;
    }
    Value source = getMovedValue(op, reason);
    if (!source)
      break;
    chain.push_back(op);
    root = source;
  }
  FailureOr<DigitLayout> layout = identity(root, reason);
  // Down again. Where a step fails, its result is the root of the rest.
  for (Operation *op : llvm::reverse(chain))
    if (failed(layout) || failed(layout->apply(op, reason)))
      layout = identity(op->getResult(0), reason);
  return layout;
}

DigitLayout::DigitLayout(Value root, const DigitSet &digits,
                         ArrayRef<DigitList> sourceDims,
                         ArrayRef<DigitList> resultDims)
    : DigitSet(digits), root(root), sourceDims(sourceDims),
      resultDims(resultDims) {
  for (Digit &digit : this->digits)
    digit.isCount = true;
  for (const DigitList &dim : sourceDims)
    for (unsigned digit : dim)
      this->digits[digit].isCount = false;
}

SmallVector<unsigned> DigitLayout::getCounts() const {
  SmallVector<unsigned> counts;
  for (const DigitList &dim : resultDims)
    llvm::copy_if(dim, std::back_inserter(counts),
                  [&](unsigned digit) { return isCount(digit); });
  return counts;
}

bool DigitLayout::joinsCounts() const {
  return llvm::any_of(resultDims, [&](const DigitList &dim) {
    auto isCount = [&](unsigned digit) { return this->isCount(digit); };
    return llvm::any_of(dim, isCount) && !llvm::all_of(dim, isCount);
  });
}

std::optional<SymbolicSize>
DigitSet::getProduct(ArrayRef<unsigned> digits) const {
  std::optional<SymbolicSize> product = SymbolicSize(1);
  for (unsigned digit : digits)
    if (product)
      product = product->times(getSize(digit));
  return product;
}

void DigitLayout::assumeEqual(const SymbolicSize &lhs,
                              const SymbolicSize &rhs) {
  equalities.add(lhs, rhs);
  for (Digit &digit : digits)
    digit.size = resolve(digit.size);
  for (SmallVector<DigitList> *dims : {&sourceDims, &resultDims})
    for (DigitList &dim : *dims)
      llvm::erase_if(dim,
                     [&](unsigned digit) { return getSize(digit).isOne(); });
}

DigitList DigitLayout::addCount(SymbolicSize size) {
  size = resolve(size);
  if (size.isOne())
    return {};
  digits.push_back({size, /*isCount=*/true});
  return {static_cast<unsigned>(digits.size() - 1)};
}

unsigned DigitLayout::split(unsigned digit, SymbolicSize outer,
                            SymbolicSize inner) {
  unsigned added = digits.size();
  digits[digit].size = outer;
  digits.push_back({inner, digits[digit].isCount});
  for (SmallVector<DigitList> *dims : {&sourceDims, &resultDims})
    for (DigitList &dim : *dims)
      if (auto *it = llvm::find(dim, digit); it != dim.end()) {
        dim.insert(it + 1, added);
        break;
      }
  return added;
}

void DigitLayout::print(raw_ostream &os) const {
  // The names of the source digits.
  SmallVector<std::string> names(digits.size(), "count");
  for (auto [dim, list] : llvm::enumerate(sourceDims))
    for (auto [part, digit] : llvm::enumerate(list)) {
      names[digit] = "s" + std::to_string(dim);
      if (list.size() > 1)
        names[digit] += "." + std::to_string(part);
    }
  llvm::interleave(
      resultDims, os,
      [&](const DigitList &list) {
        os << '[';
        llvm::interleave(
            list, os,
            [&](unsigned digit) {
              os << names[digit] << ':';
              if (getSize(digit).isStatic())
                os << getSize(digit).getStatic();
              else
                os << '?';
            },
            " ");
        os << ']';
      },
      " ");
}
