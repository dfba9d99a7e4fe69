//===- FusedCopy.h - Copies that compute on the way -------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Elementwise fusion melts a cast, say, into a broadcast:
//
//   %r = linalg.generic maps (d0, d2), (d0, d1, d2) ins(%x) { extf }
//
// which is a function of the elements of %x, moved. Computed first, it costs
// less.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_FUSEDCOPY_H
#define DITTO_ANALYSIS_FUSEDCOPY_H

#include "ditto/Analysis/DigitLayout.h"

namespace mlir::ditto {

/// The tensor of whose elements `op` moves a function: that of the body of a
/// linalg op with one input, of the input's element and of scalars alone. Null
/// for all others; a plain copy is none.
Value getFusedCopySource(Operation *op);

/// `DigitLayout::apply`, as if `op` moved the elements as they are.
LogicalResult applyFusedCopy(DigitLayout &layout, Operation *op,
                             std::string &reason);

/// Computes the function of `op` on the elements of `source`, which has the
/// element type of `getFusedCopySource` and any shape.
Value createFunctionOf(OpBuilder &builder, Operation *op, Value source);

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_FUSEDCOPY_H
