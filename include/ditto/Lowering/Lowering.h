//===- Lowering.h - Lowering of the ditto ops -------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The lowering as functions and as patterns, for those who schedule it
// themselves; `convert-ditto-to-linalg` (Passes.h) is the pass around it.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LOWERING_LOWERING_H
#define DITTO_LOWERING_LOWERING_H

#include "ditto/IR/Ditto.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir {
class DialectRegistry;

namespace ditto {

/// Builds the linalg form of `op` before it and returns the value that takes
/// the place of its result (of the same type); `op` itself stays. Run-time
/// checks come first, as calls of @dittoRuntimeFail, which is declared in the
/// nearest symbol table: do not run this on functions in parallel. Fails, with
/// a reason to the rewriter's listener, on tensors with an encoding and where
/// that symbol means something else.
FailureOr<Value> lowerToLinalg(RewriterBase &rewriter, RepeatOp op);
FailureOr<Value> lowerToLinalg(RewriterBase &rewriter, RepeatInterleaveOp op);

/// Patterns that replace each ditto op by its linalg form.
void populateDittoToLinalgPatterns(RewritePatternSet &patterns);

/// Attaches BufferizableOpInterface to the ops, so that One-Shot Bufferize
/// takes them directly, by the same lowering. An op reads its operands and
/// allocates its result.
void registerBufferizableOpInterfaceExternalModels(DialectRegistry &registry);

} // namespace ditto
} // namespace mlir

#endif // DITTO_LOWERING_LOWERING_H
