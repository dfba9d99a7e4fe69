//===- Marshal.cpp - Arguments and results of compiled code ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Marshal.h"

#include "ditto/IR/ElementStorage.h"
#include "ditto/Runtime/Runtime.h"

#include "llvm/Support/MathExtras.h"
#include "llvm/Support/ScopedPrinter.h"

#include <cstring>

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

llvm::Error ditto::checkArguments(const Signature &signature,
                                  ArrayRef<Array> arguments) {
  if (arguments.size() != signature.arguments.size())
    return llvm::createStringError("@" + signature.name + ": expected " +
                                   llvm::Twine(signature.arguments.size()) +
                                   " arguments, but got " +
                                   llvm::Twine(arguments.size()));
  for (auto [i, type] : llvm::enumerate(signature.arguments)) {
    const Array &array = arguments[i];
    if (isValueOf(type, array))
      continue;
    return llvm::createStringError(
        "@" + signature.name + ": expected argument " + llvm::Twine(i) +
        " to be " + llvm::to_string(type) + ", but got " +
        llvm::to_string(array.getType()));
  }
  return llvm::Error::success();
}

namespace {
/// What a value takes in a C struct, in bytes.
struct StructField {
  explicit StructField(Type type) {
    if (auto tensor = dyn_cast<RankedTensorType>(type)) {
      // Two pointers, the offset, extents and strides.
      size = (3 + 2 * tensor.getRank()) * sizeof(int64_t);
      alignment = sizeof(int64_t);
      return;
    }
    size = *getStorageBytes(type);
    auto complex = dyn_cast<ComplexType>(type);
    alignment = complex ? *getStorageBytes(complex.getElementType()) : size;
  }

  size_t size;
  size_t alignment;
};
} // namespace

/// Whether a function of these results stores them through its first argument.
static bool areResultsStored(ArrayRef<Type> results) {
  return results.size() > 1 || (results.size() == 1 &&
                                isa<RankedTensorType, ComplexType>(results[0]));
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

/// The descriptor of a row-major array, as words.
static SmallVector<int64_t> describe(const Array &array) {
  auto address = reinterpret_cast<intptr_t>(array.getData());
  SmallVector<int64_t> words = {address, address, /*offset=*/0};
  ArrayRef<int64_t> shape = array.getShape();
  llvm::append_range(words, shape);
  words.resize(words.size() + shape.size());
  // Unsigned: beside an extent of 0, others may be as large as they like.
  uint64_t stride = 1;
  for (size_t dim = shape.size(); dim-- > 0; stride *= shape[dim])
    words[3 + shape.size() + dim] = stride;
  return words;
}

CallFrame::CallFrame(const Signature &signature, ArrayRef<Array> arguments)
    : signature(signature), arguments(arguments) {
  layOutResults();
  resultPointer = resultStruct.data();
  bool areStored = areResultsStored(signature.results);
  if (areStored)
    pointers.push_back(&resultPointer);

  descriptors.reserve(arguments.size());
  indirections.reserve(arguments.size());
  for (auto [type, array] : llvm::zip_equal(signature.arguments, arguments)) {
    if (!isa<RankedTensorType>(type)) {
      // The wrapper loads scalars; it does not write to them.
      pointers.push_back(const_cast<char *>(array.getData()));
      continue;
    }
    descriptors.push_back(describe(array));
    indirections.push_back(descriptors.back().data());
    pointers.push_back(&indirections.back());
  }
  if (!areStored)
    pointers.push_back(resultPointer);
}

void CallFrame::layOutResults() {
  size_t end = 0;
  for (Type type : signature.results) {
    StructField field(type);
    resultOffsets.push_back(llvm::alignTo(end, field.alignment));
    end = resultOffsets.back() + field.size;
  }
  resultStruct.resize(llvm::divideCeil(end, sizeof(std::max_align_t)) + 1);
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

namespace {
/// A memref descriptor that compiled code has stored.
struct Descriptor {
  Descriptor(RankedTensorType type, const char *slot) {
    SmallVector<int64_t> words(3 + 2 * type.getRank());
    std::memcpy(words.data(), slot, words.size() * sizeof(int64_t));
    allocated = reinterpret_cast<void *>(words[0]);
    // Results have the identity layout, so strides say nothing new.
    shape.assign(words.begin() + 3, words.begin() + 3 + type.getRank());
    data = reinterpret_cast<char *>(words[1]) +
           words[2] * *getStorageBytes(type.getElementType());
  }

  void *allocated;
  char *data;
  SmallVector<int64_t> shape;
};
} // namespace

llvm::Expected<SmallVector<Array>> CallFrame::takeResults() {
  auto *slots = reinterpret_cast<const char *>(resultStruct.data());
  // Own every allocation first: an error below must not leak the others. A
  // model may return one tensor twice, and code that has not gone through
  // ditto's pipelines an argument.
  for (auto [type, offset] : llvm::zip_equal(signature.results, resultOffsets))
    if (auto tensor = dyn_cast<RankedTensorType>(type)) {
      void *allocated = Descriptor(tensor, slots + offset).allocated;
      auto isArgument = [&](const Array &argument) {
        return argument.getData() == allocated;
      };
      if (llvm::none_of(arguments, isArgument))
        allocations.try_emplace(allocated, allocated, dittoRuntimeFree);
    }

  SmallVector<Array> results;
  for (auto [type, offset] :
       llvm::zip_equal(signature.results, resultOffsets)) {
    const char *slot = slots + offset;
    auto tensor = dyn_cast<RankedTensorType>(type);
    auto result = tensor ? takeTensor(tensor, slot) : Array::allocate(type, {});
    if (!result)
      return result.takeError();
    if (!tensor)
      std::memcpy(result->getData(), slot, result->getNumBytes());
    results.push_back(std::move(*result));
  }
  return results;
}

llvm::Expected<Array> CallFrame::takeTensor(RankedTensorType type,
                                            const char *slot) {
  Descriptor descriptor(type, slot);
  Type elementType = type.getElementType();
  auto allocation = allocations.find(descriptor.allocated);
  if (allocation != allocations.end() && allocation->second)
    return Array(elementType, descriptor.shape, descriptor.data,
                 std::move(allocation->second));
  // An earlier result or the caller owns this memory.
  auto copy = Array::allocate(elementType, descriptor.shape);
  if (copy)
    std::memcpy(copy->getData(), descriptor.data, copy->getNumBytes());
  return copy;
}
