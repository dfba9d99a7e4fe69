//===- RepeatedOperand.h - Operands that are repeats ------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_REPEATEDOPERAND_H
#define DITTO_LIB_TRANSFORMS_REPEATEDOPERAND_H

#include "ditto/Analysis/DigitLayout.h"
#include "ditto/Transforms/Remarks.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// A value that is a repeat, seen from what is repeated:
///
///   %k --ditto.repeat_interleave--> . --transpose--> . --reshape--> value
///   ^ the root of the layout
struct RepeatedOperand {
  /// Of the value from the operand of the first op that repeats.
  DigitLayout layout;
  /// The ops between the two, in order: all of them move elements.
  SmallVector<Operation *> ops;

  /// Whether ditto ops repeat it, and not plain broadcasts alone.
  bool hasDittoOp() const;

  /// Keeps the run-time errors of the ditto ops that a reader of the root no
  /// longer waits for: asserts that counts of unknown sign are not negative,
  /// but for those that are `checkedLater`.
  void assertCounts(OpBuilder &builder,
                    const std::optional<SymbolicSize> &checkedLater) const;
};

/// The longest chain of movement that is followed: unreachable blocks may hold
/// cycles, and every consumer follows its operands anew.
constexpr size_t kMaxChain = 64;

/// What `value` repeats, by the last `maxOps` ops at most. Fails with a reason
/// where it repeats nothing, or only by ops whose checks a reader of the root
/// could not keep.
FailureOr<RepeatedOperand> findRepeat(Value value, std::string &reason,
                                      size_t maxOps = kMaxChain);

/// Why a rewrite leaves an operand as it is.
constexpr StringLiteral kNotWanted = "not wanted by the control";

/// Erases the movement ops that `values` come from and nobody needs any more,
/// once `rewrite` has been done. A remark tells about each ditto op among them.
void eraseDeadMovement(RewriterBase &rewriter, ValueRange values,
                       const ReaderRewrite &rewrite);

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_REPEATEDOPERAND_H
