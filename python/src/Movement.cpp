//===- Movement.cpp - Copies along digits ---------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Movement.h"

#include "KernelForms.h"
#include "Kernels.h"

#include "llvm/ADT/STLExtras.h"

#include <cstring>

using namespace mlir;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

//===----------------------------------------------------------------------===//
// Digits
//===----------------------------------------------------------------------===//

void python::mergeDigits(SmallVectorImpl<Digit> &digits) {
  size_t kept = 0;
  for (const Digit &digit : digits) {
    if (digit.extent == 1)
      continue;
    Digit *outer = kept ? &digits[kept - 1] : nullptr;
    if (outer && outer->target == digit.target * digit.extent &&
        outer->source == digit.source * digit.extent)
      *outer = {outer->extent * digit.extent, digit.source, digit.target};
    else
      digits[kept++] = digit;
  }
  digits.truncate(kept);
}

/// Puts digits in the order of the target's memory, which is written upwards.
static void orderByTarget(Movement &movement) {
  // Those of extent 1 have steps that mean nothing.
  llvm::erase_if(movement.digits,
                 [](const Digit &digit) { return digit.extent == 1; });
  for (Digit &digit : movement.digits) {
    if (digit.target >= 0)
      continue;
    movement.source += (digit.extent - 1) * digit.source;
    movement.target += (digit.extent - 1) * digit.target;
    digit.source = -digit.source;
    digit.target = -digit.target;
  }
  llvm::sort(movement.digits, [](const Digit &a, const Digit &b) {
    return a.target > b.target;
  });
}

/// The largest machine integer that elements are made of and everything is
/// aligned to.
static int64_t chooseUnit(const void *source, const void *target,
                          int64_t elementBytes, ArrayRef<Digit> digits) {
  uint64_t bits = reinterpret_cast<uintptr_t>(source) |
                  reinterpret_cast<uintptr_t>(target) | elementBytes;
  for (const Digit &digit : digits)
    bits |= digit.source | digit.target;
  constexpr uint64_t widest = 16;
  return std::min(bits & -bits, widest);
}

//===----------------------------------------------------------------------===//
// Descriptors
//===----------------------------------------------------------------------===//

namespace {
/// A memref descriptor; steps are in bytes.
class Descriptor {
public:
  Descriptor(const void *data, int64_t unit) : unit(unit) {
    auto address = reinterpret_cast<intptr_t>(data);
    words.append({address, address, 0});
  }

  void addExtent(int64_t extent) { words.push_back(extent); }
  /// After all extents.
  void addStep(int64_t step) { words.push_back(step / unit); }

  void *get() { return words.data(); }

private:
  int64_t unit;
  SmallVector<int64_t, 19> words;
};
} // namespace

/// How digits with these steps, outermost first, lie in memory.
static Layout getLayout(ArrayRef<Digit> digits, int64_t Digit::*step,
                        int64_t unit) {
  if (digits.empty())
    return Layout::Contiguous;
  if (digits.back().*step != unit)
    return Layout::Strided;
  int64_t size = unit;
  for (const Digit &digit : llvm::reverse(digits)) {
    if (digit.*step != size)
      return Layout::Rows;
    size *= digit.extent;
  }
  return Layout::Contiguous;
}

//===----------------------------------------------------------------------===//
// Movement
//===----------------------------------------------------------------------===//

/// Kernels for short innermost runs know their extents: then they permute lanes
/// of vectors instead of writing element by element.
static void markShortRuns(MoveForm &form, ArrayRef<Digit> digits) {
  constexpr int64_t longest = 8;
  auto isShort = [&](size_t fromTheEnd) {
    return digits.size() >= fromTheEnd &&
           digits[digits.size() - fromTheEnd].extent <= longest;
  };
  auto mark = [&](size_t fromTheEnd) {
    size_t i = digits.size() - fromTheEnd;
    form.digits[i].extent = digits[i].extent;
  };
  if (!isShort(1))
    return;
  if (digits.back().isCount()) {
    mark(1);
  } else if (isShort(2) && digits[digits.size() - 2].isCount()) {
    mark(1);
    mark(2);
  }
}

