//===- PieceSteps.cpp - Steps of a digit layout for pieces ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pieces are a copy whose loops are those around the writes, one over the
// writes of an iteration, and the digits of a piece:
//
//   for h in 12: r[h] = x[h floordiv 4]       loops  h in 12
//   concat x, x, x of 2x5                     loops  k in 3, s0 in 2, s1 in 5
//
//===----------------------------------------------------------------------===//

#include "LoopNest.h"
#include "MovementSteps.h"
#include "Pieces.h"
#include "ditto/Analysis/ConcatDim.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Where pieces come from
//===----------------------------------------------------------------------===//

namespace {
/// Where a piece comes from: a part of a tensor, moved.
struct Origin {
  Value source;
  TensorPart part;
  /// From the part to the piece; none for an element.
  std::optional<DigitLayout> layout;
};
} // namespace

/// The layout of a piece from what it is a view of, but for ops that write in
/// pieces themselves: one look at a piece must not become looks at all of its
/// pieces' pieces.
static FailureOr<DigitLayout> getPieceLayout(Value piece, std::string &reason) {
  // More than frontends write between a slice and its place.
  constexpr size_t kMaxOps = 8;
  SmallVector<Operation *> ops;
  Value root = piece;
  while (ops.size() < kMaxOps) {
    Operation *op = root.getDefiningOp();
    if (!op || writesPieces(op))
      break;
    Value source = getMovedValue(op, reason);
    if (!source)
      break;
    ops.push_back(op);
    root = source;
  }
  FailureOr<DigitLayout> layout = DigitLayout::identity(root, reason);
  for (Operation *op : llvm::reverse(ops))
    if (failed(layout) || failed(layout->apply(op, reason)))
      layout = DigitLayout::identity(op->getResult(0), reason);
  return layout;
}

/// The origin of a piece; `isWhole` where the piece is the same tensor
/// everywhere, which is then what the result consists of.
static std::optional<Origin> getOrigin(Value piece, bool isWhole,
                                       std::string &reason) {
  OpBuilder builder(piece.getContext());
  if (!isa<RankedTensorType>(piece.getType())) {
    auto slice = getSlice(piece);
    if (!slice)
      return std::nullopt;
    return Origin{slice->first, slice->second, std::nullopt};
  }
  FailureOr<DigitLayout> layout = isWhole ? DigitLayout::identity(piece, reason)
                                          : getPieceLayout(piece, reason);
  if (failed(layout))
    return std::nullopt;
  Value root = layout->getRoot();
  if (!isWhole)
    if (auto slice = getSlice(root))
      return Origin{slice->first, slice->second, *layout};
  return Origin{root, TensorPart::whole(builder, root), *layout};
}

/// Whether the pieces are the same but for where they are taken from.
static bool isAlike(const Origin &lhs, const Origin &rhs) {
  if (lhs.source != rhs.source || lhs.part.strides != rhs.part.strides ||
      lhs.part.dropped != rhs.part.dropped ||
      lhs.layout.has_value() != rhs.layout.has_value())
    return false;
  if (!lhs.layout)
    return true;
  auto sameSizes = [&](ArrayRef<DigitList> dims) {
    return llvm::all_of(dims, [&](const DigitList &dim) {
      return llvm::all_of(dim, [&](unsigned digit) {
        return lhs.layout->getSize(digit) == rhs.layout->getSize(digit);
      });
    });
  };
  return lhs.layout->getSourceDims() == rhs.layout->getSourceDims() &&
         lhs.layout->getResultDims() == rhs.layout->getResultDims() &&
         sameSizes(lhs.layout->getResultDims());
}

/// Whether all pieces are one tensor that no loop changes.
static bool isOneTensor(const Pieces &pieces) {
  Value first = pieces.pieces.front().value;
  return isa<RankedTensorType>(first.getType()) &&
         llvm::all_of(
             pieces.pieces,
             [&](const Piece &piece) { return piece.value == first; }) &&
         !pieces.op->isAncestor(first.getParentBlock()->getParentOp());
}

/// The one tensor that a concat has several times, null if there are others.
static Value getOnlyInput(Operation *op) {
  if (!getConcatDim(op))
    return {};
  auto skipCasts = [](Value value) -> Value {
    if (auto cast = value.getDefiningOp<tensor::CastOp>())
      if (isa<RankedTensorType>(cast.getSource().getType()))
        return cast.getSource();
    return value;
  };
  if (!llvm::all_equal(llvm::map_range(op->getOperands(), skipCasts)))
    return {};
  return skipCasts(op->getOperand(0));
}

Value mlir::ditto::getMovedPieceValue(Operation *op, std::string &reason) {
  if (Value input = getOnlyInput(op))
    return input;
  FailureOr<Pieces> pieces = getPieces(op, reason);
  if (failed(pieces))
    return {};
  if (pieces->pieces.empty()) {
    reason = "expected at least one piece";
    return {};
  }
  auto origin =
      getOrigin(pieces->pieces.front().value, isOneTensor(*pieces), reason);
  if (!origin ||
      pieces->op->isAncestor(origin->source.getParentBlock()->getParentOp())) {
    reason = "expected pieces of a tensor from outside";
    return {};
  }
  return origin->source;
}

//===----------------------------------------------------------------------===//
// The copy
//===----------------------------------------------------------------------===//

/// A tensor of the extents of the result: a loop's is what it begins with.
static Value getShapeOf(Operation *op) {
  auto loop = dyn_cast<LoopLikeOpInterface>(op);
  return loop ? loop.getInits().front() : op->getResult(0);
}

