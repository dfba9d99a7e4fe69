//===- Movement.cpp - Reshapes and transposes from digits -----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Movement.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
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

FailureOr<int64_t> mlir::ditto::getStaticExtent(const DigitLayout &layout,
                                                ArrayRef<unsigned> digits) {
  int64_t extent = 1;
  bool isDynamic = false;
  for (unsigned digit : digits) {
    SymbolicSize size = layout.getSize(digit);
    if (!size.isStatic())
      isDynamic = true;
    else if (llvm::MulOverflow(extent, size.getStatic(), extent))
      return failure();
  }
  return isDynamic ? ShapedType::kDynamic : extent;
}

OpFoldResult MovementBuilder::getExtent(ArrayRef<unsigned> digits) {
  OpFoldResult product = builder.getIndexAttr(1);
  for (unsigned digit : digits) {
    OpFoldResult size = layout.getSize(digit).materialize(builder, loc);
    if (isOneInteger(product)) {
      product = size;
      continue;
    }
    Value factors[] = {getValueOrCreateConstantIndexOp(builder, loc, product),
                       getValueOrCreateConstantIndexOp(builder, loc, size)};
    product = getAsOpFoldResult(
        builder.createOrFold<arith::MulIOp>(loc, factors[0], factors[1]));
  }
  return product;
}

RankedTensorType MovementBuilder::getType(Value like,
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

Value MovementBuilder::reshape(Value value, ArrayRef<DigitList> from,
                               ArrayRef<DigitList> to) {
  CommonRefinement common(from, to);
  if (common.dims.size() != from.size()) {
    SmallVector<OpFoldResult> sizes;
    for (const DigitList &dim : common.dims)
      sizes.push_back(getExtent(dim));
    value =
        tensor::ExpandShapeOp::create(builder, loc, getType(value, common.dims),
                                      value, common.fromGroups, sizes);
  }
  if (common.dims.size() != to.size())
    value = tensor::CollapseShapeOp::create(builder, loc, getType(value, to),
                                            value, common.toGroups);
  return value;
}

//===----------------------------------------------------------------------===//
// Transposes
//===----------------------------------------------------------------------===//

Value MovementBuilder::transpose(Value value, ArrayRef<DigitList> pieces,
                                 ArrayRef<int64_t> permutation) {
  SmallVector<OpFoldResult> sizes;
  for (int64_t piece : permutation)
    sizes.push_back(getExtent(pieces[piece]));
  Value init = tensor::EmptyOp::create(builder, loc, sizes,
                                       getElementTypeOrSelf(value.getType()));
  return linalg::TransposeOp::create(builder, loc, value, init, permutation)
      ->getResult(0);
}

/// Cuts both arrangements into the longest pieces that keep together in both.
/// Unit dimensions are pieces too, paired in order; those that only one side
/// has are left to the reshapes.
///
///   from [a b] [] [c]    to [b] [] [a c]    pieces [a] [b] [] [c]
static SmallVector<DigitList> cutIntoPieces(ArrayRef<DigitList> from,
                                            ArrayRef<DigitList> to) {
  DenseMap<unsigned, unsigned> follower;
  for (const DigitList &dim : to)
    for (size_t i = 1; i < dim.size(); ++i)
      follower[dim[i - 1]] = dim[i];
  auto isUnit = [](const DigitList &dim) { return dim.empty(); };
  size_t numUnits =
      std::min(llvm::count_if(from, isUnit), llvm::count_if(to, isUnit));
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

Value MovementBuilder::move(Value value, ArrayRef<DigitList> from,
                            ArrayRef<DigitList> to) {
  SmallVector<DigitList> pieces = cutIntoPieces(from, to);
  DenseMap<unsigned, int64_t> pieceOf;
  SmallVector<int64_t> units, permutation;
  for (auto [index, piece] : llvm::enumerate(pieces)) {
    if (piece.empty())
      units.push_back(index);
    else
      pieceOf[piece.front()] = index;
  }
  auto nextUnit = units.begin();
  SmallVector<DigitList> permuted;
  for (const DigitList &dim : to) {
    if (dim.empty() && nextUnit != units.end())
      permutation.push_back(*nextUnit++);
    for (unsigned digit : dim)
      if (auto it = pieceOf.find(digit); it != pieceOf.end())
        permutation.push_back(it->second);
  }
  if (llvm::is_sorted(permutation))
    return reshape(value, from, to);
  for (int64_t piece : permutation)
    permuted.push_back(pieces[piece]);
  value = reshape(value, from, pieces);
  value = transpose(value, pieces, permutation);
  return reshape(value, permuted, to);
}
