//===- NpyHeader.h - The header of a .npy file ------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TOOLS_DITTORUN_NPYHEADER_H
#define DITTO_TOOLS_DITTORUN_NPYHEADER_H

#include "mlir/Support/LLVM.h"
#include "llvm/Support/Error.h"

#include <string>

namespace mlir::ditto {

struct NpyHeader {
  /// As NumPy writes it: "<f4".
  std::string dtype;
  bool isFortranOrder = false;
  SmallVector<int64_t> shape;
};

/// Takes the header from the beginning of `contents`, so that the elements are
/// left.
llvm::Expected<NpyHeader> readNpyHeader(StringRef &contents);

/// The first bytes of a file in C order, padded as the format wants.
std::string printNpyHeader(StringRef dtype, ArrayRef<int64_t> shape);

} // namespace mlir::ditto

#endif // DITTO_TOOLS_DITTORUN_NPYHEADER_H
