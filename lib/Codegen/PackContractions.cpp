//===- PackContractions.cpp - Copy an operand into panels ------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C[b, m, n] += A[b, m, k] * B[b, n, k], whatever the order of B's dimensions:
//
//   for b
//     for k0 step 256
//       for n0 step 32
//         panel[k, n] = B[b, n0 + n, k0 + k]          256 x 32, stays in the L1
//         C[b, :, n0 ..] += A[b, :, k0 ..] * panel
//
// The copy costs as much as a few rows of the product, and all rows profit: the
// panel is read as whole vectors from the first cache, where rows of B would be
// gathered, or lie a page apart.
//
//===----------------------------------------------------------------------===//

#include "Loops.h"
#include "Remarks.h"
#include "StorageView.h"

#include "ditto/Codegen/Passes.h"
#include "ditto/Codegen/TargetModel.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_PACKCONTRACTIONSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;
using ditto::DimLoop;
using linalg::LinalgOp;

namespace {

/// The loops of a contraction by what the packed operand does with them.
struct PanelLoops {
  /// The operand to pack.
  OpOperand *packed = nullptr;
  /// The last dimension of the result, and the innermost reduction.
  unsigned column = 0, reduction = 0;
  /// Parallel dimensions that the packed operand does not depend on.
  SmallVector<unsigned> rows;
  /// All others.
  SmallVector<unsigned> outer;
};

/// The operand of `op` that depends on the result's last dimension, if there is
/// one, and its loops.
FailureOr<PanelLoops> findPanelLoops(LinalgOp op, RewriterBase &rewriter) {
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
  if (!ditto::isLaneType(getElementTypeOrSelf(loops.packed->get().getType())))
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

/// Emits the loops around one product and its panel.
class PanelEmitter {
public:
  PanelEmitter(LinalgOp op, const PanelLoops &loops,
               const ditto::TargetModel &target, bool parallel,
               RewriterBase &rewriter)
      : op(op), loops(loops), parallel(parallel), rewriter(rewriter),
        loc(op.getLoc()) {
    Type type = getElementTypeOrSelf(loops.packed->get().getType());
    int64_t bits = ditto::getStorageBits(type);
    width = 2 * std::max<int64_t>(1, target.vectorBits / bits);
    depth = std::max<int64_t>(1, target.panelBytes * 8 / bits / width);
  }

  void emit();
  /// The columns of a panel, and the reduced elements of a whole one.
  int64_t getWidth() const { return width; }
  int64_t getDepth() const { return depth; }

private:
  void emitLoops(ArrayRef<DimLoop> dimLoops, bool shared,
                 function_ref<void()> body);
  void withScratch(function_ref<void()> body);
  void emitReductionLoop();
  void emitColumnLoops();
  void emitColumnLoop(OpFoldResult lower, OpFoldResult upper,
                      OpFoldResult columns);
  void emitProduct(OpFoldResult columns);
  Value createSlice(OpOperand &operand);
  Value createPanel(OpFoldResult columns);

  LinalgOp op;
  const PanelLoops &loops;
  bool parallel;
  RewriterBase &rewriter;
  Location loc;
  int64_t width, depth;
  Value scratch;
  /// If `parallel`: whether threads share the outer loops or those over
  /// columns.
  bool threadsShareOuter = false;
  /// Per dimension of `op`, the part of it that the innermost loop works on.
  SmallVector<OpFoldResult> offsets, sizes;
  SmallVector<OpFoldResult> extents;
};

} // namespace

void PanelEmitter::emit() {
  for (Range range : op.createLoopRanges(rewriter, loc))
    extents.push_back(range.size);
  offsets.assign(extents.size(), rewriter.getIndexAttr(0));
  sizes = extents;
  SmallVector<DimLoop> outer =
      ditto::getWholeLoops(rewriter, loops.outer, extents);
  threadsShareOuter = parallel && ditto::haveManyIterations(outer) &&
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
  ditto::emitLoops(rewriter, loc, dimLoops, indices, shared, [&] {
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

namespace {

struct PackOperand : public OpInterfaceRewritePattern<LinalgOp> {
  PackOperand(MLIRContext *context, ditto::TargetModel target, int64_t minRows,
              bool parallel, ditto::ReasonCollector *reasons)
      : OpInterfaceRewritePattern(context), target(target), minRows(minRows),
        parallel(parallel), reasons(reasons) {}

  LogicalResult matchAndRewrite(LinalgOp op,
                                PatternRewriter &rewriter) const override {
    FailureOr<PanelLoops> loops = findPanelLoops(op, rewriter);
    if (failed(loops))
      return failure();
    // Why other ops are no products is nothing to report.
    if (reasons)
      reasons->clear();
    PanelEmitter emitter(op, *loops, target,
                         parallel && !op->getParentOfType<scf::ForallOp>(),
                         rewriter);
    if (succeeded(pack(op, *loops, emitter, rewriter)))
      return success();
    if (reasons)
      reasons->remarkMissed("Packed", op);
    return failure();
  }

private:
  LogicalResult pack(LinalgOp op, const PanelLoops &loops,
                     PanelEmitter &emitter, PatternRewriter &rewriter) const {
    SmallVector<int64_t> extents = op.getStaticLoopRanges();
    if (ShapedType::isStatic(extents[loops.column]) &&
        extents[loops.column] < emitter.getWidth() / 2)
      return rewriter.notifyMatchFailure(op, "too few columns for a panel");
    int64_t rows = 1;
    SmallVector<Value> dynamicRows;
    for (unsigned row : loops.rows) {
      if (ShapedType::isDynamic(extents[row]))
        dynamicRows.push_back(getExtent(op, row, rewriter));
      else if (llvm::MulOverflow(rows, extents[row], rows))
        return rewriter.notifyMatchFailure(op, "too many rows to count");
    }
    if (dynamicRows.empty()) {
      if (rows < minRows)
        return rewriter.notifyMatchFailure(op,
                                           "too few rows to pay for a copy");
      emitter.emit();
    } else {
      Value enough = createIsMany(op.getLoc(), dynamicRows, rows, rewriter);
      auto choice = scf::IfOp::create(rewriter, op.getLoc(), enough,
                                      /*withElseRegion=*/true);
      rewriter.setInsertionPointToStart(choice.thenBlock());
      emitter.emit();
      rewriter.setInsertionPointToStart(choice.elseBlock());
      rewriter.clone(*op);
    }
    ditto::remarkPacked(op, loops.packed->getOperandNumber(),
                        emitter.getDepth(), emitter.getWidth(), minRows);
    rewriter.eraseOp(op);
    return success();
  }

  static Value getExtent(LinalgOp op, unsigned dim, RewriterBase &rewriter) {
    return getValueOrCreateConstantIndexOp(
        rewriter, op.getLoc(),
        op.createLoopRanges(rewriter, op.getLoc())[dim].size);
  }

  /// Whether `rows` times all of `dynamicRows` is at least `minRows`; extents
  /// beyond it count as it, so that nothing overflows.
  Value createIsMany(Location loc, ArrayRef<Value> dynamicRows, int64_t rows,
                     RewriterBase &rewriter) const {
    Value limit = arith::ConstantIndexOp::create(rewriter, loc, minRows);
    Value product =
        arith::ConstantIndexOp::create(rewriter, loc, std::min(rows, minRows));
    for (Value extent : dynamicRows) {
      Value bounded = arith::MinUIOp::create(rewriter, loc, extent, limit);
      product = arith::MulIOp::create(rewriter, loc, product, bounded);
      product = arith::MinUIOp::create(rewriter, loc, product, limit);
    }
    return arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::eq,
                                 product, limit);
  }

  ditto::TargetModel target;
  int64_t minRows;
  bool parallel;
  /// Null where nobody wants to know why products stay.
  ditto::ReasonCollector *reasons;
};

struct PackContractionsPass
    : public ditto::impl::PackContractionsPassBase<PackContractionsPass> {
  using PackContractionsPassBase::PackContractionsPassBase;

  void runOnOperation() override {
    ditto::TargetModel target;
    target.vectorBits = vectorBits;
    RewritePatternSet patterns(&getContext());
    ditto::ReasonCollector collector;
    ditto::ReasonCollector *reasons =
        getContext().getRemarkEngine() ? &collector : nullptr;
    patterns.add<PackOperand>(&getContext(), target, minRows, parallel,
                              reasons);
    walkAndApplyPatterns(getOperation(), std::move(patterns), reasons);
  }
};

} // namespace
