//===- IndexedCopy.h - Copies that extract by index -------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where it is left to run time whether a dimension is broadcast, frontends copy
// by indices that are no movement of digits:
//
//   %c = linalg.generic outs(%e : ?x5)
//     %i = linalg.index 0
//     %k = linalg.index 1
//     %j = select (%n == 1), 0, %i
//     yield tensor.extract %x[%j, %k]
//
// The dimensions are copied independently of each other: loops that are of no
// concern can be changed.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_INDEXEDCOPY_H
#define DITTO_ANALYSIS_INDEXEDCOPY_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace mlir::ditto {

/// What `op` does for each element of its only result, if that is to extract an
/// element of a tensor from outside of its body and nothing else; null
/// otherwise.
tensor::ExtractOp getIndexedExtract(linalg::GenericOp op);

/// The copy `op` of elements of `source`, with other loops: one for each
/// dimension of the result, of the given extent. A dimension whose extent is
/// null, on which no index may depend, is left out.
Value createIndexedCopy(OpBuilder &builder, linalg::GenericOp op, Value source,
                        ArrayRef<OpFoldResult> extents);

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_INDEXEDCOPY_H
