//===- PairProducts.cpp - Products that are added in pairs ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PairProducts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Dialect/X86Vector/X86VectorDialect.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

int64_t ditto::getPairSums(const TargetModel &target) {
  constexpr int64_t most = 16;
  return std::min<int64_t>(most, llvm::bit_floor(target.vectorBits / 32));
}

/// There is an instruction for vectors of 128 bits.
bool ditto::hasPairProducts(const TargetModel &target) {
  return target.hasBF16Dot && getPairSums(target) >= 4;
}

/// c + extf(a) * extf(b) in f32, and nothing else.
static bool widensAndMultiplies(LinalgOp op) {
  auto bodyOps = op.getBlock()->without_terminator();
  // Bodies of contractions may have other unary ops on the way.
  return op.getNumDpsInputs() == 2 && op.getNumDpsInits() == 1 &&
         linalg::detail::isContractionBody(
             *op.getBlock(),
             [](Operation *product, Operation *sum) {
               return isa<arith::MulFOp>(product) && isa<arith::AddFOp>(sum);
             }) &&
         llvm::range_size(bodyOps) == 4 &&
         llvm::all_of(bodyOps, [](Operation &bodyOp) {
           return isa<arith::ExtFOp, arith::MulFOp, arith::AddFOp>(bodyOp) &&
                  bodyOp.getResult(0).getType().isF32();
         });
}

/// The operand of `op` that depends on the result's last dimension, and the
/// other one, if there is one of each.
static std::pair<OpOperand *, OpOperand *> splitByColumns(LinalgOp op) {
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  OpOperand *first = op.getDpsInputOperand(0),
            *second = op.getDpsInputOperand(1);
  if (result.getNumResults() == 0 || !result.isProjectedPermutation())
    return {};
  unsigned column = result.getDimPosition(result.getNumResults() - 1);
  bool firstHas = op.getMatchingIndexingMap(first).isFunctionOfDim(column);
  if (firstHas == op.getMatchingIndexingMap(second).isFunctionOfDim(column))
    return {};
  return firstHas ? std::pair(first, second) : std::pair(second, first);
}

/// Whether the last dimension of `operand` is `dim`.
static bool endsIn(LinalgOp op, OpOperand &operand, unsigned dim) {
  AffineMap map = op.getMatchingIndexingMap(&operand);
  return map.getNumResults() != 0 &&
         map.getResults().back() == getAffineDimExpr(dim, op.getContext());
}

static bool multipliesBF16(LinalgOp op) {
  return widensAndMultiplies(op) &&
         llvm::all_of(op.getDpsInputs(), [](Value input) {
           return getElementTypeOrSelf(input.getType()).isBF16();
         });
}

bool ditto::maySumPairs(LinalgOp op) {
  SmallVector<unsigned> reductions;
  op.getReductionDims(reductions);
  if (!linalg::isaContractionOpInterface(op) || !multipliesBF16(op) ||
      reductions.empty())
    return false;
  auto [withColumns, without] = splitByColumns(op);
  return without && endsIn(op, *without, reductions.back()) &&
         op.getMatchingIndexingMap(withColumns)
             .isFunctionOfDim(reductions.back());
}

/// Whether `without` ends in a reduction of two that `withColumns` has next to
/// the result's last dimension.
static bool interleaves(LinalgOp op, OpOperand &withColumns,
                        OpOperand &without) {
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  AffineMap pairs = op.getMatchingIndexingMap(&withColumns);
  AffineMap others = op.getMatchingIndexingMap(&without);
  if (result.getNumResults() == 0 || pairs.getNumResults() == 0 ||
      others.getNumResults() == 0)
    return false;
  auto pair = dyn_cast<AffineDimExpr>(others.getResults().back());
  auto column = dyn_cast<AffineDimExpr>(result.getResults().back());
  if (!pair || !column || result.isFunctionOfDim(pair.getPosition()) ||
      others.isFunctionOfDim(column.getPosition()) ||
      op.getStaticLoopRanges()[pair.getPosition()] != 2)
    return false;
  auto hasNeither = [&](AffineMap map) {
    map = map.dropResult(map.getNumResults() - 1);
    return !map.isFunctionOfDim(pair.getPosition()) &&
           !map.isFunctionOfDim(column.getPosition());
  };
  return pairs.getResults().back() == column * 2 + pair && hasNeither(pairs) &&
         hasNeither(others);
}

std::optional<InterleavedPairs> ditto::findInterleavedPairs(LinalgOp op) {
  auto isContiguous = [](Value operand) {
    auto type = dyn_cast<MemRefType>(operand.getType());
    return type && type.isLastDimUnitStride();
  };
  if (!multipliesBF16(op) || !llvm::all_of(op.getDpsInputs(), isContiguous))
    return std::nullopt;
  OpOperand *first = op.getDpsInputOperand(0),
            *second = op.getDpsInputOperand(1);
  if (interleaves(op, *first, *second))
    std::swap(first, second);
  else if (!interleaves(op, *second, *first))
    return std::nullopt;
  auto pair =
      cast<AffineDimExpr>(op.getMatchingIndexingMap(first).getResults().back());
  return InterleavedPairs{second, pair.getPosition()};
}

PairForm ditto::choosePairs(LinalgOp op, const VectorPlan &plan,
                            const TargetModel &target) {
  if (!hasPairProducts(target))
    return PairForm::None;
  if (plan.pairDim)
    return PairForm::Interleaved;
  auto advances = [&](OpOperand *input) {
    return plan.advances[input->getOperandNumber()];
  };
  if (plan.lanesReduce)
    return plan.columnDim && multipliesBF16(op) &&
                   llvm::all_of(op.getDpsInputOperands(), advances)
               ? PairForm::Lanes
               : PairForm::None;
  if (!maySumPairs(op))
    return PairForm::None;
  auto [withColumns, without] = splitByColumns(op);
  auto type = dyn_cast<MemRefType>(without->get().getType());
  return advances(withColumns) && type && type.isLastDimUnitStride()
             ? PairForm::Rows
             : PairForm::None;
}

Value ditto::addPairProducts(RewriterBase &rewriter, Location loc, Value sums,
                             Value a, Value b, int64_t pairSums) {
  auto type = cast<VectorType>(sums.getType());
  if (type.getNumElements() == pairSums)
    return x86vector::DotBF16Op::create(rewriter, loc, sums, a, b);
  auto slice = [&](Value vector, int64_t first, int64_t count) -> Value {
    if (cast<VectorType>(vector.getType()).getNumElements() == count)
      return vector;
    return vector::ExtractStridedSliceOp::create(rewriter, loc, vector, first,
                                                 count, int64_t(1));
  };
  Value result = sums;
  for (int64_t first = 0; first < type.getNumElements(); first += pairSums) {
    Value part = x86vector::DotBF16Op::create(
        rewriter, loc, slice(sums, first, pairSums),
        slice(a, 2 * first, 2 * pairSums), slice(b, 2 * first, 2 * pairSums));
    result = vector::InsertStridedSliceOp::create(rewriter, loc, part, result,
                                                  first, int64_t(1));
  }
  return result;
}