namespace {
/// Builds the map of a copy in pieces.
class PieceCopy {
public:
  PieceCopy(Operation *op, const Pieces &pieces, std::string &reason)
      : op(op), pieces(pieces), nest(pieces.op, {}), builder({}),
        reason(reason) {}

  FailureOr<DigitMap> run();

private:
  unsigned addLoop(SymbolicSize extent) {
    nest.addLoop(extent);
    return builder.addLoop(extent);
  }
  FailureOr<IndexSum> readOffset(size_t dim,
                                 function_ref<OpFoldResult(size_t)> getOffset);
  LogicalResult addInside(IndexSum &index, const DigitLayout *layout,
                          ArrayRef<DigitList> dims, unsigned dim,
                          int64_t stride);

  Operation *op;
  const Pieces &pieces;
  LoopNest nest;
  DigitMapBuilder builder;
  std::string &reason;
  SmallVector<Origin, 0> origins;
  /// The loop over the pieces, and those over the digits of a piece.
  unsigned pieceLoop = 0;
  DenseMap<unsigned, unsigned> loopOfDigit;
};
} // namespace

/// What the loops and the choice of the piece contribute to an index.
FailureOr<IndexSum>
PieceCopy::readOffset(size_t dim,
                      function_ref<OpFoldResult(size_t)> getOffset) {
  SmallVector<Value> offsets;
  for (size_t piece = 0; piece < pieces.pieces.size(); ++piece)
    if (auto value = dyn_cast<Value>(getOffset(piece)))
      offsets.push_back(value);
  SmallVector<unsigned> loops = nest.getLoopsOf(offsets);
  loops.push_back(pieceLoop);
  return nest.read(
      loops,
      [&](ArrayRef<int64_t> at) {
        return nest.getNumber(getOffset(at[pieceLoop]), at);
      },
      reason);
}

/// Adds what the digits of the piece contribute, those of dimension `dim`.
LogicalResult PieceCopy::addInside(IndexSum &index, const DigitLayout *layout,
                                   ArrayRef<DigitList> dims, unsigned dim,
                                   int64_t stride) {
  std::optional<SymbolicSize> size = layout->getProduct(dims[dim]);
  if (!size)
    return fail(reason, "expected extents that fit in 64 bits");
  if (size->isOne())
    return success();
  IndexTerm &term = index.emplace_back(IndexTerm{{}, *size, stride});
  for (unsigned digit : dims[dim])
    term.parts.push_back(LoopPart{loopOfDigit.lookup(digit)});
  return success();
}

FailureOr<DigitMap> PieceCopy::run() {
  bool isWhole = isOneTensor(pieces);
  for (const Piece &piece : pieces.pieces) {
    auto origin = getOrigin(piece.value, isWhole, reason);
    if (!origin || (!origins.empty() && !isAlike(*origin, origins.front())) ||
        piece.target.strides != pieces.pieces.front().target.strides ||
        piece.target.dropped != pieces.pieces.front().target.dropped)
      return fail(reason, "expected pieces of one tensor that are alike");
    origins.push_back(*origin);
  }
  for (const PieceLoop &loop : pieces.loops)
    nest.addIndex(loop.index, addLoop(SymbolicSize(loop.count)), loop.begin,
                  loop.step);
  pieceLoop = addLoop(SymbolicSize(pieces.pieces.size()));
  const Origin &origin = origins.front();
  const DigitLayout *layout = origin.layout ? &*origin.layout : nullptr;
  if (layout)
    for (const DigitList &dim : layout->getResultDims())
      for (unsigned digit : dim)
        loopOfDigit[digit] = addLoop(layout->getSize(digit));

  unsigned inside = 0;
  for (size_t dim = 0; dim < origin.part.offsets.size(); ++dim) {
    auto index = readOffset(
        dim, [&](size_t piece) { return origins[piece].part.offsets[dim]; });
    if (failed(index))
      return failure();
    if (!origin.part.dropped[dim] &&
        failed(addInside(*index, layout, layout->getSourceDims(), inside++,
                         origin.part.strides[dim])))
      return failure();
    builder.addSourceDim(SymbolicSize::ofDim(origin.source, dim), *index);
  }
  const TensorPart &target = pieces.pieces.front().target;
  inside = 0;
  for (size_t dim = 0; dim < target.offsets.size(); ++dim) {
    auto index = readOffset(dim, [&](size_t piece) {
      return pieces.pieces[piece].target.offsets[dim];
    });
    if (failed(index))
      return failure();
    if (!target.dropped[dim] &&
        failed(addInside(*index, layout, layout->getResultDims(), inside++,
                         target.strides[dim])))
      return failure();
    builder.addResultDim(SymbolicSize::ofDim(getShapeOf(op), dim), *index);
  }
  return builder.build(origin.source, reason);
}

LogicalResult mlir::ditto::applyPieces(DigitLayout &layout, Operation *op,
                                       std::string &reason) {
  if (getOnlyInput(op)) {
    // Whatever its extent: a count around it.
    int64_t dim = *getConcatDim(op);
    SmallVector<DigitList> lists(layout.getResultDims());
    DigitList joined = layout.addCount(SymbolicSize(op->getNumOperands()));
    llvm::append_range(joined, lists[dim]);
    lists[dim] = joined;
    layout.setResultDims(std::move(lists));
    return success();
  }
  FailureOr<Pieces> pieces = getPieces(op, reason);
  if (failed(pieces))
    return failure();
  FailureOr<DigitMap> map = PieceCopy(op, *pieces, reason).run();
  return success(succeeded(map) && succeeded(map->applyTo(layout, reason)));
}
