//===- Arrays.cpp - Arrays of Python libraries ----------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arrays.h"

#include "Errors.h"

#include "ditto/Runtime/Runtime.h"

#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>

namespace nb = nanobind;
using namespace mlir;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

namespace {
/// What is looked up once. The objects live as long as the process: a module
/// that is torn down may still be called.
struct Libraries {
  PyTypeObject *ndarray;
  PyObject *empty, *dtype, *hasObject, *requiresGrad, *isNeg, *isConj;
  /// The NumPy types last seen with and without references to objects.
  PyObject *plainType = nullptr;
  /// torch.Tensor, if it has been seen.
  PyTypeObject *tensor = nullptr;
  dlpack::ExchangeAPI *torch = nullptr;

  Libraries() {
    nb::module_ numpy = nb::module_::import_("numpy");
    ndarray = reinterpret_cast<PyTypeObject *>(
        nb::object(numpy.attr("ndarray")).release().ptr());
    empty = nb::object(numpy.attr("empty")).release().ptr();
    dtype = PyUnicode_InternFromString("dtype");
    hasObject = PyUnicode_InternFromString("hasobject");
    requiresGrad = PyUnicode_InternFromString("requires_grad");
    isNeg = PyUnicode_InternFromString("is_neg");
    isConj = PyUnicode_InternFromString("is_conj");
  }

  /// Whether `type` is torch.Tensor itself, of a PyTorch that has DLPack's
  /// table of functions. Subclasses may have no elements at all.
  bool isTensor(PyTypeObject *type) {
    if (type == tensor)
      return true;
    if (tensor || StringRef(type->tp_name) != "Tensor")
      return false;
    nb::handle handle(reinterpret_cast<PyObject *>(type));
    if (nb::cast<std::string>(handle.attr("__module__")) != "torch" ||
        !nb::hasattr(handle, dlpack::ExchangeAPI::attribute))
      return false;
    nb::object capsule = handle.attr(dlpack::ExchangeAPI::attribute);
    auto *api = static_cast<dlpack::ExchangeAPI *>(
        PyCapsule_GetPointer(capsule.ptr(), dlpack::ExchangeAPI::capsule));
    while (api && api->version.major > 1)
      api = api->older;
    if (!api)
      PyErr_Clear();
    if (!api || !api->borrow)
      return false;
    torch = api;
    Py_INCREF(type);
    tensor = type;
    return true;
  }
};
} // namespace

static Libraries &libraries() {
  static auto *result = new Libraries;
  return *result;
}

bool Operand::isKnown(nb::handle object) {
  return Py_TYPE(object.ptr()) == libraries().ndarray || isTensor(object);
}

bool Operand::isTensor(nb::handle object) {
  return libraries().isTensor(Py_TYPE(object.ptr()));
}

Operand Operand::borrow(nb::handle object, ArgumentName name) {
  return Py_TYPE(object.ptr()) == libraries().ndarray
             ? borrowNumPy(object, name)
             : borrowTorch(object, name);
}

Operand::Operand(Operand &&other) { *this = std::move(other); }

Operand &Operand::operator=(Operand &&other) {
  object = std::move(other.object);
  numpyType = std::move(other.numpyType);
  torchType = other.torchType;
  std::swap(buffer, other.buffer);
  data = other.data;
  shape = std::move(other.shape);
  strides = std::move(other.strides);
  elementBytes = other.elementBytes;
  readOnly = other.readOnly;
  return *this;
}

Operand::~Operand() {
  if (buffer.obj)
    PyBuffer_Release(&buffer);
}

//===----------------------------------------------------------------------===//
// NumPy
//===----------------------------------------------------------------------===//

Operand Operand::borrowNumPy(nb::handle object, ArgumentName name) {
  Libraries &known = libraries();
  Operand result;
  result.object = nb::borrow(object);
  result.numpyType = nb::steal(PyObject_GetAttr(object.ptr(), known.dtype));
  if (!result.numpyType)
    raiseCurrent();
  if (result.numpyType.ptr() != known.plainType) {
    nb::object hasObject =
        nb::steal(PyObject_GetAttr(result.numpyType.ptr(), known.hasObject));
    if (!hasObject || PyObject_IsTrue(hasObject.ptr()))
      raise(PyExc_TypeError, name.str() + " has elements of type " +
                                 result.describeElementType() +
                                 ", which are references to Python objects");
    // Kept alive, or its address might come to mean another type.
    Py_XDECREF(known.plainType);
    known.plainType = nb::object(result.numpyType).release().ptr();
  }
  // Without a format: NumPy has none for bfloat16, float8 or datetime64.
  if (PyObject_GetBuffer(object.ptr(), &result.buffer, PyBUF_STRIDED_RO))
    raiseCurrent();
  const Py_buffer &buffer = result.buffer;
  result.data = static_cast<char *>(buffer.buf);
  result.shape.assign(buffer.shape, buffer.shape + buffer.ndim);
  result.strides.assign(buffer.strides, buffer.strides + buffer.ndim);
  result.elementBytes = buffer.itemsize;
  result.readOnly = buffer.readonly;
  return result;
}

