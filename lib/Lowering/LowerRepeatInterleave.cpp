//===- LowerRepeatInterleave.cpp - ditto.repeat_interleave to linalg ------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A uniform count is a broadcast; one count per element is a loop that copies
// each element as one run. The flattened form is the first step of both:
// repeat_interleave(x) = repeat_interleave(flatten(x), dim 0).
//
//===----------------------------------------------------------------------===//

#include "Broadcast.h"
#include "RuntimeChecks.h"

#include "ditto/Lowering/Lowering.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// The lowering of one op; `input` and `dim` are those after flattening.
class InterleaveLowering {
public:
  InterleaveLowering(RewriterBase &rewriter, RepeatInterleaveOp op)
      : rewriter(rewriter), op(op), loc(op.getLoc()) {}

  FailureOr<Value> run();

private:
  Value lowerUniform(OpFoldResult count, RuntimeError ifNegative);
  Value lowerPerElement(TypedValue<RankedTensorType> counts);

  /// The result's extents, given that of the repeated dimension.
  SmallVector<OpFoldResult> getResultExtents(OpFoldResult total) {
    SmallVector<OpFoldResult> resultExtents = extents;
    resultExtents[dim] = total;
    return resultExtents;
  }

  /// The checks that need the result's extents: ri_r2 (bytes), ri_r4, ri_r5.
  void checkTotal(OpFoldResult total);

  Value sumCounts(TypedValue<RankedTensorType> counts, Value length,
                  Value isShared);
  Value copyRuns(TypedValue<RankedTensorType> counts, Value isShared,
                 Value total);

  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(rewriter, loc, value);
  }
  Value toValue(OpFoldResult value) {
    return getValueOrCreateConstantIndexOp(rewriter, loc, value);
  }
  Value extractCount(Value counts, ValueRange index);

  RewriterBase &rewriter;
  RepeatInterleaveOp op;
  Location loc;
  std::optional<RuntimeChecks> checks;
  Value input;
  int64_t dim = 0;
  SmallVector<OpFoldResult> extents;
};

} // namespace

FailureOr<Value> InterleaveLowering::run() {
  if (op.getInputType().getEncoding())
    return rewriter.notifyMatchFailure(op,
                                       "expected an operand without encoding");
  if (op.mayFailAtRunTime()) {
    FailureOr<RuntimeChecks> created = RuntimeChecks::create(rewriter, op);
    if (failed(created))
      return failure();
    checks.emplace(*created);
  }
  input = op.getInput();
  dim = op.getResultDim();
  extents = tensor::getMixedSizes(rewriter, loc, input);
  if (op.isFlattened() && isKnownEmpty(extents)) {
    extents.assign({rewriter.getIndexAttr(0)});
  } else if (op.isFlattened()) {
    input = flatten(rewriter, loc, input);
    extents = tensor::getMixedSizes(rewriter, loc, input);
  }

  TypedValue<RankedTensorType> counts = op.getCountsTensor();
  if (!counts)
    return lowerUniform(op.getMixedCount(),
                        RuntimeError::InterleaveNegativeCount);
  // A tensor of one count serves every element.
  RankedTensorType type = counts.getType();
  if (type.getRank() == 0)
    return lowerUniform(extractCount(counts, {}),
                        RuntimeError::InterleaveNegativeCountAt);
  if (type.getDimSize(0) == 1)
    return lowerUniform(extractCount(counts, constant(0)),
                        RuntimeError::InterleaveNegativeCountAt);
  return lowerPerElement(counts);
}

Value InterleaveLowering::extractCount(Value counts, ValueRange index) {
  Value count = tensor::ExtractOp::create(rewriter, loc, counts, index);
  if (count.getType().isIndex())
    return count;
  return arith::IndexCastOp::create(rewriter, loc, rewriter.getIndexType(),
                                    count);
}

void InterleaveLowering::checkTotal(OpFoldResult total) {
  SmallVector<OpFoldResult> resultExtents = getResultExtents(total);
  checks->failIfTooLarge(resultExtents, op.getResultType().getElementType(),
                         RuntimeError::InterleaveBytesOverflow);
  if (OpFoldResult outputSize = op.getMixedOutputSize())
    checks->failIfDifferent(outputSize, total,
                            RuntimeError::InterleaveOutputSize,
                            {outputSize, total, rewriter.getIndexAttr(dim)});
  checks->failIfTypeDiffers(op.getResultType(), resultExtents,
                            RuntimeError::InterleaveExtentMismatch);
}

