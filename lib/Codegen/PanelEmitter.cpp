//===- PanelEmitter.cpp - A product with panels of an operand -------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PanelEmitter.h"

#include "PairProducts.h"
#include "StorageView.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/Support/SaveAndRestore.h"

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
  form = chooseForm(target);
}

PanelForm PanelEmitter::chooseForm(const TargetModel &target) {
  auto isContiguous = [](Value input) {
    return cast<MemRefType>(input.getType()).isLastDimUnitStride();
  };
  // A last row by itself is another turn over the result.
  int64_t reduced = op.getStaticLoopRanges()[loops.reduction];
  bool hasFewPairs = ShapedType::isStatic(reduced) &&
                     (reduced == 0 || (reduced < depth && reduced % 2 != 0));
  if (!hasFewPairs && depth % 2 == 0 && width % getPairSums(target) == 0 &&
      hasPairProducts(target) && maySumPairs(op) &&
      llvm::all_of(op.getDpsInputs(), isContiguous))
    return PanelForm::Interleaved;
  auto type = cast<MemRefType>(loops.packed->get().getType());
  SmallVector<int64_t> strides;
  int64_t offset;
  if (!isColumnLast() || failed(type.getStridesAndOffset(strides, offset)))
    return PanelForm::Copied;
  AffineMap map = op.getMatchingIndexingMap(loops.packed);
  auto getStride = [&](unsigned dim) {
    return strides[*map.getResultPosition(rewriter.getAffineDimExpr(dim))];
  };
  int64_t pitch = getStride(loops.reduction);
  int64_t bytes = getStorageBits(type.getElementType()) / 8;
  bool isShort = ShapedType::isStatic(pitch) && pitch >= 0 &&
                 pitch <= target.rowBytes / 4 / bytes / depth;
  return isShort && getStride(loops.column) == 1 ? PanelForm::InPlace
                                                 : PanelForm::Copied;
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
  if (parallel || form == PanelForm::InPlace)
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
    if (shared && form != PanelForm::InPlace)
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
  if (form == PanelForm::Interleaved)
    rows = llvm::alignTo(rows, 2);
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
            parallel && !threadsShareOuter, [&] {
              sizes[loops.column] = columns;
              emitProducts();
            });
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

/// Whether the packed operand has rows of columns.
bool PanelEmitter::isColumnLast() {
  AffineMap map = op.getMatchingIndexingMap(loops.packed);
  auto position = [&](unsigned dim) {
    return *map.getResultPosition(rewriter.getAffineDimExpr(dim));
  };
  return position(loops.column) > position(loops.reduction);
}

/// The panel's memory as a matrix: of rows that are `pitch` elements apart.
Value PanelEmitter::viewScratch(OpFoldResult rows, OpFoldResult columns,
                                int64_t pitch) {
  auto type = cast<MemRefType>(scratch.getType());
  Value matrix = scratch;
  if (type.getDimSize(1) != pitch) {
    SmallVector<ReassociationIndices> all = {{0, 1}};
    Value flat = memref::CollapseShapeOp::create(rewriter, loc, matrix, all);
    type = MemRefType::get({type.getNumElements() / pitch, pitch},
                           type.getElementType());
    matrix = memref::ExpandShapeOp::create(rewriter, loc, type, flat, all);
  }
  SmallVector<OpFoldResult> origin(2, rewriter.getIndexAttr(0));
  SmallVector<OpFoldResult> strides(2, rewriter.getIndexAttr(1));
  SmallVector<OpFoldResult> wanted = {rows, columns};
  if (memref::getMixedSizes(rewriter, loc, matrix) == wanted)
    return matrix;
  return memref::SubViewOp::create(rewriter, loc, matrix, origin, wanted,
                                   strides);
}

/// The columns and reduced elements of the packed operand that the innermost
/// loop works on, as a matrix of rows of columns.
Value PanelEmitter::createPanel() {
  Value panel = viewScratch(sizes[loops.reduction], sizes[loops.column], width);
  Value slice = createSlice(*loops.packed);
  if (isColumnLast())
    linalg::CopyOp::create(rewriter, loc, slice, panel);
  else
    linalg::TransposeOp::create(rewriter, loc, slice, panel,
                                ArrayRef<int64_t>{1, 0});
  return panel;
}

/// Half of `size`, which is even.
OpFoldResult PanelEmitter::countPairs(OpFoldResult size) {
  AffineExpr all;
  bindSymbols(rewriter.getContext(), all);
  return affine::makeComposedFoldedAffineApply(rewriter, loc, all.floorDiv(2),
                                               {size});
}

/// `buffer`, which has `size` elements along `dim`, with pairs of them along a
/// dimension after it.
Value PanelEmitter::splitInPairs(Value buffer, int64_t dim, OpFoldResult size) {
  SmallVector<OpFoldResult> split =
      memref::getMixedSizes(rewriter, loc, buffer);
  SmallVector<ReassociationIndices> groups;
  for (int64_t i = 0, e = split.size(); i < e; ++i)
    groups.push_back({i < dim ? i : i + 1});
  groups[dim].insert(groups[dim].begin(), dim);
  split[dim] = countPairs(size);
  split.insert(split.begin() + dim + 1, rewriter.getIndexAttr(2));
  SmallVector<int64_t> shape = llvm::map_to_vector(split, [](OpFoldResult e) {
    return getConstantIntValue(e).value_or(ShapedType::kDynamic);
  });
  return memref::ExpandShapeOp::create(rewriter, loc, shape, buffer, groups,
                                       split);
}

