//===- SinkBelowShapedOps.cpp - Repeats below ops that are not linalg's ---===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops that treat the elements along a repeated dimension alike, but have no
// loops to split: concat, extract_slice, elementwise ops on tensors.
//
//===----------------------------------------------------------------------===//

#include "ditto/Transforms/Patterns.h"

#include "Flops.h"
#include "PeeledRepeat.h"
#include "SinkCost.h"
#include "TosaElementwise.h"
#include "ditto/Analysis/ConcatDim.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::ditto;

/// Replaces `op` by `moved`, which runs on what is repeated, with its result
/// repeated, and erases what the operands of `op` needed and nobody else does.
static void replaceByRepeat(RewriterBase &rewriter, Operation *op,
                            Operation *moved, const PeeledRepeat &peeled,
                            ArrayRef<PeeledRepeat::Dim> dims) {
  Value repeated = peeled.buildRepeat(rewriter, moved->getResult(0), dims);
  Type type = op->getResult(0).getType();
  if (repeated.getType() != type)
    repeated = tensor::CastOp::create(rewriter, op->getLoc(), type, repeated);
  SmallVector<Value> operands = op->getOperands();
  FlopChange flops = compareFlops(op, moved);
  rewriter.replaceOp(op, repeated);
  bool isRepeated = llvm::any_of(
      dims, [](const PeeledRepeat::Dim &dim) { return dim.isRepeated(); });
  eraseDeadMovement(
      rewriter, operands,
      {kSinkPass, moved->getName().getStringRef(), flops, isRepeated});
}

//===----------------------------------------------------------------------===//
// Concatenation
//===----------------------------------------------------------------------===//

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
  auto repeats = llvm::map_to_vector<0>(
      inputs, [](const PeeledRepeat &input) { return input.repeat; });
  if (!paysToSinkBelow(op, repeats, first.getCounts(first.dims)))
    return rewriter.notifyMatchFailure(op, kDoesNotPay);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  SmallVector<Value> values;
  for (const PeeledRepeat &input : inputs) {
    input.repeat.assertCounts(rewriter, std::nullopt);
    values.push_back(input.buildPeeled(rewriter, op.getLoc()));
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
    if (!extent || *extent == 0 || first % *extent + length > *extent)
      return failure();
    first %= *extent;
    count.outer.clear();
  }
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
      shape.push_back(getConstantIntValue(size).value_or(ShapedType::kDynamic));
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
  Value source = peeled->buildPeeled(rewriter, op.getLoc());
  tensor::ExtractSliceOp moved = slice.build(rewriter, op, source);
  replaceByRepeat(rewriter, op, moved, *peeled, resultDims);
  return moved;
}

//===----------------------------------------------------------------------===//
// Elementwise ops
//===----------------------------------------------------------------------===//

/// Whether `op` computes each element of its one result from the elements at
/// the same place, or at index 0 of dimensions of extent 1.
static bool isElementwise(Operation *op) {
  return op->getNumResults() == 1 && op->getNumRegions() == 0 &&
         isa<RankedTensorType>(op->getResult(0).getType()) &&
         isMemoryEffectFree(op) &&
         (OpTrait::hasElementwiseMappableTraits(op) || isTosaElementwise(op));
}

using Inputs = SmallVector<std::optional<PeeledRepeat>, 0>;

/// A constant that can be made anew in the shape of the peeled operands.
static SplatElementsAttr getSplat(Value value) {
  SplatElementsAttr splat;
  matchPattern(value, m_Constant(&splat));
  return splat;
}

/// `splat` with the extents of what is repeated by `first`, where it had
/// those of the repeat.
static Value resize(RewriterBase &rewriter, Location loc,
                    SplatElementsAttr splat, const PeeledRepeat &first) {
  auto type = cast<ShapedType>(splat.getType());
  SmallVector<int64_t> shape(type.getShape());
  for (auto [dim, counts] : llvm::enumerate(first.dims))
    if (counts.isRepeated() && shape[dim] != 1)
      shape[dim] = *first.getStaticExtent(dim);
  return arith::ConstantOp::create(rewriter, loc,
                                   splat.resizeSplat(type.clone(shape)));
}

/// A count of 0 kept the op from computing anything.
static bool speculates(Operation *op, const PeeledRepeat &first) {
  return isSpeculatable(op) ||
         llvm::all_of(llvm::seq<unsigned>(0, first.dims.size()),
                      [&](unsigned dim) { return first.isKept(dim); });
}

