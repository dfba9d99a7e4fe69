//===- Print.h - Arrays as text ---------------------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TOOLS_DITTORUN_PRINT_H
#define DITTO_TOOLS_DITTORUN_PRINT_H

#include "ditto/Compiler/Array.h"

namespace mlir::ditto {

/// Prints the elements in nested brackets as NumPy does, large arrays with only
/// the first and last three of each dimension.
void printArray(llvm::raw_ostream &stream, const Array &array);

} // namespace mlir::ditto

#endif // DITTO_TOOLS_DITTORUN_PRINT_H