static void runKernel(const Movement &movement, int64_t unit) {
  MoveForm form;
  form.unitBytes = unit;
  SmallVector<Digit, 8> sources;
  SmallVector<unsigned, 8> order;
  for (auto [i, digit] : llvm::enumerate(movement.digits)) {
    form.digits.push_back({digit.isCount(), 0});
    if (!digit.isCount())
      order.push_back(i);
  }
  markShortRuns(form, movement.digits);
  // The source's dimensions, too, in the order of its memory.
  llvm::sort(order, [&](unsigned a, unsigned b) {
    return std::pair(-std::abs(movement.digits[a].source), a) <
           std::pair(-std::abs(movement.digits[b].source), b);
  });
  for (unsigned digit : order) {
    form.sourceOrder.push_back(digit);
    sources.push_back(movement.digits[digit]);
  }
  form.source = getLayout(sources, &Digit::source, unit);
  form.target = getLayout(movement.digits, &Digit::target, unit);

  Descriptor source(movement.source, unit), target(movement.target, unit);
  for (const Digit &digit : sources)
    source.addExtent(digit.extent);
  for (const Digit &digit : sources)
    source.addStep(digit.source);
  for (const Digit &digit : movement.digits)
    target.addExtent(digit.extent);
  for (const Digit &digit : movement.digits)
    target.addStep(digit.target);
  callKernel(form, {source.get(), target.get()});
}

static void runDigits(const Movement &movement, int64_t unit) {
  ArrayRef<Digit> digits = movement.digits;
  if (digits.empty() || (digits.size() == 1 && digits[0].source == unit &&
                         digits[0].target == unit)) {
    size_t bytes = digits.empty() ? unit : digits[0].extent * unit;
    std::memcpy(movement.target, movement.source, bytes);
    return;
  }
  if (digits.size() <= MoveForm::maxDigits)
    return runKernel(movement, unit);
  Movement inner = movement;
  inner.digits.erase(inner.digits.begin());
  for (int64_t i = 0; i < digits[0].extent; ++i) {
    runDigits(inner, unit);
    inner.source += digits[0].source;
    inner.target += digits[0].target;
  }
}

void python::run(Movement movement) {
  if (llvm::any_of(movement.digits,
                   [](const Digit &digit) { return digit.extent == 0; }))
    return;
  orderByTarget(movement);
  int64_t unit = chooseUnit(movement.source, movement.target,
                            movement.elementBytes, movement.digits);
  movement.digits.push_back({movement.elementBytes / unit, unit, unit});
  mergeDigits(movement.digits);
  runDigits(movement, unit);
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

void python::run(Runs runs) {
  SmallVector<Digit, 8> all(ArrayRef<Digit>(runs.outer));
  llvm::append_range(all, runs.elements);
  llvm::append_range(all, runs.inner);
  if (llvm::any_of(all, [](const Digit &digit) { return digit.extent == 0; }))
    return;
  all.push_back({/*extent=*/1, 0, runs.positionStep});
  int64_t unit = chooseUnit(runs.source, runs.target, runs.elementBytes, all);
  runs.inner.push_back({runs.elementBytes / unit, unit, unit});
  mergeDigits(runs.outer);
  mergeDigits(runs.elements);
  mergeDigits(runs.inner);

  RunsForm form;
  form.unitBytes = unit;
  form.numOuter = runs.outer.size();
  form.numElements = runs.elements.size();
  form.numInner = runs.inner.size();
  // The position is contiguous where it is all that is left.
  Digit position = {1, 0, runs.positionStep};
  form.isSourceContiguous =
      !runs.inner.empty() && runs.inner.back().source == unit;
  form.isTargetContiguous =
      (runs.inner.empty() ? position : runs.inner.back()).target == unit;

  ArrayRef<Digit> outer = runs.outer;
  SmallVector<Digit, 8> sources(outer), targets(outer);
  llvm::append_range(sources, runs.elements);
  llvm::append_range(sources, runs.inner);
  targets.push_back(position);
  llvm::append_range(targets, runs.inner);
  Descriptor source(runs.source, unit), target(runs.target, unit),
      counts(runs.counts.data(), sizeof(int64_t));
  for (const Digit &digit : sources)
    source.addExtent(digit.extent);
  for (const Digit &digit : sources)
    source.addStep(digit.source);
  for (const Digit &digit : targets)
    target.addExtent(digit.extent);
  for (const Digit &digit : targets)
    target.addStep(digit.target);
  counts.addExtent(runs.counts.size());
  counts.addStep(sizeof(int64_t));
  callKernel(form, {source.get(), counts.get(), target.get()});
}
