//===- SplitIndexedCopy.h - Indexed copies as broadcasts --------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_RAISE_SPLITINDEXEDCOPY_H
#define DITTO_LIB_RAISE_SPLITINDEXEDCOPY_H

#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// Splits a copy by tensor.extract whose indices are no movement of digits into
/// the part that they are and a broadcast, if movement that follows makes the
/// broadcast a repeat:
///
///   %b = linalg.generic outs(%e : ?x3x5)        %s = linalg.generic outs(?x5)
///     %i = linalg.index 0                         %i = linalg.index 0
///     %k = linalg.index 2                   ->    %k = linalg.index 1
///     %j = select (%n == 1), 0, %i                %j = select (%n == 1), 0, %i
///     yield tensor.extract %x[%j, %k]             yield tensor.extract %x[%j,
///     %k]
///   tensor.collapse_shape [[0, 1], [2]]         %b = linalg.broadcast %s, dim
///   1
///                                               tensor.collapse_shape ..
///
/// This is what a repeat is like where it is left to run time whether other
/// dimensions are broadcast too. The smaller copy stays.
void populateSplitIndexedCopyPatterns(RewritePatternSet &patterns);

} // namespace mlir::ditto

#endif // DITTO_LIB_RAISE_SPLITINDEXEDCOPY_H
