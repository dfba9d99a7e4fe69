//===- ReadsOperand.h - Whether a linalg op reads an operand ----*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_READSOPERAND_H
#define DITTO_ANALYSIS_READSOPERAND_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::ditto {

/// Whether the body of `op` reads the elements of `operand`, an input or an
/// init. Upstream's `payloadUsesValueFromOperand` says of linalg.map that it
/// never reads its init, which it may.
inline bool readsOperand(linalg::LinalgOp op, OpOperand &operand) {
  return !op.getMatchingBlockArgument(&operand).use_empty();
}

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_READSOPERAND_H
