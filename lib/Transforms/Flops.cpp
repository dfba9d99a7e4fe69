//===- Flops.cpp - The arithmetic that ops execute ------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flops.h"

#include "TosaElementwise.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/CastInterfaces.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

/// All operations, if their number is known.
static std::optional<int64_t> getTotal(const LoopWork &work) {
  if (work.flopsPerTurn == 0 || llvm::is_contained(work.extents, 0))
    return 0;
  if (!work.flopsPerTurn)
    return std::nullopt;
  int64_t total = *work.flopsPerTurn;
  for (int64_t extent : work.extents)
    if (ShapedType::isDynamic(extent) ||
        llvm::MulOverflow(total, extent, total))
      return std::nullopt;
  return total;
}

/// Whether `op` computes an element, and does not merely move, convert or
/// address one.
static bool isArithmetic(Operation *op) {
  return op->getNumResults() > 0 && !op->getResult(0).getType().isIndex() &&
         !op->hasTrait<OpTrait::ConstantLike>() &&
         !isa<CastOpInterface, tosa::CastOp>(op) &&
         !isa<linalg::LinalgDialect, tensor::TensorDialect>(op->getDialect());
}

static LoopWork getStructuredWork(linalg::LinalgOp op) {
  LoopWork work{0, op.getStaticLoopRanges()};
  for (Operation &inner : *op.getBlock()) {
    // They may be loops.
    if (inner.getNumRegions() > 0)
      return {std::nullopt, work.extents};
    *work.flopsPerTurn += isArithmetic(&inner);
  }
  return work;
}

LoopWork mlir::ditto::getLoopWork(Operation *op) {
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return getStructuredWork(linalgOp);
  // A multiplication and an addition.
  if (auto matmul = dyn_cast<tosa::MatMulOp>(op)) {
    auto lhs = cast<ShapedType>(matmul.getA().getType());
    auto result = cast<ShapedType>(matmul.getOutput().getType());
    LoopWork work{2, llvm::to_vector(result.getShape())};
    work.extents.push_back(lhs.getDimSize(2));
    return work;
  }
  bool computes =
      (OpTrait::hasElementwiseMappableTraits(op) || isTosaElementwise(op)) &&
      isArithmetic(op);
  auto result = cast<ShapedType>(op->getResult(0).getType());
  return {computes, llvm::to_vector(result.getShape())};
}

FlopChange mlir::ditto::compareFlops(Operation *oldOp, Operation *newOp,
                                     bool sameTurns) {
  LoopWork oldWork = getLoopWork(oldOp), newWork = getLoopWork(newOp);
  FlopChange change;
  change.before = getTotal(oldWork);
  std::optional<int64_t> after = getTotal(newWork);
  if (sameTurns && oldWork.flopsPerTurn &&
      oldWork.flopsPerTurn == newWork.flopsPerTurn)
    change.saved = 0;
  else if (change.before && after)
    change.saved = *change.before - *after;
  return change;
}
