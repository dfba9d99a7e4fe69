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

/// The words of a descriptor: two pointers, the offset, extents and strides.
static size_t getDescriptorWords(size_t rank) { return 3 + 2 * rank; }

namespace {
/// What a value takes in a C struct, in bytes.
struct StructField {
  explicit StructField(Type type) {
    if (auto tensor = dyn_cast<RankedTensorType>(type)) {
      size = getDescriptorWords(tensor.getRank()) * sizeof(int64_t);
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

/// Writes the descriptor of a row-major array to `words`.
static void describe(const Array &array, int64_t *words) {
  words[0] = words[1] = reinterpret_cast<intptr_t>(array.getData());
  words[2] = 0;
  ArrayRef<int64_t> shape = array.getShape();
  llvm::copy(shape, words + 3);
  // Unsigned: beside an extent of 0, others may be as large as they like.
  uint64_t stride = 1;
  for (size_t dim = shape.size(); dim-- > 0; stride *= shape[dim])
    words[3 + shape.size() + dim] = stride;
}

CallFrame::CallFrame(const Signature &signature, ArrayRef<Array> arguments)
    : signature(signature), arguments(arguments) {
  layOutResults();
  resultPointer = resultStruct.data();
  bool areStored = areResultsStored(signature.results);
  if (areStored)
    pointers.push_back(&resultPointer);

  // Neither grows later, as there are pointers into them.
  size_t numWords = 0;
  for (const Array &array : arguments)
    numWords += getDescriptorWords(array.getShape().size());
  descriptors.resize_for_overwrite(numWords);
  indirections.reserve(arguments.size());
  int64_t *descriptor = descriptors.data();
  for (auto [type, array] : llvm::zip_equal(signature.arguments, arguments)) {
    if (!isa<RankedTensorType>(type)) {
      // The wrapper loads scalars; it does not write to them.
      pointers.push_back(const_cast<char *>(array.getData()));
      continue;
    }
    describe(array, descriptor);
    indirections.push_back(descriptor);
    pointers.push_back(&indirections.back());
    descriptor += getDescriptorWords(array.getShape().size());
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
/// A memref descriptor that compiled code has stored. Results have the identity
/// layout: offset and strides say nothing new.
struct Descriptor {
  Descriptor(RankedTensorType type, const char *slot) {
    std::memcpy(pointers, slot, sizeof(pointers));
    shape.resize_for_overwrite(type.getRank());
    std::memcpy(shape.data(), slot + 3 * sizeof(int64_t),
                shape.size() * sizeof(int64_t));
  }

  void *getAllocated() const { return pointers[0]; }
  char *getData() const { return static_cast<char *>(pointers[1]); }

  void *pointers[2];
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
      void *allocated = Descriptor(tensor, slots + offset).getAllocated();
      auto isArgument = [&](const Array &argument) {
        return argument.getData() == allocated;
      };
      if (llvm::none_of(arguments, isArgument) &&
          findAllocation(allocated) == allocations.end())
        allocations.emplace_back(allocated, dittoRuntimeFree);
    }

  SmallVector<Array> results;
  results.reserve(signature.results.size());
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
  auto *allocation = findAllocation(descriptor.getAllocated());
  if (allocation != allocations.end())
    return Array(elementType, descriptor.shape, descriptor.getData(),
                 std::move(*allocation));
  // An earlier result or the caller owns this memory.
  auto copy = Array::allocate(elementType, descriptor.shape);
  if (copy)
    std::memcpy(copy->getData(), descriptor.getData(), copy->getNumBytes());
  return copy;
}

Array::Memory *CallFrame::findAllocation(void *allocated) {
  return llvm::find_if(allocations, [&](const Array::Memory &memory) {
    return memory.get() == allocated;
  });
}
