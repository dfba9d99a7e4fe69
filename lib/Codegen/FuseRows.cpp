//===- FuseRows.cpp - Compute rows of a product where they are used -===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Attention multiplies twice, and what is between is as large as the sequence
// squared:
//
//   S = Q * K^T;  P = softmax(S + mask);  O = P * V
//   ->
//   forall head, block of rows
//     s = Q[rows] * K^T;  p = softmax(s + mask[rows]);  O[rows] = p * V
//
// What an op does with each element of O, such as to round it, it does with a
// block of rows too.
//
// Each element is computed once, by the same operations as before.
//
//===----------------------------------------------------------------------===//

#include "Remarks.h"

#include "ditto/Codegen/Passes.h"
#include "ditto/Codegen/TargetModel.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

#include <set>

namespace mlir::ditto {
#define GEN_PASS_DEF_FUSEROWSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;
using linalg::LinalgOp;

namespace {

/// The ops that compute the rows of a product's operand, up to another product.
class RowChain {
public:
  explicit RowChain(LinalgOp root) : root(root) {}

  /// Fails if there is no other product in the chain.
  LogicalResult collect();
  bool contains(Operation *op) const { return loops.contains(op); }
  /// How many ops compute what the last op reads.
  unsigned getNumProducers() const { return loops.size() - (reader ? 0 : 1); }
  /// The root, or the only op that reads it if that has the same rows.
  LinalgOp getLast() const { return reader ? reader : root; }
  /// Tile sizes for the loops of the last op, 0 for those that stay whole.
  SmallVector<int64_t> chooseTileSizes(const ditto::TargetModel &target);

private:
  bool chooseTiledLoops();
  bool addProducer(LinalgOp op);
  void findReader();

  LinalgOp root, reader;
  /// The loops of the root that are tiled: batches, then rows.
  SmallVector<unsigned> batches, rows;
  /// For each op of the chain, which of its loops is which tiled loop of the
  /// root, in the order of `batches` and `rows`.
  DenseMap<Operation *, SmallVector<unsigned>> loops;
  /// The longest row of an intermediate; dynamic if that is not known.
  int64_t longest = 0;
};

} // namespace

static bool isProduct(LinalgOp op) {
  return linalg::isaContractionOpInterface(op);
}

/// Batches are what both operands depend on, rows what only the first does,
/// that is the one that does not depend on the result's last dimension.
bool RowChain::chooseTiledLoops() {
  AffineMap result = root.getMatchingIndexingMap(root.getDpsInitOperand(0));
  if (result.getNumResults() == 0 || !result.isProjectedPermutation())
    return false;
  unsigned column = result.getDimPosition(result.getNumResults() - 1);
  AffineMap lhs = root.getMatchingIndexingMap(root.getDpsInputOperand(0));
  AffineMap rhs = root.getMatchingIndexingMap(root.getDpsInputOperand(1));
  if (lhs.isFunctionOfDim(column))
    std::swap(lhs, rhs);
  for (AffineExpr expr : result.getResults().drop_back()) {
    unsigned dim = cast<AffineDimExpr>(expr).getPosition();
    if (!lhs.isFunctionOfDim(dim))
      return false;
    (rhs.isFunctionOfDim(dim) ? batches : rows).push_back(dim);
  }
  return !batches.empty() && !rows.empty();
}

/// Upstream's tiling crashes on ops that have nothing to do, and does not end
/// where ops read each other, as in blocks that are never reached.
static bool canBeTiled(LinalgOp op) {
  return !llvm::is_contained(op.getStaticLoopRanges(), 0) &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           Operation *producer = operand.getDefiningOp();
           return !producer || producer->getBlock() != op->getBlock() ||
                  producer->isBeforeInBlock(op);
         });
}

/// Adds `op` if all its readers are in the chain and agree on which of its
/// loops are the tiled ones, all of which it has.
bool RowChain::addProducer(LinalgOp op) {
  if (op->getNumResults() != 1 || !op.hasPureTensorSemantics() ||
      !canBeTiled(op))
    return false;
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!result.isProjectedPermutation())
    return false;
  std::optional<SmallVector<unsigned>> tiled;
  for (OpOperand &use : op->getUses()) {
    auto reader = dyn_cast<LinalgOp>(use.getOwner());
    auto it = loops.find(use.getOwner());
    if (!reader || it == loops.end())
      return false;
    AffineMap map = reader.getMatchingIndexingMap(&use);
    SmallVector<unsigned> mine;
    for (unsigned loop : it->second) {
      std::optional<unsigned> position =
          map.getResultPosition(getAffineDimExpr(loop, op.getContext()));
      if (!position)
        return false;
      mine.push_back(result.getDimPosition(*position));
    }
    if (tiled && *tiled != mine)
      return false;
    tiled = mine;
  }
  if (!tiled)
    return false;
  loops[op] = *tiled;
  for (auto [loop, extent] : llvm::enumerate(op.getStaticLoopRanges()))
    if (op.getNumReductionLoops() == 0 && !llvm::is_contained(*tiled, loop))
      longest = ShapedType::isDynamic(extent) || ShapedType::isDynamic(longest)
                    ? ShapedType::kDynamic
                    : std::max(longest, extent);
  return true;
}

