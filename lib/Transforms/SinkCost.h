//===- SinkCost.h - Whether sinking repeats saves work ----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_SINKCOST_H
#define DITTO_LIB_TRANSFORMS_SINKCOST_H

#include "LoopRewrite.h"

namespace mlir::ditto {

/// Why an op stays below a repeat.
constexpr StringLiteral kDoesNotPay =
    "expected that it saves work to repeat the result instead";

/// Whether a rewrite that repeats the results of its op saves work, counted in
/// arithmetic operations and in elements that are copied: a turn of the op's
/// loops is its operations, or the elements that it writes if it has fewer.
///
///   before   the op's turns + the repeats that only it needs
///   after    its turns without the needless loops + the repeats of its results
///
/// The latter cost nothing where they vanish in turn: where products read them
/// in the end, and nobody else does. Where numbers are not known, sinking pays
/// if a repeat vanishes, or if the op reduces.
bool paysToSink(LoopRewrite &rewrite);

/// The same for an op whose results are to be repeated by `counts`, and whose
/// operands are these repeats.
bool paysToSinkBelow(Operation *op, ArrayRef<RepeatedOperand> repeats,
                     ArrayRef<SymbolicSize> counts);

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_SINKCOST_H
