//===- Npy.h - NumPy's .npy files -------------------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TOOLS_DITTORUN_NPY_H
#define DITTO_TOOLS_DITTORUN_NPY_H

#include "ditto/Compiler/Array.h"

namespace mlir::ditto {

/// Reads an array of `elementType` from a file, of format version 1 to 3,
/// little endian, in C or Fortran order. Types that NumPy does not have are
/// read from their bits: bf16 from V2 or u2, f8 from V1 or u1, i128 from V16;
/// integers of other widths from the next wider one.
llvm::Expected<Array> readNpy(StringRef path, Type elementType);

/// Writes `array`, under a temporary name first: the file is whole or not
/// there.
llvm::Error writeNpy(StringRef path, const Array &array);

} // namespace mlir::ditto

#endif // DITTO_TOOLS_DITTORUN_NPY_H
