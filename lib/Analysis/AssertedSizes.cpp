//===- AssertedSizes.cpp - What asserts say about sizes -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AssertedSizes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::ditto;
using Predicate = arith::CmpIPredicate;

/// How many users of a value are looked at: one question costs no more.
static constexpr unsigned kMaxUsers = 64;

/// Calls `visit` for the first users of `value` that are of type OpTy.
template <typename OpTy>
static void forFirstUsers(Value value, llvm::function_ref<void(OpTy)> visit) {
  unsigned number = 0;
  for (Operation *user : value.getUsers()) {
    if (++number > kMaxUsers)
      return;
    if (auto op = dyn_cast<OpTy>(user))
      visit(op);
  }
}

/// Values that hold the size, as far as they are easy to find.
static SmallVector<Value> findHolders(const SymbolicSize &size) {
  SmallVector<Value> holders;
  ArrayRef<SymbolicSize::Name> names = size.getNames();
  if (Value holder = size.getHolder()) {
    holders.push_back(holder);
  } else if (names.size() == 1 && size.getNumber() == 1 &&
             names.front().offset == 0) {
    const SymbolicSize::Name &name = names.front();
    if (!name.isDim())
      holders.push_back(name.value);
    else
      forFirstUsers<tensor::DimOp>(name.value, [&](tensor::DimOp op) {
        if (op.getConstantIndex() == name.dim)
          holders.push_back(op);
      });
  }
  for (size_t i = 0, e = holders.size(); i < e; ++i)
    forFirstUsers<arith::IndexCastOp>(
        holders[i], [&](arith::IndexCastOp op) { holders.push_back(op); });
  return holders;
}

/// Whether `comparison` is asserted before `at`.
static bool isAsserted(arith::CmpIOp comparison, Operation *at) {
  bool found = false;
  forFirstUsers<cf::AssertOp>(comparison, [&](cf::AssertOp op) {
    Operation *here = op->getBlock()->findAncestorOpInBlock(*at);
    found |= here && op->isBeforeInBlock(here);
  });
  return found;
}

/// The predicate of `rhs, lhs` that `predicate` is of `lhs, rhs`.
static Predicate swapOperands(Predicate predicate) {
  switch (predicate) {
  case Predicate::sge:
    return Predicate::sle;
  case Predicate::sgt:
    return Predicate::slt;
  case Predicate::sle:
    return Predicate::sge;
  case Predicate::slt:
    return Predicate::sgt;
  default:
    return predicate;
  }
}

/// Whether an assert before `at` compares `lhs` and `rhs` by one of
/// `predicates`.
static bool isAsserted(const SymbolicSize &lhs, const SymbolicSize &rhs,
                       ArrayRef<Predicate> predicates, Operation *at) {
  bool found = false;
  for (Value holder : findHolders(lhs))
    forFirstUsers<arith::CmpIOp>(holder, [&](arith::CmpIOp op) {
      bool isLeft = op.getLhs() == holder;
      Predicate predicate =
          isLeft ? op.getPredicate() : swapOperands(op.getPredicate());
      found = found ||
              (llvm::is_contained(predicates, predicate) &&
               SymbolicSize::of(isLeft ? op.getRhs() : op.getLhs()) == rhs &&
               isAsserted(op, at));
    });
  return found;
}

bool mlir::ditto::isAssertedEqual(const SymbolicSize &lhs,
                                  const SymbolicSize &rhs, Operation *at) {
  return isAsserted(lhs, rhs, Predicate::eq, at);
}

bool mlir::ditto::isAssertedAtLeast(const SymbolicSize &lhs,
                                    const SymbolicSize &rhs, Operation *at) {
  return isAsserted(lhs, rhs, {Predicate::eq, Predicate::sge, Predicate::sgt},
                    at);
}
