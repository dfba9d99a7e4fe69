//===- SizeEqualities.h - Sizes known to be equal ---------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sizes with different names that an op says are the same:
//
//   linalg.generic ins(%k : ?x2) outs(%e : ?x2x3), %e = tensor.empty(%batch)
//
// walks along the first dimensions of %k and %e with one loop, so that
// dim(%k, 0) is %batch wherever the op is defined.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_SIZEEQUALITIES_H
#define DITTO_ANALYSIS_SIZEEQUALITIES_H

#include "ditto/Analysis/SymbolicSize.h"

namespace mlir::ditto {

class SizeEqualities {
public:
  /// Remembers that both are the same, if one of them is but a name.
  void add(const SymbolicSize &lhs, const SymbolicSize &rhs);

  /// The size in names that are not known to be something else.
  SymbolicSize resolve(const SymbolicSize &size) const;

private:
  /// Names and what they are; none of the names is part of a size.
  SmallVector<std::pair<SymbolicSize::Name, SymbolicSize>, 0> definitions;
};

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_SIZEEQUALITIES_H
