//===- ElementStorage.cpp - Bytes of a tensor element on the CPU ----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/ElementStorage.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

/// `bytes` times each extent, or nullopt beyond 64 bits. Any extent of 0 makes
/// the product 0, however large the others are.
static std::optional<int64_t> multiplyAll(int64_t bytes,
                                          ArrayRef<int64_t> extents) {
  if (llvm::is_contained(extents, 0))
    return 0;
  for (int64_t extent : extents)
    if (llvm::MulOverflow(bytes, extent, bytes))
      return std::nullopt;
  return bytes;
}

/// An array, over the outer dimensions, of LLVM's vectors. Those pack their
/// bits and are padded to a power of two: vector<3xf32> takes sixteen bytes,
/// vector<16xi1> two.
static std::optional<int64_t> getVectorBytes(VectorType type) {
  Type elementType = type.getElementType();
  if (type.isScalable() || !ditto::getStorageBytes(elementType))
    return std::nullopt;
  int64_t bits =
      elementType.isIndex() ? 64 : elementType.getIntOrFloatBitWidth();
  ArrayRef<int64_t> outer = type.getShape();
  if (!outer.empty()) {
    if (llvm::MulOverflow(bits, outer.back(), bits))
      return std::nullopt;
    outer = outer.drop_back();
  }
  return multiplyAll(llvm::PowerOf2Ceil(llvm::divideCeil(bits, 8)), outer);
}

std::optional<int64_t> ditto::getStorageBytes(Type elementType) {
  return TypeSwitch<Type, std::optional<int64_t>>(elementType)
      .Case<IndexType>([](Type) { return 8; })
      .Case<IntegerType>([](IntegerType type) -> std::optional<int64_t> {
        return std::max<int64_t>(llvm::PowerOf2Ceil(type.getWidth()) / 8, 1);
      })
      .Case<FloatType>([](FloatType type) -> std::optional<int64_t> {
        if (isa<FloatTF32Type>(type))
          return std::nullopt;
        return std::max<int64_t>(llvm::PowerOf2Ceil(type.getWidth()) / 8, 1);
      })
      .Case<ComplexType>([](ComplexType type) -> std::optional<int64_t> {
        std::optional<int64_t> part = getStorageBytes(type.getElementType());
        if (!part)
          return std::nullopt;
        return 2 * *part;
      })
      .Case<VectorType>([](VectorType type) { return getVectorBytes(type); })
      .Default([](Type) { return std::nullopt; });
}

bool ditto::fitsInMemory(RankedTensorType type) {
  std::optional<int64_t> bytes = getStorageBytes(type.getElementType());
  return bytes && type.hasStaticShape() &&
         multiplyAll(*bytes, type.getShape()).has_value();
}
