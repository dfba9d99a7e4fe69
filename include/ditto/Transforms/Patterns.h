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
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/PatternMatch.h"

#include <functional>

namespace mlir::ditto {

/// Whether the repeat that is read as this operand may be sunk or folded.
using RepeatControl = std::function<bool(OpOperand &)>;

/// A control: whether a contraction reads the repeat.
bool isReadByContraction(OpOperand &operand);

//===----------------------------------------------------------------------===//
// Folding
//===----------------------------------------------------------------------===//

/// Rewrites `op` to read what its operands repeat, and returns the op that has
/// taken its place, or notifies the rewriter why it cannot; then nothing has
/// changed. `control` is asked about each repeated operand; null accepts all.
/// This is one of the functions below, as the kind of `op` asks for.
FailureOr<Operation *> foldRepeats(RewriterBase &rewriter, Operation *op,
                                   const RepeatControl &control = nullptr);

/// Splits the loops of `op` and walks along fewer operands, where another input
/// depends on the repeated dimension. A contraction whose new loops no named op
/// has becomes a linalg.contract, another op a linalg.elementwise or a
/// linalg.generic.
FailureOr<linalg::LinalgOp>
foldRepeatsIntoLinalgOp(RewriterBase &rewriter, linalg::LinalgOp op,
                        const RepeatControl &control = nullptr);

/// Makes the count rows or columns of a smaller batch. Where that is not
/// possible, but the zero points are 0, the result is a linalg.contract.
FailureOr<Operation *>
foldRepeatsIntoTosaMatmul(RewriterBase &rewriter, tosa::MatMulOp op,
                          const RepeatControl &control = nullptr);

/// Reads a dimension of extent 1, which TOSA broadcasts, in place of the count.
/// All extents have to be static; folds one operand at a time.
FailureOr<Operation *>
foldRepeatsIntoTosaElementwise(RewriterBase &rewriter, Operation *op,
                               const RepeatControl &control = nullptr);

/// Divides the indices by what their dimensions are repeated by. An op that
/// does nothing but copy by such indices would still copy, and is left.
FailureOr<tensor::ExtractOp>
foldRepeatsIntoExtract(RewriterBase &rewriter, tensor::ExtractOp op,
                       const RepeatControl &control = nullptr);

//===----------------------------------------------------------------------===//
// Sinking
//===----------------------------------------------------------------------===//

/// Rewrites `op` to run on what its operands repeat, and repeats its result,
/// where no input depends on the repeated dimensions and that saves work.
/// Returns the op that runs before the repeat, or notifies the rewriter why it
/// cannot; then nothing has changed. This is one of the functions below, as the
/// kind of `op` asks for.
FailureOr<Operation *> sinkRepeats(RewriterBase &rewriter, Operation *op,
                                   const RepeatControl &control = nullptr);

/// Drops the loops along which nothing changes. Sums over them are multiplied.
FailureOr<linalg::LinalgOp>
sinkRepeatsBelowLinalgOp(RewriterBase &rewriter, linalg::LinalgOp op,
                         const RepeatControl &control = nullptr);

/// A linalg.generic that does nothing but tensor.extract by indices, where the
/// repeated dimensions are copied as they are.
FailureOr<linalg::GenericOp>
sinkRepeatsBelowIndexedCopy(RewriterBase &rewriter, linalg::GenericOp op,
                            const RepeatControl &control = nullptr);

/// All operands have to be repeated by the same counts; along the concatenated
/// dimension in place, not as a whole.
FailureOr<tensor::ConcatOp>
sinkRepeatsBelowConcat(RewriterBase &rewriter, tensor::ConcatOp op,
                       const RepeatControl &control = nullptr);

/// A slice takes repeated dimensions whole, whole elements' copies of them, or
/// a part of one copy, which is not repeated then.
FailureOr<tensor::ExtractSliceOp>
sinkRepeatsBelowSlice(RewriterBase &rewriter, tensor::ExtractSliceOp op,
                      const RepeatControl &control = nullptr);

/// An elementwise op of arith or math on tensors, or of TOSA.
FailureOr<Operation *>
sinkRepeatsBelowElementwise(RewriterBase &rewriter, Operation *op,
                            const RepeatControl &control = nullptr);

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// `foldRepeats` as a pattern. Use them after raising and before tiling or
/// fusion.
void populateFoldRepeatsPatterns(RewritePatternSet &patterns,
                                 RepeatControl control = nullptr);

/// `sinkRepeats` as a pattern. Use them where folding follows: what was in the
/// way of it is moved above the repeats.
void populateSinkRepeatsPatterns(RewritePatternSet &patterns,
                                 RepeatControl control = nullptr);

} // namespace mlir::ditto

#endif // DITTO_TRANSFORMS_PATTERNS_H
