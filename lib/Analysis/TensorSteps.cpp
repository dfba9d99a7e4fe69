//===- TensorSteps.cpp - Steps of a digit layout for tensor ops -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Gathers, and ops that may move nothing.
//
//===----------------------------------------------------------------------===//

#include "LoopNest.h"
#include "MovementSteps.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Gather
//===----------------------------------------------------------------------===//

/// Dimensions of the index tensor come first, then those of the source, of
/// which the gathered ones may be gone:
///
///   r[w, i, j] = x[i, index[w, 0], j]      gather_dims([1])
LogicalResult mlir::ditto::applyGather(DigitLayout &layout, tensor::GatherOp op,
                                       std::string &reason) {
  Evaluator evaluator;
  const ConstantTensor *indices = evaluator.getTensor(op.getIndices());
  if (!indices)
    return fail(reason, "expected constant indices");
  SmallVector<SymbolicSize> extents;
  for (int64_t dim = 0; dim < op.getResultType().getRank(); ++dim)
    extents.push_back(SymbolicSize::ofDim(op.getResult(), dim));
  LoopNest nest(op, extents);
  DigitMapBuilder builder(extents);
  for (unsigned dim = 0; dim < extents.size(); ++dim)
    builder.addResultDim(extents[dim], builder.getWhole(dim));

  ArrayRef<int64_t> gathered = op.getGatherDims();
  int64_t sourceRank = op.getSourceType().getRank();
  unsigned numIndexLoops = op.getIndicesType().getRank() - 1;
  bool keepsGathered =
      int64_t(extents.size()) == int64_t(numIndexLoops) + sourceRank;
  SmallVector<unsigned> indexLoops =
      llvm::to_vector(llvm::seq<unsigned>(0, numIndexLoops));
  unsigned loop = numIndexLoops;
  for (int64_t dim = 0; dim < sourceRank; ++dim) {
    const auto *it = llvm::find(gathered, dim);
    if (it == gathered.end()) {
      builder.addSourceDim(extents[loop], builder.getWhole(loop));
      ++loop;
      continue;
    }
    loop += keepsGathered;
    FailureOr<IndexSum> index = nest.read(
        indexLoops,
        [&](ArrayRef<int64_t> at) -> std::optional<int64_t> {
          SmallVector<int64_t> place(at.take_front(numIndexLoops));
          place.push_back(it - gathered.begin());
          auto element = dyn_cast_or_null<IntegerAttr>(indices->at(place));
          return element ? std::optional(element.getInt()) : std::nullopt;
        },
        reason);
    if (failed(index))
      return failure();
    builder.addSourceDim(SymbolicSize::ofDim(op.getSource(), dim), *index);
  }
  FailureOr<DigitMap> map = builder.build(op.getSource(), reason);
  return success(succeeded(map) && succeeded(map->applyTo(layout, reason)));
}

//===----------------------------------------------------------------------===//
// Ops that move nothing
//===----------------------------------------------------------------------===//

static bool isZero(OpFoldResult value) { return isConstantIntValue(value, 0); }
static bool isOne(OpFoldResult value) { return isConstantIntValue(value, 1); }

bool mlir::ditto::isWhole(tensor::ExtractSliceOp op) {
  if (!llvm::all_of(op.getMixedOffsets(), isZero) ||
      !llvm::all_of(op.getMixedStrides(), isOne))
    return false;
  for (auto [dim, size] : llvm::enumerate(op.getMixedSizes()))
    if (SymbolicSize::of(size) != SymbolicSize::ofDim(op.getSource(), dim))
      return false;
  return true;
}

bool mlir::ditto::addsNothing(tensor::PadOp op) {
  // Upstream's verifier does not count the values.
  auto areGiven = [](ArrayRef<int64_t> numbers, ValueRange values) {
    return size_t(llvm::count_if(numbers, ShapedType::isDynamic)) ==
           values.size();
  };
  return areGiven(op.getStaticLow(), op.getLow()) &&
         areGiven(op.getStaticHigh(), op.getHigh()) &&
         llvm::all_of(op.getMixedLowPad(), isZero) &&
         llvm::all_of(op.getMixedHighPad(), isZero);
}

LogicalResult mlir::ditto::applyWholeSlice(DigitLayout &layout,
                                           tensor::ExtractSliceOp op) {
  SmallVector<DigitList> lists;
  llvm::SmallBitVector dropped = op.getDroppedDims();
  for (auto [dim, list] : llvm::enumerate(layout.getResultDims()))
    if (!dropped[dim])
      lists.push_back(list);
  layout.setResultDims(std::move(lists));
  return success();
}
