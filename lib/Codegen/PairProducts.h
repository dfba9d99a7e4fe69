//===- PairProducts.h - Products that are added in pairs --------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   C[m, n] += sum over k of extf(A[m, k]) * extf(B[k, n]), A and B of bf16
//     ->  for k step 2
//           C[m, n] += A[m, k] * B[k, n] + A[m, k + 1] * B[k + 1, n]
//
// which is one instruction for 16 sums and 32 bf16 of each operand, or fewer in
// narrower vectors.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_PAIRPRODUCTS_H
#define DITTO_LIB_CODEGEN_PAIRPRODUCTS_H

#include "VectorPlan.h"

#include "ditto/Codegen/TargetModel.h"

namespace mlir::ditto {

/// The sums of one instruction of `target`, a vector of f32.
int64_t getPairSums(const TargetModel &target);

enum class PairForm {
  None,
  /// Both operands are contiguous along k, and a vector holds two steps of it
  /// for each sum: lane i of the partial sums gets the products 2i and 2i + 1.
  Lanes,
  /// B is contiguous along n. Two of its rows are interleaved:
  ///   a0 a1 a0 a1 a0 a1 ..  times  b00 b10 b01 b11 b02 b12 ..
  Rows,
  /// B's rows have been interleaved in memory: its last dimension is 2n + p,
  /// where p is the reduction of a pair.
  Interleaved,
};

/// The dimension p of extent 2 over which `op`, on buffers, adds up the
/// products of pairs that lie one after the other in memory, and its operand
/// with columns n:
///
///   C[m, n] += sum over k, p of extf(A[m, k, p]) * extf(B[k, 2n + p])
struct InterleavedPairs {
  OpOperand *withColumns;
  unsigned dim;
};
std::optional<InterleavedPairs> findInterleavedPairs(linalg::LinalgOp op);

/// The form in which `target` can add up `op`'s products.
PairForm choosePairs(linalg::LinalgOp op, const VectorPlan &plan,
                     const TargetModel &target);

/// Whether `target` adds up pairs in as many lanes as a vector of columns has.
bool hasPairProducts(const TargetModel &target);

/// Whether `op`, on tensors or buffers, is a sum in f32 over products of bf16
/// of which the ones without columns are contiguous along the sum: what is
/// left for `choosePairs` is a matter of strides.
bool maySumPairs(linalg::LinalgOp op);

/// Adds to each lane of `sums` two products, by instructions of `pairSums`
/// sums. `a` and `b` have twice the lanes; either has those of one instruction
/// where they are the same for all.
Value addPairProducts(RewriterBase &rewriter, Location loc, Value sums, Value a,
                      Value b, int64_t pairSums);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_PAIRPRODUCTS_H
