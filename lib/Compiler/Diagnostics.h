//===- Diagnostics.h - MLIR's diagnostics as an error -----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_COMPILER_DIAGNOSTICS_H
#define DITTO_LIB_COMPILER_DIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/Error.h"

#include <string>

namespace mlir::ditto {

/// While it lives, gathers the errors that MLIR reports in this context;
/// warnings and remarks go to the other handlers.
class DiagnosticCollector {
public:
  explicit DiagnosticCollector(MLIRContext *context);

  /// Returns the errors so far, as lines "location: error: message", or
  /// `otherwise` if something failed without saying why.
  llvm::Error takeError(const llvm::Twine &otherwise);

private:
  LogicalResult handle(Diagnostic &diagnostic);

  std::string text;
  ScopedDiagnosticHandler handler;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_COMPILER_DIAGNOSTICS_H
