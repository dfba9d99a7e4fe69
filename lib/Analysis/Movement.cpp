//===- Movement.cpp - Reshapes and transposes from digits -----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/Movement.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Extents
//===----------------------------------------------------------------------===//

FailureOr<int64_t> mlir::ditto::getStaticExtent(const DigitSet &layout,
                                                ArrayRef<unsigned> digits) {
  int64_t extent = 1;
  bool isDynamic = false, isZero = false;
  for (unsigned digit : digits) {
    const SymbolicSize &size = layout.getSize(digit);
    isDynamic |= !size.isStatic();
    if (size.getNumber() == 0)
      isZero = true;
    else if (llvm::MulOverflow(extent, size.getNumber(), extent))
      return failure();
  }
  // Reshapes want dynamic extents where one of those they join is, even if
  // another is 0.
  if (isDynamic)
    return ShapedType::kDynamic;
  return isZero ? 0 : extent;
}

OpFoldResult MovementBuilder::getExtent(ArrayRef<unsigned> digits) {
  std::optional<SymbolicSize> product = layout.getProduct(digits);
  assert(product && "the caller knows that extents fit in 64 bits");
  return product->materialize(builder, loc);
}

RankedTensorType mlir::ditto::getArrangedType(const DigitSet &layout,
                                              Value like,
                                              ArrayRef<DigitList> dims) {
  SmallVector<int64_t> shape;
  for (const DigitList &dim : dims)
    shape.push_back(*getStaticExtent(layout, dim));
  return RankedTensorType::get(shape, getElementTypeOrSelf(like.getType()));
}

//===----------------------------------------------------------------------===//
// Reshapes
//===----------------------------------------------------------------------===//

namespace {
/// The coarsest arrangement that both `from` expands into and `to` collapses
/// from, and the groups of its dimensions on either side.
struct CommonRefinement {
  SmallVector<DigitList> dims;
  SmallVector<ReassociationIndices> fromGroups, toGroups;

  CommonRefinement(ArrayRef<DigitList> from, ArrayRef<DigitList> to);

private:
  /// Adds `dim` to the groups `i` and `j`, or to the last ones.
  void add(ArrayRef<unsigned> dim, size_t i, size_t j) {
    int64_t index = dims.size();
    dims.emplace_back(dim);
    if (!fromGroups.empty())
      fromGroups[std::min(i, fromGroups.size() - 1)].push_back(index);
    if (!toGroups.empty())
      toGroups[std::min(j, toGroups.size() - 1)].push_back(index);
  }
};
} // namespace

CommonRefinement::CommonRefinement(ArrayRef<DigitList> from,
                                   ArrayRef<DigitList> to)
    : fromGroups(from.size()), toGroups(to.size()) {
  // The next dimension on either side, and the digits already passed in it.
  size_t i = 0, j = 0, passedFrom = 0, passedTo = 0;
  while (i < from.size() || j < to.size()) {
    bool unitFrom = i < from.size() && from[i].empty();
    bool unitTo = j < to.size() && to[j].empty();
    if (unitFrom || unitTo) {
      // A unit dimension of one side only is part of a group of the other.
      add({}, i, j);
      i += unitFrom;
      j += unitTo;
      continue;
    }
    ArrayRef<unsigned> restFrom = ArrayRef(from[i]).drop_front(passedFrom);
    ArrayRef<unsigned> restTo = ArrayRef(to[j]).drop_front(passedTo);
    size_t length = std::min(restFrom.size(), restTo.size());
    add(restFrom.take_front(length), i, j);
    passedFrom += length;
    passedTo += length;
    if (length == restFrom.size())
      ++i, passedFrom = 0;
    if (length == restTo.size())
      ++j, passedTo = 0;
  }
}

