//===- ElementCopy.h - linalg ops that copy elements ------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_ANALYSIS_ELEMENTCOPY_H
#define DITTO_LIB_ANALYSIS_ELEMENTCOPY_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::ditto {

/// A linalg op each of whose result elements is an element of one tensor.
struct ElementCopy {
  /// The tensor: the input, or what the body extracts from.
  Value source;
  /// The loop that walks along each dimension of the source, whole and in
  /// order, no loop twice; none where the dimension is read at the constant 0.
  SmallVector<std::optional<unsigned>> loopOfSourceDim;
  /// The loop that walks along each dimension of the result, all of them once.
  SmallVector<unsigned> loopOfResultDim;
};

/// How `op` copies, or the reason why it is no such copy.
FailureOr<ElementCopy> getElementCopy(linalg::LinalgOp op, std::string &reason);

} // namespace mlir::ditto

#endif // DITTO_LIB_ANALYSIS_ELEMENTCOPY_H
