//===- Function.cpp - Compiled functions on arrays ------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Function.h"

#include "Arrays.h"
#include "Errors.h"
#include "Job.h"
#include "Kernels.h"
#include "Movement.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ScopedPrinter.h"

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>

namespace nb = nanobind;
using namespace mlir;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

static SmallVector<const ElementType *> findElementTypes(ArrayRef<Type> types) {
  return llvm::map_to_vector(types, [](Type type) {
    return findElementType(getElementTypeOrSelf(type));
  });
}

Function::Function(std::shared_ptr<Source> source, CompiledModule compiled,
                   std::string name)
    : source(std::move(source)), module(std::move(compiled)),
      name(std::move(name)), function(cantFail(module.getFunction(this->name))),
      argumentTypes(findElementTypes(function->getSignature().arguments)),
      resultTypes(findElementTypes(function->getSignature().results)) {}

std::string Function::describe() const {
  const Signature &signature = function->getSignature();
  auto print = [](ArrayRef<Type> types) {
    return llvm::join(
        llvm::map_range(types, [](Type type) { return llvm::to_string(type); }),
        ", ");
  };
  return "@" + name + "(" + print(signature.arguments) + ") -> (" +
         print(signature.results) + ")";
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

/// A number of Python's as an element of `type`. `what` begins the error of one
/// that is none: "@main: expected argument 0".
static Array makeScalar(Type type, nb::handle number, const llvm::Twine &what) {
  auto refuse = [&](PyObject *error) {
    PyErr_Clear();
    raise(error, what + " to be " + llvm::to_string(type) + ", but got " +
                     nb::cast<std::string>(nb::repr(number)));
  };
  Array array = check(Array::allocate(type, {}));
  if (type.isF64() || type.isF32()) {
    double value = PyFloat_AsDouble(number.ptr());
    if (PyErr_Occurred())
      refuse(errorType);
    float narrow = value;
    if (type.isF64())
      std::memcpy(array.getData(), &value, sizeof(value));
    else
      std::memcpy(array.getData(), &narrow, sizeof(narrow));
    return array;
  }
  if (!type.isIntOrIndex() || array.getElementBytes() > 8 ||
      !PyLong_Check(number.ptr()))
    refuse(PyExc_TypeError);
  int overflow;
  int64_t value = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
  unsigned width = type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
  bool fits =
      llvm::isUIntN(width, value) || (width > 1 && llvm::isIntN(width, value));
  if (overflow || !fits)
    refuse(errorType);
  std::memcpy(array.getData(), &value, array.getElementBytes());
  return array;
}

static bool isRowMajor(const Operand &operand) {
  int64_t step = operand.getElementBytes();
  for (auto [extent, stride] : llvm::reverse(
           llvm::zip_equal(operand.getShape(), operand.getStrides()))) {
    if (extent != 1 && stride != step)
      return false;
    step *= extent;
  }
  return true;
}

/// A row-major copy of `operand`.
static llvm::Expected<Array> copy(const Operand &operand, Type type) {
  auto array = Array::allocate(type, operand.getShape());
  if (!array)
    return array.takeError();
  Movement movement = {
      operand.getData(), array->getData(), operand.getElementBytes(), {}};
  int64_t step = operand.getElementBytes();
  for (auto [extent, stride] : llvm::reverse(
           llvm::zip_equal(operand.getShape(), operand.getStrides()))) {
    movement.digits.push_back({extent, stride, step});
    step *= extent;
  }
  std::reverse(movement.digits.begin(), movement.digits.end());
  run(std::move(movement));
  return array;
}

llvm::Expected<Array> Function::takeArgument(size_t i,
                                             nb::handle object) const {
  Type type = function->getSignature().arguments[i];
  Type elementType = getElementTypeOrSelf(type);
  std::string argument = "argument " + std::to_string(i);
  std::string op = "@" + name;
  if (PyFloat_Check(object.ptr()) || PyLong_Check(object.ptr()))
    return makeScalar(elementType, object, op + ": expected " + argument);
  if (!Operand::isKnown(object))
    raise(PyExc_TypeError, op + ": expected " + argument +
                               " to be an array, but got " +
                               Py_TYPE(object.ptr())->tp_name);
  Operand operand = Operand::borrow(object, {op.c_str(), argument.c_str()});
  const ElementType *element = argumentTypes[i];
  if (!element || !operand.hasElementType(*element))
    raise(PyExc_TypeError, op + ": expected " + argument + " to be " +
                               llvm::to_string(type) +
                               ", but got elements of "
                               "type " +
                               operand.describeElementType());
  if (!isRowMajor(operand))
    return copy(operand, elementType);
  return Array(elementType, operand.getShape(), operand.getData(),
               Array::Memory(nullptr, [](void *) {}));
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

nb::object Function::call(nb::args objects) const {
  if (objects.size() != argumentTypes.size())
    raise(PyExc_TypeError,
          "@" + name + ": expected " + llvm::Twine(argumentTypes.size()) +
              " arguments, but got " + llvm::Twine(objects.size()));
  SmallVector<Array> arguments;
  bool isTorch = false;
  try {
    for (size_t i = 0; i < objects.size(); ++i) {
      arguments.push_back(check(takeArgument(i, objects[i])));
      isTorch |= Operand::isTensor(objects[i]);
    }
  } catch (const ErrorAsException &error) {
    raise(errorType, error.message);
  }
  auto invoke = [&] {
    nb::gil_scoped_release release;
    return function->invoke(arguments);
  };
  SmallVector<Array> results = check(invoke());
  auto wrap = [&](size_t i) {
    if (!resultTypes[i])
      raise(PyExc_TypeError,
            "@" + name + ": neither NumPy nor PyTorch has elements of type " +
                llvm::to_string(results[i].getElementType()));
    return wrapArray(std::move(results[i]), *resultTypes[i], isTorch);
  };
  if (results.size() == 1)
    return wrap(0);
  nb::list list;
  for (size_t i = 0; i < results.size(); ++i)
    list.append(wrap(i));
  return nb::tuple(list);
}

void python::defineFunction(nb::module_ &module) {
  nb::class_<Function>(module, "Function")
      .def("__call__", &Function::call)
      .def("describe", &Function::describe)
      .def_prop_ro("name", &Function::getName);
}