/// The panel with rows 2k and 2k + 1 taking turns in its row k.
Value PanelEmitter::createPairPanel() {
  OpFoldResult rows = sizes[loops.reduction];
  OpFoldResult columns = rewriter.getIndexAttr(2 * width);
  Value panel = viewScratch(countPairs(rows), columns, 2 * width);
  bool columnLast = isColumnLast();
  Value slice =
      splitInPairs(createSlice(*loops.packed), columnLast ? 0 : 1, rows);
  // [k, p, n] or [n, k, p]
  SmallVector<int64_t> order = columnLast ? SmallVector<int64_t>{0, 2, 1}
                                          : SmallVector<int64_t>{1, 0, 2};
  linalg::TransposeOp::create(rewriter, loc, slice,
                              splitInPairs(panel, 1, columns), order);
  return panel;
}

/// The product of the rows with the columns and reduced elements that the
/// innermost loop works on.
void PanelEmitter::emitProducts() {
  if (form == PanelForm::InPlace)
    emitProduct(createSlice(*loops.packed), PanelForm::InPlace);
  else if (form == PanelForm::Interleaved &&
           isConstantIntValue(sizes[loops.column], width))
    emitPairs();
  else
    emitProduct(createPanel(), PanelForm::Copied);
}

/// The pairs of reduced elements, then the last one if their number is odd.
void PanelEmitter::emitPairs() {
  OpFoldResult &offset = offsets[loops.reduction];
  OpFoldResult &size = sizes[loops.reduction];
  llvm::SaveAndRestore restoreOffset(offset), restoreSize(size);
  AffineExpr from, count;
  bindSymbols(rewriter.getContext(), count, from);
  OpFoldResult all = size;
  size = affine::makeComposedFoldedAffineApply(rewriter, loc, count - count % 2,
                                               {all});
  emitProduct(createPairPanel(), PanelForm::Interleaved);
  if (size == all)
    return;
  DimLoop last = {loops.reduction,
                  affine::makeComposedFoldedAffineApply(
                      rewriter, loc, from + count - count % 2, {all, offset}),
                  affine::makeComposedFoldedAffineApply(
                      rewriter, loc, from + count, {all, offset})};
  emitLoops(last, /*shared=*/false, [&] {
    size = rewriter.getIndexAttr(1);
    // A row where it is contiguous; nobody reads the panel any more.
    if (isColumnLast())
      emitProduct(createSlice(*loops.packed), PanelForm::InPlace);
    else
      emitProduct(createPanel(), PanelForm::Copied);
  });
}

/// The product with `matrix`, which is [k, n] if it is `Copied`, [k, 2n + p] if
/// `Interleaved`, where the other one is [.., k, p], and has the order of the
/// packed operand if it is `InPlace`.
void PanelEmitter::emitProduct(Value matrix, PanelForm matrixForm) {
  bool inPairs = matrixForm == PanelForm::Interleaved;
  // Dimensions of the product: rows, columns, the reduction, a pair's elements.
  SmallVector<unsigned> dims(loops.rows);
  dims.push_back(loops.column);
  dims.push_back(loops.reduction);
  unsigned numDims = dims.size() + inPairs;
  AffineExpr column = rewriter.getAffineDimExpr(loops.rows.size());
  AffineExpr reduced = rewriter.getAffineDimExpr(loops.rows.size() + 1);
  SmallVector<AffineMap> maps;
  SmallVector<Value> operands;
  for (OpOperand &operand : op->getOpOperands()) {
    bool isPacked = &operand == loops.packed;
    SmallVector<AffineExpr> exprs;
    for (AffineExpr expr : op.getMatchingIndexingMap(&operand).getResults()) {
      auto it = llvm::find(dims, cast<AffineDimExpr>(expr).getPosition());
      if (it != dims.end())
        exprs.push_back(rewriter.getAffineDimExpr(it - dims.begin()));
    }
    Value value = isPacked ? matrix : createSlice(operand);
    if (isPacked && matrixForm != PanelForm::InPlace)
      exprs = {reduced, column};
    if (inPairs && op.isDpsInput(&operand)) {
      AffineExpr pair = rewriter.getAffineDimExpr(numDims - 1);
      if (isPacked) {
        exprs.back() = column * 2 + pair;
      } else {
        value = splitInPairs(value, exprs.size() - 1, sizes[loops.reduction]);
        exprs.push_back(pair);
      }
    }
    operands.push_back(value);
    maps.push_back(AffineMap::get(numDims, 0, exprs, rewriter.getContext()));
  }
  SmallVector<utils::IteratorType> iterators(numDims,
                                             utils::IteratorType::parallel);
  std::fill(iterators.begin() + dims.size() - 1, iterators.end(),
            utils::IteratorType::reduction);
  auto product = linalg::GenericOp::create(
      rewriter, loc, ArrayRef<Value>(operands).take_front(2), operands.back(),
      maps, iterators);
  rewriter.cloneRegionBefore(op->getRegion(0), product.getRegion(),
                             product.getRegion().begin());
}