Value MovementBuilder::withExtents(Value value, ArrayRef<DigitList> dims,
                                   bool mayDiffer) {
  RankedTensorType type = getArrangedType(layout, value, dims);
  if (!mayDiffer) {
    if (value.getType() == type)
      return value;
    return tensor::CastOp::create(builder, loc, type, value);
  }
  SmallVector<Value> extents;
  for (const DigitList &dim : dims)
    extents.push_back(
        getValueOrCreateConstantIndexOp(builder, loc, getExtent(dim)));
  Value shape = tensor::FromElementsOp::create(builder, loc, extents);
  return tensor::ReshapeOp::create(builder, loc, type, value, shape);
}

Value MovementBuilder::reshape(Value value, ArrayRef<DigitList> from,
                               ArrayRef<DigitList> to) {
  CommonRefinement common(from, to);
  if (common.dims.size() != from.size()) {
    SmallVector<OpFoldResult> sizes;
    for (const DigitList &dim : common.dims)
      sizes.push_back(getExtent(dim));
    value = tensor::ExpandShapeOp::create(
        builder, loc, getArrangedType(layout, value, common.dims), value,
        common.fromGroups, sizes);
  }
  if (common.dims.size() != to.size())
    value = tensor::CollapseShapeOp::create(builder, loc,
                                            getArrangedType(layout, value, to),
                                            value, common.toGroups);
  return value;
}

//===----------------------------------------------------------------------===//
// Transposes
//===----------------------------------------------------------------------===//

/// `from`, cut where a digit does not follow its predecessor in `to`, without
/// the unit dimensions beyond the first `numUnits`.
static SmallVector<DigitList> cutIntoPieces(ArrayRef<DigitList> from,
                                            ArrayRef<DigitList> to,
                                            size_t numUnits) {
  DenseMap<unsigned, unsigned> follower;
  for (const DigitList &dim : to)
    for (size_t i = 1; i < dim.size(); ++i)
      follower[dim[i - 1]] = dim[i];
  SmallVector<DigitList> pieces;
  for (const DigitList &dim : from) {
    if (dim.empty() && numUnits) {
      pieces.emplace_back();
      --numUnits;
    }
    for (auto [i, digit] : llvm::enumerate(dim)) {
      auto it = i ? follower.find(dim[i - 1]) : follower.end();
      if (it != follower.end() && it->second == digit)
        pieces.back().push_back(digit);
      else
        pieces.push_back({digit});
    }
  }
  return pieces;
}

Permutation::Permutation(ArrayRef<DigitList> from, ArrayRef<DigitList> to) {
  auto isUnit = [](const DigitList &dim) { return dim.empty(); };
  size_t numUnits =
      std::min(llvm::count_if(from, isUnit), llvm::count_if(to, isUnit));
  pieces = cutIntoPieces(from, to, numUnits);
  DenseMap<unsigned, int64_t> pieceOf;
  SmallVector<int64_t> units;
  for (auto [index, piece] : llvm::enumerate(pieces)) {
    if (piece.empty())
      units.push_back(index);
    else
      pieceOf[piece.front()] = index;
  }
  auto nextUnit = units.begin();
  for (const DigitList &dim : to) {
    if (dim.empty() && nextUnit != units.end())
      order.push_back(*nextUnit++);
    for (unsigned digit : dim)
      if (auto it = pieceOf.find(digit); it != pieceOf.end())
        order.push_back(it->second);
  }
}

SmallVector<DigitList> Permutation::getPermutedPieces() const {
  SmallVector<DigitList> permuted;
  for (int64_t piece : order)
    permuted.push_back(pieces[piece]);
  return permuted;
}

Value MovementBuilder::permute(Value value, ArrayRef<DigitList> from,
                               const Permutation &permutation) {
  value = reshape(value, from, permutation.pieces);
  SmallVector<OpFoldResult> sizes;
  for (const DigitList &piece : permutation.getPermutedPieces())
    sizes.push_back(getExtent(piece));
  Value init = tensor::EmptyOp::create(builder, loc, sizes,
                                       getElementTypeOrSelf(value.getType()));
  return linalg::TransposeOp::create(builder, loc, value, init,
                                     permutation.order)
      ->getResult(0);
}
