//===- ElementCopy.h - Ops whose body copies elements -----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_ANALYSIS_ELEMENTCOPY_H
#define DITTO_LIB_ANALYSIS_ELEMENTCOPY_H

#include "DigitMap.h"
#include "LoopNest.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace mlir::ditto {

/// The tensor whose elements the body yields: an input, or what the body
/// extracts from. Null with the reason where there is none.
Value getCopiedValue(linalg::LinalgOp op, std::string &reason);
Value getCopiedValue(tensor::GenerateOp op, std::string &reason);

/// How `op` copies the elements of `getCopiedValue`, or the reason why it is no
/// movement of digits.
FailureOr<DigitMap> getElementCopy(linalg::LinalgOp op, std::string &reason);
FailureOr<DigitMap> getElementCopy(tensor::GenerateOp op, std::string &reason);

/// The loops of `op`, their indices and the elements that its body sees. Each
/// loop walks along one dimension of the result.
LoopNest getLoopNest(linalg::LinalgOp op);

/// How `op` would copy `input` if its body yielded the input's element.
FailureOr<DigitMap> getInputCopy(linalg::LinalgOp op, OpOperand *input,
                                 std::string &reason);

} // namespace mlir::ditto

#endif // DITTO_LIB_ANALYSIS_ELEMENTCOPY_H
