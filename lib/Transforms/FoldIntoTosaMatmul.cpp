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
//===----------------------------------------------------------------------===//

#include "FoldPatterns.h"

#include "BuildStructured.h"
#include "RepeatedOperand.h"
#include "ditto/Analysis/Movement.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {
/// A product on merged loops, if these are those of a tosa.matmul.
struct ProductPlan {
  static FailureOr<ProductPlan> get(tosa::MatMulOp op,
                                    const RepeatControl &control,
                                    std::string &reason);

  /// Builds operand 0 or 1, moved into the arrangement that the op asks for.
  Value buildOperand(RewriterBase &rewriter, Location loc,
                     unsigned operand) const;
  Value buildResult(RewriterBase &rewriter, Location loc, Value result) const;

  LoopDigits digits;
  std::vector<RepeatedOperand> repeats;
  /// What the dimensions of both operands and the result are to be.
  SmallVector<DigitList> arrangements[3];
};
} // namespace

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
  ProductPlan plan{*digits, {}, {}};
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
  MergedLoops loops(plan.digits,
                    {IteratorType::parallel, IteratorType::parallel,
                     IteratorType::parallel, IteratorType::reduction},
                    units, [](unsigned) { return true; });
  // One loop of each kind at most; an absent one has extent 1.
  DigitList kinds[4];
  for (const DigitList &loop : loops.getLoops()) {
    bool inA = plan.digits.dependsOn(0, loop.front());
    bool inB = plan.digits.dependsOn(1, loop.front());
    bool inResult = plan.digits.dependsOn(2, loop.front());
    DigitList &kind = kinds[!inResult ? 3 : inA && inB ? 0 : inA ? 1 : 2];
    if (!kind.empty() || (!inA && !inB) || (!inResult && !(inA && inB))) {
      reason = "expected counts that become rows or columns of one product";
      return failure();
    }
    kind = loop;
  }
  plan.arrangements[0] = {kinds[0], kinds[1], kinds[3]};
  plan.arrangements[1] = {kinds[0], kinds[3], kinds[2]};
  plan.arrangements[2] = {kinds[0], kinds[1], kinds[2]};
  for (unsigned i = 0; i < 3; ++i)
    for (ArrayRef<DigitList> dims :
         {ArrayRef(plan.arrangements[i]),
          ArrayRef(plan.digits.getOperands()[i].dims)})
      for (const DigitList &dim : dims)
        if (failed(getStaticExtent(plan.digits, dim))) {
          reason = "expected extents that fit in 64 bits";
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
  Value value = input.value;
  RankedTensorType type = getArrangedType(digits, value, from);
  if (value.getType() != type)
    value = tensor::CastOp::create(rewriter, loc, type, value);
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

namespace {
struct FoldIntoTosaMatmul : public OpRewritePattern<tosa::MatMulOp> {
  FoldIntoTosaMatmul(MLIRContext *context, RepeatControl control)
      : OpRewritePattern(context), control(std::move(control)) {}

  LogicalResult matchAndRewrite(tosa::MatMulOp op,
                                PatternRewriter &rewriter) const override {
    std::string reason = "expected an operand that is a repeat";
    FailureOr<ProductPlan> plan = ProductPlan::get(op, control, reason);
    if (failed(plan))
      return rewriter.notifyMatchFailure(op, reason);
    Location loc = op.getLoc();
    for (const RepeatedOperand &repeat : plan->repeats)
      repeat.assertCounts(rewriter, std::nullopt);
    Value a = plan->buildOperand(rewriter, loc, 0);
    Value b = plan->buildOperand(rewriter, loc, 1);
    Value product = tosa::MatMulOp::create(
        rewriter, loc,
        getArrangedType(plan->digits, op.getOutput(), plan->arrangements[2]), a,
        b, op.getAZp(), op.getBZp());
    Value result = plan->buildResult(rewriter, loc, product);
    if (result.getType() != op.getType())
      result = tensor::CastOp::create(rewriter, loc, op.getType(), result);
    SmallVector<Value> operands = {op.getA(), op.getB()};
    rewriter.replaceOp(op, result);
    eraseDeadMovement(rewriter, operands, "tosa.matmul", RepeatFate::Removed);
    return success();
  }

  RepeatControl control;
};
} // namespace

void mlir::ditto::populateFoldIntoTosaMatmul(RewritePatternSet &patterns,
                                             const RepeatControl &control) {
  patterns.add<FoldIntoTosaMatmul>(patterns.getContext(), control);
}
