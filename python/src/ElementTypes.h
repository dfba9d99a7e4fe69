//===- ElementTypes.h - Element types by their names ------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_ELEMENTTYPES_H
#define DITTO_PYTHON_ELEMENTTYPES_H

#include "DLPack.h"

#include "mlir/IR/Types.h"

#include <nanobind/nanobind.h>

namespace mlir::ditto::python {

/// What Python's libraries call an element type of MLIR.
struct ElementType {
  const char *mlir;
  /// NumPy's or ml_dtypes' name; PyTorch's, too, but for bool.
  const char *numpy;
  dlpack::DataType dlpack;
  /// Signless integers may be either.
  const char *numpyUnsigned = nullptr;
};

/// Returns the names of `type`, or null if neither library has such elements.
const ElementType *findElementType(Type type);

/// NumPy's object for the type of this name.
nanobind::object getNumPyType(const char *name);

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_ELEMENTTYPES_H
