//===- PeeledRepeat.h - A value without its repeats -------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_PEELEDREPEAT_H
#define DITTO_LIB_TRANSFORMS_PEELEDREPEAT_H

#include "RepeatedOperand.h"

namespace mlir::ditto {

/// A repeated value as a value of the same rank, each dimension of which is
/// repeated in place and then as a whole:
///
///   value    [c0 s0 s1] [s2 c1]
///   peeled   [s0 s1]    [s2]      repeated by c0, in place by c1
struct PeeledRepeat {
  /// The counts of one dimension.
  struct Dim {
    DigitList outer, inner;
    bool isRepeated() const { return !outer.empty() || !inner.empty(); }
  };

  /// Peels `value`. Fails with a reason where it is no repeat by a ditto op, or
  /// a count stands between source digits.
  static FailureOr<PeeledRepeat> get(Value value, std::string &reason);

  /// Whether dimension `dim` is repeated by the same counts as `otherDim` of
  /// `other`.
  bool isRepeatedLike(unsigned dim, const PeeledRepeat &other,
                      unsigned otherDim) const;

  /// The product of the sizes of some counts, if it has a number.
  std::optional<int64_t> getStaticCount(ArrayRef<unsigned> counts) const;

  /// The sizes of all counts of `dims`.
  SmallVector<SymbolicSize> getCounts(ArrayRef<Dim> dims) const;

  /// Whether dimension `dim` is repeated at least once in every run.
  bool isKept(unsigned dim) const;

  /// The extent of dimension `dim` of the peeled value, if it has a number.
  std::optional<int64_t> getStaticExtent(unsigned dim) const;

  /// Builds the product of the sizes of some counts.
  OpFoldResult buildCount(RewriterBase &rewriter, Location loc,
                          ArrayRef<unsigned> counts) const;

  /// Builds the peeled value.
  Value buildPeeled(RewriterBase &rewriter, Location loc) const;

  /// Repeats `value` so: its dimension i by `dims[i]`.
  Value buildRepeat(RewriterBase &rewriter, Value value,
                    ArrayRef<Dim> dims) const;

  RepeatedOperand repeat;
  SmallVector<Dim> dims;

private:
  /// The digits of each dimension of the peeled value.
  SmallVector<DigitList> getArrangement() const;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_PEELEDREPEAT_H
