//===- SymbolicSize.cpp - Extents as products -----------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The algebra; SizeReader.cpp reads sizes off the IR.
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/SymbolicSize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

/// Takes the names of `divisor` out of `names`, which must have them all.
static LogicalResult cancel(SmallVectorImpl<SymbolicSize::Name> &names,
                            ArrayRef<SymbolicSize::Name> divisor) {
  for (const SymbolicSize::Name &name : divisor) {
    auto *it = llvm::find(names, name);
    if (it == names.end())
      return failure();
    names.erase(it);
  }
  return success();
}

bool SymbolicSize::operator==(const SymbolicSize &other) const {
  if (number != other.number || names.size() != other.names.size())
    return false;
  auto rest = llvm::to_vector(names);
  return succeeded(cancel(rest, other.names));
}

std::optional<SymbolicSize>
SymbolicSize::times(const SymbolicSize &other) const {
  if (other.isOne())
    return *this;
  if (isOne())
    return other;
  SymbolicSize product(0);
  if (llvm::MulOverflow(number, other.number, product.number))
    return std::nullopt;
  // 0 times whatever is 0.
  if (product.number == 0)
    return product;
  llvm::append_range(product.names, names);
  llvm::append_range(product.names, other.names);
  return product;
}

std::optional<SymbolicSize> SymbolicSize::plus(int64_t other) const {
  SymbolicSize sum = *this;
  sum.holder = {};
  if (other == 0)
    return *this;
  if (isStatic()) {
    if (llvm::AddOverflow(number, other, sum.number) || sum.number < 0)
      return std::nullopt;
    return sum;
  }
  if (names.size() != 1 || number != 1 ||
      llvm::AddOverflow(names[0].offset, other, sum.names[0].offset))
    return std::nullopt;
  return sum;
}

std::optional<SymbolicSize>
SymbolicSize::dividedBy(const SymbolicSize &divisor) const {
  if (divisor.isOne())
    return *this;
  if (divisor.number == 0 || number % divisor.number != 0)
    return std::nullopt;
  SymbolicSize quotient(number / divisor.number);
  quotient.names = names;
  if (failed(cancel(quotient.names, divisor.names)))
    return std::nullopt;
  return quotient;
}

SymbolicSize SymbolicSize::getBound(ArrayRef<SymbolicSize> extents) {
  SymbolicSize bound(1);
  for (const SymbolicSize &extent : extents) {
    if (extent.names.size() > 1 || extent.number == 0)
      continue;
    if (std::optional<SymbolicSize> product = bound.times(extent))
      bound = *product;
  }
  return bound;
}

//===----------------------------------------------------------------------===//
// Materializing
//===----------------------------------------------------------------------===//

/// `value`, an integer, as an index.
static Value asIndex(OpBuilder &builder, Location loc, Value value) {
  if (value.getType().isIndex())
    return value;
  return builder.createOrFold<arith::IndexCastOp>(loc, builder.getIndexType(),
                                                  value);
}

static Value materializeName(OpBuilder &builder, Location loc,
                             const SymbolicSize::Name &name) {
  Value value =
      name.isDim()
          ? builder.createOrFold<tensor::DimOp>(loc, name.value, name.dim)
          : asIndex(builder, loc, name.value);
  if (name.offset == 0)
    return value;
  Value offset = arith::ConstantIndexOp::create(builder, loc, name.offset);
  return builder.createOrFold<arith::AddIOp>(loc, value, offset);
}

OpFoldResult SymbolicSize::materialize(OpBuilder &builder, Location loc) const {
  if (isStatic())
    return builder.getIndexAttr(number);
  if (holder)
    return asIndex(builder, loc, holder);
  Value product;
  auto multiply = [&](Value factor) {
    product = product
                  ? builder.createOrFold<arith::MulIOp>(loc, product, factor)
                  : factor;
  };
  for (const Name &name : names)
    multiply(materializeName(builder, loc, name));
  if (number != 1)
    multiply(arith::ConstantIndexOp::create(builder, loc, number));
  // A negative constant stays a value: its user has the error.
  OpFoldResult folded = getAsOpFoldResult(product);
  return getConstantIntValue(folded).value_or(0) < 0 ? OpFoldResult(product)
                                                     : folded;
}
