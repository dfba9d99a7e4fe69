//===- Arguments.h - What both ops check ------------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_ARGUMENTS_H
#define DITTO_PYTHON_ARGUMENTS_H

#include "Arrays.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/Twine.h"

namespace mlir::ditto::python {

/// The run-time errors of compiled code.
enum class RuntimeError {
#define DITTO_RUNTIME_ERROR(name, code, message) name,
#include "ditto/Runtime/Errors.def"
};

/// Throws with the message that compiled code has for the same mistake.
[[noreturn]] void fail(RuntimeError error, long long a = 0, long long b = 0,
                       long long c = 0);

/// (2, 3)
std::string describe(ArrayRef<int64_t> shape);
/// The name of the object's class.
std::string describeType(nanobind::handle object);

/// Whether `object` is an integer; like PyTorch, not a bool.
bool isInteger(nanobind::handle object);

/// Throws unless `object`, which messages call `what`, is an integer of 64
/// bits.
int64_t readInteger(nanobind::handle object, const char *op,
                    const llvm::Twine &what);

/// Throws unless an array of `shape` has a size in bytes that fits in 64 bits.
void checkBytes(ArrayRef<int64_t> shape, int64_t elementBytes,
                RuntimeError error);

/// The array to write to: `out`, if it is one that fits, or a new one like `x`.
Operand makeResult(const Operand &x, ArrayRef<int64_t> shape,
                   nanobind::handle out, const char *op);

/// Runs `action`, without the GIL where it takes longer than giving that up.
void runWithoutGIL(const Operand &result, llvm::function_ref<void()> action);

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_ARGUMENTS_H
