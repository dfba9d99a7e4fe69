//===- KernelForms.h - Which kernels there are ------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a kernel is compiled for. Everything else, extents and strides above
// all, is an argument of it.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_KERNELFORMS_H
#define DITTO_PYTHON_KERNELFORMS_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <string>

namespace mlir::ditto::python {

/// How the dimensions of an argument lie in memory.
enum class Layout : uint8_t {
  /// One after the other, without gaps.
  Contiguous,
  /// The last dimension without gaps.
  Rows,
  Strided
};

/// Identifies a form, here and in the names of files.
using KernelKey = std::pair<uint64_t, uint64_t>;

/// A Movement.
struct MoveForm {
  static constexpr size_t maxDigits = 8;

  struct DigitForm {
    bool isCount;
    /// 0 for one that only the run knows.
    int64_t extent;
  };

  int64_t unitBytes;
  /// In the order of the target's memory.
  SmallVector<DigitForm, maxDigits> digits;
  /// The digits of the source in the order of its memory.
  SmallVector<unsigned, maxDigits> sourceOrder;
  Layout source, target;

  KernelKey getKey() const;
  /// The module, with a function `@kernel` of source and target.
  std::string getText() const;
};

/// Runs.
struct RunsForm {
  int64_t unitBytes;
  size_t numOuter, numElements, numInner;
  bool isSourceContiguous, isTargetContiguous;

  KernelKey getKey() const;
  /// The module, with a function `@kernel` of source, counts and target.
  std::string getText() const;
};

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_KERNELFORMS_H
