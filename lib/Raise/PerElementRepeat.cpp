//===- PerElementRepeat.cpp - Copies by indices as repeats ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PerElementRepeat.h"

#include "ditto/Analysis/ComparisonCount.h"
#include "ditto/Analysis/DigitLayout.h"
#include "ditto/Analysis/GatheredDim.h"
#include "ditto/IR/Ditto.h"
#include "ditto/IR/Remarks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

#include <numeric>

using namespace mlir;
using namespace mlir::ditto;

static RankedTensorType getType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static void emitRemark(Operation *op, int64_t dim, StringRef spelling) {
  auto lock = lockRemarks();
  remark::passed(op->getLoc(), getRemarkOptions("Raised", "ditto-raise", op))
      << remark::metric("Spelling", spelling)
      << remark::metric(
             "Op", ("ditto.repeat_interleave by counts dim(" + Twine(dim) + ")")
                       .str());
}

//===----------------------------------------------------------------------===//
// Constant indices
//===----------------------------------------------------------------------===//

namespace {
/// A dimension as three: the middle one is repeated, by the same counts in each
/// outer turn, rows of `inner` elements at a time.
///
///   index  0 1 2 3 0 1 2 3 4 5 6 7   in 8: inner 4, counts 2 1
struct ConstantCounts {
  int64_t outer = 1, inner = 1;
  SmallVector<int64_t> counts;
};
} // namespace

/// The most elements that both sides move in one piece.
static int64_t getInnerSize(ArrayRef<int64_t> indices, int64_t extent) {
  int64_t inner = indices.size();
  for (int64_t at = 0, end = indices.size(); at < end; ++at)
    if (at == 0 || indices[at] != indices[at - 1] + 1)
      inner = std::gcd(inner, std::gcd(at, indices[at]));
  return std::gcd(inner, extent);
}

/// How often each value below `extent` occurs in indices that never decrease.
static FailureOr<SmallVector<int64_t>> countValues(ArrayRef<int64_t> indices,
                                                   int64_t extent) {
  SmallVector<int64_t> counts(extent, 0);
  int64_t last = 0;
  for (int64_t index : indices) {
    if (index < last)
      return failure();
    ++counts[index];
    last = index;
  }
  return counts;
}

/// Whether the counts are those of a slice of a repeat by one count, of which
/// there may be less at both ends.
static bool isUniformSlice(ArrayRef<int64_t> counts) {
  auto isZero = [](int64_t count) { return count == 0; };
  counts = counts.drop_while(isZero);
  while (!counts.empty() && isZero(counts.back()))
    counts = counts.drop_back();
  if (counts.size() < 3)
    return true;
  ArrayRef<int64_t> full = counts.drop_front().drop_back();
  return llvm::all_equal(full) && counts.front() <= full.front() &&
         counts.back() <= full.front();
}

static FailureOr<ConstantCounts> getCounts(ArrayRef<int64_t> indices,
                                           int64_t extent) {
  // Reading the counts is to be no more work than reading the indices.
  if (indices.empty() || extent > int64_t(indices.size()) ||
      llvm::any_of(indices,
                   [&](int64_t index) { return index < 0 || index >= extent; }))
    return failure();
  ConstantCounts result;
  result.inner = getInnerSize(indices, extent);
  SmallVector<int64_t> rows;
  for (size_t at = 0; at < indices.size(); at += result.inner)
    rows.push_back(indices[at] / result.inner);
  FailureOr<SmallVector<int64_t>> counts =
      countValues(rows, extent / result.inner);
  if (failed(counts) || isUniformSlice(*counts) ||
      *llvm::max_element(*counts) < 2)
    return failure();
  // The shortest period.
  int64_t size = counts->size(), period = 1;
  auto isPeriod = [&](int64_t period) {
    return size % period == 0 &&
           llvm::equal(ArrayRef(*counts).drop_front(period),
                       ArrayRef(*counts).drop_back(period));
  };
  while (!isPeriod(period))
    ++period;
  result.outer = size / period;
  result.counts.assign(counts->begin(), counts->begin() + period);
  return result;
}

/// Replaces dimension `dim` of `value` by `extents`, or the other way round.
static Value reshape(OpBuilder &builder, Location loc, Value value, int64_t dim,
                     ArrayRef<int64_t> extents, bool isExpanded) {
  if (extents.size() == 1)
    return value;
  RankedTensorType type = getType(value);
  SmallVector<int64_t> shape(type.getShape());
  SmallVector<ReassociationIndices> groups;
  int64_t numGroups = type.getRank() - (isExpanded ? extents.size() - 1 : 0);
  for (int64_t group = 0, next = 0; group < numGroups; ++group) {
    int64_t size = group == dim ? extents.size() : 1;
    groups.push_back(llvm::to_vector(llvm::seq<int64_t>(next, next + size)));
    next += size;
  }
  if (isExpanded)
    return tensor::CollapseShapeOp::create(builder, loc, value, groups);
  shape.erase(shape.begin() + dim);
  shape.insert(shape.begin() + dim, extents.begin(), extents.end());
  return tensor::ExpandShapeOp::create(
      builder, loc, RankedTensorType::get(shape, type.getElementType()), value,
      groups);
}

