//===- FoldIntoTosaElementwise.cpp - Repeats read by TOSA's ops -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// TOSA's elementwise ops have no indexing maps, but broadcast dimensions of
// extent 1: counts become dimensions of their own.
//
//===----------------------------------------------------------------------===//

#include "ditto/Transforms/Patterns.h"

#include "Flops.h"
#include "PeeledRepeat.h"
#include "TosaElementwise.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {
/// The dimensions of the result of an op that reads a repeat, split:
///
///   result     10     16        repeat_interleave of 10x4 by 4 dim(1)
///   split     [10]   [4 4]      of which the repeated operand has 10, 4 and 1
class SplitDims {
public:
  /// Splits the dimensions that `peeled` repeats of a result with the extents
  /// `shape`.
  static FailureOr<SplitDims> get(const PeeledRepeat &peeled,
                                  ArrayRef<int64_t> shape);

  /// Whether for each repeated dimension one of the operands of these extents
  /// depends on it.
  bool areCountsIn(ArrayRef<ArrayRef<int64_t>> shapes) const;

  /// An operand of the result's rank, whose extents are those of the result or
  /// 1, with the dimensions split.
  Value split(RewriterBase &rewriter, Location loc, Value value) const;

  /// What is repeated, with extent 1 in place of the counts.
  Value splitPeeled(RewriterBase &rewriter, Location loc, Value value) const;

  Value join(RewriterBase &rewriter, Location loc, Value value) const;

  SmallVector<int64_t> getShape() const;

private:
  /// A part of a dimension.
  struct Part {
    int64_t extent;
    bool isCount;
  };

  Value splitAs(
      RewriterBase &rewriter, Location loc, Value value,
      function_ref<int64_t(int64_t extent, const Part &part)> getExtent) const;

  /// For each dimension; never empty.
  SmallVector<SmallVector<Part, 3>> dims;
  SmallVector<ReassociationIndices> groups;
};
} // namespace

FailureOr<SplitDims> SplitDims::get(const PeeledRepeat &peeled,
                                    ArrayRef<int64_t> shape) {
  SplitDims result;
  int64_t number = 0;
  for (auto [dim, counts] : llvm::enumerate(peeled.dims)) {
    std::optional<int64_t> extent = peeled.getStaticExtent(dim);
    if (!extent || !peeled.isKept(dim))
      return failure();
    SmallVector<Part, 3> &parts = result.dims.emplace_back();
    if (!counts.outer.empty())
      parts.push_back({*peeled.getStaticCount(counts.outer), true});
    if (!counts.isRepeated())
      parts.push_back({shape[dim], false});
    else if (*extent != 1)
      parts.push_back({*extent, false});
    if (!counts.inner.empty())
      parts.push_back({*peeled.getStaticCount(counts.inner), true});
    ReassociationIndices &group = result.groups.emplace_back();
    for (size_t part = 0; part < parts.size(); ++part)
      group.push_back(number++);
  }
  return result;
}

bool SplitDims::areCountsIn(ArrayRef<ArrayRef<int64_t>> shapes) const {
  auto isCount = [](const Part &part) { return part.isCount; };
  for (auto [dim, parts] : llvm::enumerate(dims))
    if (llvm::any_of(parts, isCount) &&
        llvm::all_of(shapes, [dim = dim](ArrayRef<int64_t> shape) {
          return shape[dim] == 1;
        }))
      return false;
  return true;
}

Value SplitDims::splitAs(
    RewriterBase &rewriter, Location loc, Value value,
    function_ref<int64_t(int64_t, const Part &)> getExtent) const {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int64_t> shape;
  for (auto [extent, parts] : llvm::zip_equal(type.getShape(), dims))
    for (const Part &part : parts)
      shape.push_back(getExtent(extent, part));
  if (type.getShape() == ArrayRef(shape))
    return value;
  return tensor::ExpandShapeOp::create(rewriter, loc, type.clone(shape), value,
                                       groups);
}

Value SplitDims::split(RewriterBase &rewriter, Location loc,
                       Value value) const {
  return splitAs(rewriter, loc, value, [](int64_t extent, const Part &part) {
    return extent == 1 ? 1 : part.extent;
  });
}

Value SplitDims::splitPeeled(RewriterBase &rewriter, Location loc,
                             Value value) const {
  return splitAs(rewriter, loc, value, [](int64_t extent, const Part &part) {
    return part.isCount ? 1 : extent;
  });
}