/// The repeated dimension d becomes the pair (d, count), the count innermost.
Value InterleaveLowering::lowerUniform(OpFoldResult count,
                                       RuntimeError ifNegative) {
  OpFoldResult dimAttr = rewriter.getIndexAttr(dim);
  OpFoldResult total =
      rewriter.getIndexAttr(op.getResultType().getDimSize(dim));
  if (checks) {
    checks->failIfNegative(
        count, ifNegative,
        {count, ifNegative == RuntimeError::InterleaveNegativeCountAt
                    ? rewriter.getIndexAttr(0)
                    : dimAttr});
    total = checks->multiply(count, extents[dim],
                             RuntimeError::InterleaveExtentOverflow, {dimAttr});
    checkTotal(total);
  }
  if (isKnownEmpty(extents) || isKnownEmpty({total}))
    return createEmpty(rewriter, loc, getResultExtents(total),
                       op.getResultType());
  SmallVector<SmallVector<ExpandedDim>> groups;
  for (auto [i, extent] : llvm::enumerate(extents)) {
    groups.push_back({{extent, /*isCount=*/false}});
    if (int64_t(i) == dim)
      groups.back().push_back({count, /*isCount=*/true});
  }
  return broadcastAndMerge(rewriter, loc, input, groups, op.getResultType());
}

Value InterleaveLowering::lowerPerElement(TypedValue<RankedTensorType> counts) {
  OpFoldResult length = tensor::getMixedSize(rewriter, loc, counts, 0);
  Value isShared = arith::CmpIOp::create(
      rewriter, loc, arith::CmpIPredicate::eq, toValue(length), constant(1));
  if (!isEqualConstantIntOrValue(length, extents[dim])) {
    Value differs =
        arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ne,
                              toValue(length), toValue(extents[dim]));
    Value isTrue = arith::ConstantIntOp::create(rewriter, loc, 1, 1);
    Value notShared = arith::XOrIOp::create(rewriter, loc, isShared, isTrue);
    Value wrong = arith::AndIOp::create(rewriter, loc, differs, notShared);
    checks->failIf(wrong, RuntimeError::InterleaveCountsLength,
                   {length, rewriter.getIndexAttr(dim), extents[dim]});
  }
  Value total = sumCounts(counts, toValue(length), isShared);
  checkTotal(total);
  if (isKnownEmpty(extents) || isKnownEmpty({total}))
    return createEmpty(rewriter, loc, getResultExtents(total),
                       op.getResultType());
  return copyRuns(counts, isShared, total);
}

/// Checks every count and sums them, before anything is allocated:
///
///   %sum = scf.for %i = 0 to %length iter_args(%acc = 0) {
///     check counts[%i] >= 0;  yield %acc + counts[%i], checked
///   }
///   %total = %sum * (%isShared ? extent : 1), checked
Value InterleaveLowering::sumCounts(TypedValue<RankedTensorType> counts,
                                    Value length, Value isShared) {
  OpFoldResult dimAttr = rewriter.getIndexAttr(dim);
  auto loop = scf::ForOp::create(rewriter, loc, constant(0), length,
                                 constant(1), constant(0));
  {
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(loop.getBody());
    Value i = loop.getInductionVar();
    Value count = extractCount(counts, i);
    checks->failIfNegative(count, RuntimeError::InterleaveNegativeCountAt,
                           {count, i});
    Value sum = checks->add(loop.getRegionIterArg(0), count,
                            RuntimeError::InterleaveExtentOverflow, {dimAttr});
    scf::YieldOp::create(rewriter, loc, sum);
  }
  Value uses = arith::SelectOp::create(rewriter, loc, isShared,
                                       toValue(extents[dim]), constant(1));
  return toValue(checks->multiply(loop.getResult(0), uses,
                                  RuntimeError::InterleaveExtentOverflow,
                                  {dimAttr}));
}

/// The product of `extents`, an attribute where all of them are: as the static
/// extents of a merged dimension. They belong to a tensor that exists, or one
/// is 0: no overflow.
static OpFoldResult product(OpBuilder &builder, Location loc,
                            ArrayRef<OpFoldResult> extents) {
  AffineExpr lhs, rhs;
  bindSymbols(builder.getContext(), lhs, rhs);
  OpFoldResult result = builder.getIndexAttr(1);
  for (OpFoldResult extent : extents)
    result = affine::makeComposedFoldedAffineApply(builder, loc, lhs * rhs,
                                                   {result, extent});
  return result;
}

/// Merges the dimensions before and after `dim`: x as [outer, extent, inner].
/// Returns the reassociation of the three dimensions; sides without dimensions
/// get none.
static SmallVector<ReassociationIndices> getThreeDimForm(int64_t rank,
                                                         int64_t dim) {
  SmallVector<ReassociationIndices> groups;
  if (dim > 0)
    groups.push_back(llvm::to_vector<2>(llvm::seq<int64_t>(0, dim)));
  groups.push_back({dim});
  if (dim + 1 < rank)
    groups.push_back(llvm::to_vector<2>(llvm::seq<int64_t>(dim + 1, rank)));
  return groups;
}

