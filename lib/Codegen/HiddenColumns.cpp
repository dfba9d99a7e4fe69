//===- HiddenColumns.cpp - Which columns of scores a mask hides -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is known of the elements of a row, op by op:
//
//                              in a hidden column   in another
//   s = Q * K^T                anything             anything
//   x = s + mask               lowest               finite
//   m = max x                  does not count
//   e = exp (x - m)            0                    anything
//   t = sum e                  does not count
//   a = all (x == -inf)                             decided by these
//   p = a ? 0 : e / t          0                    anything
//   O = p * V                  does not count
//
// The mask is whatever is added to the scores or selects between them and the
// lowest value, without depending on them.
//
//===----------------------------------------------------------------------===//

#include "HiddenColumns.h"

#include "RowElements.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;
using Kind = RowElement::Kind;
using Condition = HiddenColumns::Condition;

namespace {

/// A tensor of the chain that has the columns as a dimension.
struct Columns {
  unsigned position;
  RowElement element;
};

} // namespace

namespace {

class Analysis {
public:
  Analysis(LinalgOp last, RewriterBase &rewriter)
      : last(last), rewriter(rewriter) {}

  FailureOr<HiddenColumns> run();

private:
  LogicalResult findScores();
  LogicalResult visit(LinalgOp op);
  LogicalResult checkUsers();

  /// Evaluates the body of `op` into `elements`.
  void evaluate(LinalgOp op);
  void evaluateOp(LinalgOp op, Operation &bodyOp);
  bool canBeMasked(Value scores);
  std::optional<Condition> getCondition(Operation &bodyOp);
  bool addCondition(LinalgOp op, Condition condition);
  RowElement getElement(Value value) {
    auto it = elements.find(value);
    if (it != elements.end())
      return it->second;
    Kind kind = getConstantKind(value);
    return {kind, kind, false};
  }
  LogicalResult fail(const Twine &reason) {
    return rewriter.notifyMatchFailure(last, reason);
  }

  LinalgOp last;
  RewriterBase &rewriter;
  HiddenColumns result;
  DenseMap<Value, Columns> tensors;
  DenseSet<Operation *> chain;
  /// The loop of the op that is looked at which walks along the columns.
  unsigned columns = 0;
  /// Values of its body.
  DenseMap<Value, RowElement> elements;
  /// Values of the mask's body that are scores with a condition.
  DenseSet<Value> masked;
};

} // namespace

void ditto::collectBodySlice(LinalgOp op, Value value,
                             SetVector<Operation *> &slice) {
  Operation *computed = value.getDefiningOp();
  if (!computed || computed->getBlock() != op.getBlock())
    return;
  BackwardSliceOptions options;
  options.inclusive = true;
  options.omitBlockArguments = true;
  options.filter = [&](Operation *bodyOp) {
    return bodyOp->getBlock() == op.getBlock();
  };
  (void)getBackwardSlice(computed, &slice, options);
}

static std::optional<unsigned> getLoopAt(LinalgOp op, unsigned position) {
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  auto dim = dyn_cast<AffineDimExpr>(map.getResult(position));
  return dim ? std::optional<unsigned>(dim.getPosition()) : std::nullopt;
}

static std::optional<unsigned> getPositionOf(LinalgOp op, OpOperand &operand,
                                             unsigned loop) {
  return op.getMatchingIndexingMap(&operand).getResultPosition(
      getAffineDimExpr(loop, op->getContext()));
}

