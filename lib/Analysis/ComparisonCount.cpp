//===- ComparisonCount.cpp - Indices that count comparisons ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/ComparisonCount.h"

#include "DigitMap.h"
#include "Evaluator.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

namespace {
/// A place in a tensor by what each index is: one of the two loops of a
/// comparison matrix, or 0.
enum class Place { Zero, Copy, Limit };
using Places = SmallVector<Place>;

/// An element of a tensor, or a scalar in the body of a structured op with the
/// places of the op's loops.
struct Element {
  Value value;
  Places places;
  linalg::LinalgOp op;
};
} // namespace

static unsigned getWidth(Type type) {
  return type.isIntOrFloat() ? type.getIntOrFloatBitWidth() : 64;
}

/// Whether `op` converts an integer, with its sign; to a narrower type, which
/// may not hold it, only if `mayNarrow`.
static bool convertsSigned(Operation *op, bool mayNarrow) {
  return isa_and_nonnull<arith::ExtSIOp, arith::IndexCastOp, arith::TruncIOp>(
             op) &&
         (mayNarrow || getWidth(op->getOperand(0).getType()) <=
                           getWidth(op->getResult(0).getType()));
}

/// The places in the operand of a reshape that only adds or drops unit
/// dimensions.
static std::optional<Places> placeThroughReshape(RankedTensorType source,
                                                 RankedTensorType result,
                                                 const Places &places) {
  // The dimensions that are no units correspond in order.
  Places sourcePlaces(source.getRank(), Place::Zero);
  int64_t at = 0;
  for (auto [extent, place] : llvm::zip_equal(result.getShape(), places)) {
    if (extent == 1)
      continue;
    while (at < source.getRank() && source.getDimSize(at) == 1)
      ++at;
    if (at == source.getRank())
      return std::nullopt;
    sourcePlaces[at++] = place;
  }
  if (llvm::any_of(source.getShape().drop_front(at),
                   [](int64_t extent) { return extent != 1; }))
    return std::nullopt;
  return sourcePlaces;
}

/// The places of the loops of `op` at `places` in its result.
static std::optional<Places> getLoopPlaces(linalg::LinalgOp op,
                                           const Places &places) {
  if (!op.hasPureTensorSemantics() || op.getNumDpsInits() != 1 ||
      llvm::any_of(op.getBlock()->without_terminator(), [](Operation &inner) {
        return inner.getNumRegions() != 0 || !isMemoryEffectFree(&inner);
      }))
    return std::nullopt;
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!map.isProjectedPermutation() ||
      map.getNumResults() != op.getNumParallelLoops())
    return std::nullopt;
  // The only other loop is the one that is reduced.
  Places loops(op.getNumLoops(), Place::Limit);
  for (auto [expr, place] : llvm::zip_equal(map.getResults(), places)) {
    unsigned loop = cast<AffineDimExpr>(expr).getPosition();
    if (op.getIteratorTypesArray()[loop] != utils::IteratorType::parallel)
      return std::nullopt;
    loops[loop] = place;
  }
  return loops;
}

/// One step from a scalar in a body: to an input's element, or through a
/// conversion.
static FailureOr<Element> lookThroughScalar(const Element &element,
                                            bool mayNarrow) {
  linalg::LinalgOp op = element.op;
  auto argument = dyn_cast<BlockArgument>(element.value);
  if (!argument) {
    Operation *def = element.value.getDefiningOp();
    if (!convertsSigned(def, mayNarrow))
      return failure();
    return Element{def->getOperand(0), element.places, op};
  }
  OpOperand *operand = argument.getOwner() == op.getBlock()
                           ? op.getMatchingOpOperand(argument)
                           : nullptr;
  if (!operand || !op.isDpsInput(operand) ||
      !isa<RankedTensorType>(operand->get().getType()))
    return failure();
  Places places;
  for (AffineExpr expr : op.getMatchingIndexingMap(operand).getResults()) {
    auto dim = dyn_cast<AffineDimExpr>(expr);
    // A constant is 0 in a dimension of extent 1, or a place of no interest.
    auto constant = dyn_cast<AffineConstantExpr>(expr);
    if (!dim && !(constant && constant.getValue() == 0))
      return failure();
    places.push_back(dim ? element.places[dim.getPosition()] : Place::Zero);
  }
  return Element{operand->get(), places, {}};
}

