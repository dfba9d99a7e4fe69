//===- LoopCost.cpp - How much a loop has to do ---------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopCost.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

/// What a loop whose end nobody knows before it begins is taken for, and an
/// elementary function.
static constexpr int64_t kGuess = 16;

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

static OpFoldResult getIndex(OpBuilder &builder, int64_t value) {
  return builder.getIndexAttr(value);
}

/// `fold` of two numbers, or `OpTy` of two values.
template <typename OpTy>
static OpFoldResult combine(OpBuilder &builder, Location loc, OpFoldResult a,
                            OpFoldResult b,
                            function_ref<int64_t(int64_t, int64_t)> fold) {
  std::optional<int64_t> x = getConstantIntValue(a);
  std::optional<int64_t> y = getConstantIntValue(b);
  if (x && y)
    return getIndex(builder, fold(*x, *y));
  return builder.createOrFold<OpTy>(
      loc, getValueOrCreateConstantIndexOp(builder, loc, a),
      getValueOrCreateConstantIndexOp(builder, loc, b));
}

static int64_t clampToIndex(uint64_t value) {
  return std::min<uint64_t>(value, std::numeric_limits<int64_t>::max());
}

OpFoldResult ditto::addIndices(OpBuilder &builder, Location loc, OpFoldResult a,
                               OpFoldResult b) {
  return combine<arith::AddIOp>(builder, loc, a, b, [](int64_t x, int64_t y) {
    return clampToIndex(llvm::SaturatingAdd<uint64_t>(x, y));
  });
}

OpFoldResult ditto::multiplyIndices(OpBuilder &builder, Location loc,
                                    OpFoldResult a, OpFoldResult b) {
  for (auto [one, other] : {std::pair(a, b), std::pair(b, a)})
    if (isConstantIntValue(one, 1))
      return other;
  return combine<arith::MulIOp>(builder, loc, a, b, [](int64_t x, int64_t y) {
    return clampToIndex(llvm::SaturatingMultiply<uint64_t>(x, y));
  });
}

OpFoldResult ditto::divideUp(OpBuilder &builder, Location loc, OpFoldResult a,
                             OpFoldResult b) {
  if (isConstantIntValue(b, 1))
    return a;
  return combine<arith::CeilDivUIOp>(
      builder, loc, a, b,
      [](int64_t x, int64_t y) { return llvm::divideCeil(x, y); });
}

OpFoldResult ditto::countTurns(OpBuilder &builder, Location loc,
                               OpFoldResult lower, OpFoldResult upper,
                               OpFoldResult step) {
  OpFoldResult length = upper;
  if (!isConstantIntValue(lower, 0))
    length = combine<arith::SubIOp>(
        builder, loc, upper, lower, [](int64_t x, int64_t y) {
          int64_t difference;
          return llvm::SubOverflow(x, y, difference)
                     ? std::numeric_limits<int64_t>::max()
                     : difference;
        });
  length = combine<arith::MaxSIOp>(
      builder, loc, length, getIndex(builder, 0),
      [](int64_t x, int64_t y) { return std::max(x, y); });
  return divideUp(builder, loc, length, step);
}

//===----------------------------------------------------------------------===//
// The estimate
//===----------------------------------------------------------------------===//

namespace {

class CostEstimator {
public:
  CostEstimator(OpBuilder &builder, scf::ForallOp loop, unsigned vectorBits)
      : builder(builder), loop(loop), vectorBits(vectorBits) {}

  OpFoldResult estimate(Block &block);

private:
  OpFoldResult estimate(Operation &op);
  OpFoldResult countTurns(LoopLikeOpInterface inner);
  std::optional<OpFoldResult> getBeforeLoop(OpFoldResult value);
  std::optional<Value> hoist(Value value);
  int64_t countInstructions(Operation &op);

  OpBuilder &builder;
  scf::ForallOp loop;
  unsigned vectorBits;
  IRMapping hoisted;
};

} // namespace

