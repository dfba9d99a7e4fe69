//===- Pieces.cpp - Results that are written in pieces --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pieces.h"

#include "DigitMap.h"
#include "Evaluator.h"
#include "ditto/Analysis/ConcatDim.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Parts of tensors
//===----------------------------------------------------------------------===//

TensorPart TensorPart::whole(OpBuilder &builder, Value tensor) {
  auto type = cast<RankedTensorType>(tensor.getType());
  TensorPart part;
  for (int64_t dim = 0, rank = type.getRank(); dim < rank; ++dim) {
    part.offsets.push_back(builder.getIndexAttr(0));
    part.strides.push_back(1);
  }
  part.dropped.resize(type.getRank());
  return part;
}

/// Fails for strides that are not constant.
template <typename SliceOp>
static FailureOr<TensorPart> getPart(SliceOp op) {
  TensorPart part{op.getMixedOffsets(),
                  SmallVector<int64_t>(op.getStaticStrides()),
                  op.getDroppedDims()};
  if (ShapedType::isDynamicShape(part.strides))
    return failure();
  return part;
}

/// One element.
static TensorPart getElementPart(ValueRange indices) {
  TensorPart part;
  for (Value index : indices) {
    part.offsets.push_back(getAsOpFoldResult(index));
    part.strides.push_back(1);
  }
  part.dropped.resize(indices.size(), true);
  return part;
}

std::optional<std::pair<Value, TensorPart>> mlir::ditto::getSlice(Value value) {
  if (auto extract = value.getDefiningOp<tensor::ExtractOp>())
    return std::pair(Value(extract.getTensor()),
                     getElementPart(extract.getIndices()));
  if (auto slice = value.getDefiningOp<tensor::ExtractSliceOp>()) {
    FailureOr<TensorPart> part = getPart(slice);
    if (failed(part))
      return std::nullopt;
    return std::pair(slice.getSource(), *part);
  }
  auto slice = value.getDefiningOp<tosa::SliceOp>();
  auto type = dyn_cast<RankedTensorType>(value.getType());
  DenseElementsAttr starts;
  if (!slice || !type || !type.hasStaticShape() ||
      !isa<RankedTensorType>(slice.getInput1().getType()) ||
      !matchPattern(slice.getStart(), m_Constant(&starts)))
    return std::nullopt;
  Builder builder(value.getContext());
  TensorPart part;
  for (const APInt &start : starts.getValues<APInt>()) {
    part.offsets.push_back(builder.getIndexAttr(start.getSExtValue()));
    part.strides.push_back(1);
  }
  part.dropped.resize(type.getRank());
  return std::pair(Value(slice.getInput1()), part);
}

//===----------------------------------------------------------------------===//
// Writes
//===----------------------------------------------------------------------===//

static bool isInsert(Operation *op) {
  return isa<tensor::InsertSliceOp, tensor::InsertOp>(op);
}

static Value getDestination(Operation *insert) {
  return cast<DestinationStyleOpInterface>(insert).getDpsInitOperand(0)->get();
}

namespace {
/// Walks from a result up to what it was before it was written to.
class PieceCollector {
public:
  PieceCollector(Pieces &pieces, std::string &reason)
      : pieces(pieces), reason(reason) {}

  /// Collects what is written between `begin`, null for anything, and `result`.
  LogicalResult collect(Value result, Value begin);

private:
  // More than any unrolled loop of a model.
  static constexpr size_t kMaxPieces = 256;

  LogicalResult collectFor(scf::ForOp loop, Value begin);
  LogicalResult collectForall(scf::ForallOp loop);
  LogicalResult addLoop(Value index, OpFoldResult begin, OpFoldResult end,
                        OpFoldResult step);
  template <typename InsertOp>
  LogicalResult addSlice(InsertOp insert);

  Pieces &pieces;
  std::string &reason;
};
} // namespace

template <typename InsertOp>
LogicalResult PieceCollector::addSlice(InsertOp insert) {
  FailureOr<TensorPart> part = getPart(insert);
  if (failed(part))
    return fail(reason, "expected constant strides");
  pieces.pieces.push_back({insert.getSource(), *part});
  return success();
}

LogicalResult PieceCollector::addLoop(Value index, OpFoldResult begin,
                                      OpFoldResult end, OpFoldResult step) {
  std::optional<int64_t> from = getConstantIntValue(begin);
  std::optional<int64_t> to = getConstantIntValue(end);
  std::optional<int64_t> by = getConstantIntValue(step);
  if (!from || !to || !by || *from < 0 || *to <= *from || *by <= 0)
    return fail(reason, "expected constant bounds of a loop that is entered");
  pieces.loops.push_back(
      {index, *from, *by,
       int64_t(llvm::divideCeil(uint64_t(*to) - uint64_t(*from), *by))});
  return success();
}

LogicalResult PieceCollector::collectFor(scf::ForOp loop, Value begin) {
  if (loop.getNumResults() != 1 || !pieces.pieces.empty() ||
      !(loop.getInductionVar().getType().isIndex() ||
        loop.getInductionVar().getType().isInteger(64)))
    return fail(reason, "expected nothing but one loop of one result");
  if (begin && loop.getInitArgs().front() != begin)
    return fail(reason, "expected a loop that writes the result of another");
  if (failed(addLoop(loop.getInductionVar(), loop.getLowerBound(),
                     loop.getUpperBound(), loop.getStep())))
    return failure();
  Value carried = loop.getRegionIterArg(0);
  // Whatever else used it would read what was written before.
  if (!carried.hasOneUse())
    return fail(reason, "expected a result that is only written");
  return collect(loop.getYieldedValues().front(), carried);
}