/// y = f(O), element by element, and nothing else reads O.
void RowChain::findReader() {
  auto only =
      root->hasOneUse() ? dyn_cast<LinalgOp>(*root->user_begin()) : LinalgOp();
  if (!only || only->getBlock() != root->getBlock() ||
      !only.hasPureTensorSemantics() || only->getNumResults() != 1 ||
      only.getNumReductionLoops() != 0 || only.hasIndexSemantics() ||
      !canBeTiled(only))
    return;
  OpOperand &use = *root->use_begin();
  if (only.isDpsInit(&use) ||
      !llvm::all_of(only.getIndexingMapsArray(),
                    [](AffineMap map) { return map.isProjectedPermutation(); }))
    return;
  AffineMap result = only.getMatchingIndexingMap(only.getDpsInitOperand(0));
  if (only.getMatchingIndexingMap(&use).isIdentity() && result.isIdentity())
    reader = only;
}

LogicalResult RowChain::collect() {
  if (!isProduct(root) || root->getNumResults() != 1 || !canBeTiled(root) ||
      !chooseTiledLoops())
    return failure();
  SmallVector<unsigned> tiled(batches);
  llvm::append_range(tiled, rows);
  loops[root] = tiled;
  bool foundProduct = false;
  // Last in the block first: readers come after what they read.
  auto isLater = [](Operation *a, Operation *b) {
    return b->isBeforeInBlock(a);
  };
  std::set<Operation *, decltype(isLater)> candidates(isLater);
  auto addCandidates = [&](ValueRange operands) {
    for (Value operand : operands)
      if (auto producer = operand.getDefiningOp<LinalgOp>();
          producer && producer->getBlock() == root->getBlock())
        candidates.insert(producer);
  };
  addCandidates(root->getOperands());
  while (!candidates.empty()) {
    auto producer = cast<LinalgOp>(*candidates.begin());
    candidates.erase(candidates.begin());
    if (!addProducer(producer))
      continue;
    // Two products are enough: what the first one reads is no larger than what
    // it writes, and may be as long a chain as the model.
    foundProduct |= isProduct(producer);
    addCandidates(isProduct(producer) ? ValueRange(producer.getDpsInits())
                                      : producer->getOperands());
  }
  if (foundProduct)
    findReader();
  return success(foundProduct);
}

/// One batch, and as many rows as keep the intermediates in the second cache.
SmallVector<int64_t>
RowChain::chooseTileSizes(const ditto::TargetModel &target) {
  constexpr int64_t fewest = 16, most = 128;
  int64_t budget = most / 2;
  if (ShapedType::isStatic(longest))
    budget = std::clamp<int64_t>(
        llvm::bit_floor(
            uint64_t(target.rowBytes / 4 / std::max<int64_t>(longest, 1))),
        fewest, most);
  SmallVector<int64_t> extents = root.getStaticLoopRanges();
  SmallVector<int64_t> sizes(extents.size(), 0);
  for (unsigned batch : batches)
    sizes[batch] = 1;
  // The group of heads first: its rows share the keys and values.
  for (unsigned row : rows) {
    int64_t extent = extents[row];
    bool isLast = row == rows.back();
    sizes[row] = ShapedType::isDynamic(extent) ? (isLast ? budget : 1)
                                               : std::min(extent, budget);
    budget = std::max<int64_t>(1, budget / std::max<int64_t>(1, sizes[row]));
  }
  if (!reader)
    return sizes;
  // Its loops are the dimensions of the root's result.
  AffineMap result = root.getMatchingIndexingMap(root.getDpsInitOperand(0));
  return llvm::map_to_vector(result.getResults(), [&](AffineExpr expr) {
    return sizes[cast<AffineDimExpr>(expr).getPosition()];
  });
}

namespace {

struct FuseRowsPass : public ditto::impl::FuseRowsPassBase<FuseRowsPass> {
  using FuseRowsPassBase::FuseRowsPassBase;

  void runOnOperation() override {
    ditto::TargetModel target;
    SmallVector<LinalgOp> roots;
    getOperation().walk([&](LinalgOp op) { roots.push_back(op); });
    IRRewriter rewriter(&getContext());
    // Later products first: an earlier one may move into them.
    for (LinalgOp root : llvm::reverse(roots)) {
      RowChain chain(root);
      if (succeeded(chain.collect()))
        tile(rewriter, chain, chain.chooseTileSizes(target));
    }
    // The parts of intermediates that were as large as all rows.
    RewritePatternSet patterns(&getContext());
    tensor::populateFoldTensorEmptyPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }

private:
  void tile(IRRewriter &rewriter, RowChain &chain, ArrayRef<int64_t> sizes) {
    LinalgOp last = chain.getLast();
    scf::SCFTileAndFuseOptions options;
    options.tilingOptions
        .setTileSizes(getAsIndexOpFoldResult(&getContext(), sizes))
        .setLoopType(scf::SCFTilingOptions::LoopType::ForallOp);
    options.setFusionControlFn(
        [&](tensor::ExtractSliceOp, OpResult producer, bool)
            -> std::optional<scf::SCFTileAndFuseOptions::ControlFnResult> {
          if (!chain.contains(producer.getOwner()))
            return std::nullopt;
          return scf::SCFTileAndFuseOptions::ControlFnResult{};
        });
    rewriter.setInsertionPoint(last);
    FailureOr<scf::SCFTileAndFuseResult> result =
        scf::tileConsumerAndFuseProducersUsingSCF(
            rewriter, cast<TilingInterface>(last.getOperation()), options);
    if (failed(result))
      return;
    for (auto [from, to] : result->replacements)
      rewriter.replaceAllUsesWith(from, to);
    ditto::remarkFused(last, chain.getNumProducers(), sizes);
  }
};

} // namespace
