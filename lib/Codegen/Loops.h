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

/// A loop over a part of dimension `dim`.
struct DimLoop {
  unsigned dim;
  OpFoldResult lower, upper;
  int64_t step = 1;
};

/// The loops over all of `dims`, step by step. `extents` has an element for
/// every dimension.
SmallVector<DimLoop> getWholeLoops(RewriterBase &rewriter,
                                   ArrayRef<unsigned> dims,
                                   ArrayRef<OpFoldResult> extents);

/// Emits `loops`, from outside to inside; if `parallel` as one `scf.forall`,
/// whose iterations may run on several threads. `indices`, an element for every
/// dimension, gets the induction variables.
void emitLoops(RewriterBase &rewriter, Location loc, ArrayRef<DimLoop> loops,
               MutableArrayRef<Value> indices, bool parallel,
               function_ref<void()> body);

/// Whether threads can share the iterations of `loops` evenly: there are many
/// of them, or their number is not known.
bool haveManyIterations(ArrayRef<DimLoop> loops);

/// `extent` rounded down to a multiple of `step`.
Value roundDown(RewriterBase &rewriter, Location loc, Value extent,
                int64_t step);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_LOOPS_H
