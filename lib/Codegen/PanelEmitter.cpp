//===- PanelEmitter.cpp - A product with panels of an operand -------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PanelEmitter.h"

#include "StorageView.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

FailureOr<PanelLoops> ditto::findPanelLoops(LinalgOp op,
                                            RewriterBase &rewriter) {
  if (!op.hasPureBufferSemantics() || op.getNumDpsInputs() != 2 ||
      op.getNumDpsInits() != 1 || op.hasIndexSemantics() ||
      !llvm::all_of(op.getIndexingMapsArray(),
                    [](AffineMap map) { return map.isProjectedPermutation(); }))
    return rewriter.notifyMatchFailure(op, "no product of two buffers");
  for (Value operand : op->getOperands())
    if (auto type = dyn_cast<MemRefType>(operand.getType());
        !type || !type.isStrided())
      return rewriter.notifyMatchFailure(op, "an operand is no strided buffer");
  PanelLoops loops;
  SmallVector<unsigned> reductions;
  op.getReductionDims(reductions);
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (reductions.empty() || result.getNumResults() == 0 ||
      result.getNumResults() != op.getNumParallelLoops())
    return rewriter.notifyMatchFailure(op, "no reduction to a row");
  loops.column = result.getDimPosition(result.getNumResults() - 1);
  loops.reduction = reductions.back();
  for (OpOperand *input : op.getDpsInputOperands())
    if (op.getMatchingIndexingMap(input).isFunctionOfDim(loops.column)) {
      if (loops.packed)
        return rewriter.notifyMatchFailure(op, "both operands have columns");
      loops.packed = input;
    }
  if (!loops.packed ||
      !op.getMatchingIndexingMap(loops.packed).isFunctionOfDim(loops.reduction))
    return rewriter.notifyMatchFailure(op, "no operand with columns");
  if (!isLaneType(getElementTypeOrSelf(loops.packed->get().getType())))
    return rewriter.notifyMatchFailure(op, "panels of a type without lanes");
  AffineMap map = op.getMatchingIndexingMap(loops.packed);
  for (unsigned dim = 0, e = op.getNumLoops(); dim < e; ++dim) {
    if (dim == loops.column || dim == loops.reduction)
      continue;
    bool isRow = !map.isFunctionOfDim(dim) && result.isFunctionOfDim(dim);
    (isRow ? loops.rows : loops.outer).push_back(dim);
  }
  return loops;
}

PanelEmitter::PanelEmitter(LinalgOp op, const PanelLoops &loops,
                           const TargetModel &target, bool parallel,
                           RewriterBase &rewriter)
    : op(op), loops(loops), parallel(parallel), rewriter(rewriter),
      loc(op.getLoc()) {
  Type type = getElementTypeOrSelf(loops.packed->get().getType());
  int64_t bits = getStorageBits(type);
  width = 2 * std::max<int64_t>(1, target.vectorBits / bits);
  depth = std::max<int64_t>(1, target.panelBytes * 8 / bits / width);
}

void PanelEmitter::emit() {
  for (Range range : op.createLoopRanges(rewriter, loc))
    extents.push_back(range.size);
  offsets.assign(extents.size(), rewriter.getIndexAttr(0));
  sizes = extents;
  SmallVector<DimLoop> outer = getWholeLoops(rewriter, loops.outer, extents);
  threadsShareOuter = parallel && haveManyIterations(outer) &&
                      llvm::none_of(loops.outer, [&](unsigned dim) {
                        return op.getIteratorTypesArray()[dim] ==
                               utils::IteratorType::reduction;
                      });
  auto emitAll = [&] {
    emitLoops(outer, threadsShareOuter, [&] {
      for (unsigned dim : loops.outer)
        sizes[dim] = rewriter.getIndexAttr(1);
      emitReductionLoop();
    });
  };
  if (parallel)
    emitAll();
  else
    withScratch(emitAll);
}

/// Loops whose induction variables are offsets of what `body` works on. Threads
/// that share them have a panel each.
void PanelEmitter::emitLoops(ArrayRef<DimLoop> dimLoops, bool shared,
                             function_ref<void()> body) {
  SmallVector<Value> indices(extents.size());
  mlir::ditto::emitLoops(rewriter, loc, dimLoops, indices, shared, [&] {
    for (const DimLoop &loop : dimLoops)
      offsets[loop.dim] = indices[loop.dim];
    if (shared)
      withScratch(body);
    else
      body();
  });
}

/// Allocates the memory of a panel for what `body` emits.
void PanelEmitter::withScratch(function_ref<void()> body) {
  Type type = getElementTypeOrSelf(loops.packed->get().getType());
  int64_t rows = depth;
  if (auto extent = getConstantIntValue(extents[loops.reduction]))
    rows = std::clamp<int64_t>(*extent, 1, depth);
  scratch = memref::AllocOp::create(rewriter, loc,
                                    MemRefType::get({rows, width}, type),
                                    rewriter.getI64IntegerAttr(64));
  body();
  memref::DeallocOp::create(rewriter, loc, scratch);
}

void PanelEmitter::emitReductionLoop() {
  OpFoldResult extent = extents[loops.reduction];
  std::optional<int64_t> known = getConstantIntValue(extent);
  if (known && *known <= depth)
    return emitColumnLoops();
  DimLoop loop = {loops.reduction, rewriter.getIndexAttr(0), extent, depth};
  emitLoops(loop, /*shared=*/false, [&] {
    AffineExpr start, end;
    bindSymbols(rewriter.getContext(), start, end);
    sizes[loops.reduction] =
        known && *known % depth == 0
            ? OpFoldResult(rewriter.getIndexAttr(depth))
            : affine::makeComposedFoldedAffineMin(
                  rewriter, loc,
                  AffineMap::get(
                      0, 2,
                      {rewriter.getAffineConstantExpr(depth), end - start},
                      rewriter.getContext()),
                  {offsets[loops.reduction], extent});
    emitColumnLoops();
  });
}