OpFoldResult CostEstimator::estimate(Block &block) {
  OpFoldResult sum = getIndex(builder, 0);
  for (Operation &op : block)
    sum = addIndices(builder, loop.getLoc(), sum, estimate(op));
  return sum;
}

OpFoldResult CostEstimator::estimate(Operation &op) {
  if (op.getNumRegions() == 0)
    return getIndex(builder, countInstructions(op));
  OpFoldResult sum = getIndex(builder, 0);
  for (Region &region : op.getRegions())
    for (Block &block : region)
      sum = addIndices(builder, loop.getLoc(), sum, estimate(block));
  if (auto inner = dyn_cast<LoopLikeOpInterface>(op))
    return multiplyIndices(builder, loop.getLoc(), sum, countTurns(inner));
  return sum;
}

OpFoldResult CostEstimator::countTurns(LoopLikeOpInterface inner) {
  auto lowers = inner.getLoopLowerBounds();
  auto uppers = inner.getLoopUpperBounds();
  auto steps = inner.getLoopSteps();
  if (!lowers || !uppers || !steps)
    return getIndex(builder, kGuess);
  OpFoldResult product = getIndex(builder, 1);
  for (auto [lower, upper, step] : llvm::zip_equal(*lowers, *uppers, *steps)) {
    std::optional<OpFoldResult> from = getBeforeLoop(lower);
    std::optional<OpFoldResult> to = getBeforeLoop(upper);
    std::optional<int64_t> by = getConstantIntValue(step);
    OpFoldResult turns = from && to && by && *by > 0
                             ? ditto::countTurns(builder, loop.getLoc(), *from,
                                                 *to, getIndex(builder, *by))
                             : getIndex(builder, kGuess);
    product = multiplyIndices(builder, loop.getLoc(), product, turns);
  }
  return product;
}

/// `value` as a number or as a value that is there before the loop, if it does
/// not depend on the iteration.
std::optional<OpFoldResult> CostEstimator::getBeforeLoop(OpFoldResult value) {
  if (std::optional<int64_t> number = getConstantIntValue(value))
    return getIndex(builder, *number);
  std::optional<Value> before = hoist(cast<Value>(value));
  if (!before)
    return std::nullopt;
  return OpFoldResult(*before);
}

std::optional<Value> CostEstimator::hoist(Value value) {
  if (!loop.getRegion().isAncestor(value.getParentRegion()))
    return value;
  if (Value known = hoisted.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  if (!op || op->getNumRegions() != 0 || !isPure(op))
    return std::nullopt;
  for (Value operand : op->getOperands()) {
    std::optional<Value> before = hoist(operand);
    if (!before)
      return std::nullopt;
    hoisted.map(operand, *before);
  }
  builder.clone(*op, hoisted);
  return hoisted.lookup(value);
}

/// Constants and arithmetic of addresses take none; vectors that are wider than
/// a register take several.
int64_t CostEstimator::countInstructions(Operation &op) {
  if (op.hasTrait<OpTrait::ConstantLike>() ||
      op.hasTrait<OpTrait::IsTerminator>() ||
      llvm::any_of(op.getResultTypes(), llvm::IsaPred<IndexType>))
    return 0;
  int64_t count = 1;
  auto addType = [&](Type type) {
    auto vector = dyn_cast<VectorType>(type);
    if (vector && vector.getElementType().isIntOrFloat())
      count = std::max<int64_t>(
          count, llvm::divideCeil(vector.getNumElements() *
                                      vector.getElementTypeBitWidth(),
                                  vectorBits));
  };
  llvm::for_each(op.getResultTypes(), addType);
  llvm::for_each(op.getOperandTypes(), addType);
  return isa<math::MathDialect>(op.getDialect()) ? kGuess * count : count;
}

OpFoldResult ditto::estimateIteration(OpBuilder &builder, scf::ForallOp loop,
                                      unsigned vectorBits) {
  return CostEstimator(builder, loop, vectorBits).estimate(*loop.getBody());
}
