//===- Array.h - A tensor in the host's memory ------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What goes into and comes out of compiled functions.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_COMPILER_ARRAY_H
#define DITTO_COMPILER_ARRAY_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Support/LLVM.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <memory>

namespace mlir::ditto {

/// A tensor or scalar (shape []) in host memory: row-major, without gaps, its
/// elements stored as ElementStorage.h says. Move only.
class Array {
public:
  /// Memory and the function that frees it.
  using Memory = std::unique_ptr<void, void (*)(void *)>;

  /// Whether arrays can hold elements of `type`: integers of up to 128 bits,
  /// index, floats but tf32, and complex numbers of floats.
  static bool isSupportedElementType(Type type);

  /// Returns an array of zero bits, or an error if there is no memory for it,
  /// its elements are not supported or its size does not fit in 64 bits.
  static llvm::Expected<Array> allocate(Type elementType,
                                        ArrayRef<int64_t> shape);

  /// Returns an array of elements that somebody else keeps alive, or an error
  /// as `allocate` does.
  static llvm::Expected<Array> borrow(Type elementType, ArrayRef<int64_t> shape,
                                      char *data);

  /// Wraps elements at `data` that `memory` keeps alive.
  Array(Type elementType, ArrayRef<int64_t> shape, char *data, Memory memory);

  /// The array's type as a tensor.
  RankedTensorType getType() const {
    return RankedTensorType::get(shape, elementType);
  }
  Type getElementType() const { return elementType; }
  ArrayRef<int64_t> getShape() const { return shape; }
  int64_t getNumElements() const { return numElements; }
  int64_t getElementBytes() const { return elementBytes; }
  int64_t getNumBytes() const { return numElements * elementBytes; }

  char *getData() { return data; }
  const char *getData() const { return data; }
  char *getElement(int64_t index) { return data + index * elementBytes; }
  const char *getElement(int64_t index) const {
    return data + index * elementBytes;
  }

private:
  Type elementType;
  SmallVector<int64_t> shape;
  int64_t numElements;
  int64_t elementBytes;
  char *data;
  Memory memory;
};

/// Whether `array` is a value of `type`, a ranked tensor or a scalar.
bool isValueOf(Type type, const Array &array);

} // namespace mlir::ditto

#endif // DITTO_COMPILER_ARRAY_H
