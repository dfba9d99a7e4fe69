//===- RepeatPattern.h - A function on any op as a pattern ------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_REPEATPATTERN_H
#define DITTO_LIB_TRANSFORMS_REPEATPATTERN_H

#include "ditto/Transforms/Patterns.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

using RepeatRewrite = FailureOr<Operation *>(RewriterBase &, Operation *,
                                             const RepeatControl &);

/// `rewrite`, which is `foldRepeats` or `sinkRepeats`, as a pattern.
template <RepeatRewrite *rewrite>
class RepeatPattern : public RewritePattern {
public:
  RepeatPattern(MLIRContext *context, RepeatControl control)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context),
        control(std::move(control)) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    return rewrite(rewriter, op, control);
  }

private:
  RepeatControl control;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_REPEATPATTERN_H
