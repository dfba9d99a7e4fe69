//===- ditto-opt.cpp - Run ditto's passes on MLIR files -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ToolSupport.h"

#include "ditto/InitDitto.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::ditto::registerToolDialects(registry);
  mlir::ditto::registerDittoExtensions(registry);
  mlir::ditto::registerToolPasses();
  mlir::ditto::registerDittoPasses();
  mlir::ditto::registerDittoPipelines();
  return mlir::asMainReturnCode(mlir::MlirOptMain(
      argc, argv, "ditto: raise, fold and lower tensor repeats\n", registry));
}
