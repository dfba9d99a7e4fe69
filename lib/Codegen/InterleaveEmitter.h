//===- InterleaveEmitter.h - Rows side by side ------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_INTERLEAVEEMITTER_H
#define DITTO_LIB_CODEGEN_INTERLEAVEEMITTER_H

#include "EmitterOptions.h"

#include "ditto/Codegen/TargetModel.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::ditto {

/// Emits loops before `op` if it copies two or four rows so that their elements
/// take turns; `op` itself stays.
LogicalResult emitInterleave(linalg::LinalgOp op, const TargetModel &target,
                             EmitterOptions options, RewriterBase &rewriter);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_INTERLEAVEEMITTER_H
