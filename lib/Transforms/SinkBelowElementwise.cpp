//===- SinkBelowElementwise.cpp - Repeats below elementwise ops -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops on whole tensors, of arith, math and TOSA: those of linalg have loops.
//
//===----------------------------------------------------------------------===//

#include "ditto/Transforms/Patterns.h"

#include "PeeledRepeat.h"
#include "SinkCost.h"
#include "TosaElementwise.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::ditto;

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
  bool broadcasts = isTosaElementwise(op);
  for (auto [value, input] : llvm::zip_equal(op->getOperands(), inputs)) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type || (broadcasts && isSingleElement(type)))
      continue;
    if (type.getRank() != result.getRank())
      return false;
    for (unsigned dim = 0; dim < first.dims.size(); ++dim) {
      if (input ? !input->isRepeatedLike(dim, first, dim)
                : first.dims[dim].isRepeated() &&
                      !(broadcasts && type.getDimSize(dim) == 1) &&
                      !(getSplat(value) && first.getStaticExtent(dim)))
        return false;
    }
  }
  return true;
}

/// The value in place of `operand`: what `input` repeats, if anything; a
/// constant of the extents `extents` along repeated dimensions.
static Value buildOperand(RewriterBase &rewriter, OpOperand &operand,
                          const std::optional<PeeledRepeat> &input,
                          const PeeledRepeat &first,
                          ArrayRef<int64_t> extents) {
  Value value = operand.get();
  Location loc = operand.getOwner()->getLoc();
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (input) {
    input->repeat.assertCounts(rewriter, std::nullopt);
    return input->buildPeeled(rewriter, loc,
                              input->getPeeledShape(type, extents));
  }
  SplatElementsAttr splat = getSplat(value);
  if (!splat || !type || isSingleElement(type))
    return value;
  SmallVector<int64_t> shape = first.getPeeledShape(type, extents);
  if (isTosaElementwise(operand.getOwner()))
    for (auto [extent, old] : llvm::zip_equal(shape, type.getShape()))
      if (old == 1)
        extent = 1;
  return arith::ConstantOp::create(rewriter, loc,
                                   splat.resizeSplat(type.clone(shape)));
}

/// `op` before the repeats, with the extents `extents` along the repeated
/// dimensions, and its result repeated.
static Operation *sinkBelow(RewriterBase &rewriter, Operation *op,
                            const Inputs &inputs, const PeeledRepeat &first,
                            ArrayRef<int64_t> extents) {
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  IRMapping mapping;
  for (auto [operand, input] : llvm::zip_equal(op->getOpOperands(), inputs))
    mapping.map(operand.get(),
                buildOperand(rewriter, operand, input, first, extents));
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  Operation *sunk = rewriter.clone(*op, mapping);
  rewriter.modifyOpInPlace(sunk, [&] {
    sunk->getResult(0).setType(
        result.clone(first.getPeeledShape(result, extents)));
  });
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
  std::string reason = "expected an operand that is a repeat";
  SmallVector<const PeeledRepeat *> peeledInputs;
  for (OpOperand &operand : op->getOpOperands()) {
    auto type = dyn_cast<RankedTensorType>(operand.get().getType());
    if (!type || isSingleElement(type))
      continue;
    FailureOr<PeeledRepeat> peeled = PeeledRepeat::get(operand.get(), reason);
    if (failed(peeled) || (control && !control(operand)))
      continue;
    std::optional<PeeledRepeat> &input = inputs[operand.getOperandNumber()];
    input = std::move(*peeled);
    peeledInputs.push_back(&*input);
  }
  if (peeledInputs.empty())
    return rewriter.notifyMatchFailure(op, reason);
  const PeeledRepeat *first = peeledInputs.front();
  if (!speculates(op, *first) || !agree(op, inputs, *first))
    return rewriter.notifyMatchFailure(
        op, "expected operands that are repeated by the same counts, or are "
            "constant along the repeated dimensions");
  FailureOr<SmallVector<int64_t>> extents = mergeExtents(peeledInputs);
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  // TOSA has no extents of 0.
  bool isRefused = isTosaElementwise(op) && succeeded(extents) &&
                   llvm::is_contained(*extents, 0);
  if (failed(extents) || isRefused ||
      !first->mayHaveExtents(first->getPeeledShape(type, *extents), first->dims,
                             type.getShape()))
    return rewriter.notifyMatchFailure(op, kNotEqual);
  auto repeats = llvm::map_to_vector<0>(
      peeledInputs, [](const PeeledRepeat *input) { return input->repeat; });
  if (!paysToSinkBelow(op, repeats, first->getCounts(first->dims)))
    return rewriter.notifyMatchFailure(op, kDoesNotPay);
  return sinkBelow(rewriter, op, inputs, *first, *extents);
}
