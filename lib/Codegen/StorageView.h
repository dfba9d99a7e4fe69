//===- StorageView.h - Buffers as their storage integers ------ -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Vectors of i1 and of other narrow integers are packed in memory, while the
// elements of a buffer are not: one byte and more each. Where elements are only
// moved, they are moved as integers of their storage's size.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_STORAGEVIEW_H
#define DITTO_LIB_CODEGEN_STORAGEVIEW_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/Alignment.h"

namespace mlir::ditto {

/// Whether a vector of `type` is stored like as many elements of `type`, and
/// arithmetic on it is lane by lane what it is on elements.
bool isLaneType(Type type);

/// The type to load and store `type` as, so that a vector of it has the layout
/// of a buffer's elements: `type` itself for lane types, i8 for i1 and other
/// sub-byte types, i64 for complex<f32>, ..; null where there is none.
Type getStorageType(Type type);

/// The bits that an element of `type` takes in a buffer, if it has a storage
/// type.
unsigned getStorageBits(Type type);

/// The alignment that a buffer of `type` promises for each element, where it is
/// less than that of its storage type.
llvm::MaybeAlign getStorageAlignment(Type type);

/// `buffer` with its element type replaced by the storage type. The cast goes
/// away in the LLVM dialect, where both are the same descriptor.
Value castToStorage(OpBuilder &builder, Location loc, Value buffer);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_STORAGEVIEW_H
