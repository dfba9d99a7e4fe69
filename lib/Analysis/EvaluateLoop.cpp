//===- EvaluateLoop.cpp - Values of constant loops ------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Prefix sums, scatters and binary searches that have been lowered to loops:
//
//   scf.for %i = 0 to 3 iter_args(%t = %e, %sum = 0) {
//     %c = tensor.extract %counts[%i]
//     %s = arith.addi %sum, %c
//     yield (tensor.insert %s into %t[%i]), %s
//   }
//
//===----------------------------------------------------------------------===//

#include "Evaluator.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

std::optional<Evaluator::Element> Evaluator::getElement(Value value) {
  if (!isa<RankedTensorType>(value.getType())) {
    Attribute scalar = getScalar(value);
    return scalar ? std::optional(Element{scalar, std::nullopt}) : std::nullopt;
  }
  const ConstantTensor *tensor = getTensor(value);
  if (!tensor || !takeSteps(tensor->elements.size()))
    return std::nullopt;
  return Element{{}, *tensor};
}

void Evaluator::carry(Value value, const Element &element) {
  if (element.tensor)
    tensors[value] = std::make_unique<ConstantTensor>(*element.tensor);
  else
    carried[value] = element.scalar;
}

std::optional<SmallVector<Evaluator::Element, 0>>
Evaluator::runLoop(scf::ForOp loop) {
  std::optional<int64_t> begin = getInteger(loop.getLowerBound());
  std::optional<int64_t> end = getInteger(loop.getUpperBound());
  std::optional<int64_t> step = getInteger(loop.getStep());
  if (!begin || !end || !step || *step <= 0 || loop.getUnsignedCmp())
    return std::nullopt;
  auto getAll = [&](ValueRange values) {
    std::optional<SmallVector<Element, 0>> elements;
    elements.emplace();
    for (Value value : values) {
      std::optional<Element> element = getElement(value);
      if (!element)
        return std::optional<SmallVector<Element, 0>>();
      elements->push_back(std::move(*element));
    }
    return elements;
  };
  std::optional<SmallVector<Element, 0>> current = getAll(loop.getInitArgs());
  auto outerScalars = scalars;
  // What an iteration has computed is nothing for the next one.
  auto forget = [&] {
    scalars = outerScalars;
    auto forgetValue = [&](Value value) {
      tensors.erase(value);
      carried.erase(value);
    };
    llvm::for_each(loop.getBody()->getArguments(), forgetValue);
    loop.getBody()->walk(
        [&](Operation *op) { llvm::for_each(op->getResults(), forgetValue); });
  };
  Type type = loop.getInductionVar().getType();
  for (int64_t index = *begin; current && index < *end;) {
    carried[loop.getInductionVar()] = IntegerAttr::get(type, index);
    for (auto [argument, element] :
         llvm::zip_equal(loop.getRegionIterArgs(), *current))
      carry(argument, element);
    current = takeStep() ? getAll(loop.getYieldedValues()) : std::nullopt;
    forget();
    if (llvm::AddOverflow(index, *step, index))
      current = std::nullopt;
  }
  return current;
}
