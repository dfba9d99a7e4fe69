//===- ElementCopy.cpp - Ops whose body copies elements -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementCopy.h"

#include "Neutral.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Bodies that extract
//===----------------------------------------------------------------------===//

namespace {
/// The tensor.extract ops that a yielded value may come from, and what chooses
/// among them:
///
///   %v = scf.if %c { yield extract %x[%i, %j] } else { yield extract … }
struct Extracts {
  SmallVector<tensor::ExtractOp> leaves;
  SmallVector<Value> conditions;

  /// The tensor that all leaves extract from, defined outside of `op`; null
  /// with the reason otherwise.
  Value getTensor(Operation *op, std::string &reason) const;
  /// The leaf that `value` comes from in the evaluator's iteration.
  static tensor::ExtractOp getLeaf(Value value, Evaluator &evaluator);
};
} // namespace

/// Adds the leaves below `value`; fails where it comes from something else.
static LogicalResult collectExtracts(Value value, Extracts &extracts) {
  // More than what a concat of many operands nests.
  constexpr size_t kMaxLeaves = 256;
  if (extracts.leaves.size() + extracts.conditions.size() >= kMaxLeaves)
    return failure();
  if (auto extract = value.getDefiningOp<tensor::ExtractOp>()) {
    extracts.leaves.push_back(extract);
    return success();
  }
  if (auto select = value.getDefiningOp<arith::SelectOp>()) {
    extracts.conditions.push_back(select.getCondition());
    return success(
        succeeded(collectExtracts(select.getTrueValue(), extracts)) &&
        succeeded(collectExtracts(select.getFalseValue(), extracts)));
  }
  auto branch = value.getDefiningOp<scf::IfOp>();
  if (!branch)
    return failure();
  extracts.conditions.push_back(branch.getCondition());
  unsigned number = cast<OpResult>(value).getResultNumber();
  return success(succeeded(collectExtracts(
                     branch.thenYield().getOperand(number), extracts)) &&
                 succeeded(collectExtracts(
                     branch.elseYield().getOperand(number), extracts)));
}

Value Extracts::getTensor(Operation *op, std::string &reason) const {
  auto getTensor = [](tensor::ExtractOp leaf) { return leaf.getTensor(); };
  if (!llvm::all_equal(llvm::map_range(leaves, getTensor))) {
    reason = "expected elements of one tensor";
    return {};
  }
  Value tensor = getTensor(leaves.front());
  if (op->isAncestor(tensor.getParentBlock()->getParentOp())) {
    reason = "expected a tensor from outside of the body";
    return {};
  }
  return tensor;
}

tensor::ExtractOp Extracts::getLeaf(Value value, Evaluator &evaluator) {
  while (true) {
    if (auto extract = value.getDefiningOp<tensor::ExtractOp>())
      return extract;
    auto select = value.getDefiningOp<arith::SelectOp>();
    auto branch = value.getDefiningOp<scf::IfOp>();
    std::optional<int64_t> condition = evaluator.getInteger(
        select ? select.getCondition() : branch.getCondition());
    if (!condition)
      return {};
    if (select)
      value = *condition ? select.getTrueValue() : select.getFalseValue();
    else
      value = (*condition ? branch.thenYield() : branch.elseYield())
                  .getOperand(cast<OpResult>(value).getResultNumber());
  }
}

static bool hasSideEffects(Block *body) {
  return llvm::any_of(body->without_terminator(), [](Operation &inner) {
    return !isMemoryEffectFree(&inner);
  });
}

static FailureOr<Extracts> getExtracts(Block *body, std::string &reason) {
  Extracts extracts;
  if (failed(collectExtracts(body->getTerminator()->getOperand(0), extracts)) ||
      extracts.leaves.empty())
    return fail(reason, "expected a body that yields an element of a tensor");
  return extracts;
}