LogicalResult PieceCollector::collectForall(scf::ForallOp loop) {
  if (loop.getNumResults() != 1 || !pieces.pieces.empty())
    return fail(reason, "expected nothing but one loop of one result");
  for (auto [index, begin, end, step] :
       llvm::zip_equal(loop.getInductionVars(), loop.getMixedLowerBound(),
                       loop.getMixedUpperBound(), loop.getMixedStep()))
    if (failed(addLoop(index, begin, end, step)))
      return failure();
  BlockArgument shared = loop.getRegionIterArgs().front();
  auto combining = loop.getCombiningOps(shared);
  if (size_t(std::distance(shared.use_begin(), shared.use_end())) !=
      combining.size())
    return fail(reason, "expected a result that is only written");
  for (Operation *op : combining) {
    auto insert = dyn_cast<tensor::ParallelInsertSliceOp>(op);
    if (!insert || failed(addSlice(insert)))
      return fail(reason, "expected slices that are inserted");
  }
  return success();
}

LogicalResult PieceCollector::collect(Value result, Value begin) {
  while (result != begin) {
    Operation *op = result.getDefiningOp();
    if (pieces.pieces.size() >= kMaxPieces || pieces.loops.size() > kMaxPieces)
      return fail(reason, "expected fewer pieces");
    if (auto loop = dyn_cast_or_null<scf::ForOp>(op))
      return collectFor(loop, begin);
    if (auto loop = dyn_cast_or_null<scf::ForallOp>(op); loop && !begin)
      return collectForall(loop);
    if (!op || !isInsert(op))
      break;
    auto insert = dyn_cast<tensor::InsertSliceOp>(op);
    if (insert && failed(addSlice(insert)))
      return failure();
    if (auto insert = dyn_cast<tensor::InsertOp>(op))
      pieces.pieces.push_back(
          {insert.getScalar(), getElementPart(insert.getIndices())});
    // Another user would keep the first pieces, and the copies that they are.
    if (op != pieces.op && !op->hasOneUse())
      return fail(reason, "expected pieces that nothing else reads");
    result = getDestination(op);
  }
  if (begin && result != begin)
    return fail(reason, "expected writes into the result only");
  if (pieces.pieces.empty())
    return fail(reason, "expected something to be written");
  return success();
}

//===----------------------------------------------------------------------===//
// Concats
//===----------------------------------------------------------------------===//

std::optional<int64_t> mlir::ditto::getConcatDim(Operation *op) {
  auto getDim = [&]() -> int64_t {
    if (auto concat = dyn_cast<tensor::ConcatOp>(op))
      return concat.getDim();
    if (auto concat = dyn_cast<tosa::ConcatOp>(op))
      return concat.getAxis();
    return -1;
  };
  int64_t dim = getDim();
  if (dim < 0)
    return std::nullopt;
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!type || dim >= type.getRank())
    return std::nullopt;
  return dim;
}

/// One piece after the other along dimension `dim`, of static extents.
static FailureOr<Pieces> getConcatPieces(Operation *op, int64_t dim,
                                         std::string &reason) {
  Pieces pieces;
  pieces.op = op;
  OpBuilder builder(op->getContext());
  int64_t offset = 0;
  for (Value input : op->getOperands()) {
    auto type = dyn_cast<RankedTensorType>(input.getType());
    if (!type || dim >= type.getRank() || type.isDynamicDim(dim))
      return fail(reason, "expected static extents where tensors are joined");
    TensorPart target = TensorPart::whole(builder, input);
    target.offsets[dim] = builder.getIndexAttr(offset);
    pieces.pieces.push_back({input, target});
    if (llvm::AddOverflow(offset, type.getDimSize(dim), offset))
      return fail(reason, "expected extents that fit in 64 bits");
  }
  return pieces;
}

bool mlir::ditto::writesPieces(Operation *op) {
  return isInsert(op) ||
         isa<tensor::ConcatOp, tosa::ConcatOp, scf::ForOp, scf::ForallOp>(op);
}

FailureOr<Pieces> mlir::ditto::getPieces(Operation *op, std::string &reason) {
  if (isa<tensor::ConcatOp, tosa::ConcatOp>(op)) {
    if (std::optional<int64_t> dim = getConcatDim(op))
      return getConcatPieces(op, *dim, reason);
    return fail(reason, "expected a dimension of the tensors that are joined");
  }
  if (op->getNumResults() != 1)
    return fail(reason, "expected one result");
  Pieces pieces;
  pieces.op = op;
  if (!writesPieces(op))
    return fail(reason, "expected an op that writes pieces");
  if (isInsert(op) && op->hasOneUse() && isInsert(*op->user_begin()) &&
      getDestination(*op->user_begin()) == op->getResult(0))
    return fail(reason, "expected the last of the pieces");
  PieceCollector collector(pieces, reason);
  if (failed(collector.collect(op->getResult(0), Value())))
    return failure();
  auto walked = op->walk([](Operation *inner) {
    return isa<tensor::ParallelInsertSliceOp>(inner) ||
                   inner->hasTrait<OpTrait::HasRecursiveMemoryEffects>() ||
                   isMemoryEffectFree(inner)
               ? WalkResult::advance()
               : WalkResult::interrupt();
  });
  if (walked.wasInterrupted())
    return fail(reason, "expected writes without side effects");
  // In the order of their places, so that they are counted as digits are; the
  // order of the writes does not matter where none overlap.
  auto getPlace = [](const Piece &piece) {
    SmallVector<int64_t> place;
    for (OpFoldResult offset : piece.target.offsets)
      place.push_back(getConstantIntValue(offset).value_or(0));
    return place;
  };
  std::reverse(pieces.pieces.begin(), pieces.pieces.end());
  llvm::sort(pieces.pieces, [&](const Piece &lhs, const Piece &rhs) {
    return getPlace(lhs) < getPlace(rhs);
  });
  return pieces;
}
