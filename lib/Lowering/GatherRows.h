//===- GatherRows.h - Rows with the same runs -------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All rows of a matrix take their elements from the same columns. Which ones is
// found out once:
//
//   counts 2 0 3      columns 0 1 2 by counts      0 0 2 2 2
//   result[%o, %j] = x[%o, columns[%j]]
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_LOWERING_GATHERROWS_H
#define DITTO_LIB_LOWERING_GATHERROWS_H

#include "Destination.h"

namespace mlir::ditto {

/// Fills `target`, which has one dimension, with 0, 1, 2, .., and returns it
/// filled.
Value enumerate(RewriterBase &rewriter, Location loc, Value target);

/// Fills the matrix `target` with what the tensor `source` has in `columns`, a
/// tensor too, and returns it filled.
FailureOr<Value> gatherRows(RewriterBase &rewriter, Location loc, Value source,
                            Value columns, Value target,
                            Destination &destination);

} // namespace mlir::ditto

#endif // DITTO_LIB_LOWERING_GATHERROWS_H
