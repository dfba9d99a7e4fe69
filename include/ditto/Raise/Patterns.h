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

#include <functional>

namespace mlir::ditto {

/// Whether the chains that begin with this broadcast, or this copy by indices,
/// may be raised.
using RaiseControl = std::function<bool(Operation *)>;

/// Raises the movement chains that begin with the broadcast `op`: the last
/// value of each is replaced by ditto ops, followed by reshapes and a transpose
/// where needed, and the chains are erased. Returns the values that replace
/// them, or notifies the rewriter why there is nothing to raise. `control` is
/// asked where there is something; null accepts all.
FailureOr<SmallVector<Value>>
raiseRepeat(RewriterBase &rewriter, Operation *op,
            bool raisePlainBroadcasts = false,
            const RaiseControl &control = nullptr);

/// Raises a copy `op` along one dimension whose index never decreases to a
/// repeat by a tensor of counts, which are how often the index has each value:
///
///   index  0 0 2 2 2   ->   %c = arith.constant dense<[2, 0, 3]>
///                           ditto.repeat_interleave %x by %c dim(0)
///
/// Where the index is not known, but counts comparisons, two loops compute the
/// counts in place of the comparison matrix. Returns the value that replaces
/// the result, or notifies the rewriter why there is nothing to raise.
FailureOr<Value> raisePerElementRepeat(RewriterBase &rewriter, Operation *op,
                                       const RaiseControl &control = nullptr);

/// Both functions as patterns, and others that arrange copies first. Use them
/// before elementwise fusion and before unit-dimension folding, both of which
/// melt broadcasts into other ops.
void populateRaisePatterns(RewritePatternSet &patterns,
                           bool raisePlainBroadcasts = false,
                           RaiseControl control = nullptr);

} // namespace mlir::ditto

#endif // DITTO_RAISE_PATTERNS_H
