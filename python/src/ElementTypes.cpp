//===- ElementTypes.cpp - Element types by their names --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementTypes.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/ScopedPrinter.h"

namespace nb = nanobind;
using namespace mlir;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

// The codes are DLPack's.
static const ElementType elementTypes[] = {
    {"i1", "bool", {6, 8, 1}},
    {"i4", "int4", {0, 8, 1}, "uint4"},
    {"i8", "int8", {0, 8, 1}, "uint8"},
    {"i16", "int16", {0, 16, 1}, "uint16"},
    {"i32", "int32", {0, 32, 1}, "uint32"},
    {"i64", "int64", {0, 64, 1}, "uint64"},
    {"si8", "int8", {0, 8, 1}},
    {"si16", "int16", {0, 16, 1}},
    {"si32", "int32", {0, 32, 1}},
    {"si64", "int64", {0, 64, 1}},
    {"ui8", "uint8", {1, 8, 1}},
    {"ui16", "uint16", {1, 16, 1}},
    {"ui32", "uint32", {1, 32, 1}},
    {"ui64", "uint64", {1, 64, 1}},
    {"index", "int64", {0, 64, 1}},
    {"f8E3M4", "float8_e3m4", {7, 8, 1}},
    {"f8E4M3", "float8_e4m3", {8, 8, 1}},
    {"f8E4M3B11FNUZ", "float8_e4m3b11fnuz", {9, 8, 1}},
    {"f8E4M3FN", "float8_e4m3fn", {10, 8, 1}},
    {"f8E4M3FNUZ", "float8_e4m3fnuz", {11, 8, 1}},
    {"f8E5M2", "float8_e5m2", {12, 8, 1}},
    {"f8E5M2FNUZ", "float8_e5m2fnuz", {13, 8, 1}},
    {"f8E8M0FNU", "float8_e8m0fnu", {14, 8, 1}},
    {"bf16", "bfloat16", {4, 16, 1}},
    {"f16", "float16", {2, 16, 1}},
    {"f32", "float32", {2, 32, 1}},
    {"f64", "float64", {2, 64, 1}},
    {"f80", "longdouble", {2, 128, 1}},
    {"complex<f32>", "complex64", {5, 64, 1}},
    {"complex<f64>", "complex128", {5, 128, 1}},
};

const ElementType *python::findElementType(Type type) {
  std::string name = llvm::to_string(type);
  for (const ElementType &element : elementTypes)
    if (name == element.mlir)
      return &element;
  return nullptr;
}

nb::object python::getNumPyType(const char *name) {
  // Never freed: a module that is torn down may still be called.
  static auto *types = new llvm::StringMap<PyObject *>;
  PyObject *&type = (*types)[name];
  if (!type) {
    nb::module_ numpy = nb::module_::import_("numpy");
    nb::module_ owner =
        nb::hasattr(numpy, name) ? numpy : nb::module_::import_("ml_dtypes");
    type = nb::object(numpy.attr("dtype")(owner.attr(name))).release().ptr();
  }
  return nb::borrow(type);
}
