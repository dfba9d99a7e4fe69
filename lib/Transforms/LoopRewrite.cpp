//===- LoopRewrite.cpp - Structured ops on other loops --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopRewrite.h"

#include "BuildStructured.h"
#include "Flops.h"
#include "ditto/Analysis/Movement.h"
#include "ditto/Analysis/ReadsOperand.h"
#include "ditto/Analysis/RepeatPlan.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Planning
//===----------------------------------------------------------------------===//

LoopRewrite::LoopRewrite(linalg::LinalgOp op, LoopDigits digits)
    : op(op), contraction(linalg::isaContractionOpInterface(op)),
      digits(std::move(digits)) {}

/// Whether the loops and the body of `op` may be changed at all.
static LogicalResult checkOp(linalg::LinalgOp op, std::string &reason) {
  if (!op.hasPureTensorSemantics() ||
      op.getBlock()->getNumArguments() != op->getNumOperands()) {
    reason = "expected an op on tensors with an argument for each operand";
    return failure();
  }
  // It may run more or less often than before.
  if (!llvm::all_of(*op.getBlock(), [](Operation &inner) {
        return isMemoryEffectFree(&inner);
      })) {
    reason = "expected a body without side effects";
    return failure();
  }
  return success();
}

FailureOr<LoopRewrite> LoopRewrite::get(
    linalg::LinalgOp op,
    function_ref<bool(OpOperand &, const RepeatedOperand &)> accept,
    std::string &reason) {
  if (failed(checkOp(op, reason)))
    return failure();
  FailureOr<LoopDigits> digits =
      LoopDigits::get(op.getIndexingMapsArray(), op->getOperands(), reason);
  if (failed(digits))
    return failure();
  LoopRewrite rewrite(op, *digits);
  for (OpOperand *input : op.getDpsInputOperands()) {
    // Each on its own: without one, another may still be folded. What is
    // repeated by several ops may be read from between them.
    for (size_t maxOps = kMaxChain; maxOps > 0;) {
      std::string ignored;
      FailureOr<RepeatedOperand> repeat =
          findRepeat(input->get(), ignored, maxOps);
      if (failed(repeat) || !accept(*input, *repeat))
        break;
      LoopRewrite attempt(rewrite);
      if (succeeded(attempt.readFromRoot(input->getOperandNumber(), *repeat,
                                         reason))) {
        rewrite = std::move(attempt);
        break;
      }
      maxOps = repeat->ops.size() - 1;
    }
  }
  if (rewrite.repeats.empty())
    return failure();
  rewrite.shrinkSplats();
  if (failed(rewrite.arrangeLoops(reason)))
    return failure();
  return rewrite;
}

LogicalResult LoopRewrite::arrangeLoops(std::string &reason) {
  // Contractions are what they were on fewer, larger loops; the loops of other
  // ops are left alone where nothing changed along them.
  auto mayJoin = [&](unsigned loop) {
    return contraction &&
           llvm::any_of(digits.getLoops()[loop], [&](unsigned digit) {
             return repeatedDigits.contains(digit);
           });
  };
  loops.emplace(digits, op.getIteratorTypesArray(), getDroppedDigits(),
                mayJoin);
  if (contraction)
    sortAsContraction(*loops, digits);
  return checkExtents(reason);
}

LogicalResult LoopRewrite::keepNeedlessLoops(std::string &reason) {
  needless.clear();
  if (failed(checkLoops(reason)))
    return failure();
  return arrangeLoops(reason);
}

LogicalResult LoopRewrite::readFromRoot(unsigned operand,
                                        const RepeatedOperand &repeat,
                                        std::string &reason) {
  if (failed(digits.readFromRoot(operand, repeat.layout, reason)))
    return failure();
  repeats.push_back(repeat);
  findRepeatedDigits();
  return checkLoops(reason);
}

void LoopRewrite::findRepeatedDigits() {
  for (auto *set : {&repeatedDigits, &needless, &lostUnits})
    set->clear();
  for (OpOperand *input : op.getDpsInputOperands()) {
    unsigned index = input->getOperandNumber();
    if (splats.contains(index))
      continue;
    AffineMap map = op.getMatchingIndexingMap(input);
    for (AffineExpr expr : map.getResults()) {
      auto loop = dyn_cast<AffineDimExpr>(expr);
      if (!loop)
        continue;
      for (unsigned digit : digits.getLoops()[loop.getPosition()])
        if (!digits.dependsOn(index, digit))
          (digits.isUnit(digit) ? lostUnits : repeatedDigits).insert(digit);
    }
  }
  for (unsigned digit : repeatedDigits)
    if (isNeedless(digit))
      needless.insert(digit);
}