/// Whether all of `type` is one element, as the parameters of some ops are.
static bool isSingleElement(RankedTensorType type) {
  return llvm::all_of(type.getShape(),
                      [](int64_t extent) { return extent == 1; });
}

/// Whether no operand depends on a count of `first`, nor has others.
static bool agree(Operation *op, const Inputs &inputs,
                  const PeeledRepeat &first) {
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  if (size_t(result.getRank()) != first.dims.size())
    return false;
  for (auto [value, input] : llvm::zip_equal(op->getOperands(), inputs)) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type || isSingleElement(type))
      continue;
    if (type.getRank() != result.getRank())
      return false;
    for (unsigned dim = 0; dim < first.dims.size(); ++dim) {
      if (input ? !input->isRepeatedLike(dim, first, dim)
                : first.dims[dim].isRepeated() && type.getDimSize(dim) != 1 &&
                      !(getSplat(value) && first.getStaticExtent(dim)))
        return false;
    }
  }
  return true;
}

/// `op` before the repeats, and its result repeated.
static Operation *sinkBelow(RewriterBase &rewriter, Operation *op,
                            const Inputs &inputs, const PeeledRepeat &first) {
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  SmallVector<Value> operands;
  for (auto [value, input] : llvm::zip_equal(op->getOperands(), inputs)) {
    if (input) {
      input->repeat.assertCounts(rewriter, std::nullopt);
      operands.push_back(input->buildPeeled(rewriter, op->getLoc()));
      continue;
    }
    auto type = dyn_cast<RankedTensorType>(value.getType());
    SplatElementsAttr splat = getSplat(value);
    operands.push_back(splat && !isSingleElement(type)
                           ? resize(rewriter, op->getLoc(), splat, first)
                           : value);
  }
  Value peeled = operands[llvm::find_if(inputs,
                                        [](const auto &input) {
                                          return input.has_value();
                                        }) -
                          inputs.begin()];
  auto shape = cast<RankedTensorType>(peeled.getType()).getShape();
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<int64_t> resultShape(result.getShape());
  for (auto [dim, counts] : llvm::enumerate(first.dims))
    if (counts.isRepeated())
      resultShape[dim] = shape[dim];
  IRMapping mapping;
  for (auto [old, value] : llvm::zip_equal(op->getOperands(), operands))
    mapping.map(old, value);
  Operation *sunk = rewriter.clone(*op, mapping);
  rewriter.modifyOpInPlace(
      sunk, [&] { sunk->getResult(0).setType(result.clone(resultShape)); });
  replaceByRepeat(rewriter, op, sunk, first, first.dims);
  return sunk;
}

/// f(repeat(x), repeat(y), z) -> repeat(f(x, y, z)), where x and y are repeated
/// by the same counts along dimensions of the result and z does not depend on
/// these.
FailureOr<Operation *>
mlir::ditto::sinkRepeatsBelowElementwise(RewriterBase &rewriter, Operation *op,
                                         const RepeatControl &control) {
  if (!isElementwise(op))
    return rewriter.notifyMatchFailure(op, "expected an elementwise op");
  Inputs inputs(op->getNumOperands());
  const PeeledRepeat *first = nullptr;
  std::string reason = "expected an operand that is a repeat";
  for (OpOperand &operand : op->getOpOperands()) {
    FailureOr<PeeledRepeat> peeled = PeeledRepeat::get(operand.get(), reason);
    if (failed(peeled) || (control && !control(operand)))
      continue;
    std::optional<PeeledRepeat> &input = inputs[operand.getOperandNumber()];
    input = std::move(*peeled);
    if (!first)
      first = &*input;
  }
  if (!first)
    return rewriter.notifyMatchFailure(op, reason);
  if (!speculates(op, *first) || !agree(op, inputs, *first))
    return rewriter.notifyMatchFailure(
        op, "expected operands that are repeated by the same counts, or are "
            "constant along the repeated dimensions");
  SmallVector<RepeatedOperand, 0> repeats;
  for (const std::optional<PeeledRepeat> &input : inputs)
    if (input)
      repeats.push_back(input->repeat);
  if (!paysToSinkBelow(op, repeats, first->getCounts(first->dims)))
    return rewriter.notifyMatchFailure(op, kDoesNotPay);
  return sinkBelow(rewriter, op, inputs, *first);
}
