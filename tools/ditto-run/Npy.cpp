//===- Npy.cpp - NumPy's .npy files ---------------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Npy.h"

#include "Element.h"
#include "NpyHeader.h"
#include "OutputFile.h"

#include "ditto/IR/ElementStorage.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ScopedPrinter.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <cstring>

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static SmallVector<std::string> getIntegerDtypes(Type type, int64_t bytes) {
  if (type.isInteger(1))
    return {"|b1", "|i1", "|u1"};
  if (bytes > 8)
    return {"|V" + std::to_string(bytes)};
  std::string order = bytes == 1 ? "|" : "<";
  std::string asSigned = order + "i" + std::to_string(bytes);
  std::string asUnsigned = order + "u" + std::to_string(bytes);
  if (type.isSignedInteger())
    return {asSigned};
  if (type.isUnsignedInteger())
    return {asUnsigned};
  return {asSigned, asUnsigned};
}

/// The dtypes that hold elements of `type`; the first is the one to write.
static SmallVector<std::string> getDtypes(Type type) {
  int64_t bytes = *getStorageBytes(type);
  if (type.isIntOrIndex())
    return getIntegerDtypes(type, bytes);
  std::string size = std::to_string(bytes);
  if (type.isF16() || type.isF32() || type.isF64())
    return {"<f" + size};
  if (auto complex = dyn_cast<ComplexType>(type))
    if (complex.getElementType().isF32() || complex.getElementType().isF64())
      return {"<c" + size};
  SmallVector<std::string> bits = {"|V" + size, "<V" + size};
  if (bytes <= 2)
    bits.push_back((bytes == 1 ? "|u" : "<u") + size);
  // NumPy's longdouble on x86.
  if (type.isF80())
    bits.push_back("<f16");
  return bits;
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

/// Whether some bits of an element's storage mean nothing.
static bool hasPadding(Type type) {
  return type.isIntOrFloat() && !type.isF80() &&
         getBitWidth(type) != 8 * static_cast<unsigned>(*getStorageBytes(type));
}

/// Files keep the sign in the padding of signed integers; memory keeps zeros.
/// Returns an error if an element does not fit into the type.
static llvm::Error removePadding(Array &array, bool isSigned) {
  Type type = array.getElementType();
  unsigned storageWidth = 8 * array.getElementBytes();
  for (int64_t i = 0; i < array.getNumElements(); ++i) {
    uint64_t words[2] = {0, 0};
    std::memcpy(words, array.getElement(i), array.getElementBytes());
    APInt stored = APInt(128, words).trunc(storageWidth);
    APInt bits = stored.trunc(getBitWidth(type));
    APInt extended =
        isSigned ? bits.sext(storageWidth) : bits.zext(storageWidth);
    if (extended != stored)
      return llvm::createStringError("expected elements that fit in " +
                                     llvm::to_string(type) + ", found " +
                                     llvm::toString(stored, 10, isSigned) +
                                     " at element " + llvm::Twine(i));
    storeBits(type, bits, array.getElement(i));
  }
  return llvm::Error::success();
}

/// Copies elements from Fortran order, the first index running fastest, to C
/// order.
static void copyFortranOrder(const Array &source, Array &array) {
  ArrayRef<int64_t> shape = array.getShape();
  SmallVector<int64_t> index(shape.size(), 0);
  for (int64_t i = 0; i < array.getNumElements(); ++i) {
    int64_t offset = 0;
    for (size_t dim = shape.size(); dim-- > 0;)
      offset = offset * shape[dim] + index[dim];
    std::memcpy(array.getElement(i), source.getElement(offset),
                array.getElementBytes());
    for (size_t dim = shape.size(); dim-- > 0;) {
      if (++index[dim] < shape[dim])
        break;
      index[dim] = 0;
    }
  }
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

static llvm::Expected<Array> parseNpy(StringRef contents, Type elementType) {
  auto header = readNpyHeader(contents);
  if (!header)
    return header.takeError();
  SmallVector<std::string> dtypes = getDtypes(elementType);
  if (!llvm::is_contained(dtypes, header->dtype))
    return llvm::createStringError(
        "expected dtype " + llvm::join(dtypes, " or ") + " for " +
        llvm::to_string(elementType) + ", found " + header->dtype);
  auto type = RankedTensorType::get(header->shape, elementType);
  if (!fitsInMemory(type))
    return llvm::createStringError("the size of " + llvm::to_string(type) +
                                   " does not fit in 64 bits");
  // Before anything is allocated: a file cannot ask for more than it has.
  auto *elements = const_cast<char *>(contents.data());
  Array stored(elementType, header->shape, elements,
               Array::Memory(nullptr, std::free));
  if (static_cast<uint64_t>(stored.getNumBytes()) != contents.size())
    return llvm::createStringError(
        "expected " + llvm::Twine(stored.getNumBytes()) +
        " bytes of elements for " + llvm::to_string(type) + ", found " +
        llvm::Twine(contents.size()));

  auto array = Array::allocate(elementType, header->shape);
  if (!array)
    return array.takeError();
  if (header->isFortranOrder)
    copyFortranOrder(stored, *array);
  else if (!contents.empty())
    std::memcpy(array->getData(), contents.data(), contents.size());
  if (hasPadding(elementType)) {
    bool isSigned = header->dtype[1] == 'i' && !elementType.isInteger(1);
    if (llvm::Error error = removePadding(*array, isSigned))
      return error;
  }
  return array;
}

llvm::Expected<Array> ditto::readNpy(StringRef path, Type elementType) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return llvm::createStringError(path + ": " + file.getError().message());
  auto array = parseNpy((*file)->getBuffer(), elementType);
  if (!array)
    return llvm::createStringError(path + ": " +
                                   llvm::toString(array.takeError()));
  return array;
}

/// The element as a file keeps it: signed integers fill their storage.
static void writeElements(llvm::raw_ostream &stream, const Array &array) {
  Type type = array.getElementType();
  if (!hasPadding(type)) {
    stream.write(array.getData(), array.getNumBytes());
    return;
  }
  bool isSigned = type.isInteger() && isSignedInteger(type);
  for (int64_t i = 0; i < array.getNumElements(); ++i) {
    APInt bits = loadBits(type, array.getElement(i));
    APInt extended = isSigned ? bits.sext(128) : bits.zext(128);
    stream.write(reinterpret_cast<const char *>(extended.getRawData()),
                 array.getElementBytes());
  }
}

llvm::Error ditto::writeNpy(StringRef path, const Array &array) {
  std::string header = printNpyHeader(getDtypes(array.getElementType()).front(),
                                      array.getShape());
  return writeFile(path, [&](llvm::raw_ostream &stream) {
    stream << header;
    writeElements(stream, array);
  });
}
