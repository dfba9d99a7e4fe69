//===- ConcatDim.h - The dimension of a concatenation -----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_CONCATDIM_H
#define DITTO_ANALYSIS_CONCATDIM_H

#include "mlir/IR/Operation.h"

#include <optional>

namespace mlir::ditto {

/// The dimension along which a tensor.concat or tosa.concat joins its operands;
/// none for other ops, and where the result has no such dimension: of
/// tensor.concat's the verifier looks at the upper bound only.
std::optional<int64_t> getConcatDim(Operation *op);

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_CONCATDIM_H
