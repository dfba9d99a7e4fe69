//===- ElementStorage.h - Bytes of a tensor element on the CPU --*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tensor elements are stored as LLVM stores them: an integer of n bits takes
// the next power of two of bytes (i1 and i4 one byte, i24 four), f80 takes
// sixteen.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_IR_ELEMENTSTORAGE_H
#define DITTO_IR_ELEMENTSTORAGE_H

#include "mlir/IR/BuiltinTypes.h"

#include <cstdint>
#include <optional>

namespace mlir::ditto {

/// The bytes one element of `elementType` occupies in a buffer; nullopt for
/// types that the CPU lowering does not support (tf32, opaque types, ..) and
/// for sizes beyond 64 bits. `index` takes 8.
std::optional<int64_t> getStorageBytes(Type elementType);

/// Whether `type` is static and its buffer's size in bytes is known to fit in
/// 64 bits.
bool fitsInMemory(RankedTensorType type);

} // namespace mlir::ditto

#endif // DITTO_IR_ELEMENTSTORAGE_H
