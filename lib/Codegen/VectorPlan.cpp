//===- VectorPlan.cpp - Which loops of a linalg op become vectors ---------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VectorPlan.h"

#include "StorageView.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
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

/// Bits of a lane of `type`; i1 takes a byte, as in memory.
unsigned getLaneBits(Type type) {
  return isa<IndexType>(type) ? 64 : std::max(8u, type.getIntOrFloatBitWidth());
}

/// Builds a plan step by step; each step fails with a reason.
class Planner {
public:
  Planner(LinalgOp op, RewriterBase &rewriter) : op(op), rewriter(rewriter) {}

  FailureOr<VectorPlan> run() {
    if (failed(checkOp()) || failed(chooseDims()) ||
        failed(classifyOperands()) || failed(checkBody()))
      return failure();
    chooseUnrolledDim();
    return plan;
  }

private:
  LogicalResult checkOp();
  LogicalResult chooseDims();
  LogicalResult classifyOperands();
  LogicalResult checkBody();
  bool isMovement();
  bool loadsRow(memref::LoadOp load);
  LogicalResult checkBodyOp(Operation &bodyOp);
  LogicalResult checkLane(Type type);
  void chooseUnrolledDim();

  bool isLane(Value value) {
    if (auto argument = dyn_cast<BlockArgument>(value))
      return argument.getOwner() == op.getBlock() &&
             plan.advances[argument.getArgNumber()];
    return plan.laneOps.contains(value.getDefiningOp());
  }

  LinalgOp op;
  RewriterBase &rewriter;
  VectorPlan plan;
};

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

LogicalResult Planner::chooseDims() {
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (result.getNumResults() == 0)
    return rewriter.notifyMatchFailure(op, "no dimension to vectorise");
  auto last = dyn_cast<AffineDimExpr>(result.getResults().back());
  if (!last)
    return rewriter.notifyMatchFailure(op, "no dimension to vectorise");
  plan.vectorDim = last.getPosition();

  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  for (OpOperand &init : op.getDpsInitsMutable()) {
    AffineMap map = op.getMatchingIndexingMap(&init);
    // Each result element belongs to one point of the parallel dimensions.
    if (!map.isProjectedPermutation() ||
        map.getNumResults() != op.getNumParallelLoops())
      return rewriter.notifyMatchFailure(
          op, "a result is not indexed by the parallel dimensions");
    for (unsigned dim = 0, e = op.getNumLoops(); dim < e; ++dim)
      if (map.isFunctionOfDim(dim) !=
          (iterators[dim] == utils::IteratorType::parallel))
        return rewriter.notifyMatchFailure(
            op, "a result is not indexed by the parallel dimensions");
    if (!isLastResult(map, plan.vectorDim) ||
        !cast<MemRefType>(init.get().getType()).isLastDimUnitStride())
      return rewriter.notifyMatchFailure(
          op, "the results are not contiguous in one dimension");
  }

  for (AffineExpr expr : result.getResults().drop_back())
    plan.outerDims.push_back(cast<AffineDimExpr>(expr).getPosition());
  op.getReductionDims(plan.reductionDims);
  return success();
}

LogicalResult Planner::classifyOperands() {
  for (OpOperand &operand : op->getOpOperands()) {
    AffineMap map = op.getMatchingIndexingMap(&operand);
    bool advances = map.isFunctionOfDim(plan.vectorDim);
    if (advances &&
        (!isLastResult(map, plan.vectorDim) ||
         !cast<MemRefType>(operand.get().getType()).isLastDimUnitStride()))
      return rewriter.notifyMatchFailure(
          op, "an input has a stride along the vector dimension");
    plan.advances.push_back(advances);
  }
  return success();
}

LogicalResult Planner::checkLane(Type type) {
  if (!isLaneType(type) && !type.isInteger(1))
    return rewriter.notifyMatchFailure(op,
                                       "computes with a type without lanes");
  plan.laneBits = std::max(plan.laneBits, getLaneBits(type));
  return success();
}

/// A body that yields inputs, whose elements are moved as storage.
bool Planner::isMovement() {
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
    bits = std::max(bits, getLaneBits(storage));
  }
  if (!plan.reductionDims.empty())
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

void Planner::chooseUnrolledDim() {
  if (plan.reductionDims.empty())
    return;
  for (unsigned dim : llvm::reverse(plan.outerDims))
    for (OpOperand *input : op.getDpsInputOperands())
      if (plan.advances[input->getOperandNumber()] &&
          !op.getMatchingIndexingMap(input).isFunctionOfDim(dim)) {
        plan.unrolledDim = dim;
        return;
      }
}

} // namespace

FailureOr<VectorPlan> ditto::planVectorLoops(LinalgOp op,
                                             RewriterBase &rewriter) {
  return Planner(op, rewriter).run();
}
