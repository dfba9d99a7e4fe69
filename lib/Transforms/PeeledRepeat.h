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

  /// The extents of a value like this one, of type `type`, before it is
  /// repeated: `extents` along repeated dimensions. Along others this tells no
  /// more than `type`, other than the peeled value's own type may: verifiers
  /// compare the types of operands and results.
  SmallVector<int64_t> getPeeledShape(RankedTensorType type,
                                      ArrayRef<int64_t> extents) const;

  /// Builds the peeled value.
  Value buildPeeled(RewriterBase &rewriter, Location loc) const;
  /// The same, of a type that tells these extents.
  Value buildPeeled(RewriterBase &rewriter, Location loc,
                    ArrayRef<int64_t> shape) const;

  /// Whether a value with the extents `shape`, repeated so, may have the
  /// extents `repeated`.
  bool mayHaveExtents(ArrayRef<int64_t> shape, ArrayRef<Dim> dims,
                      ArrayRef<int64_t> repeated) const;

  /// Repeats `value` so: its dimension i by `dims[i]`.
  Value buildRepeat(RewriterBase &rewriter, Value value,
                    ArrayRef<Dim> dims) const;

  RepeatedOperand repeat;
  SmallVector<Dim> dims;

  /// The extent of dimension `dim` of the peeled value, if that is one product.
  std::optional<SymbolicSize> getExtent(unsigned dim) const;

private:
  /// The digits of each dimension of the peeled value.
  SmallVector<DigitList> getArrangement() const;
};

/// The extents along the repeated dimensions, but for `joined`, of values that
/// are repeated by the same counts and have equal extents then. Fails where
/// they may differ before: a count of 0 makes any two equal, and types may lie.
FailureOr<SmallVector<int64_t>>
mergeExtents(ArrayRef<const PeeledRepeat *> values,
             std::optional<unsigned> joined = std::nullopt);

/// The reason where `mergeExtents` or `mayHaveExtents` say no.
constexpr StringLiteral kNotEqual =
    "expected extents that are known to be equal before they are repeated";

/// Replaces `op` by `moved`, which runs on what is repeated, with its result
/// repeated, and erases what the operands of `op` needed and nobody else does.
void replaceByRepeat(RewriterBase &rewriter, Operation *op, Operation *moved,
                     const PeeledRepeat &peeled,
                     ArrayRef<PeeledRepeat::Dim> dims);

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_PEELEDREPEAT_H