/// Whole panels first, then one with the columns that are left.
void PanelEmitter::emitColumnLoops() {
  OpFoldResult extent = extents[loops.column];
  AffineExpr columns;
  bindSymbols(rewriter.getContext(), columns);
  OpFoldResult whole = affine::makeComposedFoldedAffineApply(
      rewriter, loc, columns - columns % width, {extent});
  OpFoldResult rest = affine::makeComposedFoldedAffineApply(
      rewriter, loc, columns % width, {extent});
  emitColumnLoop(rewriter.getIndexAttr(0), whole, rewriter.getIndexAttr(width));
  if (!isZeroInteger(rest))
    emitColumnLoop(whole, extent, rest);
}

/// The products with panels of `columns` columns.
void PanelEmitter::emitColumnLoop(OpFoldResult lower, OpFoldResult upper,
                                  OpFoldResult columns) {
  emitLoops({{loops.column, lower, upper, width}},
            parallel && !threadsShareOuter, [&] { emitProduct(columns); });
}

/// The part of `operand` that `offsets` and `sizes` say, without the dimensions
/// of the outer loops.
Value PanelEmitter::createSlice(OpOperand &operand) {
  SmallVector<OpFoldResult> sliceOffsets, sliceSizes;
  SmallVector<int64_t> shape;
  for (AffineExpr expr : op.getMatchingIndexingMap(&operand).getResults()) {
    unsigned dim = cast<AffineDimExpr>(expr).getPosition();
    sliceOffsets.push_back(offsets[dim]);
    sliceSizes.push_back(sizes[dim]);
    if (!llvm::is_contained(loops.outer, dim))
      shape.push_back(
          getConstantIntValue(sizes[dim]).value_or(ShapedType::kDynamic));
  }
  SmallVector<OpFoldResult> strides(sliceOffsets.size(),
                                    rewriter.getIndexAttr(1));
  auto type = memref::SubViewOp::inferRankReducedResultType(
      shape, cast<MemRefType>(operand.get().getType()), sliceOffsets,
      sliceSizes, strides);
  return memref::SubViewOp::create(rewriter, loc, type, operand.get(),
                                   sliceOffsets, sliceSizes, strides);
}

/// The columns and reduced elements of the packed operand that the innermost
/// loop works on, as a matrix of rows of columns.
Value PanelEmitter::createPanel(OpFoldResult columns) {
  SmallVector<OpFoldResult> origin(2, rewriter.getIndexAttr(0));
  SmallVector<OpFoldResult> strides(2, rewriter.getIndexAttr(1));
  SmallVector<OpFoldResult> panelSizes = {sizes[loops.reduction], columns};
  SmallVector<OpFoldResult> whole =
      memref::getMixedSizes(rewriter, loc, scratch);
  Value panel = whole == panelSizes
                    ? scratch
                    : memref::SubViewOp::create(rewriter, loc, scratch, origin,
                                                panelSizes, strides);
  Value slice = createSlice(*loops.packed);
  AffineMap map = op.getMatchingIndexingMap(loops.packed);
  unsigned columnResult =
      *map.getResultPosition(rewriter.getAffineDimExpr(loops.column));
  unsigned reductionResult =
      *map.getResultPosition(rewriter.getAffineDimExpr(loops.reduction));
  if (columnResult > reductionResult)
    linalg::CopyOp::create(rewriter, loc, slice, panel);
  else
    linalg::TransposeOp::create(rewriter, loc, slice, panel,
                                ArrayRef<int64_t>{1, 0});
  return panel;
}

void PanelEmitter::emitProduct(OpFoldResult columns) {
  sizes[loops.column] = columns;
  Value panel = createPanel(columns);

  // Dimensions of the product: rows, columns, the reduction.
  SmallVector<unsigned> dims(loops.rows);
  dims.push_back(loops.column);
  dims.push_back(loops.reduction);
  SmallVector<AffineMap> maps;
  SmallVector<Value> slices;
  for (OpOperand &operand : op->getOpOperands()) {
    SmallVector<AffineExpr> exprs;
    if (&operand == loops.packed) {
      slices.push_back(panel);
      exprs = {rewriter.getAffineDimExpr(dims.size() - 1),
               rewriter.getAffineDimExpr(dims.size() - 2)};
    } else {
      slices.push_back(createSlice(operand));
      for (AffineExpr expr : op.getMatchingIndexingMap(&operand).getResults()) {
        auto it = llvm::find(dims, cast<AffineDimExpr>(expr).getPosition());
        if (it != dims.end())
          exprs.push_back(rewriter.getAffineDimExpr(it - dims.begin()));
      }
    }
    maps.push_back(
        AffineMap::get(dims.size(), 0, exprs, rewriter.getContext()));
  }
  SmallVector<utils::IteratorType> iterators(dims.size(),
                                             utils::IteratorType::parallel);
  iterators.back() = utils::IteratorType::reduction;
  auto product = linalg::GenericOp::create(
      rewriter, loc, ArrayRef<Value>(slices).take_front(2), slices.back(), maps,
      iterators);
  rewriter.cloneRegionBefore(op->getRegion(0), product.getRegion(),
                             product.getRegion().begin());
}
