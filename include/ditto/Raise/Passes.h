//===- Passes.h - The raising pass ------------------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_RAISE_PASSES_H
#define DITTO_RAISE_PASSES_H

#include "mlir/Pass/Pass.h"

#include <memory>

namespace mlir::ditto {

#define GEN_PASS_DECL
#include "ditto/Raise/Passes.h.inc"

/// Registers `ditto-raise`.
#define GEN_PASS_REGISTRATION
#include "ditto/Raise/Passes.h.inc"

} // namespace mlir::ditto

#endif // DITTO_RAISE_PASSES_H
