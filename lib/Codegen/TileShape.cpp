//===- TileShape.cpp - How much one turn of the loops computes ------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A product's tile, with 16 accumulators of 16 lanes:
//
//   lanes along the columns            lanes along the reduction
//     8 rows x 2 vectors of columns      4 rows x 2 columns, later summed up
//     4 rows x 4 vectors                 8 rows x 2 columns
//     1 row  x 8 vectors                 1 row  x 8 columns
//
//===----------------------------------------------------------------------===//

#include "TileShape.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

/// `count` steps at once, and what a static `extent` leaves at once too.
static SmallVector<int64_t> getUnrolledWidths(int64_t extent, int64_t count) {
  if (ShapedType::isDynamic(extent))
    return {count, 1};
  count = std::min(count, std::max<int64_t>(extent, 1));
  SmallVector<int64_t> widths = {count};
  if (int64_t rest = extent % count)
    widths.push_back(rest);
  return widths;
}

/// Up to `vectors` registers of `lanes` lanes at once, then one, then less.
static SmallVector<int64_t> getLaneWidths(int64_t extent, int64_t vectors,
                                          int64_t lanes) {
  SmallVector<int64_t> widths;
  if (ShapedType::isStatic(extent)) {
    // What is left over is known: one vector for each of its bits.
    for (int64_t width = vectors * lanes; width >= 1; width /= 2)
      widths.push_back(width);
    return widths;
  }
  if (vectors > 1)
    widths.push_back(vectors * lanes);
  widths.push_back(lanes);
  if (lanes > 4)
    widths.push_back(lanes / 4);
  widths.push_back(1);
  return widths;
}

/// Rows that a tile with this many accumulators may have.
static int64_t getNumRows(int64_t extent, int64_t accumulators) {
  int64_t most = accumulators / 2;
  return ShapedType::isStatic(extent) && extent < most
             ? std::max<int64_t>(extent, 1)
             : most;
}

TileShape ditto::chooseTileShape(LinalgOp op, const VectorPlan &plan,
                                 const TargetModel &target) {
  SmallVector<int64_t> extents = op.getStaticLoopRanges();
  int64_t lanes = llvm::bit_floor(target.vectorBits / plan.laneBits);
  int64_t accumulators = target.getNumAccumulators();
  TileShape shape;

  int64_t rows = 1;
  if (plan.rowDim) {
    rows = getNumRows(extents[*plan.rowDim], accumulators);
    // One row at a time is what calls with few rows are slow with.
    if (plan.lanesReduce)
      rows =
          std::min(rows, extents[*plan.rowDim] == 8 ? int64_t(8) : int64_t(4));
    shape.setWidths(*plan.rowDim,
                    getUnrolledWidths(extents[*plan.rowDim], rows));
  }

  int64_t vectors = 1;
  if (plan.lanesReduce && plan.columnDim) {
    int64_t columns = std::max<int64_t>(2, accumulators / 2 / rows);
    shape.setWidths(*plan.columnDim,
                    getUnrolledWidths(extents[*plan.columnDim], columns));
  } else if (plan.lanesReduce) {
    // Four sums at once hide the latency of the additions.
    vectors = 4;
  } else if (plan.movesOnly &&
             (plan.rowDim || ShapedType::isStatic(extents[plan.vectorDim]))) {
    // One load feeds the stores of all rows, a few lines of each at a time; and
    // loads do not wait for the stores of the vectors before.
    vectors = 4;
  } else if (plan.rowDim || plan.reduces()) {
    // Rows of the operand by whole lines: one vector of each, again for every
    // other one, would fetch them as often.
    vectors =
        std::min<int64_t>(8, llvm::bit_floor(uint64_t(accumulators / rows)));
  }
  int64_t extent = extents[plan.vectorDim];
  // Elements that do not take part are not computed with, so nothing can trap.
  if (plan.movesOnly && ShapedType::isDynamic(extent) &&
      target.hasMaskedStores()) {
    SmallVector<int64_t> widths = {lanes};
    if (vectors > 1)
      widths.insert(widths.begin(), vectors * lanes);
    shape.setWidths(plan.vectorDim, widths);
    shape.setMasksRest();
    return shape;
  }
  shape.setPairs(choosePairs(op, plan, target), getPairSums(target));
  if (shape.getPairs() == PairForm::Lanes)
    lanes *= 2;
  shape.setWidths(plan.vectorDim, getLaneWidths(extent, vectors, lanes));
  return shape;
}
