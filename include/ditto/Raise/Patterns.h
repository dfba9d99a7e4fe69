//===- Patterns.h - Raising as functions and patterns -----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_RAISE_PATTERNS_H
#define DITTO_RAISE_PATTERNS_H

#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// Raises the movement chain that begins with the broadcast `op`: the chain's
/// last value is replaced by ditto ops, followed by reshapes and a transpose
/// where needed, and the chain is erased. Returns the value that replaces it,
/// or notifies the rewriter why there is nothing to raise.
FailureOr<Value> raiseRepeat(RewriterBase &rewriter, Operation *op);

/// `raiseRepeat` as a pattern. Use it before elementwise fusion and before
/// unit-dimension folding, both of which melt broadcasts into other ops.
void populateRaisePatterns(RewritePatternSet &patterns);

} // namespace mlir::ditto

#endif // DITTO_RAISE_PATTERNS_H
