//===- Passes.h - Sinking and folding repeats -------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TRANSFORMS_PASSES_H
#define DITTO_TRANSFORMS_PASSES_H

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Pass/Pass.h"

#include <memory>

namespace mlir::ditto {

#define GEN_PASS_DECL
#include "ditto/Transforms/Passes.h.inc"

/// Registers `ditto-sink-repeats` and `ditto-fold-repeats`.
#define GEN_PASS_REGISTRATION
#include "ditto/Transforms/Passes.h.inc"

} // namespace mlir::ditto

#endif // DITTO_TRANSFORMS_PASSES_H
