//===- FoldIntoTosaMatmul.cpp - Repeats that tosa.matmul reads ------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// tosa.matmul has one batch dimension, and operands of rank 3 in fixed order. A
// repeat is folded into it where the count can become rows or columns:
//
//   %r = ditto.repeat_interleave %k by 4 dim(0) : 3x6x7 -> 12x6x7
//   tosa.matmul %q, %r : 12x5x6, 12x6x7 -> 12x5x7
//     ->
//   tosa.matmul (%q as 3x20x6), %k : 3x20x6, 3x6x7 -> 3x20x7
//
// Elsewhere, as for a repeat of the whole batch, the product becomes a
// linalg.contract, if its zero points say nothing.
//
//===----------------------------------------------------------------------===//

#include "ditto/Transforms/Patterns.h"

#include "BuildStructured.h"
#include "Flops.h"
#include "RepeatedOperand.h"
#include "ditto/Analysis/Movement.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {
/// A product on merged loops.
struct ProductPlan {
  static FailureOr<ProductPlan>
  get(tosa::MatMulOp op, const RepeatControl &control, std::string &reason);

  /// Builds operand 0 or 1, moved into the arrangement that the op asks for.
  Value buildOperand(RewriterBase &rewriter, Location loc,
                     unsigned operand) const;
  Value buildResult(RewriterBase &rewriter, Location loc, Value result) const;

  Operation *buildMatmul(RewriterBase &rewriter, tosa::MatMulOp op) const;
  Operation *buildContract(RewriterBase &rewriter, tosa::MatMulOp op) const;

  /// Whether the loops are those of a tosa.matmul.
  bool isMatmul() const { return isProduct; }
  /// Whether linalg.contract has such loops: what is summed is a product of
  /// both operands, and something is.
  bool isContraction() const;

  LoopDigits digits;
  std::vector<RepeatedOperand> repeats;
  std::optional<MergedLoops> loops;
  bool isProduct = false;
  /// What the dimensions of both operands and the result are to be.
  SmallVector<DigitList> arrangements[3];

private:
  void arrange();
};
} // namespace

/// Whether linalg.contract computes what `op` does: it knows no zero points.
static bool canBeContract(tosa::MatMulOp op) {
  auto isZero = [](Value zeroPoint) {
    return matchPattern(zeroPoint, m_AnyZeroFloat());
  };
  return isZero(op.getAZp()) && isZero(op.getBZp()) &&
         isa<FloatType>(getElementTypeOrSelf(op.getOutput()));
}

static DigitList join(ArrayRef<DigitList> dims) {
  DigitList joined;
  for (const DigitList &dim : dims)
    llvm::append_range(joined, dim);
  return joined;
}

/// The dimensions of a tosa.matmul where there is one loop of each kind at
/// most, an absent one having extent 1; whole loops as they come elsewhere.
void ProductPlan::arrange() {
  DigitList kinds[4];
  isProduct = true;
  for (const DigitList &loop : loops->getLoops()) {
    bool inA = digits.dependsOn(0, loop.front());
    bool inB = digits.dependsOn(1, loop.front());
    bool inResult = digits.dependsOn(2, loop.front());
    DigitList &kind = kinds[!inResult ? 3 : inA && inB ? 0 : inA ? 1 : 2];
    isProduct &= kind.empty() && (inA || inB) && (inResult || (inA && inB));
    kind = loop;
  }
  arrangements[0] = {kinds[0], kinds[1], kinds[3]};
  arrangements[1] = {kinds[0], kinds[3], kinds[2]};
  arrangements[2] = {kinds[0], kinds[1], kinds[2]};
  // The result is reshaped, never transposed: a group that would become columns
  // does where the columns' own loop has extent 1, and stands before the rows.
  isProduct &= join(arrangements[2]) ==
               join(digits.withoutUnits(digits.getOperands()[2].dims));
  if (!isProduct)
    for (unsigned i = 0; i < 3; ++i)
      arrangements[i] =
          loops->arrange(digits.getOperands()[i].dims, /*keepUnits=*/false);
}

bool ProductPlan::isContraction() const {
  bool sums = false;
  for (const DigitList &loop : loops->getLoops()) {
    bool inA = digits.dependsOn(0, loop.front());
    bool inB = digits.dependsOn(1, loop.front());
    bool inResult = digits.dependsOn(2, loop.front());
    if (inResult ? !inA && !inB : !inA || !inB)
      return false;
    sums |= !inResult;
  }
  return sums;
}

