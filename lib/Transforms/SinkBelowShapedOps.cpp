//===- SinkBelowShapedOps.cpp - Repeats below ops that are not linalg's ---===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops that treat the elements along a repeated dimension alike, but have no
// loops to split: concat and extract_slice.
//
//===----------------------------------------------------------------------===//

#include "ditto/Transforms/Patterns.h"

#include "PeeledRepeat.h"
#include "SinkCost.h"
#include "ditto/Analysis/ConcatDim.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Concatenation
//===----------------------------------------------------------------------===//

/// The extents of what the operands repeat. Fails where these cannot be
/// concatenated instead.
static FailureOr<SmallVector<SmallVector<int64_t>>>
getPeeledShapes(tensor::ConcatOp op, unsigned concatDim,
                ArrayRef<PeeledRepeat> inputs) {
  auto extents = mergeExtents(
      llvm::map_to_vector(inputs,
                          [](const PeeledRepeat &input) { return &input; }),
      concatDim);
  if (failed(extents))
    return failure();
  SmallVector<SmallVector<int64_t>> shapes;
  SmallVector<Type> types;
  for (auto [operand, input] : llvm::zip_equal(op.getInputs(), inputs)) {
    auto type = cast<RankedTensorType>(operand.getType());
    // The sum of extents that no type tells may not fit in 64 bits.
    if (!type.isDynamicDim(concatDim))
      (*extents)[concatDim] =
          input.getStaticExtent(concatDim).value_or(ShapedType::kDynamic);
    else
      (*extents)[concatDim] = ShapedType::kDynamic;
    shapes.push_back(input.getPeeledShape(type, *extents));
    types.push_back(type.clone(shapes.back()));
  }
  RankedTensorType peeled = tensor::ConcatOp::inferResultType(concatDim, types);
  const PeeledRepeat &first = inputs.front();
  if (!first.mayHaveExtents(peeled.getShape(), first.dims,
                            op.getResultType().getShape()))
    return failure();
  return shapes;
}

/// concat(repeat(x), repeat(y)) -> repeat(concat(x, y)), where all are repeated
/// by the same counts; along the concatenated dimension in place only.
FailureOr<tensor::ConcatOp>
mlir::ditto::sinkRepeatsBelowConcat(RewriterBase &rewriter, tensor::ConcatOp op,
                                    const RepeatControl &control) {
  std::vector<PeeledRepeat> inputs;
  std::string reason;
  for (OpOperand &operand : op->getOpOperands()) {
    FailureOr<PeeledRepeat> peeled = PeeledRepeat::get(operand.get(), reason);
    if (failed(peeled))
      return rewriter.notifyMatchFailure(op, reason);
    if (control && !control(operand))
      return rewriter.notifyMatchFailure(op, kNotWanted);
    inputs.push_back(std::move(*peeled));
  }
  if (inputs.empty())
    return rewriter.notifyMatchFailure(op, "expected operands");
  const PeeledRepeat &first = inputs.front();
  std::optional<int64_t> concatDim = getConcatDim(op);
  if (!concatDim)
    return rewriter.notifyMatchFailure(op, "expected a dimension");
  if (!first.dims[*concatDim].outer.empty())
    return rewriter.notifyMatchFailure(
        op, "expected no repeat of the concatenated dimension as a whole");
  for (const PeeledRepeat &input : inputs)
    for (unsigned dim = 0; dim < first.dims.size(); ++dim)
      if (!input.isRepeatedLike(dim, first, dim))
        return rewriter.notifyMatchFailure(
            op, "expected operands that are repeated by the same counts");
  FailureOr<SmallVector<SmallVector<int64_t>>> shapes =
      getPeeledShapes(op, *concatDim, inputs);
  if (failed(shapes))
    return rewriter.notifyMatchFailure(op, kNotEqual);
  auto repeats = llvm::map_to_vector<0>(
      inputs, [](const PeeledRepeat &input) { return input.repeat; });
  if (!paysToSinkBelow(op, repeats, first.getCounts(first.dims)))
    return rewriter.notifyMatchFailure(op, kDoesNotPay);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  SmallVector<Value> values;
  for (auto [input, shape] : llvm::zip_equal(inputs, *shapes)) {
    input.repeat.assertCounts(rewriter, std::nullopt);
    values.push_back(input.buildPeeled(rewriter, op.getLoc(), shape));
  }
  auto concat =
      tensor::ConcatOp::create(rewriter, op.getLoc(), *concatDim, values);
  replaceByRepeat(rewriter, op, concat, first, first.dims);
  return concat;
}

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

namespace {
/// The slice of the peeled value. A null size is the whole dimension.
struct PeeledSlice {
  SmallVector<OpFoldResult> offsets, sizes;
  SmallVector<PeeledRepeat::Dim> counts;

  LogicalResult narrow(tensor::ExtractSliceOp op, const PeeledRepeat &peeled,
                       unsigned dim);
  tensor::ExtractSliceOp build(RewriterBase &rewriter,
                               tensor::ExtractSliceOp op, Value source) const;
};
} // namespace

