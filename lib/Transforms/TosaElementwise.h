//===- TosaElementwise.h - Elementwise ops of TOSA --------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_TOSAELEMENTWISE_H
#define DITTO_LIB_TRANSFORMS_TOSAELEMENTWISE_H

#include "mlir/Dialect/Tosa/IR/TosaOps.h"

namespace mlir::ditto {

/// Whether `op` computes each element of its result from the elements at the
/// same place, or at index 0 of dimensions of extent 1. Some ops have
/// parameters besides, tensors of one element.
inline bool isTosaElementwise(Operation *op) {
  return op->hasTrait<OpTrait::tosa::TosaElementwiseOperator>() ||
         isa<tosa::CastOp, tosa::MulOp>(op);
}

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_TOSAELEMENTWISE_H
