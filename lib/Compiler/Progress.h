//===- Progress.h - How far a compilation is ------------------ -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_COMPILER_PROGRESS_H
#define DITTO_LIB_COMPILER_PROGRESS_H

#include "ditto/Compiler/Compiler.h"

namespace mlir {
class PassManager;
} // namespace mlir

namespace mlir::ditto {

/// Where LLVM's parts begin, as a share of the time that models of transformers
/// take: passes of MLIR are an eighth of it.
constexpr double kOptimizerBegins = 0.12, kCodeGeneratorBegins = 0.6;

/// Tells `options.progress`, if there is one. Returns an error if it wants to
/// end the compilation.
llvm::Error report(const CompilerOptions &options, StringRef step,
                   double finished);

/// Makes `pm` report each of its passes; when all have run, `end` of the whole
/// is finished.
void reportPasses(PassManager &pm, const CompilerOptions &options, double end);

} // namespace mlir::ditto

#endif // DITTO_LIB_COMPILER_PROGRESS_H
