//===- LaneAccess.cpp - Vectors of operands from memory and back ----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LaneAccess.h"

#include "PairProducts.h"
#include "StorageView.h"
#include "Streaming.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

/// The lanes of the vector loop's turn that are within the extent.
void LaneAccess::createMask() {
  Value rest = arith::SubIOp::create(
      rewriter, loc,
      getValueOrCreateConstantIndexOp(rewriter, loc, extents[plan.vectorDim]),
      inductionVariables[plan.vectorDim]);
  mask = vector::CreateMaskOp::create(rewriter, loc,
                                      getLanesType(rewriter.getI1Type()), rest);
}

Value LaneAccess::getInductionVariable(unsigned dim, Point point) {
  Value value = inductionVariables[dim];
  int64_t offset = plan.rowDim == dim      ? point.row
                   : plan.columnDim == dim ? point.column
                                           : 0;
  if (offset == 0)
    return value;
  return arith::AddIOp::create(rewriter, loc, value, constantIndex(offset));
}

SmallVector<Value> LaneAccess::getIndices(OpOperand &operand, Point point) {
  AffineMap map = op.getMatchingIndexingMap(&operand);
  SmallVector<OpFoldResult> dims;
  for (unsigned dim = 0, e = map.getNumDims(); dim < e; ++dim)
    dims.push_back(map.isFunctionOfDim(dim) ? getInductionVariable(dim, point)
                                            : inductionVariables[dim]);
  SmallVector<Value> indices;
  for (AffineExpr expr : map.getResults())
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      indices.push_back(cast<Value>(dims[dim.getPosition()]));
    else
      indices.push_back(getValueOrCreateConstantIndexOp(
          rewriter, loc,
          affine::makeComposedFoldedAffineApply(
              rewriter, loc, AffineMap::get(map.getNumDims(), 0, expr), dims)));
  return indices;
}

Value LaneAccess::constantIndex(int64_t value) {
  return arith::ConstantIndexOp::create(rewriter, loc, value);
}

/// The scalar or vector that the body sees of `operand`.
Value LaneAccess::loadOperand(OpOperand &operand, Point point) {
  Value source = operand.get();
  if (op.isScalar(&operand))
    return source;
  SmallVector<Value> indices = getIndices(operand, point);
  // Partial results are combined into the init's elements.
  bool onLanes = plan.advances[operand.getOperandNumber()] &&
                 !(plan.lanesReduce && op.isDpsInit(&operand));
  if (lanes > 1 && onLanes) {
    if (prefetch && prefetch->operand == &operand)
      announceLoad(indices);
    return loadLanes(source, indices);
  }
  llvm::MaybeAlign alignment;
  if (lanes > 1 && plan.movesOnly) {
    alignment = getStorageAlignment(getElementTypeOrSelf(source.getType()));
    source = castToStorage(rewriter, loc, source);
  }
  return memref::LoadOp::create(rewriter, loc, source, indices,
                                /*nontemporal=*/false, alignment);
}

/// Of an operand with columns, those of two rows in turn; of one without, two
/// elements again and again:
///
///   b[k, n ..]      b0 b1 b2 ..
///   b[k + 1, n ..]  c0 c1 c2 ..   ->  b0 c0 b1 c1 b2 c2 ..
///   a[m, k ..]      a0 a1         ->  a0 a1 a0 a1 a0 a1 ..
///
/// Where the rows take turns in memory, they are loaded so.
Value LaneAccess::loadPairs(OpOperand &operand, Point point) {
  bool advances = plan.advances[operand.getOperandNumber()];
  if (advances && shape.getPairs() == PairForm::Interleaved) {
    llvm::SaveAndRestore twice(lanes, 2 * lanes);
    return loadOperand(operand, point);
  }
  if (advances) {
    Value &k = inductionVariables[plan.reductionDims.back()];
    Value first = loadOperand(operand, point);
    llvm::SaveAndRestore next(
        k, Value(arith::AddIOp::create(rewriter, loc, k, constantIndex(1))));
    return vector::InterleaveOp::create(rewriter, loc, first,
                                        loadOperand(operand, point));
  }
  Type element = getElementTypeOrSelf(operand.get().getType());
  Type whole = rewriter.getIntegerType(2 * element.getIntOrFloatBitWidth());
  int64_t pairSums = shape.getPairSums();
  Value pair =
      vector::LoadOp::create(rewriter, loc, VectorType::get({2}, element),
                             operand.get(), getIndices(operand, point));
  pair = vector::BitCastOp::create(rewriter, loc, VectorType::get({1}, whole),
                                   pair);
  pair = vector::BroadcastOp::create(rewriter, loc,
                                     VectorType::get({pairSums}, whole), pair);
  return vector::BitCastOp::create(
      rewriter, loc, VectorType::get({2 * pairSums}, element), pair);
}