/// The product that computes what `last` reduces, through ops that have its
/// columns.
LogicalResult Analysis::findScores() {
  SmallVector<unsigned> reductions;
  last.getReductionDims(reductions);
  if (reductions.size() != 1)
    return fail("expected one reduction");
  LinalgOp product;
  unsigned columns = 0;
  SmallVector<std::pair<LinalgOp, unsigned>> worklist = {
      {last, reductions.front()}};
  DenseSet<Operation *> seen;
  while (!worklist.empty()) {
    auto [op, loop] = worklist.pop_back_val();
    for (OpOperand *input : op.getDpsInputOperands()) {
      auto producer = input->get().getDefiningOp<LinalgOp>();
      std::optional<unsigned> position = getPositionOf(op, *input, loop);
      if (!producer || !position || producer->getBlock() != last->getBlock() ||
          !producer->isBeforeInBlock(op) || producer->getNumResults() != 1 ||
          !seen.insert(producer).second)
        continue;
      std::optional<unsigned> next = getLoopAt(producer, *position);
      if (!next)
        return fail("an operand has columns that are no loop");
      if (!linalg::isaContractionOpInterface(producer)) {
        worklist.push_back({producer, *next});
        continue;
      }
      if (product)
        return fail("two products have the columns");
      product = producer;
      columns = *next;
      tensors[product->getResult(0)] = {*position, {}};
    }
  }
  if (!product)
    return fail("no product computes scores");
  result.readers.push_back({product, columns});
  chain.insert(product);
  tensors[product->getResult(0)].element.hasScores = true;
  return success();
}

/// Adds `op` to the readers; it reads a tensor of the chain that has columns.
LogicalResult Analysis::visit(LinalgOp op) {
  if (op->getNumResults() != 1 || !op.hasPureTensorSemantics() ||
      !llvm::all_of(op.getIndexingMapsArray(),
                    [](AffineMap map) { return map.isProjectedPermutation(); }))
    return fail("an op between the products is not understood");
  std::optional<unsigned> loop;
  for (OpOperand &operand : op->getOpOperands()) {
    auto it = tensors.find(operand.get());
    if (it == tensors.end())
      continue;
    auto dim = cast<AffineDimExpr>(
        op.getMatchingIndexingMap(&operand).getResult(it->second.position));
    if (op.isDpsInit(&operand) || (loop && *loop != dim.getPosition()))
      return fail("operands disagree about the columns");
    loop = dim.getPosition();
  }
  columns = *loop;
  evaluate(op);
  result.readers.push_back({op, columns});
  chain.insert(op);
  if (op.getIteratorTypesArray()[columns] == utils::IteratorType::parallel) {
    std::optional<unsigned> position =
        getPositionOf(op, *op.getDpsInitOperand(0), columns);
    if (!position)
      return fail("a result has no columns");
    Value yielded = op.getBlock()->getTerminator()->getOperand(0);
    tensors[op->getResult(0)] = {*position, getElement(yielded)};
    return success();
  }
  SmallVector<Operation *> combiners;
  Value reduced = matchReduction(op.getRegionOutputArgs(), 0, combiners);
  if (!reduced || combiners.size() != 1 ||
      !isNeutralInRow(combiners.front(), getElement(reduced)))
    return fail("a hidden column counts in a reduction");
  return success();
}

void Analysis::evaluate(LinalgOp op) {
  elements.clear();
  for (OpOperand &operand : op->getOpOperands()) {
    BlockArgument argument = op.getMatchingBlockArgument(&operand);
    auto it = tensors.find(operand.get());
    if (it != tensors.end())
      elements[argument] = it->second.element;
    else
      elements[argument].hasScores =
          chain.contains(operand.get().getDefiningOp()) ||
          op.isDpsInit(&operand);
  }
  for (Operation &bodyOp : op.getBlock()->without_terminator())
    evaluateOp(op, bodyOp);
}

void Analysis::evaluateOp(LinalgOp op, Operation &bodyOp) {
  RowElement element;
  SmallVector<Kind> hidden, seen;
  for (Value operand : bodyOp.getOperands()) {
    RowElement known = getElement(operand);
    hidden.push_back(known.hidden);
    seen.push_back(known.seen);
    element.hasScores |= known.hasScores;
  }
  if (bodyOp.getNumRegions() != 0) {
    element.hasScores = true;
  } else if (bodyOp.getNumResults() == 1) {
    element.hidden = getResultKind(&bodyOp, hidden);
    element.seen = getResultKind(&bodyOp, seen);
    if (std::optional<Condition> condition = getCondition(bodyOp);
        condition && addCondition(op, *condition)) {
      masked.insert(bodyOp.getResult(0));
      element.hidden = Kind::Lowest;
      element.seen = Kind::Finite;
    }
  }
  for (Value value : bodyOp.getResults())
    elements[value] = element;
}

