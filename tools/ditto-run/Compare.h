//===- Compare.h - Results against expected ones ----------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TOOLS_DITTORUN_COMPARE_H
#define DITTO_TOOLS_DITTORUN_COMPARE_H

#include "ditto/Compiler/Array.h"

namespace mlir::ditto {

struct Tolerance {
  double relative;
  double absolute;
};

/// Compares arrays of one element type. Floats are equal if they differ by at
/// most absolute + relative * |expected|, or are both NaN; everything else must
/// have the same bits. Returns the largest difference, or an error that says
/// where the first one is that matters.
llvm::Expected<double> compare(const Array &found, const Array &expected,
                               Tolerance tolerance);

} // namespace mlir::ditto

#endif // DITTO_TOOLS_DITTORUN_COMPARE_H
