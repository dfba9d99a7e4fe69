//===- ditto-reduce.cpp - Reduce MLIR files with ditto ops ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// mlir-reduce takes no plugins; this is mlir-reduce with ditto.
//
//===----------------------------------------------------------------------===//

#include "ToolSupport.h"

#include "ditto/InitDitto.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Reducer/Passes.h"
#include "mlir/Tools/mlir-reduce/MlirReduceMain.h"

using namespace mlir;

int main(int argc, char **argv) {
  DialectRegistry registry;
  ditto::registerToolDialects(registry);
  ditto::registerDittoExtensions(registry);
  ditto::registerToolPasses();
  ditto::registerDittoPasses();
  ditto::registerDittoPipelines();
  registerReducerPasses();
  MLIRContext context(registry);
  return failed(mlirReduceMain(argc, argv, context));
}
