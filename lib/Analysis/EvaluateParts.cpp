//===- EvaluateParts.cpp - Constant tensors part by part ------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tensors that are put together from parts of others. Prefix sums without a
// loop shift a vector by padding and slicing, and add:
//
//   %p = tensor.pad %c low[1] high[0] { yield 0 }        0 2 0 3
//   %s = tensor.extract_slice %p[0] [3] [1]              0 2 0
//   arith.addi %c, %s                                    2 2 3
//
//===----------------------------------------------------------------------===//

#include "Evaluator.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Tosa/Utils/ConversionUtils.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

using Numbers = std::optional<SmallVector<int64_t>>;

static Numbers getNumbers(ArrayRef<OpFoldResult> values, Evaluator &evaluator) {
  SmallVector<int64_t> numbers;
  for (OpFoldResult value : values) {
    std::optional<int64_t> number = getConstantIntValue(value);
    if (!number)
      number = evaluator.getInteger(cast<Value>(value));
    if (!number)
      return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

static Numbers getNumbers(Value shape) {
  SmallVector<int64_t> numbers;
  Operation *op = shape.getDefiningOp();
  if (!op || !tosa::getConstShapeValues(op, numbers))
    return std::nullopt;
  return numbers;
}

namespace {
/// The places `offsets` + `strides` * i of a tensor, for i in `extents`.
struct Window {
  SmallVector<int64_t> offsets, strides, extents;

  /// The place of `index`, none where it does not fit in 64 bits.
  Numbers place(ArrayRef<int64_t> index) const {
    SmallVector<int64_t> at;
    for (auto [i, offset, stride] : llvm::zip_equal(index, offsets, strides)) {
      int64_t position;
      if (llvm::MulOverflow(i, stride, position) ||
          llvm::AddOverflow(position, offset, position))
        return std::nullopt;
      at.push_back(position);
    }
    return at;
  }
};
} // namespace

static std::optional<Window> getWindow(OffsetSizeAndStrideOpInterface op,
                                       Evaluator &evaluator) {
  Numbers offsets = getNumbers(op.getMixedOffsets(), evaluator);
  Numbers strides = getNumbers(op.getMixedStrides(), evaluator);
  Numbers extents = getNumbers(op.getMixedSizes(), evaluator);
  if (!offsets || !strides || !extents || !getBoundedSize(*extents))
    return std::nullopt;
  return Window{*offsets, *strides, *extents};
}

/// The elements in `window`, `fill` where it is out of bounds, as a tensor of
/// `shape`, which may lack unit dimensions.
static std::optional<ConstantTensor>
read(const ConstantTensor *tensor, const std::optional<Window> &window,
     Attribute fill, ArrayRef<int64_t> shape, Evaluator &evaluator) {
  if (!tensor || !window || window->offsets.size() != tensor->shape.size() ||
      getBoundedSize(window->extents) != getBoundedSize(shape))
    return std::nullopt;
  ConstantTensor result{SmallVector<int64_t>(shape), {}};
  bool complete = forEachIndex(window->extents, [&](ArrayRef<int64_t> index) {
    Numbers place = window->place(index);
    Attribute element = place ? tensor->at(*place) : Attribute();
    result.elements.push_back(element ? element : fill);
    return evaluator.takeStep() && result.elements.back();
  });
  return complete ? std::optional(result) : std::nullopt;
}

/// `tensor` with the elements of `part` in `window`.
static std::optional<ConstantTensor> write(const ConstantTensor *tensor,
                                           const std::optional<Window> &window,
                                           ArrayRef<Attribute> part,
                                           Evaluator &evaluator) {
  if (!tensor || !window || getBoundedSize(window->extents) != part.size() ||
      !evaluator.takeSteps(tensor->elements.size()))
    return std::nullopt;
  ConstantTensor result = *tensor;
  bool complete = forEachIndex(window->extents, [&](ArrayRef<int64_t> index) {
    Numbers place = window->place(index);
    Attribute *element = place ? result.find(*place) : nullptr;
    if (!element)
      return false;
    *element = part.front();
    part = part.drop_front();
    return evaluator.takeStep();
  });
  return complete ? std::optional(result) : std::nullopt;
}

/// What is padded by `low`, and more or less behind, is a window that begins
/// before it.
static std::optional<Window> getPadded(Numbers low, ArrayRef<int64_t> shape) {
  if (!low || low->size() != shape.size() || !getBoundedSize(shape))
    return std::nullopt;
  for (int64_t &offset : *low)
    if (llvm::SubOverflow(int64_t(0), offset, offset))
      return std::nullopt;
  return Window{*low, SmallVector<int64_t>(shape.size(), 1),
                SmallVector<int64_t>(shape)};
}

/// Joins tensors along a dimension.
static std::optional<ConstantTensor> concatenate(Evaluator &evaluator,
                                                 ValueRange inputs, int64_t dim,
                                                 ArrayRef<int64_t> shape) {
  // The runs that each input has of every result run.
  SmallVector<const ConstantTensor *> tensors;
  for (Value input : inputs)
    if (!tensors.emplace_back(evaluator.getTensor(input)))
      return std::nullopt;
  ConstantTensor result{SmallVector<int64_t>(shape), {}};
  int64_t numRuns = *getBoundedSize(shape.take_front(dim));
  for (int64_t run = 0; run < numRuns; ++run)
    for (const ConstantTensor *tensor : tensors) {
      int64_t length = tensor->elements.size() / numRuns;
      auto begin = tensor->elements.begin() + run * length;
      result.elements.insert(result.elements.end(), begin, begin + length);
    }
  if (int64_t(result.elements.size()) != *getBoundedSize(shape))
    return std::nullopt;
  return result;
}

std::optional<ConstantTensor> mlir::ditto::evaluateParts(Operation *op,
                                                         Evaluator &evaluator) {
  auto shape = cast<RankedTensorType>(op->getResult(0).getType()).getShape();
  using Result = std::optional<ConstantTensor>;
  return TypeSwitch<Operation *, Result>(op)
      .Case([&](tensor::ConcatOp op) {
        return concatenate(evaluator, op.getInputs(), op.getDim(), shape);
      })
      .Case([&](tosa::ConcatOp op) {
        return concatenate(evaluator, op.getInput1(), op.getAxis(), shape);
      })
      .Case([&](tensor::ExtractSliceOp op) {
        return read(evaluator.getTensor(op.getSource()),
                    getWindow(op, evaluator), {}, shape, evaluator);
      })
      .Case([&](tosa::SliceOp op) -> Result {
        Numbers start = getNumbers(op.getStart());
        if (!start || start->size() != shape.size())
          return std::nullopt;
        SmallVector<int64_t> ones(shape.size(), 1);
        return read(evaluator.getTensor(op.getInput1()),
                    Window{*start, ones, SmallVector<int64_t>(shape)}, {},
                    shape, evaluator);
      })
      .Case([&](tensor::PadOp op) -> Result {
        Value value = op.getConstantPaddingValue();
        Attribute fill = value ? evaluator.getScalar(value) : Attribute();
        Numbers low = getNumbers(op.getMixedLowPad(), evaluator);
        return read(evaluator.getTensor(op.getSource()), getPadded(low, shape),
                    fill, shape, evaluator);
      })
      .Case([&](tosa::PadOp op) -> Result {
        const ConstantTensor *fill = evaluator.getTensor(op.getPadConst());
        Numbers padding = getNumbers(op.getPadding());
        if (!fill || fill->elements.size() != 1 || !padding)
          return std::nullopt;
        // Low and high by turns.
        SmallVector<int64_t> low;
        for (size_t at = 0; at < padding->size(); at += 2)
          low.push_back((*padding)[at]);
        return read(evaluator.getTensor(op.getInput1()), getPadded(low, shape),
                    fill->elements.front(), shape, evaluator);
      })
      .Case([&](tensor::InsertSliceOp op) -> Result {
        const ConstantTensor *part = evaluator.getTensor(op.getSource());
        if (!part)
          return std::nullopt;
        return write(evaluator.getTensor(op.getDest()),
                     getWindow(op, evaluator), part->elements, evaluator);
      })
      .Case([&](tensor::InsertOp op) -> Result {
        Attribute element = evaluator.getScalar(op.getScalar());
        Numbers offsets =
            getNumbers(getAsOpFoldResult(op.getIndices()), evaluator);
        if (!element || !offsets)
          return std::nullopt;
        SmallVector<int64_t> ones(offsets->size(), 1);
        return write(evaluator.getTensor(op.getDest()),
                     Window{*offsets, ones, ones}, element, evaluator);
      })
      .Default([](Operation *) { return std::nullopt; });
}
