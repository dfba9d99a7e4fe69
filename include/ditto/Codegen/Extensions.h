//===- Extensions.h - What upstream's passes ask of dialects ----*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_CODEGEN_EXTENSIONS_H
#define DITTO_CODEGEN_EXTENSIONS_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace mlir::ditto {

/// Registers the external models of upstream's dialects that the lowering to
/// LLVM uses: bufferization, deallocation, subset, tiling and value bounds. Its
/// passes do so themselves (`ditto-prepare-functions`), as bufferization fails
/// without them and does not say why.
void registerCodegenExtensions(DialectRegistry &registry);

} // namespace mlir::ditto

#endif // DITTO_CODEGEN_EXTENSIONS_H
