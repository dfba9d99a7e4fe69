//===- LoopDigits.h - The loops of a structured op in digits ----*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A structured op walks loops; indexing maps say along which ones it walks each
// operand. Where an operand is a view of a root by a digit layout, its loops
// can be split so that each part walks along digits of the root, or along a
// count, on which the root does not depend:
//
//   %r = ditto.repeat_interleave %k by 4 dim(0) : 2x7x8 -> 8x7x8
//   contraction of %q : 8x5x8 (b, m, k) and %r (b, n, k) into 8x5x7 (b, m, n)
//
//           loops                    %q                 instead of %r, %k
//   before  [b] [m] [n] [k]          [b] [m] [k]        -
//   after   [b0 b1] [m] [n] [k]      [b0 b1] [m] [k]    [b0] [n] [k]
//
// One numbering of digits serves all operands, so that which operand depends on
// what can be read off. A loop of extent 1 has one digit of size 1, its *unit*
// digit, which keeps its place in the operands that walk along it.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_LOOPDIGITS_H
#define DITTO_ANALYSIS_LOOPDIGITS_H

#include "ditto/Analysis/DigitLayout.h"

#include "mlir/IR/AffineMap.h"

namespace mlir::ditto {

class LoopDigits : public DigitSet {
public:
  /// What is read (or written) in place of an operand: a value, each of whose
  /// dimensions is a list of digits. Empty lists are dimensions of extent 1
  /// that no loop walks along.
  struct Operand {
    Value value;
    SmallVector<DigitList> dims;
    /// Whether the value is to be reshaped to the extents of `dims` (see
    /// DigitLayout::allowRootReshape).
    bool needsReshape = false;
  };

  /// The digits of an op with these operands and the maps from its loops to
  /// their dimensions: one digit a loop. Fails with a reason where a map is
  /// anything but distinct loops and zeros.
  static FailureOr<LoopDigits> get(ArrayRef<AffineMap> maps,
                                   ValueRange operands, std::string &reason);

  /// Splits loops so that operand `index`, whose layout is `layout`, can be
  /// read from the layout's root. Fails with a reason, and without a change,
  /// where the layout's digits are not known to line up with the loops' digits.
  LogicalResult readFromRoot(unsigned index, DigitLayout layout,
                             std::string &reason);

  /// Makes operand `index` depend on no loop: all its elements are equal.
  void readAnywhere(unsigned index) { operands[index].dims.clear(); }

  /// The digits of each loop, outermost first.
  ArrayRef<DigitList> getLoops() const { return loops; }
  ArrayRef<Operand> getOperands() const { return operands; }

  bool dependsOn(unsigned operand, unsigned digit) const;
  bool isUnit(unsigned digit) const { return getSize(digit).isOne(); }

  /// An arrangement without unit digits: movement has no use for them.
  SmallVector<DigitList> withoutUnits(ArrayRef<DigitList> dims) const;

private:
  /// Makes `digit` the parts of these sizes wherever it occurs; returns them.
  SmallVector<unsigned> split(unsigned digit, ArrayRef<SymbolicSize> sizes);

  SmallVector<DigitList> loops;
  SmallVector<Operand> operands;
};

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_LOOPDIGITS_H
