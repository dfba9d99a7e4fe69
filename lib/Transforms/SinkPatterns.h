//===- SinkPatterns.h - Families of sinking patterns ------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_SINKPATTERNS_H
#define DITTO_LIB_TRANSFORMS_SINKPATTERNS_H

#include "ditto/Transforms/Patterns.h"

namespace mlir::ditto {

/// Sinking below concat, extract_slice and elementwise ops on tensors.
void populateSinkBelowShapedOps(RewritePatternSet &patterns,
                                const RepeatControl &control);

/// Sinking below linalg ops that extract by index.
void populateSinkBelowIndexedCopy(RewritePatternSet &patterns,
                                  const RepeatControl &control);

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_SINKPATTERNS_H