//===----------------------------------------------------------------------===//
// PyTorch
//===----------------------------------------------------------------------===//

static bool isTrue(nb::handle object) {
  if (!object)
    raiseCurrent();
  return PyObject_IsTrue(object.ptr());
}

static bool callsTrue(nb::handle object, PyObject *method) {
  return isTrue(nb::steal(PyObject_CallMethodNoArgs(object.ptr(), method)));
}

/// Throws where moving the bytes of a tensor would not be all that there is to
/// do.
static void checkTensor(nb::handle object, const dlpack::Tensor &tensor,
                        ArgumentName name) {
  Libraries &known = libraries();
  if (tensor.device.type != dlpack::Device::CPU)
    raise(python::errorType,
          name.str() + " is on the device " +
              nb::cast<std::string>(nb::str(object.attr("device"))) +
              ", but ditto computes on the CPU: call .cpu() before");
  if (isTrue(nb::steal(PyObject_GetAttr(object.ptr(), known.requiresGrad))) &&
      isTrue(nb::module_::import_("torch").attr("is_grad_enabled")()))
    raise(python::errorType,
          name.str() + " requires grad, but ditto's results have no gradients: "
                       "call .detach() before, or use torch.no_grad()");
  if (callsTrue(object, known.isNeg) || callsTrue(object, known.isConj))
    raise(python::errorType,
          name.str() +
              " is a view that negates or conjugates its elements: call "
              ".resolve_neg().resolve_conj() before");
}

/// Fills `operand`'s view from a tensor that something keeps alive.
Operand Operand::borrowTorch(nb::handle object, ArgumentName name) {
  dlpack::Tensor tensor;
  if (libraries().torch->borrow(object.ptr(), &tensor)) {
    // PyTorch's message does not name the argument; this one does.
    PyErr_Clear();
    nb::module_::import_("ditto._kinds")
        .attr("from_tensor")(object, name.str());
    raise(PyExc_TypeError, name.str() + " has no elements in memory");
  }
  checkTensor(object, tensor, name);
  Operand result;
  result.object = nb::borrow(object);
  result.torchType = tensor.dtype;
  result.elementBytes = tensor.dtype.bits * tensor.dtype.lanes / 8;
  result.data = static_cast<char *>(tensor.data) + tensor.byteOffset;
  result.shape.assign(tensor.shape, tensor.shape + tensor.rank);
  for (int64_t stride : ArrayRef(tensor.strides, tensor.rank))
    result.strides.push_back(stride * result.elementBytes);
  return result;
}

//===----------------------------------------------------------------------===//
// Either
//===----------------------------------------------------------------------===//

bool Operand::isSameClass(const Operand &other) const {
  return Py_TYPE(object.ptr()) == Py_TYPE(other.object.ptr());
}

bool Operand::isSameElementType(const Operand &other) const {
  return numpyType ? numpyType.equal(other.numpyType)
                   : torchType == other.torchType;
}

bool Operand::hasElementType(const ElementType &type) const {
  if (!numpyType) {
    bool isSignless = type.numpyUnsigned && torchType.code <= 1;
    return torchType == type.dlpack ||
           (isSignless && torchType.bits == type.dlpack.bits);
  }
  return numpyType.equal(getNumPyType(type.numpy)) ||
         (type.numpyUnsigned &&
          numpyType.equal(getNumPyType(type.numpyUnsigned)));
}

std::string Operand::describeElementType() const {
  nb::object type = numpyType ? numpyType : object.attr("dtype");
  return nb::cast<std::string>(nb::str(type));
}

bool Operand::holdsCounts() const {
  if (elementBytes != 4 && elementBytes != 8)
    return false;
  if (!numpyType)
    return torchType.code == dlpack::DataType::Int;
  return nb::cast<std::string>(numpyType.attr("kind")) == "i" &&
         nb::cast<bool>(numpyType.attr("isnative"));
}

//===----------------------------------------------------------------------===//
// New arrays
//===----------------------------------------------------------------------===//

/// Memory, and what keeps it alive.
using Memory = std::shared_ptr<void>;

/// From here on the runtime's memory is better than the libraries' own: it
/// keeps blocks that have been touched, and asks for large pages.
static constexpr int64_t LargeBytes = 4 << 20;

static void *allocateBlock(int64_t bytes) {
  std::pair<int64_t, void *> request = {bytes, nullptr};
  char message[128];
  int failed = dittoRuntimeCall(
      [](void *argument) {
        auto *request = static_cast<std::pair<int64_t, void *> *>(argument);
        request->second = _mlir_memref_to_llvm_alloc(request->first);
      },
      &request, message, sizeof(message));
  if (failed)
    raise(PyExc_MemoryError, message);
  return request.second;
}

