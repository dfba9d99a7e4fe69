//===- InterleaveEmitter.cpp - Rows side by side --------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// y[i, j] = x[j, i], where there are two or four j and both are contiguous:
//
//   for i step 16
//     a = x[0, i..i+15], b = x[1, i..i+15]
//     y[i..i+15, 0..1] = a0 b0 a1 b1 ..
//   for i: the rest, element by element
//
//===----------------------------------------------------------------------===//

#include "InterleaveEmitter.h"

#include "CopyForm.h"
#include "Loops.h"
#include "StorageView.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

namespace {

class InterleaveEmitter : public CopyEmitter {
public:
  InterleaveEmitter(LinalgOp op, EmitterOptions options, RewriterBase &rewriter)
      : CopyEmitter(op, options, rewriter), input(*op.getDpsInputOperand(0)),
        init(*op.getDpsInitOperand(0)) {}

  LogicalResult match(const TargetModel &target);
  void emit();
  VectorForm describe();

private:
  void emitBlock();
  void emitElements();
  SmallVector<Value> getIndices(OpOperand &operand, int64_t row);

  OpOperand &input, &init;
  /// The dimension of the elements of a row, and that of the rows.
  unsigned elementDim = 0, rowDim = 0;
  int64_t rows = 0, lanes = 0;
  SmallVector<Value> inductionVariables;
};

} // namespace

LogicalResult InterleaveEmitter::match(const TargetModel &target) {
  std::optional<std::pair<unsigned, unsigned>> dims = getTransposedDims(op);
  if (!dims)
    return rewriter.notifyMatchFailure(op, "no transpose of contiguous rows");
  std::tie(elementDim, rowDim) = *dims;
  rows = op.getStaticLoopRanges()[rowDim];
  if ((rows != 2 && rows != 4) ||
      getContiguousDim(op, init, rows) != elementDim)
    return rewriter.notifyMatchFailure(op, "not two or four rows");
  Type type = getElementTypeOrSelf(input.get().getType());
  if (!getStorageType(type))
    return rewriter.notifyMatchFailure(op, "elements have no storage type");
  lanes = llvm::bit_floor(target.vectorBits / getStorageBits(type));
  if (lanes < 2)
    return rewriter.notifyMatchFailure(op, "a vector holds one element");
  return success();
}

void InterleaveEmitter::emit() {
  SmallVector<OpFoldResult> extents;
  SmallVector<unsigned> outer;
  for (auto [dim, range] :
       llvm::enumerate(op.createLoopRanges(rewriter, loc))) {
    extents.push_back(range.size);
    if (dim != elementDim && dim != rowDim)
      outer.push_back(dim);
  }
  inductionVariables.resize(extents.size());
  Value elements =
      getValueOrCreateConstantIndexOp(rewriter, loc, extents[elementDim]);
  Value blocks = roundDown(rewriter, loc, elements, lanes);
  SmallVector<DimLoop> loops = getWholeLoops(rewriter, outer, extents);
  loops.push_back({elementDim, constantIndex(0), blocks, lanes});
  emitLoops(rewriter, loc, loops, inductionVariables, options.parallel,
            [&] { emitBlock(); });
  loops.back() = {elementDim, blocks, elements};
  emitLoops(rewriter, loc, loops, inductionVariables, options.parallel,
            [&] { emitElements(); });
}

SmallVector<Value> InterleaveEmitter::getIndices(OpOperand &operand,
                                                 int64_t row) {
  inductionVariables[rowDim] = constantIndex(row);
  return llvm::map_to_vector(
      op.getMatchingIndexingMap(&operand).getResults(), [&](AffineExpr expr) {
        return inductionVariables[cast<AffineDimExpr>(expr).getPosition()];
      });
}

/// The vectors of rows 0 and 2 take turns, and those of 1 and 3; then these
/// two.
void InterleaveEmitter::emitBlock() {
  Type type = getElementTypeOrSelf(input.get().getType());
  auto vectorType = VectorType::get({lanes}, getStorageType(type));
  llvm::MaybeAlign alignment = getStorageAlignment(type);
  Value source = viewGroups(rewriter, input, 1);
  SmallVector<Value> vectors;
  for (int64_t row = 0; row < rows; ++row)
    vectors.push_back(vector::LoadOp::create(rewriter, loc, vectorType, source,
                                             getIndices(input, row),
                                             /*nontemporal=*/false, alignment));
  while (vectors.size() > 1) {
    size_t half = vectors.size() / 2;
    for (size_t i = 0; i < half; ++i)
      vectors[i] = vector::InterleaveOp::create(rewriter, loc, vectors[i],
                                                vectors[half + i]);
    vectors.resize(half);
  }
  SmallVector<Value> indices = getIndices(init, 0);
  indices.pop_back();
  indices.back() =
      arith::MulIOp::create(rewriter, loc, indices.back(), constantIndex(rows));
  vector::StoreOp::create(rewriter, loc, vectors.front(),
                          viewGroups(rewriter, init, rows), indices,
                          /*nontemporal=*/false, alignment);
}

void InterleaveEmitter::emitElements() {
  for (int64_t row = 0; row < rows; ++row) {
    Value element = memref::LoadOp::create(rewriter, loc, input.get(),
                                           getIndices(input, row));
    memref::StoreOp::create(rewriter, loc, element, init.get(),
                            getIndices(init, row));
  }
}

VectorForm InterleaveEmitter::describe() {
  VectorForm form;
  form.form = "interleaved rows";
  SmallVector<int64_t> widths(op.getNumLoops(), 1);
  widths[elementDim] = lanes;
  widths[rowDim] = rows;
  form.tile = describeTile(widths);
  return form;
}

LogicalResult ditto::emitInterleave(LinalgOp op, const TargetModel &target,
                                    EmitterOptions options,
                                    RewriterBase &rewriter) {
  return emitCopyForm<InterleaveEmitter>(op, target, options, rewriter);
}
