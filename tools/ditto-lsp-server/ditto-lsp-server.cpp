//===- ditto-lsp-server.cpp - Language server for MLIR files --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ToolSupport.h"

#include "ditto/InitDitto.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::ditto::registerToolDialects(registry);
  // For ditto's ops in transform scripts.
  mlir::ditto::registerDittoExtensions(registry);
  return failed(mlir::MlirLspServerMain(argc, argv, registry));
}
