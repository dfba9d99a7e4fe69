//===- PairProducts.h - Products that are added in pairs --------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   C[m, n] += sum over k of extf(A[m, k]) * extf(B[n, k]), A and B of bf16
//     ->  acc[i] += A[m, 2i] * B[n, 2i] + A[m, 2i + 1] * B[n, 2i + 1]
//
// which is one instruction for vectors of 32 bf16.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_PAIRPRODUCTS_H
#define DITTO_LIB_CODEGEN_PAIRPRODUCTS_H

#include "VectorPlan.h"

#include "ditto/Codegen/TargetModel.h"

namespace mlir::ditto {

/// Whether the lanes of `op`'s vectors are products that `target` can add up in
/// pairs.
bool addsPairs(linalg::LinalgOp op, const VectorPlan &plan,
               const TargetModel &target);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_PAIRPRODUCTS_H
