//===- SizeEqualities.cpp - Sizes known to be equal -----------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/SizeEqualities.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace mlir::ditto;

/// The most names that a definition may put into a size: definitions of
/// definitions could double them without end.
static constexpr size_t kMaxNames = 16;

/// `size` with `definition` in place of `name`; `size` itself if that is too
/// large a product.
static SymbolicSize substitute(const SymbolicSize &size,
                               SymbolicSize::Name name,
                               const SymbolicSize &definition) {
  if (!llvm::is_contained(size.getNames(), name))
    return size;
  std::optional<SymbolicSize> product = SymbolicSize(size.getNumber());
  for (const SymbolicSize::Name &factor : size.getNames())
    if (product)
      product =
          product->times(factor == name ? definition : SymbolicSize(factor));
  return product && product->getNames().size() <= kMaxNames ? *product : size;
}

SymbolicSize SizeEqualities::resolve(const SymbolicSize &size) const {
  SymbolicSize resolved = size;
  for (const auto &[name, definition] : definitions)
    resolved = substitute(resolved, name, definition);
  return resolved;
}

/// Whether `size` is but a name, which is no part of `other`.
static bool canBeDefinedAs(const SymbolicSize &size,
                           const SymbolicSize &other) {
  return size.getNumber() == 1 && size.getNames().size() == 1 &&
         !llvm::is_contained(other.getNames(), size.getNames().front());
}

void SizeEqualities::add(const SymbolicSize &lhs, const SymbolicSize &rhs) {
  SymbolicSize size = resolve(rhs), definition = resolve(lhs);
  if (!canBeDefinedAs(size, definition))
    std::swap(size, definition);
  if (!canBeDefinedAs(size, definition))
    return;
  SymbolicSize::Name name = size.getNames().front();
  for (auto &known : definitions)
    known.second = substitute(known.second, name, definition);
  definitions.emplace_back(name, definition);
}
