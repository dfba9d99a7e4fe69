//===- PerElementRepeat.h - Copies by indices as repeats --------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_RAISE_PERELEMENTREPEAT_H
#define DITTO_LIB_RAISE_PERELEMENTREPEAT_H

#include "ditto/Raise/Patterns.h"

namespace mlir::ditto {

/// Raises copies along one dimension whose index never decreases to repeats by
/// a tensor of counts, which are how often the index has each value:
///
///   index  0 0 2 2 2   ->   %c = arith.constant dense<[2, 0, 3]>
///                           ditto.repeat_interleave %x by %c dim(0)
///
/// Where the index is not known, but counts comparisons (ComparisonCount.h),
/// two loops compute the counts in place of the comparison matrix.
void populatePerElementRepeatPatterns(RewritePatternSet &patterns,
                                      RaiseControl control);

} // namespace mlir::ditto

#endif // DITTO_LIB_RAISE_PERELEMENTREPEAT_H
