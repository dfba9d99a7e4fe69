//===- PeeledRepeat.cpp - A value without its repeats ---------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PeeledRepeat.h"

#include "Flops.h"
#include "ditto/Analysis/Movement.h"
#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

FailureOr<PeeledRepeat> PeeledRepeat::get(Value value, std::string &reason) {
  FailureOr<RepeatedOperand> repeat = findRepeat(value, reason);
  if (failed(repeat))
    return failure();
  if (!repeat->hasDittoOp()) {
    reason = "expected a repeat by a ditto op";
    return failure();
  }
  PeeledRepeat peeled{*repeat, {}};
  const DigitLayout &layout = repeat->layout;
  for (ArrayRef<unsigned> digits : layout.getResultDims()) {
    auto isCount = [&](unsigned digit) { return layout.isCount(digit); };
    ArrayRef<unsigned> outer = digits.take_while(isCount);
    ArrayRef<unsigned> rest = digits.drop_front(outer.size());
    ArrayRef<unsigned> source = rest.take_until(isCount);
    ArrayRef<unsigned> inner = rest.drop_front(source.size());
    if (!llvm::all_of(inner, isCount)) {
      reason = "expected counts at the ends of dimensions";
      return failure();
    }
    peeled.dims.push_back({DigitList(outer), DigitList(inner)});
    if (failed(ditto::getStaticExtent(layout, source)) ||
        failed(ditto::getStaticExtent(layout, outer)) ||
        failed(ditto::getStaticExtent(layout, inner)) ||
        failed(ditto::getStaticExtent(layout, digits))) {
      reason = "expected extents that fit in 64 bits";
      return failure();
    }
  }
  return peeled;
}

bool PeeledRepeat::isRepeatedLike(unsigned dim, const PeeledRepeat &other,
                                  unsigned otherDim) const {
  auto same = [&](ArrayRef<unsigned> lhs, ArrayRef<unsigned> rhs) {
    std::optional<SymbolicSize> left = repeat.layout.getProduct(lhs);
    std::optional<SymbolicSize> right = other.repeat.layout.getProduct(rhs);
    return left && right && *left == *right;
  };
  return same(dims[dim].outer, other.dims[otherDim].outer) &&
         same(dims[dim].inner, other.dims[otherDim].inner);
}

std::optional<int64_t>
PeeledRepeat::getStaticCount(ArrayRef<unsigned> counts) const {
  FailureOr<int64_t> count = ditto::getStaticExtent(repeat.layout, counts);
  if (failed(count) || ShapedType::isDynamic(*count))
    return std::nullopt;
  return *count;
}

SmallVector<SymbolicSize> PeeledRepeat::getCounts(ArrayRef<Dim> dims) const {
  SmallVector<SymbolicSize> sizes;
  for (const Dim &dim : dims)
    for (ArrayRef<unsigned> counts : {dim.outer, dim.inner})
      for (unsigned count : counts)
        sizes.push_back(repeat.layout.getSize(count));
  return sizes;
}

bool PeeledRepeat::isKept(unsigned dim) const {
  return getStaticCount(dims[dim].outer).value_or(0) > 0 &&
         getStaticCount(dims[dim].inner).value_or(0) > 0;
}

std::optional<int64_t> PeeledRepeat::getStaticExtent(unsigned dim) const {
  return getStaticCount(getArrangement()[dim]);
}

SmallVector<int64_t>
PeeledRepeat::getPeeledShape(RankedTensorType type,
                             ArrayRef<int64_t> extents) const {
  SmallVector<int64_t> shape(type.getShape());
  for (auto [dim, counts] : llvm::enumerate(dims))
    if (counts.isRepeated())
      shape[dim] = extents[dim];
  return shape;
}

std::optional<SymbolicSize> PeeledRepeat::getExtent(unsigned dim) const {
  return repeat.layout.getProduct(getArrangement()[dim]);
}

SmallVector<DigitList> PeeledRepeat::getArrangement() const {
  SmallVector<DigitList> arrangement;
  for (const DigitList &digits : repeat.layout.getResultDims())
    llvm::copy_if(
        digits, std::back_inserter(arrangement.emplace_back()),
        [&](unsigned digit) { return !repeat.layout.isCount(digit); });
  return arrangement;
}

OpFoldResult PeeledRepeat::buildCount(RewriterBase &rewriter, Location loc,
                                      ArrayRef<unsigned> counts) const {
  return MovementBuilder(rewriter, loc, repeat.layout).getExtent(counts);
}