/// Constants of equal elements depend on no loop. Those of contractions keep
/// their form, and so do those that alone give a loop its extent.
void LoopRewrite::shrinkSplats() {
  if (contraction)
    return;
  auto isOnlyWalkedBy = [&](unsigned operand, unsigned digit) {
    for (unsigned other = 0; other < op->getNumOperands(); ++other)
      if (other != operand && digits.dependsOn(other, digit))
        return false;
    return true;
  };
  for (OpOperand *input : op.getDpsInputOperands()) {
    SplatElementsAttr splat;
    unsigned index = input->getOperandNumber();
    auto isOnlyWalkedHere = [&](const DigitList &dim) {
      return llvm::any_of(
          dim, [&](unsigned digit) { return isOnlyWalkedBy(index, digit); });
    };
    if (!matchPattern(input->get(), m_Constant(&splat)) ||
        llvm::any_of(digits.getOperands()[index].dims, isOnlyWalkedHere))
      continue;
    digits.readAnywhere(index);
    splats.insert(index);
  }
  findRepeatedDigits();
}

SmallVector<SymbolicSize> LoopRewrite::getNeedlessSizes() const {
  return llvm::map_to_vector(
      needless, [&](unsigned digit) { return digits.getSize(digit); });
}

bool LoopRewrite::isReadByInput(unsigned digit) {
  return llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *input) {
    return digits.dependsOn(input->getOperandNumber(), digit);
  });
}

unsigned LoopRewrite::getOldLoop(unsigned digit) const {
  const auto *loop =
      llvm::find_if(digits.getLoops(), [&](const DigitList &list) {
        return llvm::is_contained(list, digit);
      });
  return loop - digits.getLoops().begin();
}

bool LoopRewrite::isReduced(unsigned digit) {
  return op.getIteratorTypesArray()[getOldLoop(digit)] ==
         utils::IteratorType::reduction;
}

bool LoopRewrite::isNeedless(unsigned digit) {
  unsigned loop = getOldLoop(digit);
  bool isReduced = this->isReduced(digit);
  if (isReadByInput(digit) || (isReduced && !reducesExactly(digit)))
    return false;
  auto readsLoop = [&](linalg::IndexOp inner) {
    return inner.getDim() == loop;
  };
  if (llvm::any_of(op.getBlock()->getOps<linalg::IndexOp>(), readsLoop))
    return false;
  auto isUniform = [&](OpOperand &init) {
    return !readsOperand(op, init) ||
           init.get().getDefiningOp<linalg::FillOp>();
  };
  if (!isReduced && !llvm::all_of(op.getDpsInitsMutable(), isUniform))
    return false;
  // A count of 0 kept the body from running.
  SymbolicSize size = digits.getSize(digit);
  return (size.isStatic() && size.getStatic() != 0) ||
         llvm::all_of(op.getBlock()->without_terminator(),
                      [](Operation &inner) { return isSpeculatable(&inner); });
}

/// The one op that combines what is reduced into result `result` of `op`.
static Operation *getCombiner(linalg::LinalgOp op, unsigned result) {
  SmallVector<Operation *> combiners;
  if (!matchReduction(op.getRegionOutputArgs(), result, combiners) ||
      combiners.size() != 1)
    return nullptr;
  return combiners.front();
}

/// Whether the op reduces equal elements along `digit`, and what comes out is
/// exactly the element, max(x, x) = x, or a multiple of it, x + x = 2 * x in
/// integers. In floats sums round.
bool LoopRewrite::reducesExactly(unsigned digit) {
  SymbolicSize size = digits.getSize(digit);
  if (contraction || !size.isStatic() || size.getStatic() == 0)
    return false;
  for (unsigned result = 0, e = op.getNumDpsInits(); result < e; ++result)
    if (!isa_and_nonnull<arith::MaximumFOp, arith::MinimumFOp, arith::MaxNumFOp,
                         arith::MinNumFOp, arith::MaxSIOp, arith::MinSIOp,
                         arith::MaxUIOp, arith::MinUIOp, arith::AndIOp,
                         arith::OrIOp, arith::AddIOp>(getCombiner(op, result)))
      return false;
  return true;
}

