//===- VectorEmitter.h - Vector loops for a linalg op --------- -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_VECTOREMITTER_H
#define DITTO_LIB_CODEGEN_VECTOREMITTER_H

#include "EmitterOptions.h"
#include "Prefetch.h"
#include "TileShape.h"

namespace mlir::ditto {

/// Emits the loops of `plan` before `op`, with tiles of `shape`, in which loads
/// of one operand may announce others; `op` itself stays.
void emitVectorLoops(linalg::LinalgOp op, const VectorPlan &plan,
                     const TileShape &shape, std::optional<Prefetch> prefetch,
                     EmitterOptions options, RewriterBase &rewriter);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_VECTOREMITTER_H