/// The index in dimension `dim` of the source.
static FailureOr<IndexSum> readIndex(const Extracts &extracts, Value yielded,
                                     size_t dim, SymbolicSize extent,
                                     LoopNest &nest, std::string &reason) {
  SmallVector<Value> indices;
  for (tensor::ExtractOp leaf : extracts.leaves)
    indices.push_back(leaf.getIndices()[dim]);
  // The same in all leaves: what chooses among them does not matter.
  std::optional<unsigned> loop = nest.getLoop(indices.front());
  if (loop && llvm::all_of(indices, [&](Value index) {
        return nest.getLoop(index) == loop;
      })) {
    // Only then does the loop walk along the whole dimension.
    if (nest.getExtent(*loop) == extent)
      return IndexSum{{{LoopPart{*loop}}, extent}};
    if (!nest.getExtent(*loop).isStatic())
      return fail(reason, "expected extents that are known to be equal");
  }
  llvm::append_range(indices, extracts.conditions);
  if (llvm::all_of(ArrayRef(indices).take_front(extracts.leaves.size()),
                   [](Value index) { return isConstantIntValue(index, 0); }))
    return IndexSum{};
  return nest.read(
      indices,
      [&](Evaluator &evaluator) -> std::optional<int64_t> {
        tensor::ExtractOp leaf = Extracts::getLeaf(yielded, evaluator);
        return leaf ? evaluator.getInteger(leaf.getIndices()[dim])
                    : std::nullopt;
      },
      reason);
}

static LogicalResult addExtractedDims(DigitMapBuilder &builder, Value source,
                                      const Extracts &extracts, Value yielded,
                                      LoopNest &nest, std::string &reason) {
  auto type = cast<RankedTensorType>(source.getType());
  for (int64_t dim = 0, rank = type.getRank(); dim < rank; ++dim) {
    SymbolicSize extent = SymbolicSize::ofDim(source, dim);
    auto index = readIndex(extracts, yielded, dim, extent, nest, reason);
    if (failed(index))
      return failure();
    builder.addSourceDim(extent, *index);
  }
  return success();
}

//===----------------------------------------------------------------------===//
// linalg
//===----------------------------------------------------------------------===//

/// The input whose element the body yields as it is, null if there is none.
static OpOperand *getYieldedInput(linalg::LinalgOp op) {
  Value yielded = op.getBlock()->getTerminator()->getOperand(0);
  if (Value same = getNeutralOperand(op, yielded))
    yielded = same;
  auto argument = dyn_cast<BlockArgument>(yielded);
  if (!argument || argument.getOwner() != op.getBlock())
    return nullptr;
  OpOperand *operand = op.getMatchingOpOperand(argument);
  return op.isDpsInput(operand) ? operand : nullptr;
}

static LogicalResult verifyLoops(linalg::LinalgOp op, std::string &reason) {
  if (!op.hasPureTensorSemantics() || op.getNumDpsInits() != 1)
    return fail(reason, "expected tensors and one result");
  if (op.getNumParallelLoops() != op.getNumLoops() ||
      !op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isPermutation())
    return fail(reason, "expected each result element to be written once");
  if (hasSideEffects(op.getBlock()))
    return fail(reason, "expected a body without side effects");
  return success();
}

Value mlir::ditto::getCopiedValue(linalg::LinalgOp op, std::string &reason) {
  if (failed(verifyLoops(op, reason)))
    return {};
  if (OpOperand *input = getYieldedInput(op)) {
    if (isa<RankedTensorType>(input->get().getType()))
      return input->get();
    reason = "expected a tensor as input, but found a scalar";
    return {};
  }
  FailureOr<Extracts> extracts = getExtracts(op.getBlock(), reason);
  return succeeded(extracts) ? extracts->getTensor(op, reason) : Value();
}

/// The digits of an indexing map's results.
static LogicalResult addMappedDims(DigitMapBuilder &builder, OpOperand *input,
                                   LoopNest &nest, std::string &reason) {
  AffineMap map =
      cast<linalg::LinalgOp>(input->getOwner()).getMatchingIndexingMap(input);
  for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
    if (auto loop = dyn_cast<AffineDimExpr>(expr)) {
      // The op itself says that the extents are equal.
      unsigned position = loop.getPosition();
      builder.addSourceDim(nest.getExtent(position),
                           builder.getWhole(position));
      continue;
    }
    FailureOr<IndexSum> index = nest.read(expr, reason);
    if (failed(index))
      return failure();
    builder.addSourceDim(SymbolicSize::ofDim(input->get(), dim), *index);
  }
  return success();
}

