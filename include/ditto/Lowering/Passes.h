//===- Passes.h - Lowering passes -------------------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LOWERING_PASSES_H
#define DITTO_LOWERING_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir::ditto {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "ditto/Lowering/Passes.h.inc"

} // namespace mlir::ditto

#endif // DITTO_LOWERING_PASSES_H
