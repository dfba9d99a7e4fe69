//===- Copies.h - Ops that only copy elements ---------------------*- C++
//-*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_COPIES_H
#define DITTO_LIB_CODEGEN_COPIES_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::ditto {

/// Whether all that `op` does is to copy elements of one operand to one result,
/// in whatever order. A body that checks them too does more.
inline bool isCopy(linalg::LinalgOp op) {
  return op.getNumDpsInputs() == 1 && op.getNumDpsInits() == 1 &&
         op.getNumReductionLoops() == 0 &&
         llvm::hasSingleElement(*op.getBlock()) &&
         op.getBlock()->getTerminator()->getOperand(0) ==
             op.getBlock()->getArgument(0);
}

inline bool isBufferCopy(linalg::LinalgOp op) {
  return op.hasPureBufferSemantics() && isCopy(op);
}

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_COPIES_H
