//===- SymbolicSize.cpp - Extents known or named --------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/SymbolicSize.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"

#include <variant>

using namespace mlir;
using namespace mlir::ditto;

/// How far names are looked through: a bound for the time that one extent
/// costs, and for the cycles that unreachable blocks may contain.
static constexpr unsigned kMaxSteps = 64;

namespace {
/// A dimension of a tensor.
struct TensorDim {
  Value tensor;
  int64_t dim;
};
} // namespace

/// The dimension of the source that alone makes up dimension `dim` of the
/// result: its group holds nothing else but unit dimensions.
static std::optional<int64_t> getOnlySourceDim(tensor::CollapseShapeOp op,
                                               int64_t dim) {
  std::optional<int64_t> only;
  const ReassociationIndices group = op.getReassociationIndices()[dim];
  for (int64_t source : group) {
    if (op.getSrcType().getDimSize(source) == 1)
      continue;
    if (only)
      return std::nullopt;
    only = source;
  }
  return only;
}

/// One step towards the origin of an extent: another dimension or a size.
static std::variant<std::monostate, TensorDim, OpFoldResult>
stepTowardsOrigin(TensorDim at) {
  Operation *def = at.tensor.getDefiningOp();
  if (auto cast = dyn_cast_or_null<tensor::CastOp>(def)) {
    if (isa<RankedTensorType>(cast.getSource().getType()))
      return TensorDim{cast.getSource(), at.dim};
    return {};
  }
  if (auto empty = dyn_cast_or_null<tensor::EmptyOp>(def))
    return empty.getMixedSizes()[at.dim];
  if (auto expand = dyn_cast_or_null<tensor::ExpandShapeOp>(def))
    return expand.getMixedOutputShape()[at.dim];
  if (auto collapse = dyn_cast_or_null<tensor::CollapseShapeOp>(def)) {
    if (std::optional<int64_t> only = getOnlySourceDim(collapse, at.dim))
      return TensorDim{collapse.getSrc(), *only};
    return {};
  }
  if (auto dps = dyn_cast_or_null<DestinationStyleOpInterface>(def))
    return TensorDim{dps.getTiedOpOperand(cast<OpResult>(at.tensor))->get(),
                     at.dim};
  return {};
}

/// The dimension that a size is a `tensor.dim` of, if it is one.
static std::optional<TensorDim> getQueriedDim(OpFoldResult size) {
  auto value = dyn_cast<Value>(size);
  auto query = value ? value.getDefiningOp<tensor::DimOp>() : nullptr;
  if (!query)
    return std::nullopt;
  std::optional<int64_t> dim = query.getConstantIndex();
  auto type = dyn_cast<RankedTensorType>(query.getSource().getType());
  if (!dim || !type || *dim < 0 || *dim >= type.getRank())
    return std::nullopt;
  return TensorDim{query.getSource(), *dim};
}

SymbolicSize SymbolicSize::ofDim(Value tensor, int64_t dim) {
  TensorDim at{tensor, dim};
  for (unsigned step = 0; step < kMaxSteps; ++step) {
    auto type = cast<RankedTensorType>(at.tensor.getType());
    if (!type.isDynamicDim(at.dim))
      return SymbolicSize(type.getDimSize(at.dim));
    auto next = stepTowardsOrigin(at);
    if (auto *source = std::get_if<TensorDim>(&next)) {
      at = *source;
      continue;
    }
    auto *size = std::get_if<OpFoldResult>(&next);
    if (!size)
      break;
    std::optional<TensorDim> queried = getQueriedDim(*size);
    if (!queried)
      return of(*size);
    at = *queried;
  }
  return SymbolicSize(at.tensor, at.dim);
}

SymbolicSize SymbolicSize::of(OpFoldResult size) {
  // A negative constant is no extent: it keeps its name, its user its error.
  std::optional<int64_t> constant = getConstantIntValue(size);
  if (constant && *constant >= 0)
    return SymbolicSize(*constant);
  if (std::optional<TensorDim> queried = getQueriedDim(size))
    return ofDim(queried->tensor, queried->dim);
  return SymbolicSize(cast<Value>(size), -1);
}

OpFoldResult SymbolicSize::materialize(OpBuilder &builder, Location loc) const {
  if (isStatic())
    return builder.getIndexAttr(constant);
  if (dim < 0)
    return value;
  return tensor::getMixedSize(builder, loc, value, dim);
}