Value PeeledRepeat::buildPeeled(RewriterBase &rewriter, Location loc) const {
  const DigitLayout &layout = repeat.layout;
  SmallVector<DigitList> arrangement = getArrangement();
  MovementBuilder movement(rewriter, loc, layout);
  Value value = movement.getRoot(layout);
  Permutation permutation(layout.getSourceDims(), arrangement);
  if (permutation.isIdentity())
    return movement.reshape(value, layout.getSourceDims(), arrangement);
  value = movement.permute(value, layout.getSourceDims(), permutation);
  return movement.reshape(value, permutation.getPermutedPieces(), arrangement);
}

Value PeeledRepeat::buildPeeled(RewriterBase &rewriter, Location loc,
                                ArrayRef<int64_t> shape) const {
  Value value = buildPeeled(rewriter, loc);
  auto type = cast<RankedTensorType>(value.getType()).clone(shape);
  if (value.getType() == type)
    return value;
  return tensor::CastOp::create(rewriter, loc, type, value);
}

bool PeeledRepeat::mayHaveExtents(ArrayRef<int64_t> shape, ArrayRef<Dim> dims,
                                  ArrayRef<int64_t> repeated) const {
  for (auto [extent, dim, result] : llvm::zip_equal(shape, dims, repeated)) {
    std::optional<int64_t> outer = getStaticCount(dim.outer);
    std::optional<int64_t> inner = getStaticCount(dim.inner);
    if (ShapedType::isDynamic(extent) || !outer || !inner)
      continue;
    int64_t product;
    if (llvm::MulOverflow(extent, *inner, product) ||
        llvm::MulOverflow(product, *outer, product) ||
        failed(verifyCompatibleDims({product, result})))
      return false;
  }
  return true;
}

Value PeeledRepeat::buildRepeat(RewriterBase &rewriter, Value value,
                                ArrayRef<Dim> dims) const {
  Location loc = repeat.ops.front()->getLoc();
  for (auto [index, dim] : llvm::enumerate(dims))
    if (!dim.inner.empty())
      value = RepeatInterleaveOp::create(
          rewriter, loc, value, buildCount(rewriter, loc, dim.inner), index);
  if (llvm::all_of(dims, [](const Dim &dim) { return dim.outer.empty(); }))
    return value;
  SmallVector<OpFoldResult> counts;
  for (const Dim &dim : dims)
    counts.push_back(buildCount(rewriter, loc, dim.outer));
  return RepeatOp::create(rewriter, loc, value, counts);
}

FailureOr<SmallVector<int64_t>>
mlir::ditto::mergeExtents(ArrayRef<const PeeledRepeat *> values,
                          std::optional<unsigned> joined) {
  const PeeledRepeat &first = *values.front();
  SmallVector<int64_t> extents(first.dims.size(), ShapedType::kDynamic);
  for (auto [dim, extent] : llvm::enumerate(extents)) {
    if (!first.dims[dim].isRepeated() || dim == joined)
      continue;
    std::optional<SymbolicSize> size = first.getExtent(dim);
    for (const PeeledRepeat *value : values) {
      std::optional<SymbolicSize> ownSize = value->getExtent(dim);
      bool isEqual = size && ownSize && *size == *ownSize;
      int64_t own = value->getStaticExtent(dim).value_or(ShapedType::kDynamic);
      if ((!isEqual && !first.isKept(dim)) ||
          failed(verifyCompatibleDims({extent, own})))
        return failure();
      if (ShapedType::isDynamic(extent))
        extent = own;
    }
  }
  return extents;
}

/// Replaces `op` by `moved`, which runs on what is repeated, with its result
/// repeated, and erases what the operands of `op` needed and nobody else does.
void mlir::ditto::replaceByRepeat(RewriterBase &rewriter, Operation *op,
                                  Operation *moved, const PeeledRepeat &peeled,
                                  ArrayRef<PeeledRepeat::Dim> dims) {
  Value repeated = peeled.buildRepeat(rewriter, moved->getResult(0), dims);
  Type type = op->getResult(0).getType();
  if (repeated.getType() != type)
    repeated = tensor::CastOp::create(rewriter, op->getLoc(), type, repeated);
  SmallVector<Value> operands = op->getOperands();
  FlopChange flops = compareFlops(op, moved);
  rewriter.replaceOp(op, repeated);
  bool isRepeated = llvm::any_of(
      dims, [](const PeeledRepeat::Dim &dim) { return dim.isRepeated(); });
  eraseDeadMovement(
      rewriter, operands,
      {kSinkPass, moved->getName().getStringRef(), flops, isRepeated});
}
