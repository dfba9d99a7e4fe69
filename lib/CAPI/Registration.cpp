//===- Registration.cpp - What to register, for C -------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto-c/Registration.h"

#include "ditto/InitDitto.h"

#include "mlir/CAPI/IR.h"

using namespace mlir;

void dittoRegisterDialects(MlirDialectRegistry registry) {
  ditto::registerDittoDialects(*unwrap(registry));
}

void dittoRegisterUpstreamDialects(MlirDialectRegistry registry) {
  ditto::registerUpstreamDialects(*unwrap(registry));
}

void dittoRegisterExtensions(MlirDialectRegistry registry) {
  ditto::registerDittoExtensions(*unwrap(registry));
}

void dittoRegisterPasses(void) { ditto::registerDittoPasses(); }

void dittoRegisterPipelines(void) { ditto::registerDittoPipelines(); }
