//===- Prefetch.h - Which loads are announced -------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A product with few rows reads its large operand once, several rows of it at a
// time. CPUs do not foresee the lines of such tiles, although they do those of
// one stream:
//
//   for n step 2, for k step 16
//     prefetch B[n + 16, k], B[n + 17, k]
//     acc_ij += A[i, k..] * B[n + j, k..]
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_PREFETCH_H
#define DITTO_LIB_CODEGEN_PREFETCH_H

#include "TileShape.h"

namespace mlir::ditto {

/// An operand whose loads announce those that follow `distance` steps later
/// along its dimension `position`.
struct Prefetch {
  OpOperand *operand = nullptr;
  unsigned position = 0;
  int64_t distance = 0;
};

/// The operand of `op` that no cache holds yet: a reduction reads it as vectors
/// and each of its elements in one turn of the parallel loops. One that is
/// known to be small is not worth it, as the first cache may have it.
std::optional<Prefetch> choosePrefetch(linalg::LinalgOp op,
                                       const VectorPlan &plan,
                                       const TileShape &shape,
                                       const TargetModel &target);

/// Emits the prefetch of the `bytes` bytes of `prefetch`'s operand that begin
/// at `indices`.
void emitPrefetch(RewriterBase &rewriter, Location loc, Value buffer,
                  ValueRange indices, int64_t bytes);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_PREFETCH_H
