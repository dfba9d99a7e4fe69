//===- Flops.h - The arithmetic that ops execute ----------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_FLOPS_H
#define DITTO_LIB_TRANSFORMS_FLOPS_H

#include "ditto/Transforms/Remarks.h"

namespace mlir::ditto {

/// Counts what `oldOp` executes, and what `newOp`, which takes its place, does.
/// `sameTurns` says that their loops turn equally often whatever the extents.
FlopChange compareFlops(Operation *oldOp, Operation *newOp,
                        bool sameTurns = false);

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_FLOPS_H
