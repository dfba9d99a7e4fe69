//===- Tiling.cpp - TilingInterface of the ops ----------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The iteration domain is the result, all parallel. A tile of a repeat is a
// repeat of a slice; where the tile cuts through the repeated dimension, the
// slice covers all source elements that the tile touches and the tile is cut
// out of its repeat:
//
//   tile [o, o+s) of repeat_interleave(x, n):
//     extract_slice(repeat_interleave(x[o/n .. (o+s-1)/n], n))[o mod n, s]
//   tile [o, o+s) of repeat(x, n), x of extent d:
//     extract_slice(repeat(x, number of copies touched))[o mod d, s]
//     x[o mod d, 1]  where s = 1
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// A contiguous range of one dimension.
struct DimRange {
  OpFoldResult offset, size;
};

/// How a tile of one result dimension is computed: repeat `source` `count`
/// times, then take `window` of that (the whole of it where `window` is empty).
struct DimTile {
  DimRange source;
  OpFoldResult count;
  std::optional<DimRange> window;
};

/// Arithmetic on OpFoldResults, folded where constant.
class IndexMath {
public:
  IndexMath(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  OpFoldResult constant(int64_t value) { return builder.getIndexAttr(value); }

  /// lhs floordiv rhs and lhs mod rhs. A divisor of 0 only meets empty tiles;
  /// it is replaced by 1, so that nothing traps.
  OpFoldResult floorDiv(OpFoldResult lhs, OpFoldResult rhs) {
    return apply(expr(0).floorDiv(expr(1)), {lhs, atLeastOne(rhs)});
  }
  OpFoldResult mod(OpFoldResult lhs, OpFoldResult rhs) {
    return apply(expr(0) % expr(1), {lhs, atLeastOne(rhs)});
  }

  /// How many blocks of `block` elements the range [offset, offset + size)
  /// touches, given the first of them.
  OpFoldResult blocksTouched(const DimRange &range, OpFoldResult block,
                             OpFoldResult first) {
    OpFoldResult last = apply((expr(0) + expr(1) - 1).floorDiv(expr(2)),
                              {range.offset, range.size, atLeastOne(block)});
    return apply(expr(0) - expr(1) + 1, {last, first});
  }

private:
  AffineExpr expr(unsigned position) {
    return getAffineSymbolExpr(position, builder.getContext());
  }

  OpFoldResult apply(AffineExpr expr, ArrayRef<OpFoldResult> operands) {
    return affine::makeComposedFoldedAffineApply(builder, loc, expr, operands);
  }

  OpFoldResult atLeastOne(OpFoldResult value) {
    if (std::optional<int64_t> number = getConstantIntValue(value))
      return constant(std::max<int64_t>(*number, 1));
    AffineMap map =
        AffineMap::get(0, 1, {expr(0), builder.getAffineConstantExpr(1)},
                       builder.getContext());
    return affine::makeComposedFoldedAffineMax(builder, loc, map, {value});
  }

  OpBuilder &builder;
  Location loc;
};

/// Whether a tile is the whole of the result's dimension.
bool coversDim(const DimRange &tile, Value result, int64_t dim) {
  if (!isConstantIntValue(tile.offset, 0))
    return false;
  FailureOr<bool> equal = ValueBoundsConstraintSet::areEqual(
      ValueBoundsConstraintSet::Variable(tile.size),
      ValueBoundsConstraintSet::Variable(result, dim));
  return succeeded(equal) && *equal;
}

/// Cuts the tile out of `repeated` where some dimension has a window.
Value takeWindows(OpBuilder &builder, Location loc, Value repeated,
                  ArrayRef<DimTile> dims, ArrayRef<OpFoldResult> tileSizes) {
  if (llvm::none_of(dims, [](const DimTile &dim) { return dim.window; }))
    return repeated;
  SmallVector<OpFoldResult> offsets, sizes;
  for (auto [dim, size] : llvm::zip_equal(dims, tileSizes)) {
    offsets.push_back(dim.window ? dim.window->offset
                                 : OpFoldResult(builder.getIndexAttr(0)));
    sizes.push_back(size);
  }
  SmallVector<OpFoldResult> strides(dims.size(), builder.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(builder, loc, repeated, offsets, sizes,
                                        strides);
}

/// Slices `input` to the source ranges of `dims`.
tensor::ExtractSliceOp sliceSource(OpBuilder &builder, Location loc,
                                   Value input, ArrayRef<DimTile> dims) {
  SmallVector<OpFoldResult> offsets, sizes;
  for (const DimTile &dim : dims) {
    offsets.push_back(dim.source.offset);
    sizes.push_back(dim.source.size);
  }
  SmallVector<OpFoldResult> strides(dims.size(), builder.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(builder, loc, input, offsets, sizes,
                                        strides);
}

SmallVector<Range> getResultDomain(OpBuilder &builder,
                                   ReifyRankedShapedTypeOpInterface op) {
  SmallVector<Range> domain;
  ReifiedRankedShapedTypeDims shapes;
  if (failed(op.reifyResultShapes(builder, shapes)))
    return domain;
  for (OpFoldResult extent : shapes.front())
    domain.push_back(
        Range{builder.getIndexAttr(0), extent, builder.getIndexAttr(1)});
  return domain;
}

} // namespace

//===----------------------------------------------------------------------===//
// RepeatOp
//===----------------------------------------------------------------------===//

SmallVector<utils::IteratorType> RepeatOp::getLoopIteratorTypes() {
  return SmallVector<utils::IteratorType>(getResultType().getRank(),
                                          utils::IteratorType::parallel);
}

SmallVector<Range> RepeatOp::getIterationDomain(OpBuilder &builder) {
  return getResultDomain(builder, *this);
}

FailureOr<TilingResult>
RepeatOp::getTiledImplementation(OpBuilder &builder,
                                 ArrayRef<OpFoldResult> offsets,
                                 ArrayRef<OpFoldResult> sizes) {
  Location loc = getLoc();
  IndexMath math(builder, loc);
  int64_t newDims = getNumNewDims();
  SmallVector<OpFoldResult> counts = getMixedCounts();
  SmallVector<DimTile> dims;
  for (int64_t i = 0, e = getResultType().getRank(); i < e; ++i) {
    DimRange tile{offsets[i], sizes[i]};
    // A new dimension has as many copies as the tile is wide.
    if (i < newDims) {
      dims.push_back({{}, tile.size, std::nullopt});
      continue;
    }
    if (isConstantIntValue(counts[i], 1)) {
      dims.push_back({tile, counts[i], std::nullopt});
      continue;
    }
    OpFoldResult extent =
        tensor::getMixedSize(builder, loc, getInput(), i - newDims);
    DimRange whole{math.constant(0), extent};
    if (coversDim(tile, getResult(), i)) {
      dims.push_back({whole, counts[i], std::nullopt});
      continue;
    }
    OpFoldResult start = math.mod(tile.offset, extent);
    if (isConstantIntValue(tile.size, 1)) {
      dims.push_back({{start, tile.size}, math.constant(1), std::nullopt});
      continue;
    }
    OpFoldResult copies =
        math.blocksTouched(tile, extent, math.floorDiv(tile.offset, extent));
    dims.push_back({whole, copies, DimRange{start, tile.size}});
  }

  auto slice =
      sliceSource(builder, loc, getInput(), ArrayRef(dims).drop_front(newDims));
  auto tileCounts =
      llvm::map_to_vector(dims, [](const DimTile &dim) { return dim.count; });
  auto repeat = RepeatOp::create(builder, loc, slice, tileCounts);
  Value tile = takeWindows(builder, loc, repeat, dims, sizes);
  return TilingResult{{repeat}, {tile}, {slice}};
}

LogicalResult RepeatOp::getResultTilePosition(
    OpBuilder &, unsigned, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, SmallVector<OpFoldResult> &resultOffsets,
    SmallVector<OpFoldResult> &resultSizes) {
  resultOffsets.assign(offsets.begin(), offsets.end());
  resultSizes.assign(sizes.begin(), sizes.end());
  return success();
}

LogicalResult RepeatOp::getIterationDomainTileFromResultTile(
    OpBuilder &, unsigned, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, SmallVectorImpl<OpFoldResult> &domainOffsets,
    SmallVectorImpl<OpFoldResult> &domainSizes) {
  domainOffsets.assign(offsets.begin(), offsets.end());
  domainSizes.assign(sizes.begin(), sizes.end());
  return success();
}

FailureOr<TilingResult>
RepeatOp::generateResultTileValue(OpBuilder &builder, unsigned,
                                  ArrayRef<OpFoldResult> offsets,
                                  ArrayRef<OpFoldResult> sizes) {
  return getTiledImplementation(builder, offsets, sizes);
}

//===----------------------------------------------------------------------===//
// RepeatInterleaveOp
//===----------------------------------------------------------------------===//

/// The operand as the op sees it: flattened where it has no dim.
static Value flattenIfNeeded(OpBuilder &builder, RepeatInterleaveOp op) {
  Value input = op.getInput();
  int64_t rank = op.getInputType().getRank();
  if (!op.isFlattened() || rank == 1)
    return input;
  if (rank == 0)
    return tensor::ExpandShapeOp::create(
        builder, op.getLoc(),
        RankedTensorType::get({1}, op.getInputType().getElementType(),
                              op.getInputType().getEncoding()),
        input, ArrayRef<ReassociationIndices>());
  return tensor::CollapseShapeOp::create(
      builder, op.getLoc(), input,
      ReassociationIndices(llvm::to_vector(llvm::seq<int64_t>(0, rank))));
}

SmallVector<utils::IteratorType> RepeatInterleaveOp::getLoopIteratorTypes() {
  return SmallVector<utils::IteratorType>(getResultType().getRank(),
                                          utils::IteratorType::parallel);
}

SmallVector<Range> RepeatInterleaveOp::getIterationDomain(OpBuilder &builder) {
  return getResultDomain(builder, *this);
}

FailureOr<TilingResult>
RepeatInterleaveOp::getTiledImplementation(OpBuilder &builder,
                                           ArrayRef<OpFoldResult> offsets,
                                           ArrayRef<OpFoldResult> sizes) {
  Location loc = getLoc();
  int64_t repeatedDim = getResultDim();
  DimRange cut{offsets[repeatedDim], sizes[repeatedDim]};
  bool covers = coversDim(cut, getResult(), repeatedDim);
  // Where the runs of a counts tensor start is not known without its sums, so
  // only tiles from the first run on are supported: with `size` computed anew
  // for a dimension that is not tiled, nobody can tell that one covers it.
  if (getCountsTensor() && !isConstantIntValue(cut.offset, 0))
    return failure();

  IndexMath math(builder, loc);
  Value input = flattenIfNeeded(builder, *this);
  OpFoldResult count = getMixedCount();
  SmallVector<DimTile> dims;
  for (int64_t i = 0, e = getResultType().getRank(); i < e; ++i) {
    if (i != repeatedDim) {
      dims.push_back({{offsets[i], sizes[i]}, math.constant(1), std::nullopt});
      continue;
    }
    if (covers || getCountsTensor()) {
      dims.push_back(
          {{math.constant(0), tensor::getMixedSize(builder, loc, input, i)},
           count,
           covers ? std::nullopt : std::optional(cut)});
      continue;
    }
    OpFoldResult first = math.floorDiv(cut.offset, count);
    dims.push_back({{first, math.blocksTouched(cut, count, first)},
                    count,
                    DimRange{math.mod(cut.offset, count), cut.size}});
  }

  auto slice = sliceSource(builder, loc, input, dims);
  // A repeat of the whole dimension keeps its output_size; a cut has its own.
  auto interleave = RepeatInterleaveOp::create(
      builder, loc, slice, count, repeatedDim,
      covers || getCountsTensor() ? getMixedOutputSize() : OpFoldResult());
  Value tile = takeWindows(builder, loc, interleave, dims, sizes);
  return TilingResult{{interleave}, {tile}, {slice}};
}

LogicalResult RepeatInterleaveOp::getResultTilePosition(
    OpBuilder &, unsigned, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, SmallVector<OpFoldResult> &resultOffsets,
    SmallVector<OpFoldResult> &resultSizes) {
  resultOffsets.assign(offsets.begin(), offsets.end());
  resultSizes.assign(sizes.begin(), sizes.end());
  return success();
}

LogicalResult RepeatInterleaveOp::getIterationDomainTileFromResultTile(
    OpBuilder &, unsigned, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, SmallVectorImpl<OpFoldResult> &domainOffsets,
    SmallVectorImpl<OpFoldResult> &domainSizes) {
  domainOffsets.assign(offsets.begin(), offsets.end());
  domainSizes.assign(sizes.begin(), sizes.end());
  return success();
}

FailureOr<TilingResult>
RepeatInterleaveOp::generateResultTileValue(OpBuilder &builder, unsigned,
                                            ArrayRef<OpFoldResult> offsets,
                                            ArrayRef<OpFoldResult> sizes) {
  return getTiledImplementation(builder, offsets, sizes);
}
