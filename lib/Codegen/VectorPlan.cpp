//===- VectorPlan.cpp - Which loops of a linalg op become vectors ---------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VectorPlan.h"

#include "PairProducts.h"
#include "StorageView.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

namespace {

/// Whether `map`'s last result is dimension `dim` itself and no other depends
/// on it: an operand accessed so is walked along its last dimension.
bool isLastResult(AffineMap map, unsigned dim) {
  if (map.getNumResults() == 0)
    return false;
  auto last = dyn_cast<AffineDimExpr>(map.getResults().back());
  return last && last.getPosition() == dim &&
         !map.dropResults(map.getNumResults() - 1).isFunctionOfDim(dim);
}

/// Builds a plan step by step; each step fails with a reason.
class Planner {
public:
  Planner(LinalgOp op, const TargetModel &target, bool reassociate,
          RewriterBase &rewriter)
      : op(op), target(target), reassociate(reassociate), rewriter(rewriter) {}

  FailureOr<VectorPlan> run();

private:
  LogicalResult checkOp();
  LogicalResult chooseLanesOfResults();
  LogicalResult chooseLanesOfReduction();
  LogicalResult checkResults();
  LogicalResult matchCombiners();
  LogicalResult classifyOperands();
  LogicalResult checkBody();
  bool isMovement();
  bool loadsRow(memref::LoadOp load);
  LogicalResult checkBodyOp(Operation &bodyOp);
  LogicalResult checkLane(Type type);
  void chooseLoops();
  bool isShared(unsigned dim);
  std::optional<InterleavedPairs> findPairs();

  bool isLane(Value value) {
    if (auto argument = dyn_cast<BlockArgument>(value))
      return argument.getOwner() == op.getBlock() &&
             plan.advances[argument.getArgNumber()];
    return plan.laneOps.contains(value.getDefiningOp());
  }

