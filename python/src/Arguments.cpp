//===- Arguments.cpp - What both ops check --------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arguments.h"

#include "Errors.h"
#include "Kernels.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CheckedArithmetic.h"

#include <nanobind/stl/string.h>

#include <cstdio>
#include <optional>

namespace nb = nanobind;
using namespace mlir;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

//===----------------------------------------------------------------------===//
// Errors and numbers
//===----------------------------------------------------------------------===//

void python::fail(RuntimeError error, long long a, long long b, long long c) {
  static const char *const formats[] = {
#define DITTO_RUNTIME_ERROR(name, code, message) message,
#include "ditto/Runtime/Errors.def"
  };
  char message[256];
  std::snprintf(message, sizeof(message), formats[static_cast<int>(error)], a,
                b, c);
  raise(errorType, message);
}

std::string python::describe(ArrayRef<int64_t> shape) {
  auto print = [](int64_t extent) { return std::to_string(extent); };
  return "(" + llvm::join(llvm::map_range(shape, print), ", ") +
         (shape.size() == 1 ? ",)" : ")");
}

std::string python::describeType(nb::handle object) {
  return Py_TYPE(object.ptr())->tp_name;
}

bool python::isInteger(nb::handle object) {
  return PyIndex_Check(object.ptr()) && !PyBool_Check(object.ptr());
}

int64_t python::readInteger(nb::handle object, const char *op,
                            const llvm::Twine &what) {
  if (!isInteger(object))
    raise(PyExc_TypeError, llvm::Twine(op) + ": expected " + what +
                               " to be an integer, but got " +
                               describeType(object));
  nb::object integer = nb::steal(PyNumber_Index(object.ptr()));
  if (!integer)
    raiseCurrent();
  int overflow;
  int64_t value = PyLong_AsLongLongAndOverflow(integer.ptr(), &overflow);
  if (overflow)
    raise(errorType, llvm::Twine(op) + ": " + what + ", " +
                         nb::cast<std::string>(nb::str(integer)) +
                         ", does not fit in 64 bits");
  return value;
}

void python::checkBytes(ArrayRef<int64_t> shape, int64_t elementBytes,
                        RuntimeError error) {
  if (llvm::is_contained(shape, 0))
    return;
  std::optional<int64_t> bytes = elementBytes;
  for (int64_t extent : shape)
    if (bytes)
      bytes = llvm::checkedMul(*bytes, extent);
  if (!bytes)
    fail(error);
}

//===----------------------------------------------------------------------===//
// The result
//===----------------------------------------------------------------------===//

/// The bytes from the first to behind the last element of `array`, if it has
/// any.
static std::pair<const char *, const char *> getExtent(const Operand &array) {
  const char *begin = array.getData(), *end = begin + array.getElementBytes();
  for (auto [extent, stride] :
       llvm::zip_equal(array.getShape(), array.getStrides())) {
    if (extent == 0)
      return {nullptr, nullptr};
    (stride < 0 ? begin : end) += (extent - 1) * stride;
  }
  return {begin, end};
}

/// Whether two indices of `array` may be one element: where a stride does not
/// go past what the smaller ones reach.
static bool overlapsItself(const Operand &array) {
  SmallVector<std::pair<int64_t, int64_t>> dims; // stride, extent
  for (auto [extent, stride] :
       llvm::zip_equal(array.getShape(), array.getStrides())) {
    if (extent == 0)
      return false;
    if (extent > 1)
      dims.push_back({std::abs(stride), extent});
  }
  llvm::sort(dims);
  int64_t reach = array.getElementBytes();
  for (auto [stride, extent] : dims) {
    if (stride < reach)
      return true;
    reach += (extent - 1) * stride;
  }
  return false;
}

static bool overlap(const Operand &a, const Operand &b) {
  auto [aBegin, aEnd] = getExtent(a);
  auto [bBegin, bEnd] = getExtent(b);
  return aBegin < bEnd && bBegin < aEnd;
}

Operand python::makeResult(const Operand &x, ArrayRef<int64_t> shape,
                           nb::handle out, const char *op) {
  ArgumentName name = {op, "out"};
  if (out.is_none())
    return x.createLike(shape, name);
  if (!Operand::isKnown(out))
    raise(PyExc_TypeError, name.str() + " is a " + describeType(out) +
                               ", but x is a " + describeType(x.getObject()));
  Operand result = Operand::borrow(out, name);
  if (!x.isSameClass(result))
    raise(PyExc_TypeError, name.str() + " is a " + describeType(out) +
                               ", but x is a " + describeType(x.getObject()));
  if (!x.isSameElementType(result))
    raise(PyExc_TypeError, name.str() + " has elements of type " +
                               result.describeElementType() + ", but x of " +
                               x.describeElementType());
  if (result.getShape() != shape)
    raise(errorType, name.str() + " has the shape " +
                         describe(result.getShape()) +
                         ", but the result's is " + describe(shape));
  if (result.isReadOnly())
    raise(errorType, name.str() + " is read-only");
  if (overlapsItself(result))
    raise(errorType,
          name.str() + " has several indices for one element in memory");
  if (overlap(x, result))
    raise(errorType, name.str() + " and x may share memory");
  return result;
}

void python::runWithoutGIL(const Operand &result,
                           llvm::function_ref<void()> action) {
  constexpr int64_t worthwhile = 64 << 10;
  int64_t bytes = result.getElementBytes();
  for (int64_t extent : result.getShape())
    bytes *= extent;
  try {
    if (bytes < worthwhile)
      return action();
    nb::gil_scoped_release release;
    action();
  } catch (const ErrorAsException &error) {
    raise(errorType, error.message);
  }
}