Value SplitDims::join(RewriterBase &rewriter, Location loc, Value value) const {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getRank() == static_cast<int64_t>(groups.size()))
    return value;
  return tensor::CollapseShapeOp::create(rewriter, loc, value, groups);
}

SmallVector<int64_t> SplitDims::getShape() const {
  SmallVector<int64_t> shape;
  for (const auto &parts : dims)
    for (const Part &part : parts)
      shape.push_back(part.extent);
  return shape;
}

/// The operands that have elements for those of the result.
static MutableArrayRef<OpOperand> getDataOperands(Operation *op) {
  MutableArrayRef<OpOperand> operands = op->getOpOperands();
  return isa<tosa::MulOp>(op) ? operands.take_front(2) : operands;
}

static bool hasStaticOperands(Operation *op) {
  auto result = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  return result && result.hasStaticShape() &&
         llvm::all_of(getDataOperands(op), [&](OpOperand &operand) {
           auto type = dyn_cast<RankedTensorType>(operand.get().getType());
           return type && type.hasStaticShape() &&
                  type.getRank() == result.getRank();
         });
}

/// Whether the result has the repeated extents without `repeated` too.
static bool isNeeded(OpOperand &repeated, const SplitDims &dims) {
  SmallVector<ArrayRef<int64_t>> others;
  for (OpOperand &operand : getDataOperands(repeated.getOwner()))
    if (operand.get() != repeated.get())
      others.push_back(
          cast<RankedTensorType>(operand.get().getType()).getShape());
  return dims.areCountsIn(others);
}

static Operation *fold(RewriterBase &rewriter, OpOperand &repeated,
                       const PeeledRepeat &peeled, const SplitDims &dims) {
  Operation *op = repeated.getOwner();
  Location loc = op->getLoc();
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  Value source =
      dims.splitPeeled(rewriter, loc, peeled.buildPeeled(rewriter, loc));
  SmallVector<Value> operands = op->getOperands(), newOperands = operands;
  for (OpOperand &operand : getDataOperands(op))
    newOperands[operand.getOperandNumber()] =
        operand.get() == repeated.get()
            ? source
            : dims.split(rewriter, loc, operand.get());
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  Operation *split = rewriter.clone(*op);
  rewriter.modifyOpInPlace(split, [&] {
    split->setOperands(newOperands);
    split->getResult(0).setType(type.clone(dims.getShape()));
  });
  FlopChange flops = compareFlops(op, split);
  rewriter.replaceOp(op, dims.join(rewriter, loc, split->getResult(0)));
  eraseDeadMovement(rewriter, operands,
                    {kFoldPass, split->getName().getStringRef(), flops});
  return split;
}

/// An operand repeated along dimensions that others depend on is read as it is:
///
///   %r = ditto.repeat_interleave %s by 4 dim(1) : 10x4 -> 10x16
///   tosa.sub %x, %r : 10x16, 10x16
///   -> %g = tensor.expand_shape %x : 10x16 into 10x4x4
///      %t = tensor.expand_shape %s : 10x4 into 10x4x1
///      %d = tosa.sub %g, %t : 10x4x4, 10x4x1
///      tensor.collapse_shape %d : 10x4x4 into 10x16
///
/// Where no other operand depends on them, the repeat sinks.
FailureOr<Operation *> mlir::ditto::foldRepeatsIntoTosaElementwise(
    RewriterBase &rewriter, Operation *op, const RepeatControl &control) {
  if (!isTosaElementwise(op) || !hasStaticOperands(op))
    return rewriter.notifyMatchFailure(
        op, "expected an elementwise op of TOSA with static extents");
  std::string reason = "expected an operand that is a repeat";
  for (OpOperand &operand : getDataOperands(op)) {
    FailureOr<PeeledRepeat> peeled = PeeledRepeat::get(operand.get(), reason);
    if (failed(peeled) || (control && !control(operand)))
      continue;
    FailureOr<SplitDims> dims = SplitDims::get(
        *peeled, cast<RankedTensorType>(op->getResult(0).getType()).getShape());
    if (succeeded(dims) && isNeeded(operand, *dims))
      return fold(rewriter, operand, *peeled, *dims);
    reason = "expected other operands that depend on the repeated dimensions";
  }
  return rewriter.notifyMatchFailure(op, reason);
}
