//===- Broadcast.cpp - Uniform repeats as broadcast and reshape -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Broadcast.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

Value ditto::castTo(OpBuilder &builder, Location loc, RankedTensorType type,
                    Value value) {
  if (value.getType() == type)
    return value;
  // Extents that contradict each other are a run-time error, found by now.
  if (!tensor::CastOp::areCastCompatible(value.getType(), type))
    value = tensor::CastOp::create(
        builder, loc,
        type.clone(SmallVector<int64_t>(type.getRank(), ShapedType::kDynamic)),
        value);
  return tensor::CastOp::create(builder, loc, type, value);
}

bool ditto::isKnownEmpty(ArrayRef<OpFoldResult> extents) {
  int64_t product = 1;
  bool overflow = false;
  for (OpFoldResult extent : extents) {
    int64_t number = getConstantIntValue(extent).value_or(1);
    if (number == 0)
      return true;
    overflow |= llvm::MulOverflow(product, number, product);
  }
  return overflow;
}

Value ditto::createIsEmpty(OpBuilder &builder, Location loc,
                           ArrayRef<OpFoldResult> extents) {
  bool isEmpty = llvm::any_of(extents, [](OpFoldResult extent) {
    return isConstantIntValue(extent, 0);
  });
  Value result = arith::ConstantIntOp::create(builder, loc, isEmpty, 1);
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  for (OpFoldResult extent : extents)
    if (auto value = dyn_cast<Value>(extent))
      result = builder.createOrFold<arith::OrIOp>(
          loc, result,
          builder.createOrFold<arith::CmpIOp>(loc, arith::CmpIPredicate::eq,
                                              value, zero));
  return result;
}

Value ditto::createEmpty(OpBuilder &builder, Location loc,
                         ArrayRef<OpFoldResult> extents,
                         RankedTensorType type) {
  SmallVector<Value> dynamicExtents;
  for (auto [dim, extent] : llvm::enumerate(extents))
    if (type.isDynamicDim(dim))
      dynamicExtents.push_back(
          getValueOrCreateConstantIndexOp(builder, loc, extent));
  return tensor::EmptyOp::create(builder, loc, type, dynamicExtents);
}

Value ditto::flatten(OpBuilder &builder, Location loc, Value input) {
  auto type = cast<RankedTensorType>(input.getType());
  if (type.getRank() == 1)
    return input;
  if (type.getRank() == 0)
    return tensor::ExpandShapeOp::create(
        builder, loc, RankedTensorType::get({1}, type.getElementType()), input,
        ArrayRef<ReassociationIndices>());
  auto all = llvm::to_vector<2>(llvm::seq<int64_t>(0, type.getRank()));
  return tensor::CollapseShapeOp::create(builder, loc, input,
                                         ArrayRef<ReassociationIndices>{all});
}

FailureOr<Value>
ditto::broadcastAndMerge(RewriterBase &rewriter, Location loc, Value input,
                         ArrayRef<SmallVector<ExpandedDim>> groups,
                         RankedTensorType resultType,
                         Destination &destination) {
  SmallVector<OpFoldResult> extents;
  SmallVector<int64_t> countDims;
  SmallVector<ReassociationIndices> reassociation;
  for (ArrayRef<ExpandedDim> group : groups) {
    ReassociationIndices &merged = reassociation.emplace_back();
    for (const ExpandedDim &dim : group) {
      // A lone count is a dimension of the result even if it is 1.
      if (dim.isCount && group.size() > 1 && isConstantIntValue(dim.extent, 1))
        continue;
      if (dim.isCount)
        countDims.push_back(extents.size());
      merged.push_back(extents.size());
      extents.push_back(dim.extent);
    }
  }
  Value result = input;
  if (!countDims.empty()) {
    FailureOr<Value> target =
        destination.create(extents, resultType.getElementType());
    if (failed(target))
      return failure();
    FailureOr<Value> filled = destination.broadcast(input, *target, countDims);
    if (failed(filled))
      return failure();
    result = destination.toTensor(*filled);
  }
  if (extents.size() != groups.size())
    result =
        tensor::CollapseShapeOp::create(rewriter, loc, result, reassociation);
  return castTo(rewriter, loc, resultType, result);
}