static nb::object makeTuple(ArrayRef<int64_t> numbers) {
  nb::object tuple = nb::steal(PyTuple_New(numbers.size()));
  for (auto [i, number] : llvm::enumerate(numbers))
    PyTuple_SET_ITEM(tuple.ptr(), i, PyLong_FromLongLong(number));
  return tuple;
}

static nb::object wrapAsNumPy(Memory block, int64_t bytes, void *data,
                              ArrayRef<int64_t> shape, nb::handle type) {
  nb::capsule owner(new Memory(std::move(block)), [](void *block) noexcept {
    delete static_cast<Memory *>(block);
  });
  nb::object memory = nb::cast(nb::ndarray<nb::numpy, uint8_t>(
      data, {static_cast<size_t>(bytes)}, owner));
  nb::handle ndarray(reinterpret_cast<PyObject *>(libraries().ndarray));
  return ndarray(makeTuple(shape), type, memory);
}

namespace {
/// A block on its way to PyTorch.
struct ExportedMemory {
  ExportedMemory(Memory owned, void *data, ArrayRef<int64_t> extents,
                 dlpack::DataType type)
      : block(std::move(owned)), shape(extents), strides(extents.size()) {
    int64_t step = 1;
    for (size_t i = shape.size(); i-- > 0; step *= shape[i])
      strides[i] = step;
    managed.version = {1, 0};
    managed.context = this;
    managed.deleter = [](dlpack::ManagedTensor *self) {
      delete static_cast<ExportedMemory *>(self->context);
    };
    managed.flags = 0;
    managed.tensor = {data,
                      {dlpack::Device::CPU, 0},
                      int32_t(shape.size()),
                      type,
                      shape.data(),
                      strides.data(),
                      0};
  }

  Memory block;
  SmallVector<int64_t> shape, strides;
  dlpack::ManagedTensor managed;
};
} // namespace

static nb::object wrapAsTensor(Memory block, void *data,
                               ArrayRef<int64_t> shape, dlpack::DataType type) {
  auto exported =
      std::make_unique<ExportedMemory>(std::move(block), data, shape, type);
  PyObject *tensor;
  if (libraries().torch->toObject(&exported->managed,
                                  reinterpret_cast<void **>(&tensor)))
    raiseCurrent();
  exported.release();
  return nb::steal(tensor);
}

nb::object python::wrapArray(Array array, const ElementType &type,
                             bool asTensor) {
  int64_t bytes = array.getNumBytes();
  char *data = array.getData();
  SmallVector<int64_t> shape(array.getShape());
  auto owner = std::make_shared<Array>(std::move(array));
  return asTensor
             ? wrapAsTensor(owner, data, shape, type.dlpack)
             : wrapAsNumPy(owner, bytes, data, shape, getNumPyType(type.numpy));
}

Operand Operand::createLike(ArrayRef<int64_t> newShape,
                            ArgumentName name) const {
  // The caller has checked that the product fits in 64 bits.
  int64_t bytes = elementBytes;
  for (int64_t extent : newShape)
    bytes = extent == 0 ? 0 : bytes * extent;
  if (bytes >= LargeBytes) {
    Memory block(allocateBlock(bytes), dittoRuntimeFree);
    nb::object array =
        numpyType ? wrapAsNumPy(block, bytes, block.get(), newShape, numpyType)
                  : wrapAsTensor(block, block.get(), newShape, torchType);
    return borrow(array, name);
  }
  if (numpyType) {
    nb::object extents = makeTuple(newShape);
    PyObject *arguments[] = {extents.ptr(), numpyType.ptr()};
    nb::object array = nb::steal(
        PyObject_Vectorcall(libraries().empty, arguments, 2, nullptr));
    if (!array)
      raiseCurrent();
    return borrowNumPy(array, name);
  }
  dlpack::Tensor prototype = {};
  prototype.device.type = dlpack::Device::CPU;
  prototype.rank = newShape.size();
  prototype.dtype = torchType;
  prototype.shape = const_cast<int64_t *>(newShape.data());
  dlpack::ManagedTensor *tensor;
  auto setError = [](void *, const char *kind, const char *message) {
    PyErr_SetString(StringRef(kind) == "MemoryError" ? PyExc_MemoryError
                                                     : errorType,
                    message);
  };
  dlpack::ExchangeAPI *api = libraries().torch;
  if (api->allocate(&prototype, &tensor, nullptr, setError)) {
    if (!PyErr_Occurred())
      PyErr_NoMemory();
    raiseCurrent();
  }
  PyObject *array;
  if (api->toObject(tensor, reinterpret_cast<void **>(&array)))
    raiseCurrent();
  return borrowTorch(nb::steal(array), name);
}
