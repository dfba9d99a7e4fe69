//===- GatherEmitter.h - Rows that take the same columns --------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_GATHEREMITTER_H
#define DITTO_LIB_CODEGEN_GATHEREMITTER_H

#include "EmitterOptions.h"

#include "ditto/Codegen/TargetModel.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// Emits loops for a copy whose rows all take the elements that one row of
/// indices names, before `op`, which stays. Fails with a reason to the
/// rewriter's listener, before anything is emitted.
LogicalResult emitGather(linalg::LinalgOp op, const TargetModel &target,
                         EmitterOptions options, RewriterBase &rewriter);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_GATHEREMITTER_H
