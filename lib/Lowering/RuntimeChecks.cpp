//===- RuntimeChecks.cpp - Checks before a repeat is computed -------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A check is
//
//   scf.if %bad { func.call @dittoRuntimeFail(%code, %a, %b, %c) }
//
// The function does not return (docs/Spec.md, "Run-time errors"), so whatever
// follows in the block happens only where the check passed.
//
//===----------------------------------------------------------------------===//

#include "RuntimeChecks.h"

#include "Broadcast.h"

#include "ditto/IR/ElementStorage.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

static constexpr StringLiteral kFailFunction = "dittoRuntimeFail";
static constexpr unsigned kNumArguments = 3;

/// Finds or declares
///   func.func private @dittoRuntimeFail(i64, i64, i64, i64)
/// in the symbol table around `op`.
static FailureOr<func::FuncOp> getFailFunction(RewriterBase &rewriter,
                                               Operation *op) {
  Operation *table = SymbolTable::getNearestSymbolTable(op);
  if (!table)
    return rewriter.notifyMatchFailure(op, "expected to be in a symbol table");
  SmallVector<Type> inputs(1 + kNumArguments, rewriter.getI64Type());
  auto type = FunctionType::get(rewriter.getContext(), inputs, {});
  if (Operation *symbol = SymbolTable::lookupSymbolIn(table, kFailFunction)) {
    auto function = dyn_cast<func::FuncOp>(symbol);
    if (function && function.getFunctionType() == type)
      return function;
    return rewriter.notifyMatchFailure(
        op, "expected @dittoRuntimeFail to be a function of four i64");
  }
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToStart(&table->getRegion(0).front());
  auto function =
      func::FuncOp::create(rewriter, op->getLoc(), kFailFunction, type);
  function.setPrivate();
  // Attributes of the LLVM function: the code after a failed check is dead, and
  // checks are laid out off the hot path.
  function->setAttr("passthrough",
                    rewriter.getStrArrayAttr({"noreturn", "cold"}));
  return function;
}

FailureOr<RuntimeChecks> RuntimeChecks::create(RewriterBase &rewriter,
                                               Operation *op) {
  FailureOr<func::FuncOp> function = getFailFunction(rewriter, op);
  if (failed(function))
    return failure();
  return RuntimeChecks(rewriter, op->getLoc(), *function);
}

Value RuntimeChecks::toValue(OpFoldResult value) {
  return getValueOrCreateConstantIndexOp(rewriter, loc, value);
}

void RuntimeChecks::failIf(OpFoldResult condition, RuntimeError error,
                           ArrayRef<OpFoldResult> arguments) {
  assert(arguments.size() <= kNumArguments && "the runtime takes three");
  if (isConstantIntValue(condition, 0))
    return;
  Value holds = getValueOrCreateConstantIntOp(rewriter, loc, condition);
  scf::IfOp::create(
      rewriter, loc, holds, [&](OpBuilder &builder, Location loc) {
        Type i64 = builder.getI64Type();
        SmallVector<Value> operands = {arith::ConstantIntOp::create(
            builder, loc, i64, static_cast<int64_t>(error))};
        for (OpFoldResult argument : arguments)
          operands.push_back(arith::IndexCastOp::create(
              builder, loc, i64,
              getValueOrCreateConstantIndexOp(builder, loc, argument)));
        while (operands.size() < 1 + kNumArguments)
          operands.push_back(
              arith::ConstantIntOp::create(builder, loc, i64, 0));
        func::CallOp::create(builder, loc, failFunction, operands);
        scf::YieldOp::create(builder, loc);
      });
}

void RuntimeChecks::failIfNegative(OpFoldResult value, RuntimeError error,
                                   ArrayRef<OpFoldResult> arguments) {
  if (std::optional<int64_t> number = getConstantIntValue(value);
      number && *number >= 0)
    return;
  Value zero = arith::ConstantIndexOp::create(rewriter, loc, 0);
  failIf(arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::slt,
                               toValue(value), zero)
             .getResult(),
         error, arguments);
}

void RuntimeChecks::failIfDifferent(OpFoldResult lhs, OpFoldResult rhs,
                                    RuntimeError error,
                                    ArrayRef<OpFoldResult> arguments) {
  if (isEqualConstantIntOrValue(lhs, rhs))
    return;
  failIf(arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ne,
                               toValue(lhs), toValue(rhs))
             .getResult(),
         error, arguments);
}

