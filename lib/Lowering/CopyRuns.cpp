//===- CopyRuns.cpp - Copies of each element as one run -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// On the operand's three-dimensional form x[outer, extent, inner], of which
// either side may be absent:
//
//   for %o in 0..outer, position = 0
//     for %i in 0..extent
//       %n = counts[%isShared ? 0 : %i]
//       result[%o, position : position + %n, :] = broadcast x[%o, %i, :]
//       position += %n
//
// An empty result takes no turn of either loop: outer and extent can be huge
// then.
//
// Without inner dimensions a run is a few elements, and a loop over them would
// be left at another place each time, which no CPU foresees. Such a run begins
// with a chunk of always as many elements, and the next run overwrites what is
// too much. Chunks of 4:
//
//   counts 2 3 1 ..      a a a a
//                            b b b b
//                                  c c c c
//   result               a a b b b c ..
//
// Only the rest of longer runs, and runs at the end of the result, where a
// chunk has no room, are written with their length.
//
// Rows of elements that are much smaller than what can be written at once are
// gathered instead (GatherRows.h), where there are enough of them to share the
// columns.
//
//===----------------------------------------------------------------------===//

#include "CopyRuns.h"

#include "Broadcast.h"
#include "GatherRows.h"

#include "ditto/IR/ElementStorage.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::ditto;

Value ditto::extractCount(OpBuilder &builder, Location loc, Value counts,
                          ValueRange index) {
  Value count = tensor::ExtractOp::create(builder, loc, counts, index);
  if (count.getType().isIndex())
    return count;
  return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                    count);
}

/// The product of `extents`, an attribute where all of them are: as the static
/// extents of a merged dimension. It may wrap at run time if the tensor is
/// empty, where nobody looks at it.
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

namespace {

class RunCopier {
public:
  RunCopier(RewriterBase &rewriter, Location loc, const Runs &runs,
            Destination &destination);

  FailureOr<Value> run();

private:
  /// The dimensions of the input that are those of its three-dimensional form.
  SmallVector<ReassociationIndices> getGroups() const;
  /// `middle` for the repeated dimension between `outer` and `inner`, without
  /// the sides that the input lacks.
  SmallVector<OpFoldResult> sides(OpFoldResult outer, OpFoldResult middle,
                                  OpFoldResult inner) const;
  FailureOr<Value> copyOuterOrGather(Value target);
  FailureOr<Value> copyOuter(Value target);
  FailureOr<Value> gather(Value target);
  FailureOr<Value> copyElements(OpFoldResult o, Value target);
  FailureOr<Value> copyElements(OpFoldResult o, Value target, int64_t chunk);
  FailureOr<Value> copyChunk(OpFoldResult o, Value i, Value count,
                             Value position, Value target, int64_t chunk);
  FailureOr<Value> copyElement(OpFoldResult o, Value i, OpFoldResult count,
                               Value position, Value target);
  using Fill = function_ref<FailureOr<Value>()>;
  FailureOr<Value> choose(Value condition, Value target, Fill fillThen,
                          Fill fillElse);
  FailureOr<Value> fillIf(Value condition, Value target, Fill fill) {
    return choose(condition, target, fill, [&] { return target; });
  }

  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(rewriter, loc, value);
  }
  /// How often a loop over `extent` turns.
  Value turns(OpFoldResult extent) {
    return arith::SelectOp::create(
        rewriter, loc, isEmpty, constant(0),
        getValueOrCreateConstantIndexOp(rewriter, loc, extent));
  }

  RewriterBase &rewriter;
  Location loc;
  const Runs &runs;
  Destination &destination;
  int64_t rank;
  bool hasOuter, hasInner;
  OpFoldResult outer, inner;
  /// The input in its three-dimensional form.
  Value source;
  Value isEmpty;
};

} // namespace

RunCopier::RunCopier(RewriterBase &rewriter, Location loc, const Runs &runs,
                     Destination &destination)
    : rewriter(rewriter), loc(loc), runs(runs), destination(destination),
      rank(runs.extents.size()), hasOuter(runs.dim > 0),
      hasInner(runs.dim + 1 < rank),
      outer(product(rewriter, loc, runs.extents.take_front(runs.dim))),
      inner(product(rewriter, loc, runs.extents.drop_front(runs.dim + 1))),
      source(runs.input) {}

SmallVector<ReassociationIndices> RunCopier::getGroups() const {
  SmallVector<ReassociationIndices> groups;
  if (hasOuter)
    groups.push_back(llvm::to_vector<2>(llvm::seq<int64_t>(0, runs.dim)));
  groups.push_back({runs.dim});
  if (hasInner)
    groups.push_back(
        llvm::to_vector<2>(llvm::seq<int64_t>(runs.dim + 1, rank)));
  return groups;
}

