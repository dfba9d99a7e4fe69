//===- Prefetch.cpp - Which loads are announced ---------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Prefetch.h"

#include "StorageView.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

/// Bytes between a load and what it announces.
constexpr int64_t kAhead = 8 * 1024;
constexpr int64_t kLine = 64;

/// Bytes of the dimensions of `operand` from `first` on, or nothing if that is
/// not known.
static std::optional<int64_t> getBytes(OpOperand &operand, int64_t first) {
  auto type = cast<MemRefType>(operand.get().getType());
  int64_t bytes = getStorageBits(type.getElementType()) / 8;
  for (int64_t extent : type.getShape().drop_front(first))
    if (ShapedType::isDynamic(extent) ||
        llvm::MulOverflow(bytes, extent, bytes))
      return std::nullopt;
  return bytes;
}

/// Whether all loops that `operand` does not depend on take one turn.
static bool isReadOnce(LinalgOp op, OpOperand &operand, const VectorPlan &plan,
                       const TileShape &shape) {
  AffineMap map = op.getMatchingIndexingMap(&operand);
  SmallVector<int64_t> extents = op.getStaticLoopRanges();
  return llvm::all_of(plan.parallelDims, [&](unsigned dim) {
    return map.isFunctionOfDim(dim) ||
           (ShapedType::isStatic(extents[dim]) &&
            extents[dim] <= shape.getWidths(dim).front());
  });
}

std::optional<Prefetch> ditto::choosePrefetch(LinalgOp op,
                                              const VectorPlan &plan,
                                              const TileShape &shape,
                                              const TargetModel &target) {
  if (!plan.lanesReduce && plan.reductionDims.empty())
    return std::nullopt;
  std::optional<unsigned> dim =
      plan.lanesReduce ? plan.columnDim : plan.reductionDims.back();
  if (!dim)
    return std::nullopt;
  for (OpOperand *operand : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(operand);
    std::optional<unsigned> position =
        map.getResultPosition(getAffineDimExpr(*dim, op.getContext()));
    if (!plan.advances[operand->getOperandNumber()] || !position ||
        map.getNumResults() < 2 || !isReadOnce(op, *operand, plan, shape))
      continue;
    std::optional<int64_t> all = getBytes(*operand, 0);
    std::optional<int64_t> row = getBytes(*operand, map.getNumResults() - 1);
    if (all && *all <= target.panelBytes)
      continue;
    constexpr int64_t fewest = 2, usual = 16, most = 64;
    int64_t distance =
        row ? std::clamp<int64_t>(kAhead / std::max<int64_t>(*row, 1), fewest,
                                  most)
            : usual;
    return Prefetch{operand, *position, distance};
  }
  return std::nullopt;
}

void ditto::emitPrefetch(RewriterBase &rewriter, Location loc, Value buffer,
                         ValueRange indices, int64_t bytes) {
  Type type = getElementTypeOrSelf(buffer.getType());
  int64_t perLine = std::max<int64_t>(1, kLine * 8 / getStorageBits(type));
  for (int64_t offset = 0; offset * kLine < std::max(bytes, kLine); ++offset) {
    SmallVector<Value> line(indices);
    if (offset != 0)
      line.back() = arith::AddIOp::create(
          rewriter, loc, line.back(),
          arith::ConstantIndexOp::create(rewriter, loc, offset * perLine));
    // Into the second cache: the first one has few lines under way at once, and
    // those are the loads'.
    memref::PrefetchOp::create(rewriter, loc, buffer, line, /*isWrite=*/false,
                               /*localityHint=*/2, /*isDataCache=*/true);
  }
}