/// With one constant c > 0 the product overflows where the other operand
/// exceeds (2^63 - 1) / c; with none, where the upper half of the 128-bit
/// product is not zero or the lower half is negative.
std::pair<OpFoldResult, OpFoldResult>
RuntimeChecks::multiplyWithOverflow(OpFoldResult lhs, OpFoldResult rhs) {
  OpFoldResult no = rewriter.getBoolAttr(false);
  std::optional<int64_t> constant = getConstantIntValue(lhs);
  if (!constant) {
    std::swap(lhs, rhs);
    constant = getConstantIntValue(lhs);
  }
  // Now lhs is constant where either is.
  if (constant == 0)
    return {lhs, no};
  if (constant == 1)
    return {rhs, no};
  if (std::optional<int64_t> other = getConstantIntValue(rhs);
      constant && other) {
    int64_t product;
    bool overflow = llvm::MulOverflow(*constant, *other, product);
    return {rewriter.getIndexAttr(overflow ? 0 : product),
            rewriter.getBoolAttr(overflow)};
  }
  Value left = toValue(lhs), right = toValue(rhs);
  if (constant && *constant > 0) {
    Value limit = arith::ConstantIndexOp::create(
        rewriter, loc, std::numeric_limits<int64_t>::max() / *constant);
    Value overflow = arith::CmpIOp::create(
        rewriter, loc, arith::CmpIPredicate::sgt, right, limit);
    Value product = arith::MulIOp::create(rewriter, loc, left, right);
    return {product, overflow};
  }
  auto product = arith::MulUIExtendedOp::create(rewriter, loc, left, right);
  Value zero = arith::ConstantIndexOp::create(rewriter, loc, 0);
  Value high = arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ne,
                                     product.getHigh(), zero);
  Value low = arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::slt,
                                    product.getLow(), zero);
  Value overflow = arith::OrIOp::create(rewriter, loc, high, low);
  return {product.getLow(), overflow};
}

OpFoldResult RuntimeChecks::multiply(OpFoldResult lhs, OpFoldResult rhs,
                                     RuntimeError error,
                                     ArrayRef<OpFoldResult> arguments) {
  auto [product, overflow] = multiplyWithOverflow(lhs, rhs);
  failIf(overflow, error, arguments);
  return product;
}

Value RuntimeChecks::add(Value lhs, Value rhs, RuntimeError error,
                         ArrayRef<OpFoldResult> arguments) {
  Value sum = arith::AddIOp::create(rewriter, loc, lhs, rhs);
  failIfNegative(sum, error, arguments);
  return sum;
}

/// lhs || rhs of conditions, folded where one is known.
OpFoldResult RuntimeChecks::either(OpFoldResult lhs, OpFoldResult rhs) {
  for (auto [known, other] : {std::pair(lhs, rhs), std::pair(rhs, lhs)})
    if (std::optional<int64_t> value = getConstantIntValue(known))
      return *value ? known : other;
  return arith::OrIOp::create(rewriter, loc, cast<Value>(lhs), cast<Value>(rhs))
      .getResult();
}

void RuntimeChecks::failIfTooLarge(ArrayRef<OpFoldResult> extents,
                                   Type elementType, RuntimeError error) {
  // An element type without a size on the CPU is refused elsewhere; counting
  // one byte keeps the product of the extents in range.
  OpFoldResult bytes =
      rewriter.getIndexAttr(getStorageBytes(elementType).value_or(1));
  OpFoldResult overflow = rewriter.getBoolAttr(false);
  for (OpFoldResult extent : extents) {
    if (isConstantIntValue(extent, 0))
      return;
    auto [product, overflows] = multiplyWithOverflow(bytes, extent);
    bytes = product;
    overflow = either(overflow, overflows);
  }
  if (isConstantIntValue(overflow, 0))
    return;
  Value tooLarge = getValueOrCreateConstantIntOp(rewriter, loc, overflow);
  Value empty = createIsEmpty(rewriter, loc, extents);
  if (!getConstantIntValue(empty)) {
    Value isTrue = arith::ConstantIntOp::create(rewriter, loc, 1, 1);
    Value filled = arith::XOrIOp::create(rewriter, loc, empty, isTrue);
    tooLarge = arith::AndIOp::create(rewriter, loc, tooLarge, filled);
  }
  failIf(tooLarge, error, {});
}

void RuntimeChecks::failIfTypeDiffers(RankedTensorType resultType,
                                      ArrayRef<OpFoldResult> extents,
                                      RuntimeError error) {
  for (auto [dim, extent] : llvm::enumerate(extents)) {
    if (resultType.isDynamicDim(dim))
      continue;
    OpFoldResult expected = rewriter.getIndexAttr(resultType.getDimSize(dim));
    failIfDifferent(extent, expected, error,
                    {extent, rewriter.getIndexAttr(dim), expected});
  }
}
