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
// Elements may be groups, such as pairs in y[i, j, p] = x[j, i, p]: those are
// moved as lanes of their size.
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

class TransposeEmitter : public CopyEmitter {
public:
  using CopyEmitter::CopyEmitter;

  LogicalResult match(const TargetModel &target);
  void emit();
  VectorForm describe();

private:
  bool matchDims();
  void emitColumn();
  void emitBlock();
  void emitRest(Value writeLower);
  void emitLoopOver(unsigned dim, Value lower, Value upper, int64_t step,
                    function_ref<void()> body);
  SmallVector<Value> getIndices(OpOperand &operand, unsigned dim,
                                int64_t offset);
  SmallVector<Value> getGroupIndices(OpOperand &operand, unsigned dim,
                                     int64_t offset);
  VectorType getGroupsType(int64_t count);
  Value getExtent(unsigned dim) {
    return getValueOrCreateConstantIndexOp(rewriter, loc, extents[dim]);
  }

  /// The dimensions that the operand and the result are contiguous along.
  unsigned readDim = 0, writeDim = 0;
  /// Elements of a group, which is along `groupDim` if it has several.
  int64_t group = 1;
  unsigned groupDim = 0;
  int64_t lanes = 0;
  SmallVector<OpFoldResult> extents;
  SmallVector<Value> inductionVariables;
};

} // namespace

/// Finds the dimensions that the operand and the result are contiguous along,
/// which are two.
bool TransposeEmitter::matchDims() {
  std::optional<unsigned> shared =
      getContiguousDim(op, *op.getDpsInputOperand(0));
  if (shared && shared == getContiguousDim(op, *op.getDpsInitOperand(0))) {
    groupDim = *shared;
    group = op.getStaticLoopRanges()[groupDim];
    if (ShapedType::isDynamic(group) || group < 2)
      return false;
  }
  std::optional<std::pair<unsigned, unsigned>> dims =
      getTransposedDims(op, group);
  if (dims)
    std::tie(readDim, writeDim) = *dims;
  return dims.has_value();
}

LogicalResult TransposeEmitter::match(const TargetModel &target) {
  if (!matchDims())
    return rewriter.notifyMatchFailure(op, "no transpose of contiguous rows");
  Type type = getElementTypeOrSelf(op.getDpsInputOperand(0)->get().getType());
  if (!getStorageType(type))
    return rewriter.notifyMatchFailure(op, "elements have no storage type");
  constexpr int64_t widest = 64;
  int64_t bits = getStorageBits(type);
  if (group > 1 && (!llvm::isPowerOf2_64(group) || group > widest / bits))
    return rewriter.notifyMatchFailure(op, "groups that no lane holds");
  lanes = std::min<int64_t>(
      llvm::bit_floor<uint64_t>(target.vectorBits / (bits * group)),
      kMostVectors);
  if (lanes < 2)
    return rewriter.notifyMatchFailure(op, "a vector holds one element");
  SmallVector<int64_t> extents = op.getStaticLoopRanges();
  auto isShort = [&](unsigned dim) {
    return ShapedType::isStatic(extents[dim]) && extents[dim] < lanes;
  };
  if (group > 1 && (isShort(readDim) || isShort(writeDim)))
    return rewriter.notifyMatchFailure(op, "fewer groups than a block has");
  return success();
}

