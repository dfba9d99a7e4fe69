//===- Passes.h - Passes from buffers to LLVM ----------------- -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_CODEGEN_PASSES_H
#define DITTO_CODEGEN_PASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir::ditto {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "ditto/Codegen/Passes.h.inc"

} // namespace mlir::ditto

#endif // DITTO_CODEGEN_PASSES_H
