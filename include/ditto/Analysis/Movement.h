//===- Movement.h - Reshapes and transposes from digits ---------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_MOVEMENT_H
#define DITTO_ANALYSIS_MOVEMENT_H

#include "ditto/Analysis/DigitLayout.h"

namespace mlir::ditto {

/// An arrangement of digits: one list per dimension, empty for a unit
/// dimension.
///
/// The permutation that brings the digits of one arrangement into the order of
/// another. Both are cut into the longest pieces that keep together in both;
/// unit dimensions are pieces too, paired in order as long as both have some:
///
///   from [a b] [] [c]    to [b] [] [a c]    pieces [a] [b] [] [c]
///                                           order   1   2  0  3
struct Permutation {
  Permutation(ArrayRef<DigitList> from, ArrayRef<DigitList> to);

  bool isIdentity() const { return llvm::is_sorted(order); }
  SmallVector<DigitList> getPermutedPieces() const;

  /// In the order of `from`.
  SmallVector<DigitList> pieces;
  /// The pieces in the order of `to`.
  SmallVector<int64_t> order;
};

/// Builds plain movement between arrangements of the same digits, and the sizes
/// that go with them.
class MovementBuilder {
public:
  MovementBuilder(OpBuilder &builder, Location loc, const DigitSet &layout)
      : builder(builder), loc(loc), layout(layout) {}

  /// `value` with the extents of `dims`, as far as they are static: those that
  /// are known and not declared, or the other way round. Where `mayDiffer`,
  /// they differ from its own if both tensors are empty.
  Value withExtents(Value value, ArrayRef<DigitList> dims, bool mayDiffer);

  /// The root of `layout`, as its digits say.
  Value getRoot(const DigitLayout &layout) {
    return withExtents(layout.getRoot(), layout.getSourceDims(),
                       layout.needsRootReshape());
  }

  /// Moves `value`, arranged as `from`, into its pieces (see Permutation) in
  /// another order.
  Value permute(Value value, ArrayRef<DigitList> from,
                const Permutation &permutation);

  /// Moves `value` from one arrangement into another that lists the digits in
  /// the same order: at most an expand_shape and a collapse_shape.
  Value reshape(Value value, ArrayRef<DigitList> from, ArrayRef<DigitList> to);

  /// The product of the sizes of `digits`, 1 for none.
  OpFoldResult getExtent(ArrayRef<unsigned> digits);

private:
  OpBuilder &builder;
  Location loc;
  const DigitSet &layout;
};

/// The static extent of a dimension made of `digits`: ShapedType::kDynamic
/// where a size has no number, failure where a product of some of them exceeds
/// 64 bits.
FailureOr<int64_t> getStaticExtent(const DigitSet &layout,
                                   ArrayRef<unsigned> digits);

/// The type of a tensor of `like`'s element type in the arrangement `dims`,
/// whose extents are known to fit in 64 bits.
RankedTensorType getArrangedType(const DigitSet &layout, Value like,
                                 ArrayRef<DigitList> dims);

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_MOVEMENT_H
