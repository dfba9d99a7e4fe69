//===- LoopCost.h - How much a loop has to do -------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_LOOPCOST_H
#define DITTO_LIB_CODEGEN_LOOPCOST_H

#include "mlir/Dialect/SCF/IR/SCF.h"

namespace mlir::ditto {

/// Sum, product and ceiling of the quotient of two indices that are at least 0;
/// numbers saturate.
OpFoldResult addIndices(OpBuilder &builder, Location loc, OpFoldResult a,
                        OpFoldResult b);
OpFoldResult multiplyIndices(OpBuilder &builder, Location loc, OpFoldResult a,
                             OpFoldResult b);
OpFoldResult divideUp(OpBuilder &builder, Location loc, OpFoldResult a,
                      OpFoldResult b);

/// How often a loop runs from `lower` to `upper`.
OpFoldResult countTurns(OpBuilder &builder, Location loc, OpFoldResult lower,
                        OpFoldResult upper, OpFoldResult step);

/// About how many instructions one iteration of `loop` takes, where vectors
/// have `vectorBits`; a number, or a value that `builder` emits before the
/// loop.
OpFoldResult estimateIteration(OpBuilder &builder, scf::ForallOp loop,
                               unsigned vectorBits);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_LOOPCOST_H
