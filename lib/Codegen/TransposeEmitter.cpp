//===- TransposeEmitter.cpp - Transposes through registers -------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// y[i, j] = x[j, i], x and y contiguous along their last dimension:
//
//   for i step 16
//     for j step 16
//       rows = x[j..j+15, i..i+15], 16 vectors
//       y[i..i+15, j..j+15] = the columns of rows
//     for j: the rest, element by element
//   for i: the rest, element by element
//
//===----------------------------------------------------------------------===//

#include "TransposeEmitter.h"

#include "CopyForm.h"
#include "LaneShuffles.h"
#include "Loops.h"
#include "StorageView.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

/// More vectors than this would not stay in registers.
static constexpr int64_t kMostVectors = 16;

namespace {

class TransposeEmitter {
public:
  TransposeEmitter(LinalgOp op, EmitterOptions options, RewriterBase &rewriter)
      : op(op), options(options), rewriter(rewriter), loc(op.getLoc()) {}

  LogicalResult match(const TargetModel &target);
  void emit();
  VectorForm describe();

private:
  void emitColumn();
  void emitBlock();
  void emitRest(Value writeLower);
  void emitLoopOver(unsigned dim, Value lower, Value upper, int64_t step,
                    function_ref<void()> body);
  SmallVector<Value> getIndices(OpOperand &operand, unsigned dim,
                                int64_t offset);
  Value constantIndex(int64_t value) {
    return arith::ConstantIndexOp::create(rewriter, loc, value);
  }
  Value getExtent(unsigned dim) {
    return getValueOrCreateConstantIndexOp(rewriter, loc, extents[dim]);
  }

  LinalgOp op;
  EmitterOptions options;
  RewriterBase &rewriter;
  Location loc;
  /// The dimensions that the operand and the result are contiguous along.
  unsigned readDim = 0, writeDim = 0;
  int64_t lanes = 0;
  SmallVector<OpFoldResult> extents;
  SmallVector<Value> inductionVariables;
};

} // namespace

/// The dimension that `operand` is contiguous along.
static std::optional<unsigned> getContiguousDim(LinalgOp op,
                                                OpOperand &operand) {
  AffineMap map = op.getMatchingIndexingMap(&operand);
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type || !type.isStrided() || !type.isLastDimUnitStride() ||
      map.getNumResults() == 0 || !map.isProjectedPermutation())
    return std::nullopt;
  return map.getDimPosition(map.getNumResults() - 1);
}

LogicalResult TransposeEmitter::match(const TargetModel &target) {
  OpOperand &input = *op.getDpsInputOperand(0);
  OpOperand &init = *op.getDpsInitOperand(0);
  std::optional<unsigned> read = getContiguousDim(op, input);
  std::optional<unsigned> write = getContiguousDim(op, init);
  AffineMap map = op.getMatchingIndexingMap(&init);
  if (!read || !write || !map.isPermutation() || *read == *write ||
      !op.getMatchingIndexingMap(&input).isFunctionOfDim(*write))
    return rewriter.notifyMatchFailure(op, "no transpose of contiguous rows");
  Type type = getElementTypeOrSelf(input.get().getType());
  if (!getStorageType(type))
    return rewriter.notifyMatchFailure(op, "elements have no storage type");
  readDim = *read;
  writeDim = *write;
  lanes = std::min<int64_t>(
      llvm::bit_floor(target.vectorBits / getStorageBits(type)), kMostVectors);
  if (lanes < 2)
    return rewriter.notifyMatchFailure(op, "a vector holds one element");
  return success();
}

void TransposeEmitter::emit() {
  for (Range range : op.createLoopRanges(rewriter, loc))
    extents.push_back(range.size);
  inductionVariables.resize(extents.size());
  SmallVector<unsigned> outer;
  for (unsigned dim = 0, e = extents.size(); dim < e; ++dim)
    if (dim != readDim && dim != writeDim)
      outer.push_back(dim);
  Value zero = constantIndex(0), reads = getExtent(readDim);
  Value readBlocks = roundDown(rewriter, loc, reads, lanes);
  SmallVector<DimLoop> loops = getWholeLoops(rewriter, outer, extents);
  loops.push_back({readDim, zero, readBlocks, lanes});
  emitLoops(rewriter, loc, loops, inductionVariables, options.parallel,
            [&] { emitColumn(); });
  loops.back() = {readDim, readBlocks, reads};
  emitLoops(rewriter, loc, loops, inductionVariables, options.parallel,
            [&] { emitRest(zero); });
}

