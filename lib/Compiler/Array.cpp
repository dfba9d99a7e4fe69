//===- Array.cpp - A tensor in the host's memory --------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Compiler/Array.h"

#include "ditto/IR/ElementStorage.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/ScopedPrinter.h"

#include <cstdlib>
#include <cstring>

using namespace mlir;
using namespace mlir::ditto;

bool Array::isSupportedElementType(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.getWidth() > 0 && integer.getWidth() <= 128;
  if (auto complex = dyn_cast<ComplexType>(type))
    type = complex.getElementType();
  return type.isIndex() || (isa<FloatType>(type) && !isa<FloatTF32Type>(type));
}

/// An error unless there can be an array of this type.
static llvm::Error checkType(Type elementType, ArrayRef<int64_t> shape) {
  if (!elementType || !Array::isSupportedElementType(elementType))
    return llvm::createStringError(
        "arrays cannot have elements of type " +
        (elementType ? llvm::to_string(elementType) : "null"));
  for (int64_t extent : shape)
    if (extent < 0)
      return llvm::createStringError(
          "expected extents of at least 0, but got " + llvm::Twine(extent));
  auto type = RankedTensorType::get(shape, elementType);
  if (!fitsInMemory(type))
    return llvm::createStringError("the size of " + llvm::to_string(type) +
                                   " does not fit in 64 bits");
  return llvm::Error::success();
}

llvm::Expected<Array> Array::borrow(Type elementType, ArrayRef<int64_t> shape,
                                    char *data) {
  if (llvm::Error error = checkType(elementType, shape))
    return error;
  return Array(elementType, shape, data, Memory(nullptr, std::free));
}

llvm::Expected<Array> Array::allocate(Type elementType,
                                      ArrayRef<int64_t> shape) {
  if (llvm::Error error = checkType(elementType, shape))
    return error;
  Array array(elementType, shape, nullptr, Memory(nullptr, std::free));
  // Cache lines and vectors do not straddle the beginning.
  constexpr size_t alignment = 64;
  size_t bytes = array.getNumBytes();
  if (bytes <= SIZE_MAX - alignment)
    array.memory.reset(
        std::aligned_alloc(alignment, llvm::alignTo(bytes + 1, alignment)));
  if (!array.memory)
    return llvm::createStringError("out of memory: cannot allocate " +
                                   llvm::Twine(bytes) + " bytes");
  array.data = static_cast<char *>(array.memory.get());
  std::memset(array.data, 0, bytes);
  return array;
}

Array::Array(Type elementType, ArrayRef<int64_t> shape, char *data,
             Memory memory)
    : elementType(elementType), shape(shape), numElements(1),
      elementBytes(*getStorageBytes(elementType)), data(data),
      memory(std::move(memory)) {
  if (llvm::is_contained(shape, 0))
    numElements = 0;
  else
    for (int64_t extent : shape)
      numElements *= extent;
}

bool ditto::isValueOf(Type type, const Array &array) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  ArrayRef<int64_t> shape = tensor ? tensor.getShape() : ArrayRef<int64_t>();
  return getElementTypeOrSelf(type) == array.getElementType() &&
         succeeded(verifyCompatibleShape(shape, array.getShape()));
}