LogicalResult LoopRewrite::checkLoops(std::string &reason) {
  // A loop has to walk along something. A product's loops walk along an input,
  // and along both where they reduce.
  auto isReadByInit = [&](unsigned digit) {
    return llvm::any_of(op.getDpsInitsMutable(), [&](OpOperand &init) {
      return digits.dependsOn(init.getOperandNumber(), digit);
    });
  };
  for (unsigned digit : repeatedDigits) {
    bool isRead = isReadByInput(digit);
    if (needless.contains(digit))
      continue;
    if (isReduced(digit) && (contraction || !isRead)) {
      reason = "expected no reduction along the repeated dimension";
      return failure();
    }
    if (!isRead && (contraction || !isReadByInit(digit))) {
      reason = "expected an init that is filled";
      return failure();
    }
  }
  return success();
}

llvm::SmallDenseSet<unsigned> LoopRewrite::getDroppedDigits() {
  llvm::SmallDenseSet<unsigned> dropped = needless;
  if (!contraction) {
    for (unsigned digit : lostUnits)
      if (!isReadByInput(digit))
        dropped.insert(digit);
    return dropped;
  }
  // Unit dimensions are in the way of named products, which have one loop of
  // each kind; but they always have one that is reduced.
  SmallVector<unsigned> units;
  bool reduces = false;
  for (const DigitList &loop : digits.getLoops())
    for (unsigned digit : loop) {
      if (digits.isUnit(digit))
        units.push_back(digit);
      else
        reduces |= isReduced(digit);
    }
  for (unsigned digit : units) {
    if (!reduces && isReduced(digit) && digits.dependsOn(0, digit) &&
        digits.dependsOn(1, digit))
      reduces = true;
    else
      dropped.insert(digit);
  }
  return dropped;
}

SmallVector<DigitList> LoopRewrite::arrange(unsigned operand) const {
  return loops->arrange(digits.getOperands()[operand].dims,
                        /*keepUnits=*/!contraction);
}

LogicalResult LoopRewrite::checkExtents(std::string &reason) const {
  auto fit = [&](ArrayRef<DigitList> dims) {
    return llvm::all_of(dims, [&](const DigitList &dim) {
      return succeeded(getStaticExtent(digits, dim));
    });
  };
  for (auto [index, operand] : llvm::enumerate(digits.getOperands()))
    if (!fit(operand.dims) || !fit(arrange(index))) {
      reason = "expected extents that fit in 64 bits";
      return failure();
    }
  return success();
}

//===----------------------------------------------------------------------===//
// Building
//===----------------------------------------------------------------------===//

Value LoopRewrite::buildInput(RewriterBase &rewriter, unsigned operand) {
  const LoopDigits::Operand &input = digits.getOperands()[operand];
  auto type = dyn_cast<RankedTensorType>(input.value.getType());
  if (!type)
    return input.value;
  SplatElementsAttr splat;
  if (splats.contains(operand) && type.getRank() > 0 &&
      matchPattern(input.value, m_Constant(&splat)))
    return arith::ConstantOp::create(
        rewriter, op.getLoc(),
        splat.resizeSplat(RankedTensorType::get({}, type.getElementType())));
  SmallVector<DigitList> from = digits.withoutUnits(input.dims);
  MovementBuilder movement(rewriter, op.getLoc(), digits);
  Value value = movement.withExtents(input.value, from, input.needsReshape);
  return movement.reshape(value, from, digits.withoutUnits(arrange(operand)));
}

/// An init that is uniform, or whose values are not read, is built anew: a
/// reshape would only hide that.
Value LoopRewrite::buildInit(RewriterBase &rewriter, unsigned operand) {
  OpOperand &init = op->getOpOperand(operand);
  auto fill = init.get().getDefiningOp<linalg::FillOp>();
  bool isRead = readsOperand(op, init);
  if (isRead && !fill)
    return buildInput(rewriter, operand);
  MovementBuilder movement(rewriter, op.getLoc(), digits);
  SmallVector<OpFoldResult> sizes;
  for (const DigitList &dim : digits.withoutUnits(arrange(operand)))
    sizes.push_back(movement.getExtent(dim));
  Value empty = tensor::EmptyOp::create(
      rewriter, op.getLoc(), sizes, getElementTypeOrSelf(init.get().getType()));
  if (!isRead)
    return empty;
  return linalg::FillOp::create(rewriter, op.getLoc(), fill.value(), empty)
      .getResult(0);
}

