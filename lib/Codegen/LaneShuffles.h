//===- LaneShuffles.h - Moving elements between lanes ---*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_LANESHUFFLES_H
#define DITTO_LIB_CODEGEN_LANESHUFFLES_H

#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace mlir::ditto {

/// The columns of the matrix whose rows are `rows`, as many as they have lanes;
/// a power of two.
SmallVector<Value> transposeLanes(OpBuilder &builder, Location loc,
                                  ArrayRef<Value> rows);

/// What the lanes of each of `vectors` combine to, as scalars. The order of the
/// lanes is not kept.
SmallVector<Value> combineLanes(OpBuilder &builder, Location loc,
                                vector::CombiningKind kind,
                                ArrayRef<Value> vectors);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_LANESHUFFLES_H
