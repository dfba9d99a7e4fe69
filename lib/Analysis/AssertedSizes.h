//===- AssertedSizes.h - What asserts say about sizes -----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_ANALYSIS_ASSERTEDSIZES_H
#define DITTO_LIB_ANALYSIS_ASSERTEDSIZES_H

#include "ditto/Analysis/SymbolicSize.h"

namespace mlir::ditto {

/// Whether a cf.assert that is always run before `at` says that both are equal.
bool isAssertedEqual(const SymbolicSize &lhs, const SymbolicSize &rhs,
                     Operation *at);

/// Whether one says that `lhs` is at least `rhs`.
bool isAssertedAtLeast(const SymbolicSize &lhs, const SymbolicSize &rhs,
                       Operation *at);

} // namespace mlir::ditto

#endif // DITTO_LIB_ANALYSIS_ASSERTEDSIZES_H
