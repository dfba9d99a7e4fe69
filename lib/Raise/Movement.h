//===- Movement.h - Reshapes and transposes from digits ---------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_RAISE_MOVEMENT_H
#define DITTO_LIB_RAISE_MOVEMENT_H

#include "ditto/Analysis/DigitLayout.h"

namespace mlir::ditto {

/// Builds the plain movement between two arrangements of the same digits, and
/// the sizes that go with them. An arrangement is one digit list per dimension,
/// empty for a unit dimension.
class MovementBuilder {
public:
  MovementBuilder(OpBuilder &builder, Location loc, const DigitLayout &layout)
      : builder(builder), loc(loc), layout(layout) {}

  /// Moves `value`, arranged as `from`, into the arrangement `to`: at most an
  /// expand_shape, a transpose and a collapse_shape, in this order, where unit
  /// dimensions do not ask for more.
  Value move(Value value, ArrayRef<DigitList> from, ArrayRef<DigitList> to);

  /// The same where both list the digits in one order: at most an expand_shape
  /// and a collapse_shape.
  Value reshape(Value value, ArrayRef<DigitList> from, ArrayRef<DigitList> to);

  /// The product of the sizes of `digits`, 1 for none.
  OpFoldResult getExtent(ArrayRef<unsigned> digits);

  /// The type of a tensor of `like`'s element type in the arrangement `dims`.
  RankedTensorType getType(Value like, ArrayRef<DigitList> dims);

private:
  Value transpose(Value value, ArrayRef<DigitList> pieces,
                  ArrayRef<int64_t> permutation);

  OpBuilder &builder;
  Location loc;
  const DigitLayout &layout;
};

/// The static extent of a dimension made of `digits`: ShapedType::kDynamic
/// where a size has no number, failure where the product exceeds 64 bits.
FailureOr<int64_t> getStaticExtent(const DigitLayout &layout,
                                   ArrayRef<unsigned> digits);

} // namespace mlir::ditto

#endif // DITTO_LIB_RAISE_MOVEMENT_H
