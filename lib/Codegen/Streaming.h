//===- Streaming.h - Which results to write past the caches -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_STREAMING_H
#define DITTO_LIB_CODEGEN_STREAMING_H

#include "ditto/Codegen/TargetModel.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// Alignment that streaming stores need, in bytes.
constexpr int64_t kStreamAlignment = 64;

/// Whether `op`, a copy of one buffer into a new one that the function returns
/// without reading it, should write past the caches: an i1 attribute, or a
/// value if that depends on extents that are known at run time only. The
/// alignment of rows is not looked at.
OpFoldResult isWorthStreaming(linalg::LinalgOp op, const TargetModel &target,
                              RewriterBase &rewriter);

/// Orders streaming stores before whatever follows.
void emitStreamFence(Location loc, RewriterBase &rewriter);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_STREAMING_H
