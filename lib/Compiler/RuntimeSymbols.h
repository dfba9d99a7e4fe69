//===- RuntimeSymbols.h - What compiled code links with ---------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_COMPILER_RUNTIMESYMBOLS_H
#define DITTO_LIB_COMPILER_RUNTIMESYMBOLS_H

#include "llvm/ExecutionEngine/Orc/Mangling.h"

namespace mlir::ditto {

/// The functions that compiled code calls in the runtime that this process is
/// linked with.
llvm::orc::SymbolMap getRuntimeSymbols(llvm::orc::MangleAndInterner mangle);

} // namespace mlir::ditto

#endif // DITTO_LIB_COMPILER_RUNTIMESYMBOLS_H