/// One step from an element of a tensor.
static FailureOr<Element> lookThroughTensor(const Element &element) {
  Operation *def = element.value.getDefiningOp();
  auto type = cast<RankedTensorType>(element.value.getType());
  if (isa_and_nonnull<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(def)) {
    auto source = cast<RankedTensorType>(def->getOperand(0).getType());
    auto places = placeThroughReshape(source, type, element.places);
    if (!places)
      return failure();
    return Element{def->getOperand(0), *places, {}};
  }
  if (auto cast = dyn_cast_or_null<tensor::CastOp>(def);
      cast && isa<RankedTensorType>(cast.getSource().getType()))
    return Element{cast.getSource(), element.places, {}};
  if (auto op = dyn_cast_or_null<linalg::LinalgOp>(def);
      op && op.getNumParallelLoops() == op.getNumLoops())
    if (std::optional<Places> loops = getLoopPlaces(op, element.places))
      return Element{op.getBlock()->getTerminator()->getOperand(0), *loops, op};
  return failure();
}

/// Enough for what frontends write; unreachable blocks may hold cycles.
static constexpr unsigned kMaxSteps = 32;

/// Follows `element` to where it comes from as long as `stop` does not hold.
static Element follow(Element element, function_ref<bool(const Element &)> stop,
                      bool mayNarrow = false) {
  for (unsigned step = 0; step < kMaxSteps && !stop(element); ++step) {
    FailureOr<Element> next = element.op ? lookThroughScalar(element, mayNarrow)
                                         : lookThroughTensor(element);
    if (failed(next))
      break;
    element = *next;
  }
  return element;
}

template <typename OpTy>
static bool isResultOf(const Element &element) {
  return element.value.getDefiningOp<OpTy>() != nullptr;
}

//===----------------------------------------------------------------------===//
// The two sides of a comparison
//===----------------------------------------------------------------------===//

/// Whether `type` holds all integers below `extent`, and `extent`, which is an
/// extent that fits in an index.
static bool holdsBelow(Type type, int64_t extent) {
  unsigned width = getWidth(type);
  return width >= 64 ||
         (!ShapedType::isDynamic(extent) && llvm::isUIntN(width - 1, extent));
}

/// Whether `element` is t at t, by loops that say so.
static bool isLoopIndex(const Element &element) {
  auto isIndex = [](const Element &element) {
    auto index = element.value.getDefiningOp<linalg::IndexOp>();
    return element.op && index && element.op == index->getParentOp() &&
           element.places[index.getDim()] == Place::Copy;
  };
  bool fits = true;
  Element found = follow(
      element,
      [&](const Element &element) {
        if (linalg::LinalgOp op = element.op)
          for (auto [extent, place] :
               llvm::zip_equal(op.getStaticLoopRanges(), element.places))
            if (place == Place::Copy)
              fits &= holdsBelow(element.value.getType(), extent);
        return isIndex(element);
      },
      /*mayNarrow=*/true);
  return isIndex(found) && fits;
}

/// If `element` is t plus a number at t: the number.
static std::optional<int64_t> getIota(const Element &element) {
  if (isLoopIndex(element))
    return 0;
  // A constant that counts up.
  Element found = follow(element, [](const Element &) { return false; });
  if (found.op || llvm::count(found.places, Place::Copy) != 1)
    return std::nullopt;
  Evaluator evaluator;
  const ConstantTensor *tensor = evaluator.getTensor(found.value);
  if (!tensor || tensor->elements.empty())
    return std::nullopt;
  std::optional<int64_t> first;
  SmallVector<int64_t> at(tensor->shape.size(), 0);
  unsigned dim = llvm::find(found.places, Place::Copy) - found.places.begin();
  for (; at[dim] < tensor->shape[dim]; ++at[dim]) {
    auto integer = dyn_cast<IntegerAttr>(tensor->at(at));
    std::optional<int64_t> number =
        integer ? integer.getValue().trySExtValue() : std::nullopt;
    // Small enough for sums.
    constexpr int64_t kMaxNumber = int64_t(1) << 40;
    if (!number || *number < -kMaxNumber || *number > kMaxNumber)
      return std::nullopt;
    if (!first)
      first = number;
    if (*number - *first != at[dim])
      return std::nullopt;
  }
  for (auto [extent, place] : llvm::zip_equal(tensor->shape, found.places))
    if (place == Place::Limit && extent != 1)
      return std::nullopt;
  return first;
}

