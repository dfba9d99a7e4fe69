//===- StorageView.cpp - Buffers as their storage integers ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StorageView.h"

#include "ditto/IR/ElementStorage.h"

#include "mlir/IR/BuiltinOps.h"

using namespace mlir;

bool ditto::isLaneType(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.isSignless() &&
           llvm::is_contained({8u, 16u, 32u, 64u}, integer.getWidth());
  return isa<IndexType, Float16Type, BFloat16Type, Float32Type, Float64Type>(
      type);
}

Type ditto::getStorageType(Type type) {
  if (isLaneType(type))
    return type;
  // Vectors as elements have padding of their own.
  if (!isa<IntegerType, FloatType, ComplexType>(type))
    return nullptr;
  std::optional<int64_t> bytes = getStorageBytes(type);
  if (!bytes || !llvm::is_contained({1, 2, 4, 8}, *bytes))
    return nullptr;
  return IntegerType::get(type.getContext(), 8 * *bytes);
}

unsigned ditto::getStorageBits(Type type) { return 8 * *getStorageBytes(type); }

llvm::MaybeAlign ditto::getStorageAlignment(Type type) {
  auto complex = dyn_cast<ComplexType>(type);
  if (!complex)
    return std::nullopt;
  return llvm::Align(*getStorageBytes(complex.getElementType()));
}

Value ditto::castToStorage(OpBuilder &builder, Location loc, Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  Type storage = getStorageType(type.getElementType());
  if (storage == type.getElementType())
    return buffer;
  MemRefType::Builder view(type);
  view.setElementType(storage);
  return UnrealizedConversionCastOp::create(builder, loc, MemRefType(view),
                                            buffer)
      .getResult(0);
}
