//===- LaneShuffles.cpp - Moving elements between lanes ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Both functions exchange blocks of lanes between pairs of vectors. For blocks
// of 1 and of 2 lanes:
//
//   a0 a1 a2 a3      a0 b0 a2 b2        a0 a1 a2 a3      a0 a1 b0 b1
//   b0 b1 b2 b3  ->  a1 b1 a3 b3        b0 b1 b2 b3  ->  a2 a3 b2 b3
//
//===----------------------------------------------------------------------===//

#include "LaneShuffles.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

static int64_t getNumLanes(Value vector) {
  return cast<VectorType>(vector.getType()).getNumElements();
}

/// Exchanges the odd blocks of `block` lanes of `a` with the even ones of `b`.
static std::pair<Value, Value> exchangeBlocks(OpBuilder &builder, Location loc,
                                              Value a, Value b, int64_t block) {
  int64_t lanes = getNumLanes(a);
  SmallVector<int64_t> even, odd;
  for (int64_t lane = 0; lane < lanes; ++lane) {
    bool fromB = lane & block;
    even.push_back(fromB ? lanes + lane - block : lane);
    odd.push_back(fromB ? lanes + lane : lane + block);
  }
  return {vector::ShuffleOp::create(builder, loc, a, b, even),
          vector::ShuffleOp::create(builder, loc, a, b, odd)};
}

SmallVector<Value> ditto::transposeLanes(OpBuilder &builder, Location loc,
                                         ArrayRef<Value> rows) {
  SmallVector<Value> vectors(rows);
  int64_t lanes = vectors.size();
  assert(llvm::isPowerOf2_64(lanes) && getNumLanes(rows.front()) == lanes);
  for (int64_t block = 1; block < lanes; block *= 2)
    for (int64_t i = 0; i < lanes; ++i)
      if (!(i & block))
        std::tie(vectors[i], vectors[i + block]) =
            exchangeBlocks(builder, loc, vectors[i], vectors[i + block], block);
  return vectors;
}

/// Halves the number of vectors, and of the lanes that belong to each, until
/// one vector is left:
///
///   a0 a1 a2 a3      a0+a1 b0+b1 a2+a3 b2+b3
///   b0 b1 b2 b3  ->
SmallVector<Value> ditto::combineLanes(OpBuilder &builder, Location loc,
                                       vector::CombiningKind kind,
                                       ArrayRef<Value> vectors) {
  int64_t lanes = getNumLanes(vectors.front()), number = vectors.size();
  SmallVector<Value> results;
  if (!llvm::isPowerOf2_64(number) || !llvm::isPowerOf2_64(lanes) ||
      number < 2 || number > lanes) {
    for (Value vector : vectors)
      results.push_back(vector::ReductionOp::create(
          builder, loc, kind, vector, arith::FastMathFlags::reassoc));
    return results;
  }
  SmallVector<Value> level(vectors);
  for (int64_t block = 1; block < number; block *= 2) {
    SmallVector<Value> next;
    for (size_t i = 0; i < level.size(); i += 2) {
      auto [even, odd] =
          exchangeBlocks(builder, loc, level[i], level[i + 1], block);
      next.push_back(vector::makeArithReduction(builder, loc, kind, even, odd));
    }
    level = std::move(next);
  }
  // Each lane has a part of one result now; fold the upper half onto the lower.
  Value vector = level.front();
  for (int64_t width = lanes / 2; width >= number; width /= 2) {
    auto half = [&](int64_t offset) -> Value {
      return vector::ExtractStridedSliceOp::create(builder, loc, vector, offset,
                                                   width, int64_t(1));
    };
    vector =
        vector::makeArithReduction(builder, loc, kind, half(0), half(width));
  }
  for (int64_t i = 0; i < number; ++i)
    results.push_back(vector::ExtractOp::create(builder, loc, vector, i));
  return results;
}
