//===- Neutral.h - Elementwise ops that change nothing ----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Some frontends broadcast by arithmetic: x * ones, or x + zeros, of the
// result's shape. For floats -0.0 is the neutral zero: -0.0 + 0.0 is 0.0.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_ANALYSIS_NEUTRAL_H
#define DITTO_LIB_ANALYSIS_NEUTRAL_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::ditto {

/// The operand that `yielded`, computed in the body of `op`, always equals,
/// because the other operands are neutral constants; null otherwise.
Value getNeutralOperand(linalg::LinalgOp op, Value yielded);

/// The same of the result of an elementwise op of TOSA.
Value getNeutralOperand(Operation *op);

} // namespace mlir::ditto

#endif // DITTO_LIB_ANALYSIS_NEUTRAL_H
