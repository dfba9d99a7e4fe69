//===- SymbolicSize.h - Extents known or named ------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An extent that is either a number or has a name: an `index` value, or a
// dimension of a tensor. Two names that compare equal are equal in every run;
// two that compare different may still be equal, nothing is concluded then.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_SYMBOLICSIZE_H
#define DITTO_ANALYSIS_SYMBOLICSIZE_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"

namespace mlir::ditto {

class SymbolicSize {
public:
  explicit SymbolicSize(int64_t constant) : constant(constant) {}

  /// The extent of dimension `dim` of `tensor`, a ranked tensor. Casts,
  /// reshapes, `tensor.empty` and destination operands are looked through, so
  /// that one extent has one name wherever that is cheap to see.
  static SymbolicSize ofDim(Value tensor, int64_t dim);

  /// The extent that an index attribute or an `index` value stands for.
  static SymbolicSize of(OpFoldResult size);

  bool isStatic() const { return !ShapedType::isDynamic(constant); }
  int64_t getStatic() const { return constant; }
  bool isOne() const { return constant == 1; }

  /// Whether both are the same in every run, as far as it is known.
  friend bool operator==(const SymbolicSize &lhs, const SymbolicSize &rhs) {
    return lhs.constant == rhs.constant && lhs.value == rhs.value &&
           lhs.dim == rhs.dim;
  }
  friend bool operator!=(const SymbolicSize &lhs, const SymbolicSize &rhs) {
    return !(lhs == rhs);
  }

  /// The extent as an attribute or as a value; may create a `tensor.dim`.
  OpFoldResult materialize(OpBuilder &builder, Location loc) const;

private:
  SymbolicSize(Value value, int64_t dim)
      : constant(ShapedType::kDynamic), value(value), dim(dim) {}

  /// The number, or ShapedType::kDynamic for an extent that has a name.
  int64_t constant;
  /// An `index` value, or the tensor whose dimension `dim` is meant.
  Value value;
  int64_t dim = -1;
};

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_SYMBOLICSIZE_H
