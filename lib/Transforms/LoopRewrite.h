//===- LoopRewrite.h - Structured ops on other loops ------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_LOOPREWRITE_H
#define DITTO_LIB_TRANSFORMS_LOOPREWRITE_H

#include "MergedLoops.h"
#include "RepeatedOperand.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// Rewrites a linalg op that reads repeats to one that reads what they repeat.
/// Its loops are split into digits (see LoopDigits); with respect to what was
/// repeated, a digit is
///
///   shared    another input depends on it: it stays a loop, which walks along
///             fewer operands than before -> the repeat is folded into the op
///   needless  no input depends on it: the op runs without the loop, and its
///             result is repeated -> the repeat sinks below the op
class LoopRewrite {
public:
  /// Plans the rewrite of `op`, where `accept` says which repeated inputs may
  /// be read from what they repeat. Fails with a reason where none can.
  static FailureOr<LoopRewrite>
  get(linalg::LinalgOp op,
      function_ref<bool(OpOperand &, const RepeatedOperand &)> accept,
      std::string &reason);

  /// Whether some digit is needless: repeats sink.
  bool sinks() const { return !needless.empty(); }
  /// Whether some digit is shared: repeats are folded.
  bool folds() const { return needless.size() < repeatedDigits.size(); }

  /// Leaves the needless loops to the op, which then computes its results once
  /// per copy. Leaves the rewrite in an unspecified state where it cannot.
  LogicalResult keepNeedlessLoops(std::string &reason);

  bool isContraction() const { return contraction; }
  linalg::LinalgOp getOp() const { return op; }
  ArrayRef<RepeatedOperand> getRepeats() const { return repeats; }
  SmallVector<SymbolicSize> getNeedlessSizes() const;

  /// Replaces the op, by others around the one that is returned, and erases the
  /// movement that nobody needs any more. Remarks name `pass`.
  linalg::LinalgOp apply(RewriterBase &rewriter, StringLiteral pass);

private:
  LoopRewrite(linalg::LinalgOp op, LoopDigits digits);

  /// Reads an operand from what it repeats. Leaves the rewrite in an
  /// unspecified state where it fails.
  LogicalResult readFromRoot(unsigned operand, const RepeatedOperand &repeat,
                             std::string &reason);
  void findRepeatedDigits();
  void shrinkSplats();
  bool isNeedless(unsigned digit);
  bool isReadByInput(unsigned digit);
  unsigned getOldLoop(unsigned digit) const;
  bool isReduced(unsigned digit);
  bool reducesExactly(unsigned digit);
  LogicalResult checkLoops(std::string &reason);
  /// The digits that no new loop has: needless ones and unit digits.
  llvm::SmallDenseSet<unsigned> getDroppedDigits();
  /// Finds the new loops.
  LogicalResult arrangeLoops(std::string &reason);
  LogicalResult checkExtents(std::string &reason) const;

  /// The arrangement of an operand in the new loops.
  SmallVector<DigitList> arrange(unsigned operand) const;
  Value buildInput(RewriterBase &rewriter, unsigned operand);
  Value buildInit(RewriterBase &rewriter, unsigned operand);
  linalg::LinalgOp buildOp(RewriterBase &rewriter, ValueRange inputs,
                           ValueRange inits);
  void scaleSums(RewriterBase &rewriter, linalg::LinalgOp newOp);
  Value buildResult(RewriterBase &rewriter, Value value, unsigned operand);

  linalg::LinalgOp op;
  bool contraction;
  SmallVector<RepeatedOperand, 0> repeats;
  LoopDigits digits;
  /// The digits that some input no longer depends on, and those of them that no
  /// input depends on.
  llvm::SmallDenseSet<unsigned> repeatedDigits, needless;
  /// The unit digits that some input no longer has.
  llvm::SmallDenseSet<unsigned> lostUnits;
  /// The inputs that are constants of equal elements, read as one element.
  llvm::SmallDenseSet<unsigned> splats;
  std::optional<MergedLoops> loops;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_LOOPREWRITE_H