/// Prefetches what a later turn loads where this one loads at `indices`.
void LaneAccess::announceLoad(ValueRange indices) {
  // What is left over is little. In pairs, vectors are twice as long.
  if (lanes < shape.getWidths(plan.vectorDim).front())
    return;
  SmallVector<Value> later(indices);
  Value &index = later[prefetch->position];
  index = arith::AddIOp::create(rewriter, loc, index,
                                constantIndex(prefetch->distance));
  Value buffer = prefetch->operand->get();
  int64_t bits = getStorageBits(getElementTypeOrSelf(buffer.getType()));
  emitPrefetch(rewriter, loc, buffer, later, lanes * bits / 8);
}

Value LaneAccess::loadLanes(Value buffer, ValueRange indices) {
  Type type = getElementTypeOrSelf(buffer.getType());
  VectorType vectorType = getLanesType(getStorageType(type));
  Value source = castToStorage(rewriter, loc, buffer);
  if (masked) {
    Value none = arith::ConstantOp::create(rewriter, loc, vectorType,
                                           rewriter.getZeroAttr(vectorType));
    return vector::MaskedLoadOp::create(rewriter, loc, vectorType, source,
                                        indices, mask, none,
                                        getStorageAlignment(type));
  }
  Value value =
      vector::LoadOp::create(rewriter, loc, vectorType, source, indices,
                             /*nontemporal=*/false, getStorageAlignment(type));
  if (plan.movesOnly || isLaneType(type))
    return value;
  // Computing with i1.
  return arith::TruncIOp::create(rewriter, loc, getLanesType(type), value);
}

void LaneAccess::storeResult(OpOperand &init, Point point, Value value) {
  SmallVector<Value> indices = getIndices(init, point);
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
  Value target = castToStorage(rewriter, loc, init.get());
  if (masked) {
    vector::MaskedStoreOp::create(rewriter, loc, target, indices, mask,
                                  toLanes(value),
                                  getStorageAlignment(elementType));
    return;
  }
  bool stream = streams(getStorageType(elementType));
  hasStreamed |= stream;
  vector::StoreOp::create(rewriter, loc, toLanes(value), target, indices,
                          stream,
                          stream ? llvm::MaybeAlign(kStreamAlignment)
                                 : getStorageAlignment(elementType));
}

/// Whether vectors of `storage` are aligned in every row of the result.
bool LaneAccess::streams(Type storage) {
  if (!options.stream || storage.isIndex())
    return false;
  int64_t bytes = storage.getIntOrFloatBitWidth() / 8;
  std::optional<int64_t> extent = getConstantIntValue(extents[plan.vectorDim]);
  return extent && *extent * bytes % kStreamAlignment == 0 &&
         lanes * bytes % kStreamAlignment == 0;
}

Value LaneAccess::toLanes(Value value) {
  if (lanes == 1 || isa<VectorType>(value.getType()))
    return value;
  return vector::BroadcastOp::create(rewriter, loc,
                                     getLanesType(value.getType()), value);
}