void TransposeEmitter::emitLoopOver(unsigned dim, Value lower, Value upper,
                                    int64_t step, function_ref<void()> body) {
  emitLoop(rewriter, loc, lower, upper, step, [&](Value index) {
    inductionVariables[dim] = index;
    body();
  });
}

/// As many columns of the operand as a vector has lanes: rows of the result.
void TransposeEmitter::emitColumn() {
  Value writes = getExtent(writeDim);
  Value writeBlocks = roundDown(rewriter, loc, writes, lanes);
  emitLoopOver(writeDim, constantIndex(0), writeBlocks, lanes,
               [&] { emitBlock(); });
  Value first = inductionVariables[readDim];
  Value end = arith::AddIOp::create(rewriter, loc, first, constantIndex(lanes));
  emitLoopOver(readDim, first, end, 1, [&] { emitRest(writeBlocks); });
}

/// The indices of `operand`, with `offset` added to those along `dim`.
SmallVector<Value> TransposeEmitter::getIndices(OpOperand &operand,
                                                unsigned dim, int64_t offset) {
  SmallVector<Value> indices;
  for (AffineExpr expr : op.getMatchingIndexingMap(&operand).getResults()) {
    unsigned position = cast<AffineDimExpr>(expr).getPosition();
    Value index = inductionVariables[position];
    if (position == dim && offset != 0)
      index =
          arith::AddIOp::create(rewriter, loc, index, constantIndex(offset));
    indices.push_back(index);
  }
  return indices;
}

void TransposeEmitter::emitBlock() {
  OpOperand &input = *op.getDpsInputOperand(0);
  OpOperand &init = *op.getDpsInitOperand(0);
  Type type = getElementTypeOrSelf(input.get().getType());
  auto vectorType = VectorType::get({lanes}, getStorageType(type));
  llvm::MaybeAlign alignment = getStorageAlignment(type);
  Value source = castToStorage(rewriter, loc, input.get());
  Value target = castToStorage(rewriter, loc, init.get());
  SmallVector<Value> rows;
  for (int64_t i = 0; i < lanes; ++i)
    rows.push_back(vector::LoadOp::create(rewriter, loc, vectorType, source,
                                          getIndices(input, writeDim, i),
                                          /*nontemporal=*/false, alignment));
  for (auto [i, column] : llvm::enumerate(transposeLanes(rewriter, loc, rows)))
    vector::StoreOp::create(rewriter, loc, column, target,
                            getIndices(init, readDim, i),
                            /*nontemporal=*/false, alignment);
}

/// A column of the operand, from `writeLower` on and element by element.
void TransposeEmitter::emitRest(Value writeLower) {
  OpOperand &input = *op.getDpsInputOperand(0);
  OpOperand &init = *op.getDpsInitOperand(0);
  emitLoopOver(writeDim, writeLower, getExtent(writeDim), 1, [&] {
    Value element = memref::LoadOp::create(rewriter, loc, input.get(),
                                           getIndices(input, writeDim, 0));
    memref::StoreOp::create(rewriter, loc, element, init.get(),
                            getIndices(init, readDim, 0));
  });
}

VectorForm TransposeEmitter::describe() {
  VectorForm form;
  form.form = "transposed blocks";
  SmallVector<int64_t> widths(op.getNumLoops(), 1);
  widths[readDim] = widths[writeDim] = lanes;
  form.tile = describeTile(widths);
  return form;
}

LogicalResult ditto::emitTranspose(LinalgOp op, const TargetModel &target,
                                   EmitterOptions options,
                                   RewriterBase &rewriter) {
  return emitCopyForm<TransposeEmitter>(op, target, options, rewriter);
}
