//===- ArrangeCopies.cpp - Copies of which a repeat is a part -------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ArrangeCopies.h"

#include "Chain.h"
#include "ditto/Analysis/ConcatDim.h"
#include "ditto/Analysis/Movement.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Concatenations of the same values
//===----------------------------------------------------------------------===//

/// After how many values the first ones come again, to the end.
static size_t getPeriod(ValueRange values) {
  for (size_t period = 1, number = values.size(); period < number; ++period)
    if (number % period == 0 &&
        llvm::equal(values.drop_front(period), values.drop_back(period)))
      return period;
  return values.size();
}

namespace {
/// %c = concat(%x, %y, %x, %y)   ->   %p = concat(%x, %y)
///                                    %c = concat(%p, %p)
template <typename ConcatOp>
struct SplitPeriodicConcat : public OpRewritePattern<ConcatOp> {
  using OpRewritePattern<ConcatOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(ConcatOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<Value> inputs = op->getOperands();
    size_t period = getPeriod(inputs);
    if (period <= 1 || period == inputs.size())
      return rewriter.notifyMatchFailure(
          op, "expected some values that come again in the same order");
    int64_t count = inputs.size() / period;
    std::optional<int64_t> dim = getConcatDim(op);
    if (!dim)
      return rewriter.notifyMatchFailure(op, "expected a dimension");
    auto type = cast<RankedTensorType>(op.getType());
    if (!type.isDynamicDim(*dim) && type.getDimSize(*dim) % count)
      return rewriter.notifyMatchFailure(
          op, "expected an extent that is a multiple of the number of copies");
    SmallVector<int64_t> shape(type.getShape());
    if (!type.isDynamicDim(*dim))
      shape[*dim] /= count;
    Operation *once = rewriter.clone(*op);
    rewriter.modifyOpInPlace(once, [&] {
      once->setOperands(ArrayRef(inputs).take_front(period));
      once->getResult(0).setType(type.clone(shape));
    });
    SmallVector<Value> copies(count, once->getResult(0));
    rewriter.modifyOpInPlace(op, [&] { op->setOperands(copies); });
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Concatenations of broadcasts
//===----------------------------------------------------------------------===//

namespace {
/// A value that is broadcast along dimensions of their own.
struct Broadcast {
  DigitLayout layout;
  /// The dimensions that are counts, and the digits of the others.
  SmallVector<int64_t> counts;
  SmallVector<DigitList> others;

  /// The type of the result.
  RankedTensorType type;

  static FailureOr<Broadcast> get(Value value);

  Value buildSource(OpBuilder &builder, Location loc) const;
  /// Whether the extent of a count may be `extent`: types may lie.
  bool mayBe(int64_t dim, int64_t extent) const {
    return succeeded(verifyCompatibleDims(
        {*getStaticExtent(layout, layout.getResultDims()[dim]), extent}));
  }
  OpFoldResult buildCount(OpBuilder &builder, Location loc, int64_t dim) const {
    return MovementBuilder(builder, loc, layout)
        .getExtent(layout.getResultDims()[dim]);
  }
};
} // namespace

FailureOr<Broadcast> Broadcast::get(Value value) {
  std::string ignored;
  auto op = value.getDefiningOp<linalg::LinalgOp>();
  Value source = op ? getMovedValue(op, ignored) : Value();
  if (!source || !value.hasOneUse())
    return failure();
  FailureOr<DigitLayout> layout = DigitLayout::identity(source, ignored);
  if (failed(layout) || failed(layout->apply(op, ignored)) ||
      layout->joinsCounts())
    return failure();
  Broadcast result{*layout, {}, {}, cast<RankedTensorType>(value.getType())};
  DigitList order;
  for (auto [dim, digits] : llvm::enumerate(layout->getResultDims())) {
    if (failed(getStaticExtent(*layout, digits)))
      return failure();
    if (!digits.empty() && layout->isCount(digits.front())) {
      result.counts.push_back(dim);
      continue;
    }
    result.others.push_back(digits);
    llvm::append_range(order, digits);
  }
  // Nothing is transposed.
  DigitList sourceOrder;
  for (const DigitList &digits : layout->getSourceDims())
    llvm::append_range(sourceOrder, digits);
  if (result.counts.empty() || order != sourceOrder)
    return failure();
  return result;
}

/// Its type tells no more than that of the broadcast, which other types agree
/// with.
Value Broadcast::buildSource(OpBuilder &builder, Location loc) const {
  MovementBuilder movement(builder, loc, layout);
  Value source = movement.reshape(movement.getRoot(layout),
                                  layout.getSourceDims(), others);
  SmallVector<int64_t> shape;
  for (auto [dim, extent] : llvm::enumerate(type.getShape()))
    if (!llvm::is_contained(counts, dim))
      shape.push_back(extent);
  RankedTensorType told = type.clone(shape);
  return source.getType() == told
             ? source
             : tensor::CastOp::create(builder, loc, told, source);
}

namespace {
/// %p = linalg.broadcast %x : 2x6x5 -> 2x3x6x5
/// %n = linalg.broadcast %y : 2x1x5 -> 2x3x1x5   ->   %c = concat dim(1) %x, %y
/// %c = concat dim(2) %p, %n : 2x3x7x5                %b = linalg.broadcast %c
///
/// where movement that follows makes the broadcast a repeat.
struct ConcatBeforeBroadcast : public OpRewritePattern<tensor::ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tensor::ConcatOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<Broadcast, 2> broadcasts;
    for (Value input : op.getInputs()) {
      FailureOr<Broadcast> broadcast = Broadcast::get(input);
      if (failed(broadcast) || (!broadcasts.empty() &&
                                broadcast->counts != broadcasts.front().counts))
        return rewriter.notifyMatchFailure(
            op, "expected values that are broadcast along the same dimensions");
      broadcasts.push_back(std::move(*broadcast));
    }
    std::optional<int64_t> dim = getConcatDim(op);
    if (broadcasts.empty() || !dim ||
        llvm::is_contained(broadcasts.front().counts, *dim) ||
        !isJoinedLater(op, broadcasts.front().counts))
      return rewriter.notifyMatchFailure(
          op, "expected broadcast dimensions that a reshape joins with others");
    const Broadcast &first = broadcasts.front();
    if (!llvm::all_of(first.counts, [&](int64_t count) {
          return first.mayBe(count, op.getType().getDimSize(count));
        }))
      return rewriter.notifyMatchFailure(
          op, "expected a result type that the extents do not contradict");
    Location loc = op.getLoc();
    SmallVector<Value> sources;
    for (const Broadcast &broadcast : broadcasts)
      sources.push_back(broadcast.buildSource(rewriter, loc));
    int64_t numBefore = llvm::count_if(
        first.counts, [&](int64_t count) { return count < *dim; });
    Value concat =
        tensor::ConcatOp::create(rewriter, loc, *dim - numBefore, sources);
    SmallVector<OpFoldResult> sizes =
        tensor::getMixedSizes(rewriter, loc, concat);
    for (int64_t dim : first.counts)
      sizes.insert(sizes.begin() + dim, first.buildCount(rewriter, loc, dim));
    Value empty = tensor::EmptyOp::create(rewriter, loc, sizes,
                                          op.getType().getElementType());
    // The chain that begins here is called what the broadcasts were.
    Value result =
        linalg::BroadcastOp::create(rewriter, op.getInputs().front().getLoc(),
                                    concat, empty, first.counts)
            ->getResult(0);
    if (result.getType() != op.getType())
      result = tensor::CastOp::create(rewriter, loc, op.getType(), result);
    SmallVector<Value> inputs = op.getInputs();
    rewriter.replaceOp(op, result);
    for (Value input : inputs)
      if (input.use_empty())
        rewriter.eraseOp(input.getDefiningOp());
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Broadcasts along dimensions of extent 1
//===----------------------------------------------------------------------===//

namespace {
/// linalg.broadcast %x : 8x7 -> 8x1x7   ->   tensor.expand_shape %x
struct ReshapeUnitBroadcast
    : public OpInterfaceRewritePattern<linalg::LinalgOp> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(linalg::LinalgOp op,
                                PatternRewriter &rewriter) const override {
    std::string reason;
    Value source = getMovedValue(op, reason);
    if (!source)
      return rewriter.notifyMatchFailure(op, reason);
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    FailureOr<DigitLayout> layout = DigitLayout::identity(source, reason);
    if (failed(layout) || failed(layout->apply(op, reason)))
      return rewriter.notifyMatchFailure(op, reason);
    if (cast<RankedTensorType>(source.getType()).getRank() >= type.getRank() ||
        !movesOnlyUnits(*layout))
      return rewriter.notifyMatchFailure(
          op, "expected a broadcast along dimensions of extent 1");
    MovementBuilder movement(rewriter, op.getLoc(), *layout);
    Value result =
        movement.reshape(movement.getRoot(*layout), layout->getSourceDims(),
                         layout->getResultDims());
    if (result.getType() != type)
      result = tensor::CastOp::create(rewriter, op.getLoc(), type, result);
    rewriter.replaceOp(op, result);
    return success();
  }
};
} // namespace

void mlir::ditto::populateArrangeCopiesPatterns(RewritePatternSet &patterns) {
  patterns.add<ConcatBeforeBroadcast, ReshapeUnitBroadcast,
               SplitPeriodicConcat<tensor::ConcatOp>,
               SplitPeriodicConcat<tosa::ConcatOp>>(patterns.getContext());
}
