//===- RowElements.cpp - What is known of the elements of a row -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowElements.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::ditto;
using Kind = RowElement::Kind;

Kind ditto::getConstantKind(Value value) {
  APFloat exact(0.0);
  if (matchPattern(value, m_ConstantFloat(&exact))) {
    double number = FloatAttr::getValueAsDouble(exact);
    if (number == 0)
      return Kind::Zero;
    if (number <= kLowest)
      return Kind::Lowest;
    return number >= 1 && exact.isFinite() ? Kind::AtLeastOne : Kind::Unknown;
  }
  if (matchPattern(value, m_One()) && value.getType().isInteger(1))
    return Kind::True;
  return matchPattern(value, m_Zero()) && value.getType().isInteger(1)
             ? Kind::False
             : Kind::Unknown;
}

static Kind compare(arith::CmpFOp op, Kind lhs) {
  if (lhs != Kind::Finite || !matchPattern(op.getRhs(), m_NegInfFloat()))
    return Kind::Unknown;
  switch (op.getPredicate()) {
  case arith::CmpFPredicate::OEQ:
  case arith::CmpFPredicate::UEQ:
    return Kind::False;
  case arith::CmpFPredicate::ONE:
  case arith::CmpFPredicate::UNE:
    return Kind::True;
  default:
    return Kind::Unknown;
  }
}

Kind ditto::getResultKind(Operation *op, ArrayRef<Kind> kinds) {
  auto hasBoth = [&](Kind a, Kind b) {
    return (kinds[0] == a && kinds[1] == b) || (kinds[0] == b && kinds[1] == a);
  };
  return llvm::TypeSwitch<Operation *, Kind>(op)
      .Case([&](arith::AddFOp) {
        return llvm::is_contained(kinds, Kind::Lowest) ? Kind::Lowest
                                                       : Kind::Unknown;
      })
      .Case([&](arith::SubFOp) {
        return kinds[0] == Kind::Lowest && kinds[1] != Kind::Lowest
                   ? Kind::Lowest
                   : Kind::Unknown;
      })
      .Case([&](arith::MulFOp) {
        if (llvm::is_contained(kinds, Kind::Zero))
          return Kind::Zero;
        return hasBoth(Kind::Lowest, Kind::AtLeastOne) ? Kind::Lowest
                                                       : Kind::Unknown;
      })
      .Case([&](arith::DivFOp) {
        return kinds[0] == Kind::Zero ? Kind::Zero : Kind::Unknown;
      })
      .Case<arith::MaximumFOp, arith::MaxNumFOp>([&](auto) {
        return hasBoth(Kind::Lowest, Kind::Lowest) ? Kind::Lowest
                                                   : Kind::Unknown;
      })
      .Case<math::ExpOp, math::Exp2Op>([&](auto) {
        return kinds[0] == Kind::Lowest ? Kind::Zero : Kind::Unknown;
      })
      .Case([&](arith::ExtFOp) { return kinds[0]; })
      .Case([&](arith::TruncFOp truncate) {
        // Narrower floats may have no infinity.
        return truncate.getType().getIntOrFloatBitWidth() >= 16 &&
                       kinds[0] != Kind::Finite
                   ? kinds[0]
                   : Kind::Unknown;
      })
      .Case([&](arith::SelectOp) {
        if (kinds[0] == Kind::True || kinds[0] == Kind::False)
          return kinds[kinds[0] == Kind::True ? 1 : 2];
        return kinds[1] == kinds[2] ? kinds[1] : Kind::Unknown;
      })
      .Case([&](arith::CmpFOp cmp) { return compare(cmp, kinds[0]); })
      .Default(Kind::Unknown);
}

bool ditto::isNeutralInRow(Operation *combiner, RowElement element) {
  if (isa<arith::MaximumFOp, arith::MaxNumFOp>(combiner))
    return element.hidden == Kind::Lowest;
  if (isa<arith::AddFOp>(combiner))
    return element.hidden == Kind::Zero;
  if (isa<arith::AndIOp>(combiner))
    return element.hidden == Kind::True || element.seen == Kind::False;
  return isa<arith::OrIOp>(combiner) &&
         (element.hidden == Kind::False || element.seen == Kind::True);
}
