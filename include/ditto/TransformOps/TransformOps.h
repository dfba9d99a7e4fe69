//===- TransformOps.h - ditto in transform scripts --------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TRANSFORMOPS_TRANSFORMOPS_H
#define DITTO_TRANSFORMOPS_TRANSFORMOPS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Transform/IR/TransformDialect.h"
#include "mlir/Dialect/Transform/Interfaces/TransformInterfaces.h"
#include "mlir/IR/OpImplementation.h"

#define GET_OP_CLASSES
#include "ditto/TransformOps/TransformOps.h.inc"

namespace mlir {
class DialectRegistry;

namespace ditto {

/// Adds the ops to the transform dialect. Part of `registerDittoExtensions`.
void registerTransformDialectExtension(DialectRegistry &registry);

} // namespace ditto
} // namespace mlir

#endif // DITTO_TRANSFORMOPS_TRANSFORMOPS_H