  LinalgOp op;
  const TargetModel &target;
  bool reassociate;
  RewriterBase &rewriter;
  VectorPlan plan;
};

FailureOr<VectorPlan> Planner::run() {
  if (failed(checkOp()) || failed(checkResults()))
    return failure();
  auto tryLanes = [&](LogicalResult (Planner::*choose)()) {
    plan = VectorPlan();
    return succeeded((this->*choose)()) && succeeded(classifyOperands()) &&
           succeeded(checkBody());
  };
  if (!tryLanes(&Planner::chooseLanesOfResults) &&
      !tryLanes(&Planner::chooseLanesOfReduction))
    return failure();
  chooseLoops();
  return plan;
}

LogicalResult Planner::checkOp() {
  if (!op.hasPureBufferSemantics())
    return rewriter.notifyMatchFailure(op, "not on buffers");
  if (op.getNumDpsInits() == 0)
    return rewriter.notifyMatchFailure(op, "no results");
  for (Value operand : op->getOperands())
    if (auto type = dyn_cast<MemRefType>(operand.getType());
        type && !type.isStrided())
      return rewriter.notifyMatchFailure(op, "an operand is not strided");
  return success();
}

/// Each result element belongs to one point of the parallel dimensions:
/// (d0, d1) or (d0, 0, d1).
LogicalResult Planner::checkResults() {
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  for (OpOperand &init : op.getDpsInitsMutable()) {
    AffineMap map = op.getMatchingIndexingMap(&init);
    if (!map.isProjectedPermutation(/*allowZeroInResults=*/true))
      return rewriter.notifyMatchFailure(
          op, "a result is not indexed by the parallel dimensions");
    for (unsigned dim = 0, e = op.getNumLoops(); dim < e; ++dim)
      if (map.isFunctionOfDim(dim) !=
          (iterators[dim] == utils::IteratorType::parallel))
        return rewriter.notifyMatchFailure(
            op, "a result is not indexed by the parallel dimensions");
  }
  return success();
}

LogicalResult Planner::chooseLanesOfResults() {
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (result.getNumResults() == 0 ||
      !isa<AffineDimExpr>(result.getResults().back()))
    return rewriter.notifyMatchFailure(op, "no dimension to vectorise");
  plan.vectorDim =
      cast<AffineDimExpr>(result.getResults().back()).getPosition();
  if (op.getStaticLoopRanges()[plan.vectorDim] == 1 && op.getNumLoops() > 1)
    return rewriter.notifyMatchFailure(op, "a result has rows of one element");
  for (OpOperand &init : op.getDpsInitsMutable())
    if (!isLastResult(op.getMatchingIndexingMap(&init), plan.vectorDim) ||
        !cast<MemRefType>(init.get().getType()).isLastDimUnitStride())
      return rewriter.notifyMatchFailure(
          op, "the results are not contiguous in one dimension");
  return success();
}

/// The innermost reduction, the one that operands are likely contiguous along.
LogicalResult Planner::chooseLanesOfReduction() {
  SmallVector<unsigned> reductions;
  op.getReductionDims(reductions);
  if (reductions.empty())
    return rewriter.notifyMatchFailure(op, "no reduction to vectorise");
  plan.lanesReduce = true;
  plan.vectorDim = reductions.back();
  return matchCombiners();
}

LogicalResult Planner::matchCombiners() {
  for (unsigned i = 0, e = op.getNumDpsInits(); i < e; ++i) {
    SmallVector<Operation *> combiners;
    if (!matchReduction(op.getRegionOutputArgs(), i, combiners) ||
        combiners.size() != 1)
      return rewriter.notifyMatchFailure(op, "a result has no combiner");
    Operation *combiner = combiners.front();
    std::optional<vector::CombiningKind> kind =
        linalg::getCombinerOpKind(combiner);
    // The neutral element of an index is a question that crashes upstream.
    if (!kind || !combiner->getResultTypes().front().isIntOrFloat() ||
        !arith::getNeutralElement(combiner))
      return rewriter.notifyMatchFailure(op, "a combiner has no vector form");
    bool rounds = isa<arith::AddFOp, arith::MulFOp>(combiner);
    if (rounds && !reassociate)
      return rewriter.notifyMatchFailure(op, "a sum of floats keeps its order");
    plan.kinds.push_back(*kind);
  }
  return success();
}

/// Pairs in lanes that all vectors of columns have.
std::optional<InterleavedPairs> Planner::findPairs() {
  int64_t columns = op.getStaticLoopRanges()[plan.vectorDim];
  if (plan.lanesReduce || !hasPairProducts(target) ||
      ShapedType::isDynamic(columns) || columns % getPairSums(target) != 0)
    return std::nullopt;
  return findInterleavedPairs(op);
}

LogicalResult Planner::classifyOperands() {
  std::optional<InterleavedPairs> pairs = findPairs();
  if (pairs)
    plan.pairDim = pairs->dim;
  for (OpOperand &operand : op->getOpOperands()) {
    AffineMap map = op.getMatchingIndexingMap(&operand);
    bool advances = map.isFunctionOfDim(plan.vectorDim);
    if (advances && !(pairs && pairs->withColumns == &operand) &&
        (!isLastResult(map, plan.vectorDim) ||
         !cast<MemRefType>(operand.get().getType()).isLastDimUnitStride()))
      return rewriter.notifyMatchFailure(
          op, "an input has a stride along the vector dimension");
    plan.advances.push_back(advances ||
                            (plan.lanesReduce && op.isDpsInit(&operand)));
  }
  return success();
}

LogicalResult Planner::checkLane(Type type) {
  if (!isLaneType(type) && !type.isInteger(1))
    return rewriter.notifyMatchFailure(op,
                                       "computes with a type without lanes");
  plan.laneBits = std::max(plan.laneBits, getStorageBits(type));
  return success();
}

/// A body that only yields inputs, whose elements are moved as storage.
bool Planner::isMovement() {
  if (!llvm::hasSingleElement(*op.getBlock()))
    return false;
  unsigned bits = 0;
  for (auto [yielded, init] : llvm::zip_equal(
           op.getBlock()->getTerminator()->getOperands(), op.getDpsInits())) {
    auto argument = dyn_cast<BlockArgument>(yielded);
    if (!argument || argument.getOwner() != op.getBlock() ||
        argument.getArgNumber() >= op.getNumDpsInputs())
      return false;
    Type storage = getStorageType(getElementTypeOrSelf(init.getType()));
    if (!storage)
      return false;
    // A scalar operand is no buffer to view differently.
    OpOperand *input = op.getDpsInputOperand(argument.getArgNumber());
    if (op.isScalar(input) && !isLaneType(yielded.getType()) &&
        !yielded.getType().isSignlessInteger())
      return false;
    bits = std::max(bits, getStorageBits(storage));
  }
  if (op.getNumReductionLoops() != 0)
    return false;
  plan.laneBits = bits;
  return true;
}

/// %e = memref.load %m[.., linalg.index v]: a row of %m, lane by lane.
bool Planner::loadsRow(memref::LoadOp load) {
  if (load.getIndices().empty() || !load.getMemRefType().isStrided() ||
      !load.getMemRefType().isLastDimUnitStride())
    return false;
  auto last = load.getIndices().back().getDefiningOp<linalg::IndexOp>();
  return last && last->getBlock() == op.getBlock() &&
         last.getDim() == plan.vectorDim && !isLane(load.getMemRef()) &&
         llvm::none_of(load.getIndices().drop_back(),
                       [&](Value v) { return isLane(v); });
}

LogicalResult Planner::checkBodyOp(Operation &bodyOp) {
  if (bodyOp.getNumRegions() != 0)
    return rewriter.notifyMatchFailure(op, "an op of the body has regions");
  if (auto index = dyn_cast<linalg::IndexOp>(bodyOp)) {
    if (index.getDim() != plan.vectorDim)
      return success();
    plan.laneOps.insert(&bodyOp);
    return checkLane(index.getType());
  }
  if (llvm::none_of(bodyOp.getOperands(), [&](Value v) { return isLane(v); })) {
    // Computed once for all lanes.
    if (!isMemoryEffectFree(&bodyOp) &&
        !isa<memref::LoadOp, cf::AssertOp>(bodyOp))
      return rewriter.notifyMatchFailure(op, "an op of the body has effects");
    return success();
  }
  if (auto load = dyn_cast<memref::LoadOp>(bodyOp); load && loadsRow(load)) {
    plan.laneOps.insert(load);
    return checkLane(load.getType());
  }
  if (!OpTrait::hasElementwiseMappableTraits(&bodyOp))
    return rewriter.notifyMatchFailure(op, "an op of the body has no lanes");
  plan.laneOps.insert(&bodyOp);
  for (Type type : bodyOp.getOperandTypes())
    if (failed(checkLane(type)))
      return failure();
  for (Type type : bodyOp.getResultTypes())
    if (failed(checkLane(type)))
      return failure();
  return success();
}

LogicalResult Planner::checkBody() {
  if (isMovement()) {
    plan.movesOnly = true;
    return success();
  }
  for (Operation &bodyOp : op.getBlock()->without_terminator())
    if (failed(checkBodyOp(bodyOp)))
      return failure();
  for (BlockArgument argument : op.getBlock()->getArguments())
    if (isLane(argument) && failed(checkLane(argument.getType())))
      return failure();
  return success();
}

/// Whether an operand that is read lane by lane is the same for each step of
/// parallel dimension `dim`.
bool Planner::isShared(unsigned dim) {
  int64_t extent = op.getStaticLoopRanges()[dim];
  // Many rows a page apart are better written one after the other.
  constexpr int64_t mostCopies = 8;
  if (plan.movesOnly && (ShapedType::isDynamic(extent) || extent > mostCopies))
    return false;
  return extent != 1 &&
         llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *input) {
           return plan.advances[input->getOperandNumber()] &&
                  !op.getMatchingIndexingMap(input).isFunctionOfDim(dim);
         });
}

