//===- Ditto.h - The ditto dialect ------------------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialect and its two ops. Link `ditto::IR`; nothing else is needed to
// build, print, parse, verify and canonicalize them.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_IR_DITTO_H
#define DITTO_IR_DITTO_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/TilingInterface.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"

#include "ditto/IR/Ditto.h.inc"

#define GET_OP_CLASSES
#include "ditto/IR/DittoOps.h.inc"

#endif // DITTO_IR_DITTO_H
