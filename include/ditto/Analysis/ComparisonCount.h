//===- ComparisonCount.h - Indices that count comparisons -------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Frontends without an op for repeats by a tensor of counts compute the index
// of each copy from the prefix sums of the counts:
//
//   counts       2  0  3
//   sums         2  2  5
//   t            0  1  2  3  4
//   sums <= t    0  0  1  1  1          a comparison matrix, or a search
//                0  0  1  1  1
//                0  0  0  0  0
//   index        0  0  2  2  2          its sum
//
// Such an index never decreases as t increases, whatever is compared: each
// comparison that holds for t holds for t + 1. So what is read by it is
// repeated per element, as often as the index has each value, and nothing needs
// to be known of the counts or of how they were summed.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_COMPARISONCOUNT_H
#define DITTO_ANALYSIS_COMPARISONCOUNT_H

#include "mlir/IR/OpDefinition.h"

#include <string>

namespace mlir::ditto {

/// Element t of a tensor is the number of elements of `limits` that are at most
/// t + `offset`.
struct ComparisonCount {
  /// A tensor of signed integers with one dimension, `limitsDim`, whose extent
  /// may be other than 1.
  Value limits;
  int64_t limitsDim;
  int64_t offset;
};

/// How the elements along dimension `dim` of `tensor` count comparisons; its
/// other dimensions have extent 1. Fails with the reason where they do not, or
/// where the number may not fit in an element.
FailureOr<ComparisonCount> getComparisonCount(Value tensor, int64_t dim,
                                              std::string &reason);

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_COMPARISONCOUNT_H
