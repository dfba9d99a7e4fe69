//===- MergedLoops.h - Loops of digits that stay together -------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_MERGEDLOOPS_H
#define DITTO_LIB_TRANSFORMS_MERGEDLOOPS_H

#include "ditto/Analysis/LoopDigits.h"

#include "mlir/Dialect/Utils/StructuredOpsUtils.h"

namespace mlir::ditto {

/// The loops of an op whose loops were split into digits. Each is a run of
/// digits that every operand has in one piece, or not at all:
///
///   digits             [b0 b1] [m] [n] [k]
///   left operand       [b0 b1] [m] [k]        b1 and m stay together
///   everywhere right operand      [b0] [n] [k]           -> loops [b0] [b1 m]
///   [n] [k] result             [b0 b1] [m] [n]
///
/// so that a group of heads becomes more rows of one product.
class MergedLoops {
public:
  /// Merges digits, but for the `dropped` ones: parts of one loop, and parts of
  /// a loop that `mayJoin` others with parts of another loop of the same
  /// iterator type.
  MergedLoops(const LoopDigits &digits,
              ArrayRef<utils::IteratorType> iteratorTypes,
              const llvm::SmallDenseSet<unsigned> &dropped,
              function_ref<bool(unsigned loop)> mayJoin);

  /// Orders the loops by `rank` of their first digit, otherwise as they are.
  void sortBy(function_ref<unsigned(unsigned digit)> rank);

  ArrayRef<DigitList> getLoops() const { return loops; }
  /// The loop that `digit` is part of; none if it was dropped.
  std::optional<unsigned> getLoopOf(unsigned digit) const;

  /// An operand's dimensions in whole loops. Dimensions without any digit are
  /// kept if `keepUnits`.
  SmallVector<DigitList> arrange(ArrayRef<DigitList> dims,
                                 bool keepUnits) const;

  /// The map from the loops to the dimensions of an arrangement.
  AffineMap getMap(ArrayRef<DigitList> arrangement, MLIRContext *context) const;

private:
  void numberDigits();

  SmallVector<DigitList> loops;
  DenseMap<unsigned, unsigned> loopOf;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_MERGEDLOOPS_H
