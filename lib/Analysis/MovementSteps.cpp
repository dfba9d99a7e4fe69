//===- MovementSteps.cpp - One step of a digit layout per kind of op ------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A new spelling of movement is a new case of getMovedValue and a new step
// here, a few lines each. A step maps the lists of the moved operand's
// dimensions to those of the result's.
//
//===----------------------------------------------------------------------===//

#include "MovementSteps.h"

#include "DistributeDigits.h"
#include "ElementCopy.h"
#include "Pieces.h"
#include "ditto/Analysis/Movement.h"
#include "ditto/Analysis/ReshapeGroups.h"
#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Which ops move
//===----------------------------------------------------------------------===//

Value mlir::ditto::getMovedValue(Operation *op, std::string &reason) {
  return TypeSwitch<Operation *, Value>(op)
      .Case<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(
          [](auto reshape) { return reshape.getSrc(); })
      .Case<tensor::CastOp, tensor::ReshapeOp>(
          [](auto op) { return op.getSource(); })
      .Case([](RepeatOp repeat) { return repeat.getInput(); })
      .Case([&](RepeatInterleaveOp repeat) -> Value {
        if (!repeat.getCountsTensor())
          return repeat.getInput();
        reason = "expected one count for every element";
        return {};
      })
      .Case<linalg::LinalgOp, tensor::GenerateOp>(
          [&](auto op) { return getCopiedValue(op, reason); })
      .Case([](tensor::GatherOp gather) { return gather.getSource(); })
      .Case([&](tensor::ExtractSliceOp slice) -> Value {
        if (isWhole(slice))
          return slice.getSource();
        reason = "expected a slice of the whole tensor";
        return {};
      })
      .Case([&](tensor::PadOp pad) -> Value {
        if (addsNothing(pad))
          return pad.getSource();
        reason = "expected padding by nothing";
        return {};
      })
      .Default([&](Operation *) -> Value {
        if (writesPieces(op))
          return getMovedPieceValue(op, reason);
        if (isa<tosa::TosaDialect>(op->getDialect()))
          return getMovedTosaValue(op, reason);
        reason = ("expected a movement op, but found '" +
                  op->getName().getStringRef() + "'")
                     .str();
        return {};
      });
}

//===----------------------------------------------------------------------===//
// The steps
//===----------------------------------------------------------------------===//

/// Loops that the source is not walked along with are counts.
static LogicalResult applyCopy(DigitLayout &layout, FailureOr<DigitMap> copy,
                               std::string &reason) {
  return success(succeeded(copy) && succeeded(copy->applyTo(layout, reason)));
}

/// A group's lists are joined.
static LogicalResult applyCollapse(DigitLayout &layout,
                                   tensor::CollapseShapeOp op) {
  SmallVector<DigitList> lists;
  for (ReassociationIndicesRef group : getReshapeGroups(op)) {
    DigitList &joined = lists.emplace_back();
    for (int64_t dim : group)
      llvm::append_range(joined, layout.getResultDims()[dim]);
  }
  layout.setResultDims(std::move(lists));
  return success();
}

/// A group splits the list of its source dimension.
static LogicalResult applyExpand(DigitLayout &layout, tensor::ExpandShapeOp op,
                                 std::string &reason) {
  SmallVector<DigitList> lists;
  for (auto [dim, group] : llvm::enumerate(getReshapeGroups(op))) {
    SmallVector<SymbolicSize> targets;
    for (int64_t result : group)
      targets.push_back(SymbolicSize::ofDim(op.getResult(), result));
    auto split = distributeDigits(layout, dim, targets, reason, op);
    if (failed(split))
      return failure();
    llvm::append_range(lists, *split);
  }
  // A tensor of rank 0 expands into unit dimensions only.
  lists.resize(op.getResultType().getRank());
  layout.setResultDims(std::move(lists));
  return success();
}

/// Counts go outermost; dimensions that the operand lacks are counts alone.
static LogicalResult applyRepeat(DigitLayout &layout, RepeatOp op) {
  SmallVector<DigitList> lists;
  for (auto [dim, count] : llvm::enumerate(op.getMixedCounts())) {
    DigitList &list = lists.emplace_back();
    llvm::append_range(list, layout.addCount(SymbolicSize::of(count)));
    int64_t source = static_cast<int64_t>(dim) - op.getNumNewDims();
    if (source >= 0)
      llvm::append_range(list, layout.getResultDims()[source]);
  }
  layout.setResultDims(std::move(lists));
  return success();
}

/// The count goes innermost; without `dim` all lists are joined first.
static LogicalResult applyInterleave(DigitLayout &layout,
                                     RepeatInterleaveOp op) {
  SmallVector<DigitList> lists(layout.getResultDims());
  if (op.isFlattened()) {
    DigitList joined;
    for (const DigitList &list : lists)
      llvm::append_range(joined, list);
    lists.assign({joined});
  }
  llvm::append_range(lists[op.getResultDim()],
                     layout.addCount(SymbolicSize::of(op.getMixedCount())));
  layout.setResultDims(std::move(lists));
  return success();
}

/// Whether the digits contradict an extent of the type: some verifiers accept
/// results that their op cannot have.
static bool contradicts(const DigitLayout &layout, RankedTensorType type) {
  if (type.getRank() != int64_t(layout.getResultDims().size()))
    return true;
  for (auto [list, extent] :
       llvm::zip_equal(layout.getResultDims(), type.getShape())) {
    FailureOr<int64_t> product = getStaticExtent(layout, list);
    if (failed(product) ||
        (!ShapedType::isDynamic(*product) && !ShapedType::isDynamic(extent) &&
         *product != extent))
      return true;
  }
  return false;
}

static LogicalResult applyStep(DigitLayout &layout, Operation *op,
                               std::string &reason) {
  return TypeSwitch<Operation *, LogicalResult>(op)
      .Case([&](tensor::CollapseShapeOp collapse) {
        return applyCollapse(layout, collapse);
      })
      .Case([&](tensor::ExpandShapeOp expand) {
        return applyExpand(layout, expand, reason);
      })
      .Case([&](tensor::ReshapeOp reshape) {
        return reshapeDigits(layout, reshape->getResult(0), reason);
      })
      // A cast moves nothing: it only forgets or learns static extents.
      .Case<tensor::CastOp, tensor::PadOp>([&](auto) { return success(); })
      .Case([&](tensor::ExtractSliceOp slice) {
        return applyWholeSlice(layout, slice);
      })
      .Case([&](tensor::GatherOp gather) {
        return applyGather(layout, gather, reason);
      })
      .Case([&](RepeatOp repeat) { return applyRepeat(layout, repeat); })
      .Case([&](RepeatInterleaveOp repeat) {
        return applyInterleave(layout, repeat);
      })
      .Case<linalg::LinalgOp, tensor::GenerateOp>([&](auto copy) {
        return applyCopy(layout, getElementCopy(copy, reason), reason);
      })
      .Default([&](Operation *) {
        if (writesPieces(op))
          return applyPieces(layout, op, reason);
        return isa<tosa::TosaDialect>(op->getDialect())
                   ? applyTosa(layout, op, reason)
                   : fail(reason, "expected a movement op");
      });
}

LogicalResult DigitLayout::apply(Operation *op, std::string &reason) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!type || type.getEncoding()) {
    reason = "expected a ranked tensor without encoding as result";
    return failure();
  }
  if (failed(applyStep(*this, op, reason)))
    return failure();
  if (contradicts(*this, type))
    return fail(reason, "expected extents that the result type has");
  return success();
}
