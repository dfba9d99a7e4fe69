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

#include "ditto/InitDitto.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

using namespace mlir;

/// A tool that has ditto already keeps its own.
static void registerDialects(DialectRegistry *registry) {
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