/// The order of the loops. A row is the innermost loop around the reduction, so
/// that what rows share stays in the first cache for all of them:
///
///   C[b, m, n] += A[b, m, k] * B[b, k, n]   for b, n, m, k
///   y[b, m, n] = x[b, n]                    for b, n, m
void Planner::chooseLoops() {
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  for (AffineExpr expr : result.getResults())
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      plan.parallelDims.push_back(dim.getPosition());
  op.getReductionDims(plan.reductionDims);
  llvm::erase(plan.reductionDims, plan.lanesReduce ? plan.vectorDim : ~0u);
  llvm::erase(plan.reductionDims, plan.pairDim.value_or(~0u));
  if (op.getNumReductionLoops() == 0 && !plan.movesOnly)
    return;

  for (unsigned dim : llvm::reverse(plan.parallelDims)) {
    if (dim == plan.vectorDim || !isShared(dim))
      continue;
    if (plan.lanesReduce && !plan.columnDim) {
      plan.columnDim = dim;
    } else {
      plan.rowDim = dim;
      break;
    }
  }
  if (plan.rowDim) {
    llvm::erase(plan.parallelDims, *plan.rowDim);
    plan.parallelDims.push_back(*plan.rowDim);
  }
}

} // namespace

FailureOr<VectorPlan> ditto::planVectorLoops(LinalgOp op,
                                             const TargetModel &target,
                                             bool reassociate,
                                             RewriterBase &rewriter) {
  return Planner(op, target, reassociate, rewriter).run();
}
