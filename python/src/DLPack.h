//===- DLPack.h - The C side of Python's tensor exchange --------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The parts of DLPack 1.3 that ditto uses: the layout of a tensor, and the
// table of functions that a tensor class has as `__dlpack_c_exchange_api__`,
// which turn its objects into such structs and back without a call into Python.
// https://dmlc.github.io/dlpack/latest/c_api.html
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_DLPACK_H
#define DITTO_PYTHON_DLPACK_H

#include <cstdint>

namespace mlir::ditto::python::dlpack {

struct Version {
  uint32_t major, minor;
};

struct Device {
  enum Type : int32_t { CPU = 1 };
  int32_t type, id;
};

struct DataType {
  enum Code : uint8_t { Int = 0, UInt = 1 };
  uint8_t code, bits;
  uint16_t lanes;

  bool operator==(const DataType &other) const {
    return code == other.code && bits == other.bits && lanes == other.lanes;
  }
};

/// Strides count elements.
struct Tensor {
  void *data;
  Device device;
  int32_t rank;
  DataType dtype;
  int64_t *shape, *strides;
  uint64_t byteOffset;
};

struct ManagedTensor {
  Version version;
  void *context;
  void (*deleter)(ManagedTensor *self);
  uint64_t flags;
  Tensor tensor;
};

struct ExchangeAPI {
  static constexpr const char *attribute = "__dlpack_c_exchange_api__";
  static constexpr const char *capsule = "dlpack_exchange_api";

  Version version;
  ExchangeAPI *older;
  int (*allocate)(Tensor *prototype, ManagedTensor **result, void *context,
                  void (*setError)(void *context, const char *kind,
                                   const char *message));
  int (*fromObject)(void *object, ManagedTensor **result);
  int (*toObject)(ManagedTensor *tensor, void **object);
  /// Fills a struct that the object keeps alive; may be null.
  int (*borrow)(void *object, Tensor *result);
  int (*currentStream)(int32_t deviceType, int32_t deviceId, void **result);
};

} // namespace mlir::ditto::python::dlpack

#endif // DITTO_PYTHON_DLPACK_H
