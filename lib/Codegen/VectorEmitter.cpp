//===- VectorEmitter.cpp - Vector loops for a linalg op -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   linalg.generic with dims (i, v), v contiguous
//     ->  for i
//           for v in [0, n - n mod 16) step 16: the body on vectors of 16
//           for v in [.., n - n mod 4) step 4: the body on vectors of 4
//           for v in [.., n): the body on scalars
//
// Reductions run inside the vector loop, with their accumulators in iter_args:
//
//   matmul (m, v, k)
//     ->  for m step 4
//           for v step 32
//             acc0..acc3 = C[m..m+3, v..v+31]
//             for k: acc_i += broadcast(A[m+i, k]) * B[k, v..v+31]
//             C[m..m+3, v..v+31] = acc0..acc3
//
// Every element goes through the same operations in the same order as in scalar
// loops, so results are equal bit by bit.
//
//===----------------------------------------------------------------------===//

#include "VectorEmitter.h"

#include "StorageView.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

namespace {

/// Steps of the unrolled dimension taken at once.
constexpr int64_t kRows = 4;

class VectorEmitter {
public:
  VectorEmitter(LinalgOp op, const VectorPlan &plan, unsigned vectorBits,
                RewriterBase &rewriter)
      : op(op), plan(plan), rewriter(rewriter), loc(op.getLoc()) {
    maxLanes = llvm::bit_floor(vectorBits / plan.laneBits);
  }

  void run();

private:
  /// The body's values in one unrolled step, by operand number.
  using OperandValues = SmallVector<Value>;

  SmallVector<int64_t> getWidths(unsigned dim);
  void emitParallelLoops(ArrayRef<unsigned> dims);
  void emitTile();
  SmallVector<Value> emitReductionLoops(ArrayRef<unsigned> dims,
                                        ValueRange accumulators);
  SmallVector<Value> emitPoint(ValueRange accumulators);
  SmallVector<Value> emitBody(int64_t row, ArrayRef<Value> operands);
  Value emitBodyOp(int64_t row, Operation &bodyOp, IRMapping &map);

  SmallVector<Value> getIndices(OpOperand &operand, int64_t row);
  Value getInductionVariable(unsigned dim, int64_t row);
  Value loadOperand(OpOperand &operand, int64_t row);
  void storeResult(OpOperand &init, int64_t row, Value value);
  Value loadLanes(Value buffer, ValueRange indices);
  Value toLanes(Value value);
  VectorType getLanesType(Type type) { return VectorType::get({lanes}, type); }
  Value constantIndex(int64_t value) {
    return arith::ConstantIndexOp::create(rewriter, loc, value);
  }

  LinalgOp op;
  const VectorPlan &plan;
  RewriterBase &rewriter;
  Location loc;
  int64_t maxLanes;