SmallVector<OpFoldResult> RunCopier::sides(OpFoldResult outer,
                                           OpFoldResult middle,
                                           OpFoldResult inner) const {
  SmallVector<OpFoldResult> result;
  if (hasOuter)
    result.push_back(outer);
  result.push_back(middle);
  if (hasInner)
    result.push_back(inner);
  return result;
}

FailureOr<Value> RunCopier::run() {
  SmallVector<ReassociationIndices> groups = getGroups();
  bool merges = int64_t(groups.size()) != rank;
  if (merges)
    source = tensor::CollapseShapeOp::create(rewriter, loc, source, groups);
  SmallVector<OpFoldResult> shape = sides(outer, runs.total, inner);
  FailureOr<Value> target = destination.create(
      shape, cast<RankedTensorType>(source.getType()).getElementType());
  if (failed(target))
    return failure();
  isEmpty = createIsEmpty(rewriter, loc, shape);
  FailureOr<Value> filled =
      hasOuter ? copyOuterOrGather(*target) : copyElements({}, *target);
  if (failed(filled))
    return failure();
  Value result = destination.toTensor(*filled);
  if (!merges)
    return result;
  SmallVector<OpFoldResult> extents(runs.extents);
  extents[runs.dim] = runs.total;
  auto [resultShape, dynamicExtents] = decomposeMixedValues(extents);
  auto type = RankedTensorType::get(
      resultShape, cast<RankedTensorType>(result.getType()).getElementType());
  return tensor::ExpandShapeOp::create(rewriter, loc, type, result, groups,
                                       extents)
      .getResult();
}

/// The columns, which take 8 bytes each, are fewer bytes than the result then.
static constexpr int64_t kRowsWorthGathering = 16;

FailureOr<Value> RunCopier::copyOuterOrGather(Value target) {
  Type type = cast<RankedTensorType>(source.getType()).getElementType();
  if (hasInner || getStorageBytes(type).value_or(8) > 2)
    return copyOuter(target);
  Value isFilled = arith::XOrIOp::create(
      rewriter, loc, isEmpty,
      arith::ConstantIntOp::create(rewriter, loc, 1, /*width=*/1));
  Value hasManyRows = arith::CmpIOp::create(
      rewriter, loc, arith::CmpIPredicate::uge,
      getValueOrCreateConstantIndexOp(rewriter, loc, outer),
      constant(kRowsWorthGathering));
  Value isWorthIt = arith::AndIOp::create(rewriter, loc, isFilled, hasManyRows);
  return choose(
      isWorthIt, target, [&] { return gather(target); },
      [&] { return copyOuter(target); });
}

/// As one interleave of the columns' numbers, and a gather of all rows.
FailureOr<Value> RunCopier::gather(Value target) {
  OpFoldResult extent = runs.extents[runs.dim];
  FailureOr<Value> numbers =
      destination.create(extent, rewriter.getIndexType());
  if (failed(numbers))
    return failure();
  Runs columnRuns = runs;
  columnRuns.input = destination.toTensor(enumerate(rewriter, loc, *numbers));
  columnRuns.dim = 0;
  columnRuns.extents = extent;
  FailureOr<Value> columns = copyRuns(rewriter, loc, columnRuns, destination);
  if (failed(columns))
    return failure();
  return gatherRows(rewriter, loc, source, *columns, target, destination);
}

FailureOr<Value> RunCopier::copyOuter(Value target) {
  auto loop = scf::ForOp::create(rewriter, loc, constant(0), turns(outer),
                                 constant(1), target);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToStart(loop.getBody());
  FailureOr<Value> filled =
      copyElements(loop.getInductionVar(), loop.getRegionIterArg(0));
  if (failed(filled))
    return failure();
  scf::YieldOp::create(rewriter, loc, *filled);
  return loop.getResult(0);
}

