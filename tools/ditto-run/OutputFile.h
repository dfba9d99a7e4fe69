//===- OutputFile.h - Files that are whole or not there ---------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TOOLS_DITTORUN_OUTPUTFILE_H
#define DITTO_TOOLS_DITTORUN_OUTPUTFILE_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

namespace mlir::ditto {

/// Writes what `write` prints to a temporary file beside `path`, then renames
/// it.
/// "-" is stdout; devices and pipes are written directly.
llvm::Error writeFile(StringRef path,
                      llvm::function_ref<void(llvm::raw_ostream &)> write);

} // namespace mlir::ditto

#endif // DITTO_TOOLS_DITTORUN_OUTPUTFILE_H