LogicalResult PeeledSlice::narrow(tensor::ExtractSliceOp op,
                                  const PeeledRepeat &peeled, unsigned dim) {
  PeeledRepeat::Dim &count = counts[dim];
  if (!count.isRepeated())
    return success();
  std::optional<int64_t> offset = getConstantIntValue(offsets[dim]);
  std::optional<int64_t> stride =
      getConstantIntValue(op.getMixedStrides()[dim]);
  if (!offset || stride != 1)
    return failure();
  Builder builder(op.getContext());
  if (*offset == 0 && SymbolicSize::of(sizes[dim]) ==
                          SymbolicSize::ofDim(op.getSource(), dim)) {
    sizes[dim] = {};
    return success();
  }
  std::optional<int64_t> size = getConstantIntValue(sizes[dim]);
  std::optional<int64_t> inner = peeled.getStaticCount(count.inner);
  std::optional<int64_t> extent = peeled.getStaticExtent(dim);
  if (!size || !inner || *inner == 0 || *offset % *inner || *size % *inner)
    return failure();
  int64_t first = *offset / *inner, length = *size / *inner;
  if (!count.outer.empty()) {
    // Within one copy.
    if (!extent || *extent == 0)
      return failure();
    first %= *extent;
    count.outer.clear();
  }
  // The type of what is repeated may not have told that it is too small.
  if (extent && (first >= *extent || length > *extent - first))
    return failure();
  offsets[dim] = builder.getIndexAttr(first);
  sizes[dim] = builder.getIndexAttr(length);
  return success();
}

tensor::ExtractSliceOp PeeledSlice::build(RewriterBase &rewriter,
                                          tensor::ExtractSliceOp op,
                                          Value source) const {
  auto type = cast<RankedTensorType>(source.getType());
  llvm::SmallBitVector dropped = op.getDroppedDims();
  SmallVector<OpFoldResult> newSizes = sizes;
  SmallVector<int64_t> shape;
  for (auto [dim, size] : llvm::enumerate(newSizes)) {
    if (!size)
      size = tensor::getMixedSize(rewriter, op.getLoc(), source, dim);
    if (!dropped[dim])
      shape.push_back(isa<Attribute>(size) ? *getConstantIntValue(size)
                                           : ShapedType::kDynamic);
  }
  return tensor::ExtractSliceOp::create(
      rewriter, op.getLoc(),
      RankedTensorType::get(shape, type.getElementType()), source, offsets,
      newSizes, op.getMixedStrides());
}

/// extract_slice(repeat(x)) -> repeat(extract_slice(x)), where repeated
/// dimensions are taken whole, or in multiples of the count in place; a part of
/// one copy is not repeated at all:
///
///   %r = ditto.repeat %x by [3] : 8 -> 24
///   extract_slice %r [17] [4] [1]   ->   extract_slice %x [1] [4] [1]
FailureOr<tensor::ExtractSliceOp>
mlir::ditto::sinkRepeatsBelowSlice(RewriterBase &rewriter,
                                   tensor::ExtractSliceOp op,
                                   const RepeatControl &control) {
  std::string reason;
  FailureOr<PeeledRepeat> peeled = PeeledRepeat::get(op.getSource(), reason);
  if (failed(peeled))
    return rewriter.notifyMatchFailure(op, reason);
  if (control && !control(op.getSourceMutable()))
    return rewriter.notifyMatchFailure(op, kNotWanted);
  PeeledSlice slice{op.getMixedOffsets(), op.getMixedSizes(), peeled->dims};
  for (unsigned dim = 0; dim < peeled->dims.size(); ++dim)
    if (failed(slice.narrow(op, *peeled, dim)))
      return rewriter.notifyMatchFailure(
          op, "expected a slice that takes repeated dimensions whole");
  llvm::SmallBitVector dropped = op.getDroppedDims();
  SmallVector<PeeledRepeat::Dim> resultDims;
  for (auto [dim, counts] : llvm::enumerate(slice.counts)) {
    if (!dropped[dim])
      resultDims.push_back(counts);
    else if (counts.isRepeated())
      return rewriter.notifyMatchFailure(
          op, "expected a slice that keeps repeated dimensions");
  }
  bool isRepeated = llvm::any_of(
      resultDims, [](const auto &dim) { return dim.isRepeated(); });
  if (isRepeated &&
      !paysToSinkBelow(op, peeled->repeat, peeled->getCounts(resultDims)))
    return rewriter.notifyMatchFailure(op, kDoesNotPay);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  peeled->repeat.assertCounts(rewriter, std::nullopt);
  SmallVector<int64_t> extents;
  for (unsigned dim = 0; dim < peeled->dims.size(); ++dim)
    extents.push_back(
        peeled->getStaticExtent(dim).value_or(ShapedType::kDynamic));
  Value source =
      peeled->buildPeeled(rewriter, op.getLoc(),
                          peeled->getPeeledShape(op.getSourceType(), extents));
  tensor::ExtractSliceOp moved = slice.build(rewriter, op, source);
  replaceByRepeat(rewriter, op, moved, *peeled, resultDims);
  return moved;
}