/// `fillThen` or `fillElse`, which return `target` filled.
FailureOr<Value> RunCopier::choose(Value condition, Value target, Fill fillThen,
                                   Fill fillElse) {
  auto choice = scf::IfOp::create(rewriter, loc, target.getType(), condition,
                                  /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(rewriter);
  for (auto [block, fill] : {std::pair(choice.thenBlock(), fillThen),
                             std::pair(choice.elseBlock(), fillElse)}) {
    rewriter.setInsertionPointToStart(block);
    FailureOr<Value> filled = fill();
    if (failed(filled))
      return failure();
    scf::YieldOp::create(rewriter, loc, *filled);
  }
  return choice.getResult(0);
}

/// Chooses chunks that most runs fit in, but no larger ones than 32 bytes, an
/// AVX2 register, where all runs do: writing costs more where more is written
/// twice. Beyond 256 bytes the largest run tells little about the others.
FailureOr<Value> RunCopier::copyElements(OpFoldResult o, Value target) {
  Type type = cast<RankedTensorType>(source.getType()).getElementType();
  int64_t bytes = getStorageBytes(type).value_or(0);
  if (hasInner || !llvm::is_contained({1, 2, 4, 8, 16}, bytes))
    return copyElements(o, target, /*chunk=*/1);
  auto fitsIn = [&](int64_t runBytes) -> Value {
    return arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ule,
                                 runs.largest, constant(runBytes / bytes));
  };
  auto copy = [&](int64_t chunkBytes) {
    return copyElements(o, target, chunkBytes / bytes);
  };
  return choose(
      fitsIn(32), target, [&] { return copy(32); },
      [&] {
        Value isLarge =
            arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ugt,
                                  runs.largest, constant(64 / bytes));
        Value takesTwo =
            arith::AndIOp::create(rewriter, loc, isLarge, fitsIn(256));
        return choose(
            takesTwo, target, [&] { return copy(128); },
            [&] { return copy(64); });
      });
}

FailureOr<Value> RunCopier::copyElements(OpFoldResult o, Value target,
                                         int64_t chunk) {
  auto loop = scf::ForOp::create(rewriter, loc, constant(0),
                                 turns(runs.extents[runs.dim]), constant(1),
                                 ValueRange{constant(0), target});
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToStart(loop.getBody());
  Value i = loop.getInductionVar(), position = loop.getRegionIterArg(0);
  Value index =
      arith::SelectOp::create(rewriter, loc, runs.isShared, constant(0), i);
  Value count = extractCount(rewriter, loc, runs.counts, index);
  FailureOr<Value> filled =
      chunk > 1
          ? copyChunk(o, i, count, position, loop.getRegionIterArg(1), chunk)
          : copyElement(o, i, count, position, loop.getRegionIterArg(1));
  if (failed(filled))
    return failure();
  Value end = arith::AddIOp::create(rewriter, loc, position, count);
  scf::YieldOp::create(rewriter, loc, ValueRange{end, *filled});
  return loop.getResult(1);
}

///   if position + chunk <= total
///     result[position : position + chunk] = broadcast x[i], first = chunk
///   else
///     first = 0
///   if first < count
///     result[position + first : position + count] = broadcast x[i]
FailureOr<Value> RunCopier::copyChunk(OpFoldResult o, Value i, Value count,
                                      Value position, Value target,
                                      int64_t chunk) {
  Value last =
      arith::SubIOp::create(rewriter, loc, runs.total, constant(chunk));
  Value hasRoom = arith::CmpIOp::create(
      rewriter, loc, arith::CmpIPredicate::sle, position, last);
  FailureOr<Value> filled = fillIf(hasRoom, target, [&] {
    return copyElement(o, i, rewriter.getIndexAttr(chunk), position, target);
  });
  if (failed(filled))
    return failure();
  Value first = arith::SelectOp::create(rewriter, loc, hasRoom, constant(chunk),
                                        constant(0));
  Value isLonger = arith::CmpIOp::create(
      rewriter, loc, arith::CmpIPredicate::slt, first, count);
  return fillIf(isLonger, *filled, [&] {
    Value begin = arith::AddIOp::create(rewriter, loc, position, first);
    Value rest = arith::SubIOp::create(rewriter, loc, count, first);
    return copyElement(o, i, rest, begin, *filled);
  });
}

FailureOr<Value> RunCopier::copyElement(OpFoldResult o, Value i,
                                        OpFoldResult count, Value position,
                                        Value target) {
  OpFoldResult zero = rewriter.getIndexAttr(0), one = rewriter.getIndexAttr(1);
  SmallVector<int64_t> rowShape;
  if (hasInner)
    rowShape.push_back(
        getConstantIntValue(inner).value_or(ShapedType::kDynamic));
  SmallVector<int64_t> runShape = {
      getConstantIntValue(count).value_or(ShapedType::kDynamic)};
  llvm::append_range(runShape, rowShape);

  auto rowType = RankedTensorType::get(
      rowShape, cast<RankedTensorType>(source.getType()).getElementType());
  SmallVector<OpFoldResult> strides = sides(one, one, one);
  Value row = tensor::ExtractSliceOp::create(rewriter, loc, rowType, source,
                                             sides(o, i, zero),
                                             sides(one, one, inner), strides);
  return destination.broadcastIntoSlice(row, target, /*dims=*/{0},
                                        sides(o, position, zero),
                                        sides(one, count, inner), runShape);
}

FailureOr<Value> ditto::copyRuns(RewriterBase &rewriter, Location loc,
                                 const Runs &runs, Destination &destination) {
  return RunCopier(rewriter, loc, runs, destination).run();
}
