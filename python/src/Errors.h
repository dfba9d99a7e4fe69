//===- Errors.h - Errors as Python exceptions -------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_ERRORS_H
#define DITTO_PYTHON_ERRORS_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

#include <nanobind/nanobind.h>

namespace mlir::ditto::python {

/// The class `ditto.Error`: what is wrong with values, as opposed to types. It
/// is a RuntimeError, as PyTorch's errors are, and a ValueError.
extern PyObject *errorType;

/// Creates `ditto.Error` in `module`.
void defineErrors(nanobind::module_ &module);

/// Throws a Python exception of class `type`.
[[noreturn]] void raise(PyObject *type, const llvm::Twine &message);

/// Throws the exception that a call of Python's C interface has set.
[[noreturn]] void raiseCurrent();

/// Throws `error` as a `ditto.Error`, or as a MemoryError if it is about
/// memory.
void check(llvm::Error error);

template <typename T>
T check(llvm::Expected<T> value) {
  check(value.takeError());
  return std::move(*value);
}

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_ERRORS_H