/// The comparison of limit <= t + offset, or what is the same in integers.
static FailureOr<ComparisonCount> getComparison(arith::CmpIOp compare,
                                                const Element &element,
                                                std::string &reason) {
  Element lhs{compare.getLhs(), element.places, element.op};
  Element rhs{compare.getRhs(), element.places, element.op};
  arith::CmpIPredicate predicate = compare.getPredicate();
  std::optional<int64_t> offset = getIota(rhs);
  if (!offset) {
    std::swap(lhs, rhs);
    offset = getIota(rhs);
    predicate =
        predicate == arith::CmpIPredicate::sge   ? arith::CmpIPredicate::sle
        : predicate == arith::CmpIPredicate::sgt ? arith::CmpIPredicate::slt
                                                 : arith::CmpIPredicate::eq;
  }
  if (!offset || (predicate != arith::CmpIPredicate::sle &&
                  predicate != arith::CmpIPredicate::slt))
    return fail(reason, "expected signed comparisons that hold from some place "
                        "of the copy on");
  // The furthest tensor on the way: a body may do something to its elements.
  std::optional<Element> limits;
  follow(lhs, [&](const Element &element) {
    if (!element.op)
      limits = element;
    return false;
  });
  if (!limits || llvm::count(limits->places, Place::Limit) != 1)
    return fail(reason, "expected comparisons with the elements of a tensor");
  int64_t dim =
      llvm::find(limits->places, Place::Limit) - limits->places.begin();
  auto type = cast<RankedTensorType>(limits->value.getType());
  for (int64_t other = 0; other < type.getRank(); ++other)
    if (other != dim && type.getDimSize(other) != 1)
      return fail(reason, "expected comparisons with a vector");
  bool isStrict = predicate == arith::CmpIPredicate::slt;
  return ComparisonCount{limits->value, dim, *offset - isStrict};
}

//===----------------------------------------------------------------------===//
// The sum
//===----------------------------------------------------------------------===//

static bool isZero(Value init) {
  if (auto fill = init.getDefiningOp<linalg::FillOp>())
    return matchPattern(fill.getInputs()[0], m_Zero());
  Evaluator evaluator;
  const ConstantTensor *tensor = evaluator.getTensor(init);
  return tensor && llvm::all_of(tensor->elements, [](Attribute element) {
           auto integer = dyn_cast<IntegerAttr>(element);
           return integer && integer.getValue().isZero();
         });
}

/// The addend of a sum over one loop that begins at 0. The sum has to fit in
/// the type `narrowest`.
static FailureOr<Element> getAddend(linalg::LinalgOp op, const Places &places,
                                    Type narrowest, std::string &reason) {
  std::optional<Places> loops = getLoopPlaces(op, places);
  if (!loops || op.getNumLoops() - op.getNumParallelLoops() != 1)
    return fail(reason, "expected a sum over one dimension");
  Value sum = op.getBlock()->getTerminator()->getOperand(0);
  auto add = sum.getDefiningOp<arith::AddIOp>();
  BlockArgument before = op.getRegionOutputArgs()[0];
  if (!isZero(op.getDpsInits()[0]) || !add ||
      (add.getLhs() != before && add.getRhs() != before) || !before.hasOneUse())
    return fail(reason, "expected a sum that begins at 0");
  for (auto [extent, iterator] :
       llvm::zip_equal(op.getStaticLoopRanges(), op.getIteratorTypesArray()))
    if (iterator == utils::IteratorType::reduction &&
        !holdsBelow(narrowest, extent))
      return fail(reason, "expected a number of comparisons that is known to "
                          "fit in an element");
  return Element{add.getLhs() == before ? add.getRhs() : add.getLhs(), *loops,
                 op};
}

FailureOr<ComparisonCount>
mlir::ditto::getComparisonCount(Value tensor, int64_t dim,
                                std::string &reason) {
  auto type = cast<RankedTensorType>(tensor.getType());
  Element element{tensor, Places(type.getRank(), Place::Zero), {}};
  element.places[dim] = Place::Copy;
  auto isSum = [](const Element &element) {
    auto op = element.value.getDefiningOp<linalg::LinalgOp>();
    return !element.op && op && op.getNumParallelLoops() != op.getNumLoops();
  };
  Type narrowest = type.getElementType();
  element = follow(
      element,
      [&](const Element &element) {
        Type type = getElementTypeOrSelf(element.value.getType());
        if (getWidth(type) < getWidth(narrowest))
          narrowest = type;
        return isSum(element);
      },
      /*mayNarrow=*/true);
  if (!isSum(element))
    return fail(reason, "expected an index that is a sum");
  FailureOr<Element> addend =
      getAddend(element.value.getDefiningOp<linalg::LinalgOp>(), element.places,
                narrowest, reason);
  if (failed(addend))
    return failure();
  // A comparison as the number 0 or 1.
  Element number = follow(*addend, isResultOf<arith::ExtUIOp>);
  auto extend = number.value.getDefiningOp<arith::ExtUIOp>();
  if (!extend || !getElementTypeOrSelf(extend.getIn().getType()).isInteger(1))
    return fail(reason, "expected a sum of comparisons");
  number.value = extend.getIn();
  element = follow(number, isResultOf<arith::CmpIOp>);
  if (!isResultOf<arith::CmpIOp>(element))
    return fail(reason, "expected a sum of comparisons");
  return getComparison(element.value.getDefiningOp<arith::CmpIOp>(), element,
                       reason);
}
