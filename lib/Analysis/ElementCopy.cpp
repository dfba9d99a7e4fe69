//===- ElementCopy.cpp - linalg ops that copy elements --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementCopy.h"

#include "ditto/Analysis/SymbolicSize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mlir::ditto;

/// Fails with a reason.
static LogicalResult fail(std::string &reason, const Twine &why) {
  reason = why.str();
  return failure();
}

//===----------------------------------------------------------------------===//
// Copies of an input
//===----------------------------------------------------------------------===//

/// Reads the input's indexing map; its body only yields the input's element.
static LogicalResult readInput(linalg::LinalgOp op, ElementCopy &copy,
                               std::string &reason) {
  if (!llvm::hasSingleElement(*op.getBlock()))
    return fail(reason, "expected a body that only yields the input's element");
  copy.source = op.getDpsInputOperand(0)->get();
  if (!isa<RankedTensorType>(copy.source.getType()))
    return fail(reason, "expected a tensor as input, but found a scalar");
  AffineMap map = op.getIndexingMapsArray()[0];
  if (!map.isProjectedPermutation(/*allowZeroInResults=*/true))
    return fail(reason,
                "expected an input map that permutes and skips dimensions");
  for (AffineExpr expr : map.getResults()) {
    auto loop = dyn_cast<AffineDimExpr>(expr);
    copy.loopOfSourceDim.push_back(
        loop ? std::optional<unsigned>(loop.getPosition()) : std::nullopt);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Copies by tensor.extract
//===----------------------------------------------------------------------===//

/// The extent that loop `loop` runs over.
static SymbolicSize getLoopExtent(linalg::LinalgOp op, const ElementCopy &copy,
                                  unsigned loop) {
  auto *it = llvm::find(copy.loopOfResultDim, loop);
  return SymbolicSize::ofDim(op->getResult(0),
                             it - copy.loopOfResultDim.begin());
}

/// The loop whose index `index` is. A broadcast that leaves it to run time
/// whether a dimension has extent 1 says
///
///   %is1 = arith.cmpi eq, %size, %c1
///   %i = arith.select %is1, %c0, %index
///
/// which is %index where the loop's extent is %size: 1 means that %index is 0.
static std::optional<unsigned> getLoop(linalg::LinalgOp op,
                                       const ElementCopy &copy, Value index) {
  if (auto loop = index.getDefiningOp<linalg::IndexOp>())
    if (loop->getBlock() == op.getBlock())
      return loop.getDim();
  auto select = index.getDefiningOp<arith::SelectOp>();
  if (!select || !matchPattern(select.getTrueValue(), m_Zero()))
    return std::nullopt;
  auto isOne = select.getCondition().getDefiningOp<arith::CmpIOp>();
  auto loop = select.getFalseValue().getDefiningOp<linalg::IndexOp>();
  if (!isOne || !loop || loop->getBlock() != op.getBlock() ||
      isOne.getPredicate() != arith::CmpIPredicate::eq ||
      !isOne.getLhs().getType().isIndex() ||
      !matchPattern(isOne.getRhs(), m_One()))
    return std::nullopt;
  if (SymbolicSize::of(isOne.getLhs()) !=
      getLoopExtent(op, copy, loop.getDim()))
    return std::nullopt;
  return loop.getDim();
}

/// Reads the indices of the body's tensor.extract.
static LogicalResult readExtract(linalg::LinalgOp op, ElementCopy &copy,
                                 std::string &reason) {
  Block *body = op.getBlock();
  auto extract =
      body->getTerminator()->getOperand(0).getDefiningOp<tensor::ExtractOp>();
  if (!extract || extract->getBlock() != body)
    return fail(reason, "expected a body that yields an element of a tensor");
  if (!llvm::all_of(body->without_terminator(), [](Operation &inner) {
        return isMemoryEffectFree(&inner);
      }))
    return fail(reason, "expected a body without side effects");
  copy.source = extract.getTensor();
  if (op->isAncestor(copy.source.getParentBlock()->getParentOp()))
    return fail(reason, "expected a tensor from outside of the body");
  llvm::SmallDenseSet<unsigned> used;
  for (auto [dim, index] : llvm::enumerate(extract.getIndices())) {
    SymbolicSize extent = SymbolicSize::ofDim(copy.source, dim);
    if (isConstantIntValue(index, 0)) {
      copy.loopOfSourceDim.push_back(std::nullopt);
      continue;
    }
    std::optional<unsigned> loop = getLoop(op, copy, index);
    if (!loop || !used.insert(*loop).second)
      return fail(reason, "expected each index to be 0 or a loop's own index");
    // Only then does the loop walk along the whole dimension.
    if (getLoopExtent(op, copy, *loop) != extent)
      return fail(reason, "expected extents that are known to be equal");
    copy.loopOfSourceDim.push_back(loop);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Both
//===----------------------------------------------------------------------===//

FailureOr<ElementCopy> mlir::ditto::getElementCopy(linalg::LinalgOp op,
                                                   std::string &reason) {
  if (!op.hasPureTensorSemantics() || op.getNumDpsInits() != 1 ||
      op.getNumDpsInputs() > 1)
    return fail(reason, "expected at most one input and one result, tensors");
  AffineMap resultMap = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (op.getNumParallelLoops() != op.getNumLoops() ||
      !resultMap.isPermutation())
    return fail(reason, "expected each result element to be written once");
  ElementCopy copy;
  for (AffineExpr expr : resultMap.getResults())
    copy.loopOfResultDim.push_back(cast<AffineDimExpr>(expr).getPosition());
  bool yieldsInput = op.getNumDpsInputs() == 1 &&
                     op.getBlock()->getTerminator()->getOperand(0) ==
                         op.getBlock()->getArgument(0);
  if (failed(yieldsInput ? readInput(op, copy, reason)
                         : readExtract(op, copy, reason)))
    return failure();
  return copy;
}
