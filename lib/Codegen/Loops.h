//===- Loops.h - Loops that the emitters of this stage have -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_LOOPS_H
#define DITTO_LIB_CODEGEN_LOOPS_H

#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// Emits `for i = lower to upper step step`; `body` emits what is inside.
void emitLoop(RewriterBase &rewriter, Location loc, Value lower, Value upper,
              int64_t step, function_ref<void(Value index)> body);

/// Emits loops over `dims`, from outside to inside and step by step, up to
/// their `extents`; `indices` gets their induction variables. Both lists have
/// an element for every dimension.
void emitLoops(RewriterBase &rewriter, Location loc, ArrayRef<unsigned> dims,
               ArrayRef<OpFoldResult> extents, MutableArrayRef<Value> indices,
               function_ref<void()> body);

/// `extent` rounded down to a multiple of `step`.
Value roundDown(RewriterBase &rewriter, Location loc, Value extent,
                int64_t step);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_LOOPS_H