  /// Where the emission is: per dimension its extent and the induction
  /// variable; lanes of the vector loop and rows of the unrolled one that we
  /// are in.
  SmallVector<OpFoldResult> extents;
  SmallVector<Value> inductionVariables;
  int64_t lanes = 1;
  int64_t rows = 1;
};

void VectorEmitter::run() {
  for (Range range : op.createLoopRanges(rewriter, loc))
    extents.push_back(range.size);
  inductionVariables.resize(extents.size());
  SmallVector<unsigned> parallelDims(plan.outerDims);
  parallelDims.push_back(plan.vectorDim);
  emitParallelLoops(parallelDims);
}

/// How many steps the loops over `dim` take at once, one loop after the other
/// over what the loops before left.
SmallVector<int64_t> VectorEmitter::getWidths(unsigned dim) {
  if (plan.unrolledDim == dim)
    return {kRows, 1};
  if (dim != plan.vectorDim)
    return {1};
  SmallVector<int64_t> widths;
  // Accumulators of two vectors each: more independent additions per load of
  // what they share.
  if (plan.unrolledDim)
    widths.push_back(2 * maxLanes);
  if (getConstantIntValue(extents[dim])) {
    // What is left over is known: one vector for each of its bits.
    for (int64_t width = maxLanes; width >= 1; width /= 2)
      widths.push_back(width);
    return widths;
  }
  widths.push_back(maxLanes);
  if (maxLanes > 4)
    widths.push_back(maxLanes / 4);
  widths.push_back(1);
  return widths;
}

void VectorEmitter::emitParallelLoops(ArrayRef<unsigned> dims) {
  if (dims.empty())
    return emitTile();
  unsigned dim = dims.front();
  std::optional<int64_t> extent = getConstantIntValue(extents[dim]);
  Value extentValue =
      getValueOrCreateConstantIndexOp(rewriter, loc, extents[dim]);
  Value lower = constantIndex(0);
  int64_t done = 0;
  for (int64_t width : getWidths(dim)) {
    Value upper = extentValue;
    if (extent) {
      int64_t end = *extent - *extent % width;
      if (end == done)
        continue;
      done = end;
      upper = constantIndex(end);
    } else if (width > 1) {
      Value rest = arith::RemUIOp::create(rewriter, loc, extentValue,
                                          constantIndex(width));
      upper = arith::SubIOp::create(rewriter, loc, extentValue, rest);
    }
    auto loop =
        scf::ForOp::create(rewriter, loc, lower, upper, constantIndex(width));
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(loop.getBody());
    inductionVariables[dim] = loop.getInductionVar();
    if (dim == plan.vectorDim)
      lanes = width;
    else if (plan.unrolledDim == dim)
      rows = width;
    emitParallelLoops(dims.drop_front());
    lower = upper;
  }
}

/// The work of one step of all parallel loops.
void VectorEmitter::emitTile() {
  SmallVector<Value> accumulators;
  for (int64_t row = 0; row < rows; ++row)
    for (OpOperand &init : op.getDpsInitsMutable())
      accumulators.push_back(!plan.reductionDims.empty() ||
                                     op.payloadUsesValueFromOperand(&init)
                                 ? loadOperand(init, row)
                                 : Value());
  SmallVector<Value> results =
      emitReductionLoops(plan.reductionDims, accumulators);
  auto *result = results.begin();
  for (int64_t row = 0; row < rows; ++row)
    for (OpOperand &init : op.getDpsInitsMutable())
      storeResult(init, row, *result++);
}

SmallVector<Value> VectorEmitter::emitReductionLoops(ArrayRef<unsigned> dims,
                                                     ValueRange accumulators) {
  if (dims.empty())
    return emitPoint(accumulators);
  Value upper =
      getValueOrCreateConstantIndexOp(rewriter, loc, extents[dims.front()]);
  auto loop = scf::ForOp::create(rewriter, loc, constantIndex(0), upper,
                                 constantIndex(1), accumulators);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToStart(loop.getBody());
  inductionVariables[dims.front()] = loop.getInductionVar();
  SmallVector<Value> next =
      emitReductionLoops(dims.drop_front(), loop.getRegionIterArgs());
  scf::YieldOp::create(rewriter, loc, next);
  return loop.getResults();
}

/// The body for each row; returns all rows' results.
SmallVector<Value> VectorEmitter::emitPoint(ValueRange accumulators) {
  SmallVector<Value> results;
  unsigned numInits = op.getNumDpsInits();
  // Rows share what does not depend on them.
  SmallVector<Value> shared(op.getNumDpsInputs());
  for (int64_t row = 0; row < rows; ++row) {
    SmallVector<Value> operands;
    for (OpOperand *input : op.getDpsInputOperands()) {
      if (!op.payloadUsesValueFromOperand(input)) {
        operands.push_back(Value());
        continue;
      }
      bool perRow =
          plan.unrolledDim &&
          op.getMatchingIndexingMap(input).isFunctionOfDim(*plan.unrolledDim);
      Value &value = shared[input->getOperandNumber()];
      if (perRow || !value)
        value = loadOperand(*input, row);
      operands.push_back(value);
    }
    llvm::append_range(operands, accumulators.slice(row * numInits, numInits));
    llvm::append_range(results, emitBody(row, operands));
  }
  return results;
}

SmallVector<Value> VectorEmitter::emitBody(int64_t row,
                                           ArrayRef<Value> operands) {
  IRMapping map;
  for (auto [argument, value] :
       llvm::zip_equal(op.getBlock()->getArguments(), operands))
    if (value)
      map.map(argument, value);
  for (Operation &bodyOp : op.getBlock()->without_terminator())
    if (Value value = emitBodyOp(row, bodyOp, map))
      map.map(bodyOp.getResult(0), value);
  return llvm::map_to_vector(
      op.getBlock()->getTerminator()->getOperands(),
      [&](Value value) { return map.lookupOrDefault(value); });
}

/// Emits a body op on lanes or once for all of them. Returns the value of its
/// result, null where `map` has its results already.
Value VectorEmitter::emitBodyOp(int64_t row, Operation &bodyOp,
                                IRMapping &map) {
  bool onLanes = lanes > 1 && plan.laneOps.contains(&bodyOp);
  if (auto index = dyn_cast<linalg::IndexOp>(bodyOp)) {
    Value first = getInductionVariable(index.getDim(), row);
    if (!onLanes)
      return first;
    Value step =
        vector::StepOp::create(rewriter, loc, getLanesType(index.getType()));
    return arith::AddIOp::create(rewriter, loc, toLanes(first), step);
  }
  if (!onLanes) {
    rewriter.clone(bodyOp, map);
    return nullptr;
  }
  if (auto load = dyn_cast<memref::LoadOp>(bodyOp)) {
    SmallVector<Value> indices =
        llvm::map_to_vector(load.getIndices().drop_back(), [&](Value index) {
          return map.lookupOrDefault(index);
        });
    indices.push_back(getInductionVariable(plan.vectorDim, row));
    return loadLanes(map.lookupOrDefault(load.getMemRef()), indices);
  }
  OperationState state(loc, bodyOp.getName());
  for (Value operand : bodyOp.getOperands())
    state.operands.push_back(toLanes(map.lookupOrDefault(operand)));
  for (Type type : bodyOp.getResultTypes())
    state.types.push_back(getLanesType(type));
  state.attributes = bodyOp.getDiscardableAttrDictionary();
  state.propertiesAttr = bodyOp.getPropertiesAsAttribute();
  Operation *vectorOp = rewriter.create(state);
  map.map(bodyOp.getResults(), vectorOp->getResults());
  return nullptr;
}

Value VectorEmitter::getInductionVariable(unsigned dim, int64_t row) {
  Value value = inductionVariables[dim];
  if (row == 0 || plan.unrolledDim != dim)
    return value;
  return arith::AddIOp::create(rewriter, loc, value, constantIndex(row));
}

SmallVector<Value> VectorEmitter::getIndices(OpOperand &operand, int64_t row) {
  AffineMap map = op.getMatchingIndexingMap(&operand);
  SmallVector<OpFoldResult> point;
  for (unsigned dim = 0, e = map.getNumDims(); dim < e; ++dim)
    point.push_back(map.isFunctionOfDim(dim) ? getInductionVariable(dim, row)
                                             : inductionVariables[dim]);
  SmallVector<Value> indices;
  for (AffineExpr expr : map.getResults())
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      indices.push_back(cast<Value>(point[dim.getPosition()]));
    else
      indices.push_back(getValueOrCreateConstantIndexOp(
          rewriter, loc,
          affine::makeComposedFoldedAffineApply(
              rewriter, loc, AffineMap::get(map.getNumDims(), 0, expr),
              point)));
  return indices;
}

/// The scalar or vector that the body sees of `operand`.
Value VectorEmitter::loadOperand(OpOperand &operand, int64_t row) {
  Value source = operand.get();
  if (op.isScalar(&operand))
    return source;
  SmallVector<Value> indices = getIndices(operand, row);
  if (lanes > 1 && plan.advances[operand.getOperandNumber()])
    return loadLanes(source, indices);
  llvm::MaybeAlign alignment;
  if (lanes > 1 && plan.movesOnly) {
    alignment = getStorageAlignment(getElementTypeOrSelf(source.getType()));
    source = castToStorage(rewriter, loc, source);
  }
  return memref::LoadOp::create(rewriter, loc, source, indices,
                                /*nontemporal=*/false, alignment);
}

Value VectorEmitter::loadLanes(Value buffer, ValueRange indices) {
  Type type = getElementTypeOrSelf(buffer.getType());
  Value value =
      vector::LoadOp::create(rewriter, loc, getLanesType(getStorageType(type)),
                             castToStorage(rewriter, loc, buffer), indices,
                             /*nontemporal=*/false, getStorageAlignment(type));
  if (plan.movesOnly || isLaneType(type))
    return value;
  // Computing with i1.
  return arith::TruncIOp::create(rewriter, loc, getLanesType(type), value);
}

void VectorEmitter::storeResult(OpOperand &init, int64_t row, Value value) {
  SmallVector<Value> indices = getIndices(init, row);
  if (lanes == 1) {
    memref::StoreOp::create(rewriter, loc, value, init.get(), indices);
    return;
  }
  // An integer narrower than its storage: computed, or a scalar operand.
  Type elementType = getElementTypeOrSelf(init.get().getType());
  Type storage = getStorageType(elementType);
  Type from = getElementTypeOrSelf(value.getType());
  if (from != storage) {
    if (isa<VectorType>(value.getType()))
      storage = getLanesType(storage);
    value = arith::ExtUIOp::create(rewriter, loc, storage, value);
  }
  vector::StoreOp::create(rewriter, loc, toLanes(value),
                          castToStorage(rewriter, loc, init.get()), indices,
                          /*nontemporal=*/false,
                          getStorageAlignment(elementType));
}

Value VectorEmitter::toLanes(Value value) {
  if (lanes == 1 || isa<VectorType>(value.getType()))
    return value;
  return vector::BroadcastOp::create(rewriter, loc,
                                     getLanesType(value.getType()), value);
}

} // namespace

void ditto::emitVectorLoops(LinalgOp op, const VectorPlan &plan,
                            unsigned vectorBits, RewriterBase &rewriter) {
  VectorEmitter(op, plan, vectorBits, rewriter).run();
}