/// Copies each element as one run of rows, on the operand's three-dimensional
/// form x[outer, extent, inner] (either side may be absent):
///
///   for %o in 0..outer, position = 0      or no loops, if the result is empty:
///     for %i in 0..extent                 outer and extent can be huge then
///       %n = counts[%isShared ? 0 : %i]
///       result[%o, position : position + %n, :] = broadcast x[%o, %i, :]
///       position += %n
Value InterleaveLowering::copyRuns(TypedValue<RankedTensorType> counts,
                                   Value isShared, Value total) {
  Type elementType = op.getResultType().getElementType();
  int64_t rank = extents.size();
  SmallVector<ReassociationIndices> groups = getThreeDimForm(rank, dim);
  bool merges = int64_t(groups.size()) != rank;
  Value source =
      merges ? tensor::CollapseShapeOp::create(rewriter, loc, input, groups)
                   .getResult()
             : input;
  ArrayRef<OpFoldResult> all = extents;
  OpFoldResult outer = product(rewriter, loc, all.take_front(dim));
  OpFoldResult inner = product(rewriter, loc, all.drop_front(dim + 1));
  bool hasOuter = dim > 0, hasInner = dim + 1 < rank;
  SmallVector<OpFoldResult> shape;
  if (hasOuter)
    shape.push_back(outer);
  shape.push_back(total);
  if (hasInner)
    shape.push_back(inner);
  Value empty = tensor::EmptyOp::create(rewriter, loc, shape, elementType);
  Value isEmpty = createIsEmpty(rewriter, loc, shape);
  auto turns = [&](OpFoldResult extent) -> Value {
    return arith::SelectOp::create(rewriter, loc, isEmpty, constant(0),
                                   toValue(extent));
  };

  OpFoldResult zero = rewriter.getIndexAttr(0), one = rewriter.getIndexAttr(1);
  // [%o, offset, 0] and [1, size, inner], without the dimensions x lacks.
  auto position = [&](Value o, OpFoldResult offset) {
    SmallVector<OpFoldResult> offsets;
    if (hasOuter)
      offsets.push_back(o);
    offsets.push_back(offset);
    if (hasInner)
      offsets.push_back(zero);
    return offsets;
  };
  auto box = [&](OpFoldResult size) {
    SmallVector<OpFoldResult> sizes;
    if (hasOuter)
      sizes.push_back(one);
    sizes.push_back(size);
    if (hasInner)
      sizes.push_back(inner);
    return sizes;
  };
  SmallVector<OpFoldResult> strides(groups.size(), one);
  SmallVector<int64_t> rowShape;
  if (hasInner)
    rowShape.push_back(
        getConstantIntValue(inner).value_or(ShapedType::kDynamic));
  auto rowType = RankedTensorType::get(rowShape, elementType);
  rowShape.insert(rowShape.begin(), ShapedType::kDynamic);
  auto runType = RankedTensorType::get(rowShape, elementType);

  auto copyElements = [&](Value o, Value result) -> Value {
    auto loop =
        scf::ForOp::create(rewriter, loc, constant(0), turns(extents[dim]),
                           constant(1), ValueRange{constant(0), result});
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(loop.getBody());
    Value i = loop.getInductionVar();
    Value start = loop.getRegionIterArg(0), copied = loop.getRegionIterArg(1);
    Value index =
        arith::SelectOp::create(rewriter, loc, isShared, constant(0), i);
    Value count = extractCount(counts, index);
    Value row = tensor::ExtractSliceOp::create(
        rewriter, loc, rowType, source, position(o, i), box(one), strides);
    Value run =
        tensor::ExtractSliceOp::create(rewriter, loc, runType, copied,
                                       position(o, start), box(count), strides);
    run = linalg::BroadcastOp::create(rewriter, loc, row, run,
                                      ArrayRef<int64_t>{0})
              .getResult()
              .front();
    copied = tensor::InsertSliceOp::create(
        rewriter, loc, run, copied, position(o, start), box(count), strides);
    Value next = arith::AddIOp::create(rewriter, loc, start, count);
    scf::YieldOp::create(rewriter, loc, ValueRange{next, copied});
    return loop.getResult(1);
  };

  Value result;
  if (hasOuter) {
    auto loop = scf::ForOp::create(rewriter, loc, constant(0), turns(outer),
                                   constant(1), empty);
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(loop.getBody());
    scf::YieldOp::create(
        rewriter, loc,
        copyElements(loop.getInductionVar(), loop.getRegionIterArg(0)));
    result = loop.getResult(0);
  } else {
    result = copyElements({}, empty);
  }
  if (merges) {
    SmallVector<OpFoldResult> resultExtents = getResultExtents(total);
    SmallVector<int64_t> resultShape;
    SmallVector<Value> ignored;
    dispatchIndexOpFoldResults(resultExtents, ignored, resultShape);
    result = tensor::ExpandShapeOp::create(
        rewriter, loc, RankedTensorType::get(resultShape, elementType), result,
        groups, resultExtents);
  }
  return castTo(rewriter, loc, op.getResultType(), result);
}

FailureOr<Value> ditto::lowerToLinalg(RewriterBase &rewriter,
                                      RepeatInterleaveOp op) {
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  return InterleaveLowering(rewriter, op).run();
}
