//===- EvaluateTosa.cpp - Values of constant TOSA arithmetic --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// TOSA's ops fold splats at most, and have no body to run. These are the ones
// that frontends compute index vectors with.
//
//===----------------------------------------------------------------------===//

#include "Evaluator.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::ditto;

/// The element that an elementwise op makes of elements; none for other ops.
static std::optional<APInt> computeElement(Operation *op, ArrayRef<APInt> in,
                                           unsigned resultWidth) {
  using Result = std::optional<APInt>;
  if (in.size() == 2 && in[0].getBitWidth() != in[1].getBitWidth())
    return std::nullopt;
  auto flag = [](bool value) { return APInt(1, value); };
  return TypeSwitch<Operation *, Result>(op)
      .Case([&](tosa::AddOp) { return in[0] + in[1]; })
      .Case([&](tosa::SubOp) { return in[0] - in[1]; })
      .Case([&](tosa::MulOp) -> Result {
        // The last operand is a shift.
        if (!in[2].isZero() || in[0].getBitWidth() != in[1].getBitWidth())
          return std::nullopt;
        return in[0] * in[1];
      })
      .Case([&](tosa::IntDivOp) -> Result {
        if (in[1].isZero() || (in[0].isMinSignedValue() && in[1].isAllOnes()))
          return std::nullopt;
        return in[0].sdiv(in[1]);
      })
      .Case([&](tosa::MaximumOp) { return llvm::APIntOps::smax(in[0], in[1]); })
      .Case([&](tosa::MinimumOp) { return llvm::APIntOps::smin(in[0], in[1]); })
      .Case([&](tosa::GreaterOp) { return flag(in[0].sgt(in[1])); })
      .Case([&](tosa::GreaterEqualOp) { return flag(in[0].sge(in[1])); })
      .Case([&](tosa::EqualOp) { return flag(in[0] == in[1]); })
      .Case([&](tosa::LogicalNotOp) { return ~in[0]; })
      .Case([&](tosa::LogicalAndOp) { return in[0] & in[1]; })
      .Case([&](tosa::LogicalOrOp) { return in[0] | in[1]; })
      .Case([&](tosa::SelectOp) { return in[0].isZero() ? in[2] : in[1]; })
      .Case([&](tosa::CastOp) -> Result {
        if (in[0].getBitWidth() == 1)
          return in[0].zextOrTrunc(resultWidth);
        return in[0].sextOrTrunc(resultWidth);
      })
      .Default([](Operation *) { return std::nullopt; });
}

static std::optional<APInt> getInteger(Attribute element) {
  auto integer = dyn_cast_or_null<IntegerAttr>(element);
  return integer ? std::optional(integer.getValue()) : std::nullopt;
}

/// Adds the elements along a dimension.
static std::optional<ConstantTensor> reduceSum(const ConstantTensor &input,
                                               int64_t axis) {
  ConstantTensor result{input.shape, {}};
  int64_t extent = std::exchange(result.shape[axis], 1);
  bool complete = forEachIndex(result.shape, [&](ArrayRef<int64_t> index) {
    SmallVector<int64_t> at(index);
    std::optional<APInt> sum;
    for (at[axis] = 0; at[axis] < extent; ++at[axis]) {
      std::optional<APInt> element = getInteger(input.at(at));
      if (!element)
        return false;
      sum = sum ? *sum + *element : *element;
    }
    if (!sum)
      return false;
    Type type = cast<IntegerAttr>(input.elements.front()).getType();
    result.elements.push_back(IntegerAttr::get(type, *sum));
    return true;
  });
  return complete ? std::optional(result) : std::nullopt;
}

std::optional<ConstantTensor> mlir::ditto::evaluateTosa(Operation *op,
                                                        Evaluator &evaluator) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<const ConstantTensor *> inputs;
  for (Value operand : op->getOperands())
    if (!inputs.emplace_back(evaluator.getTensor(operand)))
      return std::nullopt;
  if (auto reduce = dyn_cast<tosa::ReduceSumOp>(op))
    return reduceSum(*inputs.front(), reduce.getAxis());
  auto elementType = dyn_cast<IntegerType>(type.getElementType());
  if (!elementType)
    return std::nullopt;
  ConstantTensor result{to_vector(type.getShape()), {}};
  bool complete = forEachIndex(result.shape, [&](ArrayRef<int64_t> index) {
    SmallVector<APInt> elements;
    for (const ConstantTensor *input : inputs) {
      // Unit dimensions are broadcast; a shift has rank 1 whatever the result.
      SmallVector<int64_t> at(
          index.take_back(std::min(index.size(), input->shape.size())));
      for (auto [i, extent] : llvm::zip(at, input->shape))
        i = extent == 1 ? 0 : i;
      if (at.size() != input->shape.size())
        return false;
      std::optional<APInt> element = getInteger(input->at(at));
      if (!element)
        return false;
      elements.push_back(*element);
    }
    std::optional<APInt> element =
        computeElement(op, elements, elementType.getWidth());
    if (!element || element->getBitWidth() != elementType.getWidth())
      return false;
    result.elements.push_back(IntegerAttr::get(elementType, *element));
    return evaluator.takeStep();
  });
  return complete ? std::optional(result) : std::nullopt;
}
