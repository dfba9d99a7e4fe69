//===- Errors.cpp - Errors as Python exceptions ---------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Errors.h"

namespace nb = nanobind;
using namespace mlir::ditto;

PyObject *python::errorType = nullptr;

void python::defineErrors(nb::module_ &module) {
  nb::object bases = nb::make_tuple(nb::borrow(PyExc_RuntimeError),
                                    nb::borrow(PyExc_ValueError));
  errorType = PyErr_NewExceptionWithDoc(
      "ditto.Error",
      "A value that ditto cannot work with: a negative count, a shape that "
      "does "
      "not fit, a module that does not compile. The message names the op, the "
      "dimension and the value.",
      bases.ptr(), nullptr);
  if (!errorType)
    raiseCurrent();
  module.attr("Error") = nb::borrow(errorType);
}

void python::raise(PyObject *type, const llvm::Twine &message) {
  // Messages may quote what is no UTF-8.
  std::string text = message.str();
  nb::object string = nb::steal(
      PyUnicode_DecodeUTF8(text.data(), text.size(), "backslashreplace"));
  if (string)
    PyErr_SetObject(type, string.ptr());
  raiseCurrent();
}

void python::raiseCurrent() { throw nb::python_error(); }

void python::check(llvm::Error error) {
  if (!error)
    return;
  std::string message = llvm::toString(std::move(error));
  bool isMemory = llvm::StringRef(message).starts_with("out of memory");
  raise(isMemory ? PyExc_MemoryError : errorType, message);
}
