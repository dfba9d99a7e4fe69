//===- AlignContractions.cpp - Operands that vectors can walk along -------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/Support/MathExtras.h"

#include <limits>

namespace mlir::ditto {
#define GEN_PASS_DEF_ALIGNCONTRACTIONSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

namespace {

/// The place of loop `loop` among the dimensions of an operand, if it is not
/// the last one: vectors along the loop would be gathered element by element.
std::optional<unsigned> getMisplacedDim(AffineMap map, unsigned loop) {
  for (unsigned dim = 0; dim + 1 < map.getNumResults(); ++dim)
    if (map.getResult(dim).isFunctionOfDim(loop))
      return dim;
  return std::nullopt;
}

/// How often an element of the operand with `map` is used; the largest number
/// if that is not known.
int64_t countUses(linalg::LinalgOp op, AffineMap map) {
  constexpr int64_t most = std::numeric_limits<int64_t>::max();
  int64_t uses = 1;
  for (auto [loop, extent] : llvm::enumerate(op.getStaticLoopRanges()))
    if (!map.isFunctionOfDim(loop) && (ShapedType::isDynamic(extent) ||
                                       llvm::MulOverflow(uses, extent, uses)))
      return most;
  return uses;
}

/// %s = linalg.batch_matmul indexing_maps = [(b, m, k), (b, n, k), (b, m, n)]
///     ins(%q, %k)
///   ->
/// %t = linalg.transpose ins(%k) permutation = [0, 2, 1]
/// %s = linalg.batch_matmul ins(%q, %t)
/// The transpose is a pass over %k, and all the rows of %q profit from it.
void alignOperand(RewriterBase &rewriter, linalg::LinalgOp op,
                  OpOperand &operand, unsigned dim) {
  rewriter.setInsertionPoint(op);
  Location loc = op.getLoc();
  AffineMap map = op.getMatchingIndexingMap(&operand);
  auto order = llvm::to_vector(llvm::seq<int64_t>(0, map.getNumResults()));
  order.erase(order.begin() + dim);
  order.push_back(dim);
  SmallVector<OpFoldResult> sizes =
      tensor::getMixedSizes(rewriter, loc, operand.get());
  Value init =
      tensor::EmptyOp::create(rewriter, loc, applyPermutation(sizes, order),
                              getElementTypeOrSelf(operand.get().getType()));
  Value transposed =
      linalg::TransposeOp::create(rewriter, loc, operand.get(), init, order)
          ->getResult(0);
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  SmallVector<AffineExpr> exprs(map.getResults());
  applyPermutationToVector(exprs, order);
  maps[operand.getOperandNumber()] =
      AffineMap::get(map.getNumDims(), 0, exprs, rewriter.getContext());
  rewriter.modifyOpInPlace(op, [&] {
    operand.set(transposed);
    op->setAttr("indexing_maps", rewriter.getAffineMapArrayAttr(maps));
  });
}

struct AlignContractionsPass
    : public ditto::impl::AlignContractionsPassBase<AlignContractionsPass> {
  using AlignContractionsPassBase::AlignContractionsPassBase;

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    getOperation().walk([&](linalg::LinalgOp op) {
      // The ops whose maps are an attribute.
      if (isa<linalg::MatmulOp, linalg::BatchMatmulOp, linalg::ContractOp,
              linalg::GenericOp>(op.getOperation()) &&
          op.hasPureTensorSemantics() && linalg::isaContractionOpInterface(op))
        align(rewriter, op);
    });
  }

private:
  void align(RewriterBase &rewriter, linalg::LinalgOp op) {
    AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
    if (result.getNumResults() == 0)
      return;
    unsigned vectorLoop = result.getDimPosition(result.getNumResults() - 1);
    for (OpOperand *operand : op.getDpsInputOperands()) {
      AffineMap map = op.getMatchingIndexingMap(operand);
      std::optional<unsigned> dim = getMisplacedDim(map, vectorLoop);
      if (dim && countUses(op, map) >= minUses)
        alignOperand(rewriter, op, *operand, *dim);
    }
  }
};

} // namespace
