//===- ShapeInterfaces.cpp - Result extents of the ops --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ReifyRankedShapedTypeOpInterface and ValueBoundsOpInterface: the extents of a
// result in terms of the operands, so that nobody keeps a repeat alive only to
// ask for its shape.
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::ditto;

static OpFoldResult multiply(OpBuilder &builder, Location loc, OpFoldResult lhs,
                             OpFoldResult rhs) {
  AffineExpr s0, s1;
  bindSymbols(builder.getContext(), s0, s1);
  return affine::makeComposedFoldedAffineApply(builder, loc, s0 * s1,
                                               {lhs, rhs});
}

/// The form in which shapes are reified: an attribute where the type knows the
/// extent, a value where it does not.
static OpFoldResult matchType(OpBuilder &builder, Location loc,
                              RankedTensorType type, int64_t dim,
                              function_ref<OpFoldResult()> extent) {
  if (!type.isDynamicDim(dim))
    return builder.getIndexAttr(type.getDimSize(dim));
  return getValueOrCreateConstantIndexOp(builder, loc, extent());
}

/// One extent. A dimension that the result does not have is no error:
/// tensor.dim of it is undefined, but legal.
template <typename OpTy>
static FailureOr<OpFoldResult> reifyDim(OpTy op, OpBuilder &builder, int dim) {
  ReifiedRankedShapedTypeDims shapes;
  if (dim < 0 || dim >= op.getResultType().getRank() ||
      failed(op.reifyResultShapes(builder, shapes)))
    return failure();
  return shapes.front()[dim];
}

FailureOr<OpFoldResult> RepeatOp::reifyDimOfResult(OpBuilder &builder, int,
                                                   int dim) {
  return reifyDim(*this, builder, dim);
}

FailureOr<OpFoldResult> RepeatInterleaveOp::reifyDimOfResult(OpBuilder &builder,
                                                             int, int dim) {
  return reifyDim(*this, builder, dim);
}

//===----------------------------------------------------------------------===//
// RepeatOp
//===----------------------------------------------------------------------===//

LogicalResult
RepeatOp::reifyResultShapes(OpBuilder &builder,
                            ReifiedRankedShapedTypeDims &reifiedShapes) {
  Location loc = getLoc();
  SmallVector<OpFoldResult> counts = getMixedCounts();
  SmallVector<OpFoldResult> shape;
  for (int64_t i = 0, e = getResultType().getRank(); i < e; ++i)
    shape.push_back(matchType(builder, loc, getResultType(), i, [&] {
      if (i < getNumNewDims())
        return counts[i];
      return multiply(
          builder, loc, counts[i],
          tensor::getMixedSize(builder, loc, getInput(), i - getNumNewDims()));
    }));
  reifiedShapes.assign({shape});
  return success();
}

void RepeatOp::populateBoundsForShapedValueDim(Value, int64_t dim,
                                               ValueBoundsConstraintSet &cstr) {
  // A product of two unknowns is no affine bound.
  int64_t count = getStaticCounts()[dim];
  if (dim < getNumNewDims())
    cstr.bound(getResult())[dim] == getMixedCounts()[dim];
  else if (!ShapedType::isDynamic(count))
    cstr.bound(getResult())[dim] ==
        cstr.getExpr(getInput(), dim - getNumNewDims()) * count;
}

//===----------------------------------------------------------------------===//
// RepeatInterleaveOp
//===----------------------------------------------------------------------===//

/// Sums a counts tensor that has one count per element, or one for all of them:
///
///   %sum = scf.for %i = 0 to %length iter_args(%acc = 0) { %acc + counts[%i] }
///   %total = %length == 1 ? %sum * %extent : %sum
static Value sumCounts(OpBuilder &builder, Location loc,
                       TypedValue<RankedTensorType> counts, Value extent) {
  auto toIndex = [](OpBuilder &b, Location loc, Value count) -> Value {
    if (count.getType().isIndex())
      return count;
    return arith::IndexCastOp::create(b, loc, b.getIndexType(), count);
  };
  if (counts.getType().getRank() == 0) {
    Value count = tensor::ExtractOp::create(builder, loc, counts, ValueRange());
    return arith::MulIOp::create(builder, loc, toIndex(builder, loc, count),
                                 extent);
  }
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  Value length = getValueOrCreateConstantIndexOp(
      builder, loc, tensor::getMixedSize(builder, loc, counts, 0));
  auto loop = scf::ForOp::create(
      builder, loc, zero, length, one, zero,
      [&](OpBuilder &b, Location loc, Value i, ValueRange sum) {
        Value count = tensor::ExtractOp::create(b, loc, counts, i);
        Value next =
            arith::AddIOp::create(b, loc, sum.front(), toIndex(b, loc, count));
        scf::YieldOp::create(b, loc, next);
      });
  Value sum = loop.getResult(0);
  Value isShared = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         length, one);
  Value shared = arith::MulIOp::create(builder, loc, sum, extent);
  return arith::SelectOp::create(builder, loc, isShared, shared, sum);
}

LogicalResult RepeatInterleaveOp::reifyResultShapes(
    OpBuilder &builder, ReifiedRankedShapedTypeDims &reifiedShapes) {
  Location loc = getLoc();
  auto repeatedExtent = [&]() -> OpFoldResult {
    if (!isFlattened())
      return tensor::getMixedSize(builder, loc, getInput(), *getDim());
    OpFoldResult product = builder.getIndexAttr(1);
    for (OpFoldResult extent : tensor::getMixedSizes(builder, loc, getInput()))
      product = multiply(builder, loc, product, extent);
    return product;
  };
  auto total = [&]() -> OpFoldResult {
    if (OpFoldResult outputSize = getMixedOutputSize())
      return outputSize;
    if (TypedValue<RankedTensorType> counts = getCountsTensor())
      return sumCounts(
          builder, loc, counts,
          getValueOrCreateConstantIndexOp(builder, loc, repeatedExtent()));
    return multiply(builder, loc, repeatedExtent(), getMixedCount());
  };
  SmallVector<OpFoldResult> shape;
  for (int64_t i = 0, e = getResultType().getRank(); i < e; ++i)
    shape.push_back(
        matchType(builder, loc, getResultType(), i, [&]() -> OpFoldResult {
          if (i == getResultDim())
            return total();
          return tensor::getMixedSize(builder, loc, getInput(), i);
        }));
  reifiedShapes.assign({shape});
  return success();
}

void RepeatInterleaveOp::populateBoundsForShapedValueDim(
    Value, int64_t dim, ValueBoundsConstraintSet &cstr) {
  if (dim != getResultDim())
    cstr.bound(getResult())[dim] == cstr.getExpr(getInput(), dim);
  else if (OpFoldResult outputSize = getMixedOutputSize())
    cstr.bound(getResult())[dim] == outputSize;
  else if (getStaticCount() && !isFlattened())
    cstr.bound(getResult())[dim] ==
        cstr.getExpr(getInput(), dim) * int64_t(*getStaticCount());
}
