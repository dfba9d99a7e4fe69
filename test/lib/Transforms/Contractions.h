//===- Contractions.h - What kind of contraction an op is -------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TEST_LIB_TRANSFORMS_CONTRACTIONS_H
#define DITTO_TEST_LIB_TRANSFORMS_CONTRACTIONS_H

#include "mlir/IR/Operation.h"

namespace mlir::ditto::test {

enum class ContractionKind {
  /// linalg.batch_matmul, linalg.contract, tosa.matmul, ..
  Named,
  /// A linalg.generic that sums up products of two elements.
  Generic,
  /// A linalg.generic that sums up more than products of two elements: another
  /// op has been fused into the contraction, and is computed for each product
  /// instead of for each element.
  Melted,
};

/// The kind of contraction that `op` is, if it is one.
std::optional<ContractionKind> getContractionKind(Operation *op);

} // namespace mlir::ditto::test

#endif // DITTO_TEST_LIB_TRANSFORMS_CONTRACTIONS_H
