//===- Plugin.cpp - ditto in somebody else's mlir-opt ---------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The two entry points that `--load-dialect-plugin` and `--load-pass-plugin`
// look for.
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/Ditto.h"
#include "ditto/InitDitto.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

using namespace mlir;

/// A tool that has ditto already keeps its own: types and ops of two copies do
/// not mix.
static void registerDialects(DialectRegistry *registry) {
  if (registry->getDialectAllocator(ditto::DittoDialect::getDialectNamespace()))
    return;
  ditto::registerDittoDialects(*registry);
  ditto::registerDittoExtensions(*registry);
}

static void registerPasses() {
  ditto::registerDittoPasses();
  ditto::registerDittoPipelines();
}

extern "C" DialectPluginLibraryInfo mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "ditto", DITTO_VERSION, registerDialects};
}

extern "C" PassPluginLibraryInfo mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "ditto", DITTO_VERSION, registerPasses};
}
