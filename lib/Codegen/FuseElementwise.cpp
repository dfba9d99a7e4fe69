//===- FuseElementwise.cpp - Fewer passes over the same elements ---------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Copies.h"

#include "ditto/Analysis/ReshapeGroups.h"
#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_FUSEELEMENTWISEPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

/// Whether each element of `operand` is computed once if its producer moves
/// into its consumer: nobody else reads it, and the consumer reads it in one
/// turn of its loops. That leaves contractions and broadcasts as they are.
static bool isReadOnce(linalg::LinalgOp consumer, OpOperand *operand) {
  return operand->get().hasOneUse() &&
         consumer.getMatchingIndexingMap(operand).isPermutation();
}

/// Whether the last dimension of `op`'s operand is the last of its result too,
/// or not repeated along it.
static bool keepsLastDim(linalg::GenericOp op) {
  AffineMap read = op.getMatchingIndexingMap(op.getDpsInputOperand(0));
  AffineMap written = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (read.getNumResults() == 0 || written.getNumResults() == 0)
    return true;
  AffineExpr last = read.getResults().back();
  return last == written.getResults().back() || !isa<AffineDimExpr>(last) ||
         !read.isFunctionOfDim(
             cast<AffineDimExpr>(written.getResults().back()).getPosition());
}

static bool isWorthFusing(OpOperand *operand) {
  auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
  auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
  if (!consumer || !producer)
    return false;
  // A producer that checks something stays, and its reader would check again.
  if (!isMemoryEffectFree(producer))
    return false;
  if (ditto::isCopy(producer) &&
      producer.getMatchingIndexingMap(producer.getDpsInitOperand(0))
          .isPermutation())
    return linalg::isaContractionOpInterface(consumer) ||
           keepsLastDim(producer);
  return isReadOnce(consumer, operand);
}

/// Gives ops indexing maps that fusion can change.
static void generalize(FunctionOpInterface function, IRRewriter &rewriter) {
  SmallVector<linalg::LinalgOp> ops;
  function.walk([&](linalg::LinalgOp op) {
    bool isElementwise =
        op.getNumReductionLoops() == 0 && !isa<linalg::FillOp>(op);
    if (!isa<linalg::GenericOp>(op) && op.hasPureTensorSemantics() &&
        (isElementwise || linalg::isaContractionOpInterface(op)))
      ops.push_back(op);
  });
  for (linalg::LinalgOp op : ops) {
    rewriter.setInsertionPoint(op);
    (void)linalg::generalizeNamedOp(rewriter, op);
  }
}

/// Whether moving `reshape`, of the operand or the result of `op` with `map`,
/// to the other side of `op` by splitting loops of `op` is of use. Splitting
/// off loops of one turn is not, and reductions and the columns of a
/// contraction stay whole: vectors run along them.
template <typename ReshapeOp>
static bool isWorthSplitting(linalg::LinalgOp op, AffineMap map,
                             ReshapeOp reshape) {
  auto expanded = isa<tensor::ExpandShapeOp>(reshape.getOperation())
                      ? reshape.getResultType()
                      : reshape.getSrcType();
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  bool splits = false;
  for (auto [expr, group] :
       llvm::zip_equal(map.getResults(), ditto::getReshapeGroups(reshape))) {
    if (llvm::count_if(group, [&](int64_t dim) {
          return expanded.getDimSize(dim) != 1;
        }) < 2)
      continue;
    splits = true;
    auto dim = dyn_cast<AffineDimExpr>(expr);
    if (op.getNumReductionLoops() != 0 &&
        (!dim || !result.isFunctionOfDim(dim.getPosition()) ||
         (result.getResults().back() == expr &&
          linalg::isaContractionOpInterface(op))))
      return false;
  }
  return splits;
}

/// `operand` is that of an op, of a collapsed tensor, or that of an expansion,
/// of an op's result.
static bool isReshapeWorthMoving(OpOperand *operand) {
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(operand->getOwner())) {
    auto producer = operand->get().getDefiningOp<linalg::LinalgOp>();
    return producer && isWorthSplitting(producer,
                                        producer.getIndexingMapMatchingResult(
                                            cast<OpResult>(operand->get())),
                                        expand);
  }
  auto consumer = dyn_cast<linalg::LinalgOp>(operand->getOwner());
  auto collapse = operand->get().getDefiningOp<tensor::CollapseShapeOp>();
  return consumer && collapse &&
         isWorthSplitting(consumer, consumer.getMatchingIndexingMap(operand),
                          collapse);
}

namespace {

struct FuseElementwisePass
    : public ditto::impl::FuseElementwisePassBase<FuseElementwisePass> {
  using FuseElementwisePassBase::FuseElementwisePassBase;

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    generalize(getOperation(), rewriter);
    RewritePatternSet patterns(&getContext());
    linalg::populateElementwiseOpsFusionPatterns(patterns, isWorthFusing);
    linalg::populateFoldReshapeOpsByExpansionPatterns(patterns,
                                                      isReshapeWorthMoving);
    linalg::populateEraseUnusedOperandsAndResultsPatterns(patterns);
    tensor::populateReassociativeReshapeFoldingPatterns(patterns);
    tensor::populateFoldTensorEmptyPatterns(patterns);
    linalg::FillOp::getCanonicalizationPatterns(patterns, &getContext());
    tensor::ExpandShapeOp::getCanonicalizationPatterns(patterns, &getContext());
    tensor::CollapseShapeOp::getCanonicalizationPatterns(patterns,
                                                         &getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
