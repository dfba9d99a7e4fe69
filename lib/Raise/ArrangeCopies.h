//===- ArrangeCopies.h - Copies of which a repeat is a part -----*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_RAISE_ARRANGECOPIES_H
#define DITTO_LIB_RAISE_ARRANGECOPIES_H

#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// Brings copies that are no movement of one value into a form in which they
/// are, and those that repeat nothing out of the way:
///
///   concat(x, y, x, y)                     concat(z, z), z = concat(x, y)
///   concat(broadcast(x), broadcast(y))     broadcast(concat(x, y))
///   broadcast(x) along extents of 1        expand_shape(x)
void populateArrangeCopiesPatterns(RewritePatternSet &patterns);

} // namespace mlir::ditto

#endif // DITTO_LIB_RAISE_ARRANGECOPIES_H