void TransposeEmitter::emit() {
  for (Range range : op.createLoopRanges(rewriter, loc))
    extents.push_back(range.size);
  inductionVariables.resize(extents.size());
  SmallVector<unsigned> outer;
  for (unsigned dim = 0, e = extents.size(); dim < e; ++dim)
    if (dim != readDim && dim != writeDim && (group == 1 || dim != groupDim))
      outer.push_back(dim);
  Value zero = constantIndex(0), reads = getExtent(readDim);
  if (group > 1)
    inductionVariables[groupDim] = zero;
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

/// The same in a view of the buffer whose last dimension has the elements of
/// all groups.
SmallVector<Value> TransposeEmitter::getGroupIndices(OpOperand &operand,
                                                     unsigned dim,
                                                     int64_t offset) {
  SmallVector<Value> indices = getIndices(operand, dim, offset);
  if (group == 1)
    return indices;
  indices.pop_back();
  indices.back() = arith::MulIOp::create(rewriter, loc, indices.back(),
                                         constantIndex(group));
  return indices;
}

/// A vector of `count` groups, element by element.
VectorType TransposeEmitter::getGroupsType(int64_t count) {
  Type type = getElementTypeOrSelf(op.getDpsInputOperand(0)->get().getType());
  return VectorType::get({count * group}, getStorageType(type));
}

void TransposeEmitter::emitBlock() {
  OpOperand &input = *op.getDpsInputOperand(0);
  OpOperand &init = *op.getDpsInitOperand(0);
  Type type = getElementTypeOrSelf(input.get().getType());
  VectorType vectorType = getGroupsType(lanes);
  auto lanesType =
      group == 1 ? vectorType
                 : VectorType::get({lanes}, rewriter.getIntegerType(
                                                group * getStorageBits(type)));
  auto toType = [&](Value vector, VectorType wanted) -> Value {
    return rewriter.createOrFold<vector::BitCastOp>(loc, wanted, vector);
  };
  llvm::MaybeAlign alignment = getStorageAlignment(type);
  Value source = viewGroups(rewriter, input, group);
  Value target = viewGroups(rewriter, init, group);
  SmallVector<Value> rows;
  for (int64_t i = 0; i < lanes; ++i)
    rows.push_back(
        toType(vector::LoadOp::create(rewriter, loc, vectorType, source,
                                      getGroupIndices(input, writeDim, i),
                                      /*nontemporal=*/false, alignment),
               lanesType));
  for (auto [i, column] : llvm::enumerate(transposeLanes(rewriter, loc, rows)))
    vector::StoreOp::create(rewriter, loc, toType(column, vectorType), target,
                            getGroupIndices(init, readDim, i),
                            /*nontemporal=*/false, alignment);
}

/// A column of the operand, from `writeLower` on and group by group.
void TransposeEmitter::emitRest(Value writeLower) {
  OpOperand &input = *op.getDpsInputOperand(0);
  OpOperand &init = *op.getDpsInitOperand(0);
  emitLoopOver(writeDim, writeLower, getExtent(writeDim), 1, [&] {
    if (group == 1) {
      Value element = memref::LoadOp::create(rewriter, loc, input.get(),
                                             getIndices(input, writeDim, 0));
      memref::StoreOp::create(rewriter, loc, element, init.get(),
                              getIndices(init, readDim, 0));
      return;
    }
    llvm::MaybeAlign alignment =
        getStorageAlignment(getElementTypeOrSelf(input.get().getType()));
    Value elements = vector::LoadOp::create(
        rewriter, loc, getGroupsType(1), viewGroups(rewriter, input, group),
        getGroupIndices(input, writeDim, 0), /*nontemporal=*/false, alignment);
    vector::StoreOp::create(
        rewriter, loc, elements, viewGroups(rewriter, init, group),
        getGroupIndices(init, readDim, 0), /*nontemporal=*/false, alignment);
  });
}

VectorForm TransposeEmitter::describe() {
  VectorForm form;
  form.form = "transposed blocks";
  SmallVector<int64_t> widths(op.getNumLoops(), 1);
  widths[readDim] = widths[writeDim] = lanes;
  if (group > 1)
    widths[groupDim] = group;
  form.tile = describeTile(widths);
  return form;
}

LogicalResult ditto::emitTranspose(LinalgOp op, const TargetModel &target,
                                   EmitterOptions options,
                                   RewriterBase &rewriter) {
  return emitCopyForm<TransposeEmitter>(op, target, options, rewriter);
}
