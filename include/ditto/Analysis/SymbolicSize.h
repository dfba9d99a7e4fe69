//===- SymbolicSize.h - Extents as products ---------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An extent as a number times names of run-time values: dimensions of tensors,
// integers, or such plus a number. Frontends compute extents with such
// products:
//
//   %s = arith.muli %batch, %c6           6 * dim(%x, 0)
//   tensor.reshape %r(%shape) : ?x6x4 into ?x4, %shape = [%s, 4]
//
// Products that compare equal are equal in every run; such that compare
// different may still be equal, nothing is concluded then. Products are of
// 64-bit integers that wrap around, as arith.muli's are: that alone makes equal
// products equal values. What holds without wrapping only (quotients, signs) is
// concluded where a tensor shows that a product cannot wrap, as
//
//   the extents of a tensor, but for zeros, multiply to less than 2^63:
//   its strides are indices.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_SYMBOLICSIZE_H
#define DITTO_ANALYSIS_SYMBOLICSIZE_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"

namespace mlir::ditto {

class SymbolicSize {
public:
  /// What a factor is called: dimension `dim` of a ranked tensor, or an integer
  /// if `dim` is negative, plus a number.
  struct Name {
    Value value;
    int64_t dim = -1;
    int64_t offset = 0;

    bool isDim() const { return dim >= 0; }
    friend bool operator==(const Name &lhs, const Name &rhs) {
      return lhs.value == rhs.value && lhs.dim == rhs.dim &&
             lhs.offset == rhs.offset;
    }
  };

  /// A number, not negative.
  explicit SymbolicSize(int64_t number) : number(number) {}
  explicit SymbolicSize(Name name) : number(1), names({name}) {}

  /// The extent of dimension `dim` of `tensor`, a ranked tensor. Casts,
  /// reshapes, `tensor.empty`, destination operands and arithmetic are looked
  /// through, so that one extent has one name wherever that is cheap to see.
  /// No product that divides `bound` wraps around (see getBound).
  static SymbolicSize ofDim(Value tensor, int64_t dim,
                            const SymbolicSize *bound = nullptr);

  /// The extent that an attribute or an integer value stands for.
  static SymbolicSize of(OpFoldResult size,
                         const SymbolicSize *bound = nullptr);

  /// A product that does not wrap around, as a tensor with the extents
  /// `extents` exists. Extents of several factors are left out: if one factor
  /// is 0, the tensor says nothing about the others.
  static SymbolicSize getBound(ArrayRef<SymbolicSize> extents);

  bool isStatic() const { return names.empty(); }
  int64_t getStatic() const { return number; }
  bool isOne() const { return isStatic() && number == 1; }

  /// The product's number and its other factors.
  int64_t getNumber() const { return number; }
  ArrayRef<Name> getNames() const { return names; }
  /// A value that holds the size, if it was computed when it was read.
  Value getHolder() const { return holder; }

  /// The product; none if its number does not fit in 64 bits.
  std::optional<SymbolicSize> times(const SymbolicSize &other) const;

  /// The sum with a number; none if that is no size that can be expressed.
  std::optional<SymbolicSize> plus(int64_t other) const;

  /// The factors that are left without those of `divisor`; none if it has
  /// others, or is 0.
  std::optional<SymbolicSize> dividedBy(const SymbolicSize &divisor) const;

  /// Whether both are the same in every run, as far as it is known.
  bool operator==(const SymbolicSize &other) const;
  bool operator!=(const SymbolicSize &other) const { return !(*this == other); }

  /// The extent as an attribute or as an `index` value. Creates what is not
  /// there yet: `tensor.dim`, casts, products.
  OpFoldResult materialize(OpBuilder &builder, Location loc) const;

private:
  friend class SizeReader;

  int64_t number;
  /// In the order that they were met in.
  SmallVector<Name, 1> names;
  Value holder;
};

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_SYMBOLICSIZE_H
