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

namespace {
/// The operations of one turn of some loops, none where they are not known, and
/// the extents of the loops.
struct Work {
  /// All of them, if that is known.
  std::optional<int64_t> getTotal() const;

  std::optional<int64_t> perTurn;
  SmallVector<int64_t> extents;
};
} // namespace

std::optional<int64_t> Work::getTotal() const {
  if (perTurn == 0 || llvm::is_contained(extents, 0))
    return 0;
  if (!perTurn)
    return std::nullopt;
  int64_t total = *perTurn;
  for (int64_t extent : extents)
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

static Work getWork(linalg::LinalgOp op) {
  Work work{0, op.getStaticLoopRanges()};
  for (Operation &inner : *op.getBlock()) {
    // They may be loops.
    if (inner.getNumRegions() > 0)
      return {std::nullopt, work.extents};
    *work.perTurn += isArithmetic(&inner);
  }
  return work;
}

static Work getWork(Operation *op) {
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return getWork(linalgOp);
  // A multiplication and an addition.
  if (auto matmul = dyn_cast<tosa::MatMulOp>(op)) {
    auto lhs = cast<ShapedType>(matmul.getA().getType());
    auto result = cast<ShapedType>(matmul.getOutput().getType());
    Work work{2, llvm::to_vector(result.getShape())};
    work.extents.push_back(lhs.getDimSize(2));
    return work;
  }
  if (!OpTrait::hasElementwiseMappableTraits(op) && !isTosaElementwise(op))
    return {0, {}};
  auto result = cast<ShapedType>(op->getResult(0).getType());
  return {isArithmetic(op), llvm::to_vector(result.getShape())};
}

FlopChange mlir::ditto::compareFlops(Operation *oldOp, Operation *newOp,
                                     bool sameTurns) {
  Work oldWork = getWork(oldOp), newWork = getWork(newOp);
  FlopChange change;
  change.before = oldWork.getTotal();
  std::optional<int64_t> after = newWork.getTotal();
  if (sameTurns && oldWork.perTurn && oldWork.perTurn == newWork.perTurn)
    change.saved = 0;
  else if (change.before && after)
    change.saved = *change.before - *after;
  return change;
}
