//===- Patterns.h - Sinking and folding as functions --------- -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TRANSFORMS_PATTERNS_H
#define DITTO_TRANSFORMS_PATTERNS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

#include <functional>

namespace mlir::ditto {

/// Whether the repeat that is read as this operand may be sunk or folded.
using RepeatControl = std::function<bool(OpOperand &)>;

/// A control: whether a contraction reads the repeat.
bool isReadByContraction(OpOperand &operand);

/// Rewrites `op` to read what its operands repeat, where another input depends
/// on the repeated dimension, and returns the op that has taken its place, or
/// notifies the rewriter why it cannot. `control` is asked about each repeated
/// operand; null accepts all.
FailureOr<linalg::LinalgOp> foldRepeats(RewriterBase &rewriter,
                                        linalg::LinalgOp op,
                                        const RepeatControl &control = nullptr);

/// Rewrites `op` to run on what its operands repeat, and repeats its result,
/// where no input depends on the repeated dimensions. Returns the op that runs
/// before the repeat, or notifies the rewriter why it cannot.
FailureOr<linalg::LinalgOp> sinkRepeats(RewriterBase &rewriter,
                                        linalg::LinalgOp op,
                                        const RepeatControl &control = nullptr);

/// `foldRepeats` as patterns. Use them after raising and before tiling or
/// fusion.
void populateFoldRepeatsPatterns(RewritePatternSet &patterns,
                                 RepeatControl control = nullptr);

/// `sinkRepeats` as patterns. Use them where folding follows: what was in the
/// way of it is moved above the repeats.
void populateSinkRepeatsPatterns(RewritePatternSet &patterns,
                                 RepeatControl control = nullptr);

} // namespace mlir::ditto

#endif // DITTO_TRANSFORMS_PATTERNS_H