FailureOr<ProductPlan> ProductPlan::get(tosa::MatMulOp op,
                                        const RepeatControl &control,
                                        std::string &reason) {
  AffineExpr b, m, n, k;
  bindDims(op.getContext(), b, m, n, k);
  AffineMap maps[] = {AffineMap::get(4, 0, {b, m, k}, op.getContext()),
                      AffineMap::get(4, 0, {b, k, n}, op.getContext()),
                      AffineMap::get(4, 0, {b, m, n}, op.getContext())};
  FailureOr<LoopDigits> digits =
      LoopDigits::get(maps, {op.getA(), op.getB(), op.getOutput()}, reason);
  if (failed(digits))
    return failure();
  ProductPlan plan;
  plan.digits = *digits;
  for (OpOperand *operand : {&op.getAMutable(), &op.getBMutable()}) {
    FailureOr<RepeatedOperand> repeat = findRepeat(operand->get(), reason);
    if (succeeded(repeat) && (!control || control(*operand)) &&
        succeeded(plan.digits.readFromRoot(operand->getOperandNumber(),
                                           repeat->layout, reason)))
      plan.repeats.push_back(*repeat);
  }
  if (plan.repeats.empty())
    return failure();

  using utils::IteratorType;
  llvm::SmallDenseSet<unsigned> units;
  for (const DigitList &loop : plan.digits.getLoops())
    for (unsigned digit : loop)
      if (plan.digits.isUnit(digit))
        units.insert(digit);
  const IteratorType types[] = {IteratorType::parallel, IteratorType::parallel,
                                IteratorType::parallel,
                                IteratorType::reduction};
  plan.loops.emplace(plan.digits, types, units, [](unsigned) { return true; });
  plan.arrange();
  if (!plan.isMatmul() && (!canBeContract(op) || !plan.isContraction())) {
    reason = "expected counts that become rows or columns of one product";
    return failure();
  }
  for (unsigned i = 0; i < 3; ++i)
    for (ArrayRef<DigitList> dims :
         {ArrayRef(plan.arrangements[i]),
          ArrayRef(plan.digits.getOperands()[i].dims)})
      for (const DigitList &dim : dims)
        if (FailureOr<int64_t> extent = getStaticExtent(plan.digits, dim);
            failed(extent) || *extent == 0) {
          reason = "expected extents above 0 that fit in 64 bits";
          return failure();
        }
  return plan;
}

Value ProductPlan::buildOperand(RewriterBase &rewriter, Location loc,
                                unsigned operand) const {
  const LoopDigits::Operand &input = digits.getOperands()[operand];
  SmallVector<DigitList> from = digits.withoutUnits(input.dims);
  ArrayRef<DigitList> to = arrangements[operand];
  MovementBuilder movement(rewriter, loc, digits);
  Value value = movement.withExtents(input.value, from, input.needsReshape);
  Permutation permutation(from, to);
  if (permutation.isIdentity())
    return movement.reshape(value, from, to);
  value = movement.permute(value, from, permutation);
  return movement.reshape(value, permutation.getPermutedPieces(), to);
}

Value ProductPlan::buildResult(RewriterBase &rewriter, Location loc,
                               Value result) const {
  return MovementBuilder(rewriter, loc, digits)
      .reshape(result, arrangements[2],
               digits.withoutUnits(digits.getOperands()[2].dims));
}

Operation *ProductPlan::buildMatmul(RewriterBase &rewriter,
                                    tosa::MatMulOp op) const {
  Location loc = op.getLoc();
  return tosa::MatMulOp::create(
      rewriter, loc, getArrangedType(digits, op.getOutput(), arrangements[2]),
      buildOperand(rewriter, loc, 0), buildOperand(rewriter, loc, 1),
      op.getAZp(), op.getBZp());
}

Operation *ProductPlan::buildContract(RewriterBase &rewriter,
                                      tosa::MatMulOp op) const {
  Location loc = op.getLoc();
  Value inputs[] = {buildOperand(rewriter, loc, 0),
                    buildOperand(rewriter, loc, 1)};
  SmallVector<AffineMap> maps;
  for (const SmallVector<DigitList> &arrangement : arrangements)
    maps.push_back(loops->getMap(arrangement, rewriter.getContext()));
  Type type = getElementTypeOrSelf(op.getOutput());
  MovementBuilder movement(rewriter, loc, digits);
  SmallVector<OpFoldResult> sizes;
  for (const DigitList &dim : arrangements[2])
    sizes.push_back(movement.getExtent(dim));
  Value empty = tensor::EmptyOp::create(rewriter, loc, sizes, type);
  Value zero =
      arith::ConstantOp::create(rewriter, loc, rewriter.getZeroAttr(type));
  Value init = linalg::FillOp::create(rewriter, loc, zero, empty).getResult(0);
  return linalg::ContractOp::create(rewriter, loc, init.getType(), inputs, init,
                                    rewriter.getAffineMapArrayAttr(maps));
}

FailureOr<Operation *> mlir::ditto::foldRepeatsIntoTosaMatmul(
    RewriterBase &rewriter, tosa::MatMulOp op, const RepeatControl &control) {
  std::string reason = "expected an operand that is a repeat";
  FailureOr<ProductPlan> plan = ProductPlan::get(op, control, reason);
  if (failed(plan))
    return rewriter.notifyMatchFailure(op, reason);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  Location loc = op.getLoc();
  for (const RepeatedOperand &repeat : plan->repeats)
    repeat.assertCounts(rewriter, std::nullopt);
  Operation *product = plan->isMatmul() ? plan->buildMatmul(rewriter, op)
                                        : plan->buildContract(rewriter, op);
  Value result = plan->buildResult(rewriter, loc, product->getResult(0));
  if (result.getType() != op.getType())
    result = tensor::CastOp::create(rewriter, loc, op.getType(), result);
  SmallVector<Value> operands = {op.getA(), op.getB()};
  // The loops are split and merged.
  FlopChange flops = compareFlops(op, product, /*sameTurns=*/true);
  rewriter.replaceOp(op, result);
  eraseDeadMovement(rewriter, operands,
                    {kFoldPass, tosa::MatMulOp::getOperationName(), flops});
  return product;
}
