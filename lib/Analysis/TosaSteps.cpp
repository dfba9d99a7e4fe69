//===- TosaSteps.cpp - Steps of a digit layout for TOSA -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DistributeDigits.h"
#include "LoopNest.h"
#include "MovementSteps.h"
#include "Neutral.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::ditto;

Value mlir::ditto::getMovedTosaValue(Operation *op, std::string &reason) {
  Value moved =
      TypeSwitch<Operation *, Value>(op)
          .Case<tosa::ReshapeOp, tosa::TransposeOp, tosa::TileOp>(
              [](auto op) { return op.getInput1(); })
          .Case([](tosa::GatherOp gather) { return gather.getValues(); })
          .Default([](Operation *op) { return getNeutralOperand(op); });
  if (!moved)
    reason = ("expected a movement op, but found '" +
              op->getName().getStringRef() + "'")
                 .str();
  return moved;
}

static LogicalResult applyTranspose(DigitLayout &layout, tosa::TransposeOp op) {
  SmallVector<DigitList> lists;
  for (int32_t dim : op.getPerms())
    lists.push_back(layout.getResultDims()[dim]);
  layout.setResultDims(std::move(lists));
  return success();
}

/// Counts go outermost.
static LogicalResult applyTile(DigitLayout &layout, tosa::TileOp op,
                               std::string &reason) {
  SmallVector<int64_t> multiples;
  if (failed(op.getConstantMultiples(multiples)) ||
      llvm::any_of(multiples, [](int64_t multiple) { return multiple < 0; }))
    return fail(reason, "expected constant multiples that are not negative");
  SmallVector<DigitList> lists;
  for (auto [list, multiple] :
       llvm::zip_equal(layout.getResultDims(), multiples)) {
    DigitList &tiled =
        lists.emplace_back(layout.addCount(SymbolicSize(multiple)));
    llvm::append_range(tiled, list);
  }
  layout.setResultDims(std::move(lists));
  return success();
}

/// A constant index of some dimension, the other ones in order:
///
///   r[n, w, c] = x[n, index[n, w], c]
static LogicalResult applyTosaGather(DigitLayout &layout, tosa::GatherOp op,
                                     std::string &reason) {
  auto type = dyn_cast<RankedTensorType>(op.getResult().getType());
  if (!type || !isa<RankedTensorType>(op.getIndices().getType()))
    return fail(reason, "expected ranked tensors");
  SmallVector<SymbolicSize> extents;
  for (int64_t dim : {0, 1, 2})
    extents.push_back(SymbolicSize::ofDim(op.getResult(), dim));
  LoopNest nest(op, extents);
  Evaluator evaluator;
  const ConstantTensor *indices = evaluator.getTensor(op.getIndices());
  if (!indices)
    return fail(reason, "expected constant indices");
  FailureOr<IndexSum> index = nest.read(
      {0, 1},
      [&](ArrayRef<int64_t> at) -> std::optional<int64_t> {
        auto element =
            dyn_cast_or_null<IntegerAttr>(indices->at(at.take_front(2)));
        return element ? std::optional(element.getInt()) : std::nullopt;
      },
      reason);
  if (failed(index))
    return failure();
  DigitMapBuilder builder(extents);
  for (unsigned dim : {0, 1, 2})
    builder.addResultDim(extents[dim], builder.getWhole(dim));
  builder.addSourceDim(extents[0], builder.getWhole(0));
  builder.addSourceDim(SymbolicSize::ofDim(op.getValues(), 1), *index);
  builder.addSourceDim(extents[2], builder.getWhole(2));
  FailureOr<DigitMap> map = builder.build(op.getValues(), reason);
  return success(succeeded(map) && succeeded(map->applyTo(layout, reason)));
}

/// What neutral elementwise ops do is to broadcast unit dimensions.
static LogicalResult applyNeutral(DigitLayout &layout, Operation *op,
                                  std::string &reason) {
  Value result = op->getResult(0);
  auto type = cast<RankedTensorType>(result.getType());
  auto source = cast<RankedTensorType>(getNeutralOperand(op).getType());
  if (source.getRank() != type.getRank())
    return fail(reason, "expected operands of one rank");
  SmallVector<DigitList> lists(layout.getResultDims());
  for (auto [dim, list] : llvm::enumerate(lists)) {
    SymbolicSize size = SymbolicSize::ofDim(result, dim);
    if (source.getDimSize(dim) == 1)
      list = layout.addCount(size);
    else if (source.isDynamicDim(dim) &&
             size != SymbolicSize::ofDim(getNeutralOperand(op), dim))
      return fail(reason, "expected extents that are known to be equal");
  }
  layout.setResultDims(std::move(lists));
  return success();
}

LogicalResult mlir::ditto::applyTosa(DigitLayout &layout, Operation *op,
                                     std::string &reason) {
  return TypeSwitch<Operation *, LogicalResult>(op)
      .Case([&](tosa::ReshapeOp reshape) {
        return reshapeDigits(layout, reshape->getResult(0), reason);
      })
      .Case([&](tosa::TransposeOp transpose) {
        return applyTranspose(layout, transpose);
      })
      .Case([&](tosa::TileOp tile) { return applyTile(layout, tile, reason); })
      .Case([&](tosa::GatherOp gather) {
        return applyTosaGather(layout, gather, reason);
      })
      .Default([&](Operation *) { return applyNeutral(layout, op, reason); });
}