/// Makes up for loops that sums ran over:
///   out + x   ->   out + x * n
void LoopRewrite::scaleSums(RewriterBase &rewriter, linalg::LinalgOp newOp) {
  // Modulo 2^128; no sum is wider.
  APInt factor(128, 1);
  for (unsigned digit : needless)
    if (isReduced(digit))
      factor *= APInt(128, digits.getSize(digit).getStatic());
  if (factor.isOne())
    return;
  OpBuilder::InsertionGuard guard(rewriter);
  for (unsigned result = 0, e = newOp.getNumDpsInits(); result < e; ++result) {
    auto add = dyn_cast<arith::AddIOp>(getCombiner(newOp, result));
    if (!add)
      continue;
    rewriter.setInsertionPoint(add);
    bool outFirst = add.getLhs() == newOp.getRegionOutputArgs()[result];
    OpOperand &term = add->getOpOperand(outFirst ? 1 : 0);
    unsigned bits = add.getType().isIndex()
                        ? IndexType::kInternalStorageBitWidth
                        : add.getType().getIntOrFloatBitWidth();
    Value count = arith::ConstantOp::create(
        rewriter, add.getLoc(),
        IntegerAttr::get(add.getType(), factor.zextOrTrunc(bits)));
    Value scaled =
        arith::MulIOp::create(rewriter, add.getLoc(), term.get(), count);
    rewriter.modifyOpInPlace(add, [&] {
      term.set(scaled);
      add.setOverflowFlags(arith::IntegerOverflowFlags::none);
    });
  }
}

linalg::LinalgOp LoopRewrite::buildOp(RewriterBase &rewriter, ValueRange inputs,
                                      ValueRange inits) {
  SmallVector<AffineMap> maps;
  for (unsigned operand = 0; operand < op->getNumOperands(); ++operand)
    maps.push_back(loops->getMap(arrange(operand), rewriter.getContext()));
  if (contraction)
    if (linalg::LinalgOp named =
            buildNamedContraction(rewriter, op, maps, inputs, inits))
      return named;
  if (linalg::LinalgOp same = buildSameOp(rewriter, op, maps, inputs, inits)) {
    scaleSums(rewriter, same);
    return same;
  }
  if (linalg::LinalgOp named =
          buildElementwise(rewriter, op, maps, inputs, inits))
    return named;
  bool wasGeneric = isa<linalg::GenericOp>(op.getOperation());
  linalg::GenericOp generic =
      buildGeneric(rewriter, op, digits, *loops, maps, inputs, inits);
  scaleSums(rewriter, generic);
  if (wasGeneric || contraction || !hasNamedOps(op))
    return generic;
  FailureOr<linalg::LinalgOp> named =
      linalg::specializeGenericOp(rewriter, generic);
  return succeeded(named) ? *named : cast<linalg::LinalgOp>(*generic);
}

Value LoopRewrite::buildResult(RewriterBase &rewriter, Value value,
                               unsigned operand) {
  DigitLayout layout(value, digits, digits.withoutUnits(arrange(operand)),
                     digits.withoutUnits(digits.getOperands()[operand].dims));
  std::string ignored;
  // The extents are those of the old op's operands and fit.
  Value result =
      RepeatPlan::get(layout, ignored)
          ->build(rewriter, repeats.front().ops.front()->getLoc(), ignored);
  auto type = cast<RankedTensorType>(op->getOperand(operand).getType());
  if (result.getType() == type)
    return result;
  return tensor::CastOp::create(rewriter, op.getLoc(), type, result);
}

linalg::LinalgOp LoopRewrite::apply(RewriterBase &rewriter,
                                    StringLiteral pass) {
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  // A count that the result is repeated by is checked there.
  std::optional<SymbolicSize> checkedLater;
  if (needless.size() == 1)
    checkedLater = digits.getSize(*needless.begin());
  for (const RepeatedOperand &repeat : repeats)
    repeat.assertCounts(rewriter, checkedLater);
  SmallVector<Value> oldInputs = op.getDpsInputs(), inputs, inits, results;
  for (OpOperand &operand : op->getOpOperands())
    if (op.isDpsInput(&operand))
      inputs.push_back(buildInput(rewriter, operand.getOperandNumber()));
    else
      inits.push_back(buildInit(rewriter, operand.getOperandNumber()));
  linalg::LinalgOp newOp = buildOp(rewriter, inputs, inits);
  rewriter.setInsertionPointAfter(newOp);
  for (auto [index, value] : llvm::enumerate(newOp->getResults()))
    results.push_back(
        buildResult(rewriter, value, op.getNumDpsInputs() + index));
  StringRef reader = op->getName().getStringRef();
  bool repeatsResults = llvm::any_of(needless, [&](unsigned digit) {
    return digits.dependsOn(op.getNumDpsInputs(), digit);
  });
  // Other loops than these are split and merged, or have extent 1.
  FlopChange flops = compareFlops(op, newOp, /*sameTurns=*/needless.empty());
  rewriter.replaceOp(op, results);
  eraseDeadMovement(rewriter, oldInputs, {pass, reader, flops, repeatsResults});
  return newOp;
}