/// The extents of the loops. Each walks along one dimension of the result.
static SmallVector<SymbolicSize> getLoopExtents(linalg::LinalgOp op) {
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  SmallVector<SymbolicSize> extents(op.getNumLoops(), SymbolicSize(1));
  for (auto [dim, expr] : llvm::enumerate(map.getResults()))
    extents[cast<AffineDimExpr>(expr).getPosition()] =
        SymbolicSize::ofDim(op->getResult(0), dim);
  return extents;
}

static void addResultDims(DigitMapBuilder &builder, linalg::LinalgOp op) {
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  for (AffineExpr expr : map.getResults()) {
    unsigned loop = cast<AffineDimExpr>(expr).getPosition();
    builder.addResultDim(builder.getLoop(loop), builder.getWhole(loop));
  }
}

LoopNest mlir::ditto::getLoopNest(linalg::LinalgOp op) {
  SmallVector<SymbolicSize> extents = getLoopExtents(op);
  LoopNest nest(op, extents);
  for (auto index : op.getBlock()->getOps<linalg::IndexOp>())
    nest.addIndex(index, index.getDim());
  for (OpOperand *input : op.getDpsInputOperands())
    if (isa<RankedTensorType>(input->get().getType()))
      nest.addElement(op.getMatchingBlockArgument(input), input->get(),
                      op.getMatchingIndexingMap(input));
  return nest;
}

FailureOr<DigitMap> mlir::ditto::getInputCopy(linalg::LinalgOp op,
                                              OpOperand *input,
                                              std::string &reason) {
  if (failed(verifyLoops(op, reason)))
    return failure();
  SmallVector<SymbolicSize> extents = getLoopExtents(op);
  LoopNest nest(op, extents);
  DigitMapBuilder builder(extents);
  addResultDims(builder, op);
  if (failed(addMappedDims(builder, input, nest, reason)))
    return failure();
  return builder.build(input->get(), reason);
}

FailureOr<DigitMap> mlir::ditto::getElementCopy(linalg::LinalgOp op,
                                                std::string &reason) {
  Value source = getCopiedValue(op, reason);
  if (!source)
    return failure();
  if (OpOperand *input = getYieldedInput(op))
    return getInputCopy(op, input, reason);
  LoopNest nest = getLoopNest(op);
  DigitMapBuilder builder(nest.getExtents());
  addResultDims(builder, op);
  FailureOr<Extracts> extracts = getExtracts(op.getBlock(), reason);
  Value yielded = op.getBlock()->getTerminator()->getOperand(0);
  if (failed(extracts) || failed(addExtractedDims(builder, source, *extracts,
                                                  yielded, nest, reason)))
    return failure();
  return builder.build(source, reason);
}

//===----------------------------------------------------------------------===//
// tensor.generate
//===----------------------------------------------------------------------===//

Value mlir::ditto::getCopiedValue(tensor::GenerateOp op, std::string &reason) {
  if (hasSideEffects(&op.getBody().front())) {
    reason = "expected a body without side effects";
    return {};
  }
  FailureOr<Extracts> extracts = getExtracts(&op.getBody().front(), reason);
  return succeeded(extracts) ? extracts->getTensor(op, reason) : Value();
}

FailureOr<DigitMap> mlir::ditto::getElementCopy(tensor::GenerateOp op,
                                                std::string &reason) {
  Value source = getCopiedValue(op, reason);
  if (!source)
    return failure();
  Block *body = &op.getBody().front();
  SmallVector<SymbolicSize> extents;
  for (auto [dim, index] : llvm::enumerate(body->getArguments()))
    extents.push_back(SymbolicSize::ofDim(op.getResult(), dim));
  LoopNest nest(op, extents);
  DigitMapBuilder builder(extents);
  for (auto [dim, index] : llvm::enumerate(body->getArguments())) {
    nest.addIndex(index, dim);
    builder.addResultDim(extents[dim], builder.getWhole(dim));
  }
  FailureOr<Extracts> extracts = getExtracts(body, reason);
  Value yielded = body->getTerminator()->getOperand(0);
  if (failed(extracts) || failed(addExtractedDims(builder, source, *extracts,
                                                  yielded, nest, reason)))
    return failure();
  return builder.build(source, reason);
}
