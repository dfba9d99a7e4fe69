//===- DigitLayout.h - Where a tensor's elements come from ------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every reshape, transpose, copy, broadcast and repeat is data-independent
// movement: element j of the result is element f(j) of the source, and f only
// splits, permutes and drops mixed-radix digits of j. A digit layout is f:
//
//   %b = linalg.broadcast ins(%x : 2x3x5) outs(2x3x4x5) dimensions = [2]
//   %r = tensor.collapse_shape %b [[0], [1, 2], [3]] : 2x12x5
//
//                     sources                 results
//   %r from %x is     [s0:2] [s1:3] [s2:5] -> [s0:2] [s1:3 count:4] [s2:5]
//
// The source's dimensions are split into digits, outermost first; a result
// dimension lists the digits that it is made of. A *count* digit belongs to no
// source dimension: the elements do not depend on it. Its place says what the
// movement is. Innermost in its dimension: a repeat_interleave. Outermost: a
// repeat. Its size says nothing.
//
// Digits of extent 1 carry no information and are left out: a unit dimension
// is an empty list.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_DIGITLAYOUT_H
#define DITTO_ANALYSIS_DIGITLAYOUT_H

#include "ditto/Analysis/SizeEqualities.h"

namespace mlir::ditto {

/// The digits of one dimension, outermost first, as indices of
/// DigitLayout::getDigit.
using DigitList = SmallVector<unsigned, 2>;

/// Digits by number.
class DigitSet {
public:
  struct Digit {
    SymbolicSize size;
    /// Whether no source dimension has this digit.
    bool isCount;
  };

  const Digit &getDigit(unsigned digit) const { return digits[digit]; }
  bool isCount(unsigned digit) const { return digits[digit].isCount; }
  const SymbolicSize &getSize(unsigned digit) const {
    return digits[digit].size;
  }

  /// The product of the sizes of some digits; none if its number does not fit
  /// in 64 bits.
  std::optional<SymbolicSize> getProduct(ArrayRef<unsigned> digits) const;

protected:
  SmallVector<Digit> digits;
};

class DigitLayout : public DigitSet {
public:
  /// The layout of a value as a view of itself: one digit per dimension. Fails
  /// for what is not a ranked tensor without encoding; `reason` says so.
  static FailureOr<DigitLayout> identity(Value root, std::string &reason);

  /// The layout of `value` from the furthest value that it is a view of. Fails
  /// as `identity` does; otherwise `reason` says why the root is the root.
  static FailureOr<DigitLayout> get(Value value, std::string &reason);

  /// The layout that has the dimensions `sourceDims` of `root` arranged as
  /// `resultDims`, both made of `digits`; those in no source dimension become
  /// counts.
  DigitLayout(Value root, const DigitSet &digits,
              ArrayRef<DigitList> sourceDims, ArrayRef<DigitList> resultDims);

  /// If this is the layout of the value that `op` moves, makes it the layout of
  /// the result of `op`. Otherwise leaves the layout in an unspecified state
  /// and says in `reason` why `op` is no movement of digits.
  LogicalResult apply(Operation *op, std::string &reason);

  Value getRoot() const { return root; }
  /// The digits of each source dimension: what the source is split into. A
  /// digit that no result dimension has never occurs.
  ArrayRef<DigitList> getSourceDims() const { return sourceDims; }
  ArrayRef<DigitList> getResultDims() const { return resultDims; }

  /// Lets `apply` find extents equal that may differ where the root is empty:
  ///
  ///   tensor.reshape : [%b, 6, %s] into [%b, 6, %t]    %s = %t unless %b is 0
  ///
  /// The digit of the root's dimension has the extent %t then, and whoever
  /// builds on the root reshapes it first (MovementBuilder::withExtents).
  /// That moves no element, and later extents hold even for empty tensors.
  void allowRootReshape() { rootReshapeAllowed = true; }
  bool isRootReshapeAllowed() const { return rootReshapeAllowed; }

  /// Whether the root is to be reshaped to the sizes of its digits.
  bool needsRootReshape() const { return rootReshapeNeeded; }

  /// The count digits of the result.
  SmallVector<unsigned> getCounts() const;

  /// Whether some result dimension joins a count digit with a source digit:
  /// then a dimension with more than one element is repeated, in place or as a
  /// whole. Count digits in dimensions of their own are plain broadcasts.
  bool joinsCounts() const;

  /// `[s0:2] [s1:3 count:4] [s2:5]`; `s1.0`, `s1.1` are parts of dimension 1,
  /// outermost first, `?` is a size without a number.
  void print(raw_ostream &os) const;

  //===--------------------------------------------------------------------===//
  // What the steps of `apply` do
  //===--------------------------------------------------------------------===//

  void setResultDims(SmallVector<DigitList> dims) {
    resultDims = std::move(dims);
  }

  /// Remembers that both are the same wherever the result is defined.
  void assumeEqual(const SymbolicSize &lhs, const SymbolicSize &rhs);

  /// The size in the names that the digits' sizes are in.
  SymbolicSize resolve(const SymbolicSize &size) const {
    return equalities.resolve(size);
  }

  /// Gives a digit another name of its size.
  void setSize(unsigned digit, const SymbolicSize &size) {
    digits[digit].size = size;
  }

  /// Says that digits have got sizes that they have unless the root is empty.
  void setRootReshapeNeeded() { rootReshapeNeeded = true; }

  /// A new count digit, as a list: empty where its size is 1.
  DigitList addCount(SymbolicSize size);

  /// Splits a digit in two. `digit` keeps the outer part, the returned one is
  /// the inner part, and follows it wherever it occurs.
  unsigned split(unsigned digit, SymbolicSize outer, SymbolicSize inner);

private:
  explicit DigitLayout(Value root) : root(root) {}

  Value root;
  SmallVector<DigitList> sourceDims;
  SmallVector<DigitList> resultDims;
  SizeEqualities equalities;
  bool rootReshapeAllowed = false;
  bool rootReshapeNeeded = false;
};

/// The tensor whose elements `op` moves into its only result, if it is an op
/// whose step `DigitLayout::apply` knows; null with the reason otherwise. It is
/// an operand of `op` or of an op in its body. The step itself may still fail.
Value getMovedValue(Operation *op, std::string &reason);

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_DIGITLAYOUT_H