/// Whether `scores` are not masked yet, or by this body only, and no other op
/// reads what could seem to be hidden by all conditions.
bool Analysis::canBeMasked(Value scores) {
  RowElement element = getElement(scores);
  return element.hasScores && (element.hidden == Kind::Unknown ||
                               (masked.contains(scores) && scores.hasOneUse()));
}

/// What has to be true for `bodyOp` to hide a score.
std::optional<Condition> Analysis::getCondition(Operation &bodyOp) {
  if (auto add = dyn_cast<arith::AddFOp>(bodyOp)) {
    for (auto [scores, mask] : {std::pair(add.getLhs(), add.getRhs()),
                                std::pair(add.getRhs(), add.getLhs())})
      if (canBeMasked(scores) && !getElement(mask).hasScores)
        return Condition{mask, Condition::IfLowest};
    return std::nullopt;
  }
  auto select = dyn_cast<arith::SelectOp>(bodyOp);
  if (!select || getElement(select.getCondition()).hasScores)
    return std::nullopt;
  auto isLowest = [&](Value value) {
    return getConstantKind(value) == Kind::Lowest;
  };
  if (isLowest(select.getFalseValue()) && canBeMasked(select.getTrueValue()))
    return Condition{select.getCondition(), Condition::IfFalse};
  if (isLowest(select.getTrueValue()) && canBeMasked(select.getFalseValue()))
    return Condition{select.getCondition(), Condition::IfTrue};
  return std::nullopt;
}

/// The loops of `op` that `value` of its body depends on.
static llvm::SmallBitVector getLoopsOf(LinalgOp op, Value value) {
  llvm::SmallBitVector loops(op.getNumLoops());
  auto addArgument = [&](Value leaf) {
    auto argument = dyn_cast<BlockArgument>(leaf);
    if (!argument || argument.getOwner() != op.getBlock())
      return;
    AffineMap map =
        op.getMatchingIndexingMap(op.getMatchingOpOperand(argument));
    for (unsigned loop = 0, e = loops.size(); loop < e; ++loop)
      if (map.isFunctionOfDim(loop))
        loops.set(loop);
  };
  addArgument(value);
  SetVector<Operation *> slice;
  collectBodySlice(op, value, slice);
  for (Operation *bodyOp : slice) {
    llvm::for_each(bodyOp->getOperands(), addArgument);
    if (auto index = dyn_cast<linalg::IndexOp>(bodyOp))
      loops.set(index.getDim());
  }
  return loops;
}

/// Adds a condition of `op`, if no other op has some: readers of these have to
/// see all hidden columns hidden. Conditions that hide columns from all rows or
/// none are left out, and so are those that are no less work than the scores:
/// one for each of them.
bool Analysis::addCondition(LinalgOp op, Condition condition) {
  llvm::SmallBitVector loops = getLoopsOf(op, condition.value);
  if ((result.mask && result.mask != op) || op.getNumReductionLoops() != 0 ||
      !loops.test(columns) || loops.all())
    return false;
  result.mask = op;
  result.conditions.push_back(condition);
  result.loops.resize(op.getNumLoops());
  result.loops |= loops;
  return true;
}

/// Whether all ops that read columns of scores are known.
LogicalResult Analysis::checkUsers() {
  for (auto &[tensor, known] : tensors)
    for (Operation *user : tensor.getUsers())
      if (!chain.contains(user))
        return fail("an op beside the products reads scores");
  return success();
}

FailureOr<HiddenColumns> Analysis::run() {
  if (failed(findScores()))
    return failure();
  auto first = std::next(result.readers.front().op->getIterator());
  for (Operation &op :
       llvm::make_range(first, std::next(last->getIterator()))) {
    auto reader = dyn_cast<LinalgOp>(op);
    bool readsColumns = llvm::any_of(
        op.getOperands(), [&](Value value) { return tensors.contains(value); });
    if (reader && readsColumns && failed(visit(reader)))
      return failure();
  }
  if (!chain.contains(last) || !result.mask)
    return fail("no mask between the products");
  if (failed(checkUsers()))
    return failure();
  return result;
}

FailureOr<HiddenColumns> ditto::findHiddenColumns(LinalgOp last,
                                                  RewriterBase &rewriter) {
  return Analysis(last, rewriter).run();
}
