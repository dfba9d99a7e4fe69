//===- BuildStructured.h - Linalg ops on given loops ------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_BUILDSTRUCTURED_H
#define DITTO_LIB_TRANSFORMS_BUILDSTRUCTURED_H

#include "MergedLoops.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// Orders the loops as named contractions have them: of both inputs and the
/// result (batch), of the left input and the result (m), of the right one and
/// the result (n), of the inputs alone (k).
void sortAsContraction(MergedLoops &loops, const LoopDigits &digits);

/// Whether ops of other names can be built that compute with the elements of
/// `op`: upstream's builders crash for index, vectors and others.
bool hasNamedOps(linalg::LinalgOp op);

/// Builds what the contraction `like` computes, on other operands with maps
/// from loops in the order of `sortAsContraction`: a linalg.matmul or
/// linalg.batch_matmul where the maps permit, else a linalg.contract. Null
/// where neither can say what the body of `like` does.
linalg::LinalgOp buildNamedContraction(RewriterBase &rewriter,
                                       linalg::LinalgOp like,
                                       ArrayRef<AffineMap> maps,
                                       ValueRange inputs, ValueRange inits);

/// Builds the op `like`, which has a name, on other operands; null where it
/// does not do the same with these maps.
linalg::LinalgOp buildSameOp(RewriterBase &rewriter, linalg::LinalgOp like,
                             ArrayRef<AffineMap> maps, ValueRange inputs,
                             ValueRange inits);

/// Builds a linalg.elementwise that does what the named op `like` does, with
/// maps from the loops of the result; null where none does.
linalg::LinalgOp buildElementwise(RewriterBase &rewriter, linalg::LinalgOp like,
                                  ArrayRef<AffineMap> maps, ValueRange inputs,
                                  ValueRange inits);

/// Builds a linalg.generic with the body of `like`, whose loops have become
/// `loops`.
linalg::GenericOp buildGeneric(RewriterBase &rewriter, linalg::LinalgOp like,
                               const LoopDigits &digits,
                               const MergedLoops &loops,
                               ArrayRef<AffineMap> maps, ValueRange inputs,
                               ValueRange inits);

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_BUILDSTRUCTURED_H