static Value createConstantRepeat(OpBuilder &builder, Location loc,
                                  const GatheredDim &gathered,
                                  const ConstantCounts &counts) {
  // Without units, but for the dimension that is repeated.
  SmallVector<int64_t> extents;
  int64_t dim = gathered.dim, size = counts.counts.size();
  if (counts.outer != 1) {
    extents.push_back(counts.outer);
    ++dim;
  }
  extents.push_back(size);
  if (counts.inner != 1)
    extents.push_back(counts.inner);
  Value value = reshape(builder, loc, gathered.source, gathered.dim, extents,
                        /*isExpanded=*/false);
  Value countsValue = arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(RankedTensorType::get(size, builder.getI64Type()),
                             ArrayRef(counts.counts)));
  int64_t total = 0;
  for (int64_t count : counts.counts)
    total += count;
  value = RepeatInterleaveOp::create(builder, loc, value, countsValue, dim,
                                     builder.getIndexAttr(total));
  return reshape(builder, loc, value, gathered.dim, extents,
                 /*isExpanded=*/true);
}

//===----------------------------------------------------------------------===//
// Indices that count comparisons
//===----------------------------------------------------------------------===//

namespace {
/// Builds loops over vectors of `index`.
struct VectorLoops {
  OpBuilder &builder;
  Location loc;
  Value zero, one;

  VectorLoops(OpBuilder &builder, Location loc)
      : builder(builder), loc(loc),
        zero(arith::ConstantIndexOp::create(builder, loc, 0)),
        one(arith::ConstantIndexOp::create(builder, loc, 1)) {}

  Value zeros(Value size) {
    Value empty = tensor::EmptyOp::create(builder, loc, getAsOpFoldResult(size),
                                          builder.getIndexType());
    return linalg::FillOp::create(builder, loc, zero, empty).getResult(0);
  }

  /// `vector` with one more at `at`.
  static Value increment(OpBuilder &nested, Location loc, Value vector,
                         Value at, Value one) {
    Value old = tensor::ExtractOp::create(nested, loc, vector, at);
    Value next = arith::AddIOp::create(nested, loc, old, one);
    return tensor::InsertOp::create(nested, loc, next, vector, at);
  }
};
} // namespace

/// The place in 0 .. `high` - `low` from which on `limit` <= t + `low` holds.
static Value getFirstCopy(OpBuilder &builder, Location loc, Value limit,
                          Value low, Value high) {
  if (!limit.getType().isIndex())
    limit =
        arith::IndexCastOp::create(builder, loc, builder.getIndexType(), limit);
  // Clamped first: the difference need not fit.
  limit = arith::MaxSIOp::create(builder, loc, limit, low);
  limit = arith::MinSIOp::create(builder, loc, limit, high);
  return arith::SubIOp::create(builder, loc, limit, low);
}

/// How often the index of a copy has each value: `counts` has an element for
/// each number of comparisons that may hold.
///
///   for limit in limits:  starts[first copy for which it holds] += 1
///   for t in size:        index += starts[t]; counts[index] += 1
static Value createCounts(OpBuilder &builder, Location loc,
                          const ComparisonCount &comparisons, Value size) {
  VectorLoops loops(builder, loc);
  Value limits = comparisons.limits;
  Value numLimits = getValueOrCreateConstantIndexOp(
      builder, loc,
      SymbolicSize::ofDim(limits, comparisons.limitsDim)
          .materialize(builder, loc));
  Value low = arith::ConstantIndexOp::create(builder, loc, comparisons.offset);
  Value high = arith::AddIOp::create(builder, loc, size, low);
  Value starts =
      loops.zeros(arith::AddIOp::create(builder, loc, size, loops.one));
  auto addStart = [&](OpBuilder &nested, Location loc, Value i,
                      ValueRange carried) {
    SmallVector<Value> at(getType(limits).getRank(), loops.zero);
    at[comparisons.limitsDim] = i;
    Value limit = tensor::ExtractOp::create(nested, loc, limits, at);
    Value first = getFirstCopy(nested, loc, limit, low, high);
    Value next =
        VectorLoops::increment(nested, loc, carried[0], first, loops.one);
    scf::YieldOp::create(nested, loc, next);
  };
  starts = scf::ForOp::create(builder, loc, loops.zero, numLimits, loops.one,
                              starts, addStart)
               .getResult(0);
  Value counts =
      loops.zeros(arith::AddIOp::create(builder, loc, numLimits, loops.one));
  auto addCopy = [&](OpBuilder &nested, Location loc, Value t,
                     ValueRange carried) {
    Value begun = tensor::ExtractOp::create(nested, loc, starts, t);
    Value index = arith::AddIOp::create(nested, loc, carried[0], begun);
    Value next =
        VectorLoops::increment(nested, loc, carried[1], index, loops.one);
    scf::YieldOp::create(nested, loc, ValueRange{index, next});
  };
  return scf::ForOp::create(builder, loc, loops.zero, size, loops.one,
                            ValueRange{loops.zero, counts}, addCopy)
      .getResult(1);
}

