//===- CopyRuns.h - Copies of each element as one run -----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_LOWERING_COPYRUNS_H
#define DITTO_LIB_LOWERING_COPYRUNS_H

#include "Destination.h"

namespace mlir::ditto {

/// An interleave with one count per element. The counts have been checked.
struct Runs {
  Value input;
  int64_t dim;
  /// Those of the input.
  ArrayRef<OpFoldResult> extents;
  /// The counts' tensor, and whether it has one count for all elements (i1).
  Value counts;
  Value isShared;
  /// The sum of what the elements take: the result's extent in `dim`.
  Value total;
  /// The largest count.
  Value largest;
};

/// The count at `index` of a counts tensor, as an index.
Value extractCount(OpBuilder &builder, Location loc, Value counts,
                   ValueRange index);

/// Copies each element of the input as one run of rows. The result has the
/// input's rank and as many static extents as are known.
FailureOr<Value> copyRuns(RewriterBase &rewriter, Location loc,
                          const Runs &runs, Destination &destination);

} // namespace mlir::ditto

#endif // DITTO_LIB_LOWERING_COPYRUNS_H
