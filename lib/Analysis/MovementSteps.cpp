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

#include "DistributeDigits.h"
#include "ElementCopy.h"
#include "ditto/Analysis/DigitLayout.h"
#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
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
      .Case([&](linalg::LinalgOp op) {
        FailureOr<ElementCopy> copy = getElementCopy(op, reason);
        return succeeded(copy) ? copy->source : Value();
      })
      .Default([&](Operation *) -> Value {
        reason = ("expected a movement op, but found '" +
                  op->getName().getStringRef() + "'")
                     .str();
        return {};
      });
}

//===----------------------------------------------------------------------===//
// The steps
//===----------------------------------------------------------------------===//

/// The loops of a linalg op walk along all operands alike: an input's dimension
/// is as long as the result's that has its loop.
static void assumeLoopsAgree(DigitLayout &layout, linalg::LinalgOp op,
                             const ElementCopy &copy) {
  Value result = op->getResult(0);
  for (OpOperand *input : op.getDpsInputOperands()) {
    if (input->get() != copy.source)
      continue;
    AffineMap map = op.getMatchingIndexingMap(input);
    for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
      auto loop = dyn_cast<AffineDimExpr>(expr);
      auto product = layout.getProduct(layout.getResultDims()[dim]);
      if (!loop || !product)
        continue;
      auto *it = llvm::find(copy.loopOfResultDim, loop.getPosition());
      layout.assumeEqual(
          *product,
          SymbolicSize::ofDim(result, it - copy.loopOfResultDim.begin()));
    }
  }
}

/// A result dimension that no source dimension is walked along with is a count;
/// a dimension read at the constant 0 must have no digits to lose.
static LogicalResult applyCopy(DigitLayout &layout, linalg::LinalgOp op,
                               std::string &reason) {
  FailureOr<ElementCopy> copy = getElementCopy(op, reason);
  if (failed(copy))
    return failure();
  assumeLoopsAgree(layout, op, *copy);
  ArrayRef<DigitList> source = layout.getResultDims();
  SmallVector<std::optional<unsigned>> sourceOfLoop(op.getNumLoops());
  for (auto [dim, loop] : llvm::enumerate(copy->loopOfSourceDim)) {
    if (loop) {
      sourceOfLoop[*loop] = dim;
    } else if (!source[dim].empty()) {
      reason = "expected the constant index 0 in a dimension of extent 1 only";
      return failure();
    }
  }
  SmallVector<DigitList> lists;
  Value result = op->getResult(0);
  for (auto [dim, loop] : llvm::enumerate(copy->loopOfResultDim)) {
    if (std::optional<unsigned> from = sourceOfLoop[loop])
      lists.push_back(source[*from]);
    else
      lists.push_back(layout.addCount(SymbolicSize::ofDim(result, dim)));
  }
  layout.setResultDims(std::move(lists));
  return success();
}

/// A group's lists are joined.
static LogicalResult applyCollapse(DigitLayout &layout,
                                   tensor::CollapseShapeOp op) {
  SmallVector<DigitList> lists;
  for (ReassociationIndicesRef group : op.getReassociationIndices()) {
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
  auto groups = op.getReassociationIndices();
  for (auto [dim, group] : llvm::enumerate(groups)) {
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

LogicalResult DigitLayout::apply(Operation *op, std::string &reason) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!type || type.getEncoding()) {
    reason = "expected a ranked tensor without encoding as result";
    return failure();
  }
  return TypeSwitch<Operation *, LogicalResult>(op)
      .Case([&](tensor::CollapseShapeOp collapse) {
        return applyCollapse(*this, collapse);
      })
      .Case([&](tensor::ExpandShapeOp expand) {
        return applyExpand(*this, expand, reason);
      })
      .Case([&](tensor::ReshapeOp reshape) {
        return reshapeDigits(*this, reshape->getResult(0), reason);
      })
      // A cast moves nothing: it only forgets or learns static extents.
      .Case([&](tensor::CastOp) { return success(); })
      .Case([&](RepeatOp repeat) { return applyRepeat(*this, repeat); })
      .Case([&](RepeatInterleaveOp repeat) {
        return applyInterleave(*this, repeat);
      })
      .Case(
          [&](linalg::LinalgOp copy) { return applyCopy(*this, copy, reason); })
      .Default([&](Operation *) {
        reason = "expected a movement op";
        return failure();
      });
}
