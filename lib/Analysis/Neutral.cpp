//===- Neutral.cpp - Elementwise ops that change nothing ------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Neutral.h"

#include "Evaluator.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::ditto;

/// Whether `op` makes x of x and a constant in place of operand `number`.
static bool isNeutral(Operation *op, unsigned number, Attribute constant) {
  auto integer = dyn_cast_or_null<IntegerAttr>(constant);
  auto real = dyn_cast_or_null<FloatAttr>(constant);
  bool isRight = number == 1;
  if (isa<arith::AddFOp>(op) || (isa<tosa::AddOp>(op) && real))
    return real && real.getValue().isNegZero();
  if (isa<arith::SubFOp>(op) || (isa<tosa::SubOp>(op) && real))
    return isRight && real && real.getValue().isPosZero();
  if (isa<arith::MulFOp>(op) || (isa<tosa::MulOp>(op) && real))
    return real && real.getValue().isExactlyValue(1.0);
  if (isa<arith::DivFOp>(op))
    return isRight && real && real.getValue().isExactlyValue(1.0);
  if (!integer)
    return false;
  APInt value = integer.getValue();
  if (isa<arith::AddIOp, arith::OrIOp, arith::XOrIOp, tosa::AddOp>(op))
    return value.isZero();
  if (isa<arith::SubIOp, tosa::SubOp>(op))
    return isRight && value.isZero();
  if (isa<arith::MulIOp, tosa::MulOp>(op))
    return value.isOne();
  if (isa<arith::AndIOp>(op))
    return value.isAllOnes();
  return false;
}

/// The one element of all of a tensor's, if it is such a constant.
static Attribute getSplat(Value tensor) {
  Attribute constant;
  if (matchPattern(tensor, m_Constant(&constant))) {
    auto dense = dyn_cast<DenseElementsAttr>(constant);
    return dense && dense.isSplat() ? dense.getSplatValue<Attribute>()
                                    : Attribute();
  }
  if (auto fill = tensor.getDefiningOp<linalg::FillOp>())
    if (matchPattern(fill.getInputs().front(), m_Constant(&constant)))
      return constant;
  // Masks are computed, by comparing indices that are constant.
  if (!getElementTypeOrSelf(tensor).isInteger(1))
    return {};
  Evaluator evaluator;
  const ConstantTensor *elements = evaluator.getTensor(tensor);
  if (!elements || elements->elements.empty() ||
      !llvm::all_equal(elements->elements))
    return {};
  return elements->elements.front();
}

/// The constant that a value in the body of `op` is in every iteration.
static Attribute getConstant(linalg::LinalgOp op, Value value) {
  Attribute constant;
  if (matchPattern(value, m_Constant(&constant)))
    return constant;
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument || argument.getOwner() != op.getBlock())
    return {};
  OpOperand *input = op.getMatchingOpOperand(argument);
  if (!op.isDpsInput(input))
    return {};
  if (isa<RankedTensorType>(input->get().getType()))
    return getSplat(input->get());
  return matchPattern(input->get(), m_Constant(&constant)) ? constant
                                                           : Attribute();
}

Value mlir::ditto::getNeutralOperand(linalg::LinalgOp op, Value yielded) {
  Operation *body = yielded.getDefiningOp();
  if (!body || body->getBlock() != op.getBlock())
    return {};
  // A mask that holds everywhere.
  if (auto select = dyn_cast<arith::SelectOp>(body)) {
    auto mask =
        dyn_cast_or_null<IntegerAttr>(getConstant(op, select.getCondition()));
    if (!mask)
      return {};
    return mask.getValue().isZero() ? select.getFalseValue()
                                    : select.getTrueValue();
  }
  if (body->getNumOperands() != 2)
    return {};
  for (unsigned number : {1, 0}) {
    Value other = body->getOperand(1 - number);
    if (other.getType() == yielded.getType() && isa<BlockArgument>(other) &&
        isNeutral(body, number, getConstant(op, body->getOperand(number))))
      return other;
  }
  return {};
}

Value mlir::ditto::getNeutralOperand(Operation *op) {
  if (!isa<tosa::AddOp, tosa::SubOp, tosa::MulOp>(op))
    return {};
  if (isa<tosa::MulOp>(op)) {
    auto shift = dyn_cast_or_null<IntegerAttr>(getSplat(op->getOperand(2)));
    if (!shift || !shift.getValue().isZero())
      return {};
  }
  for (unsigned number : {1, 0}) {
    Value other = op->getOperand(1 - number);
    if (getElementTypeOrSelf(other) == getElementTypeOrSelf(op->getResult(0)) &&
        isNeutral(op, number, getSplat(op->getOperand(number))))
      return other;
  }
  return {};
}
