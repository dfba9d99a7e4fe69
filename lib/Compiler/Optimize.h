//===- Optimize.h - LLVM's optimizer -------------------------- -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_COMPILER_OPTIMIZE_H
#define DITTO_LIB_COMPILER_OPTIMIZE_H

#include "ditto/Compiler/Compiler.h"

namespace llvm {
class Module;
class TargetMachine;
} // namespace llvm

namespace mlir::ditto {

/// Runs LLVM's pipeline of `options.optimizationLevel` on `module`, and reports
/// how far it is.
void optimize(llvm::Module &module, llvm::TargetMachine &machine,
              const CompilerOptions &options);

} // namespace mlir::ditto

#endif // DITTO_LIB_COMPILER_OPTIMIZE_H