static bool hasEncoding(Value value) {
  return getType(value).getEncoding() != Attribute();
}

static Value replace(Operation *op, Value value, RewriterBase &rewriter) {
  Type type = op->getResult(0).getType();
  if (value.getType() != type)
    value = tensor::CastOp::create(rewriter, op->getLoc(), type, value);
  rewriter.replaceOp(op, value);
  return value;
}

static FailureOr<Value> raiseConstant(Operation *op,
                                      const GatheredDim &gathered,
                                      RewriterBase &rewriter) {
  int64_t extent = getType(gathered.source).getDimSize(gathered.dim);
  FailureOr<ConstantCounts> counts = getCounts(*gathered.constants, extent);
  // Extents that are not known must be those of the source.
  if (failed(counts) || !getType(gathered.source).hasStaticShape() ||
      !getType(op->getResult(0)).hasStaticShape())
    return rewriter.notifyMatchFailure(
        op, "expected static shapes and indices that repeat elements one "
            "after the other");
  emitRemark(op, gathered.dim, "indexed copy");
  return replace(
      op, createConstantRepeat(rewriter, op->getLoc(), gathered, *counts),
      rewriter);
}

static FailureOr<Value> raiseCount(Operation *op, const GatheredDim &gathered,
                                   RewriterBase &rewriter) {
  std::string reason;
  FailureOr<ComparisonCount> comparisons =
      getComparisonCount(gathered.indices, gathered.indicesDim, reason);
  if (failed(comparisons))
    return rewriter.notifyMatchFailure(op, reason);
  // One value of the index per element, and one that is out of bounds.
  SymbolicSize extent = SymbolicSize::ofDim(gathered.source, gathered.dim);
  if (SymbolicSize::ofDim(comparisons->limits, comparisons->limitsDim) !=
      extent)
    return rewriter.notifyMatchFailure(
        op, "expected as many comparisons as there are elements");
  // Else the comparisons are still made for the other user.
  if (!gathered.indices.hasOneUse())
    return rewriter.notifyMatchFailure(
        op, "expected an index that nobody else reads");
  Location loc = op->getLoc();
  OpFoldResult size = SymbolicSize::ofDim(gathered.indices, gathered.indicesDim)
                          .materialize(rewriter, loc);
  Value counts =
      createCounts(rewriter, loc, *comparisons,
                   getValueOrCreateConstantIndexOp(rewriter, loc, size));
  SmallVector<OpFoldResult> sizes{extent.materialize(rewriter, loc)};
  SmallVector<OpFoldResult> zeros{rewriter.getIndexAttr(0)};
  SmallVector<OpFoldResult> ones{rewriter.getIndexAttr(1)};
  counts =
      tensor::ExtractSliceOp::create(rewriter, loc, counts, zeros, sizes, ones);
  emitRemark(op, gathered.dim, "comparison matrix");
  return replace(op,
                 RepeatInterleaveOp::create(rewriter, loc, gathered.source,
                                            counts, gathered.dim, size),
                 rewriter);
}

FailureOr<Value>
mlir::ditto::raisePerElementRepeat(RewriterBase &rewriter, Operation *op,
                                   const RaiseControl &control) {
  std::string reason;
  FailureOr<GatheredDim> gathered = getGatheredDim(op, reason);
  if (failed(gathered))
    return rewriter.notifyMatchFailure(op, reason);
  if (hasEncoding(gathered->source) || hasEncoding(op->getResult(0)))
    return rewriter.notifyMatchFailure(op, "expected no encodings");
  if (control && !control(op))
    return rewriter.notifyMatchFailure(op, "not wanted by the control");
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  return gathered->constants ? raiseConstant(op, *gathered, rewriter)
                             : raiseCount(op, *gathered, rewriter);
}

namespace {
/// See `raisePerElementRepeat`.
struct RaisePerElementRepeat : public RewritePattern {
  RaisePerElementRepeat(MLIRContext *context, RaiseControl control)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/2, context),
        control(std::move(control)) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    return raisePerElementRepeat(rewriter, op, control);
  }

  RaiseControl control;
};
} // namespace

void mlir::ditto::populatePerElementRepeatPatterns(RewritePatternSet &patterns,
                                                   RaiseControl control) {
  patterns.add<RaisePerElementRepeat>(patterns.getContext(),
                                      std::move(control));
}
