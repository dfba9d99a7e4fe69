//===- Arrays.h - Arrays of Python libraries --------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two classes are known here, numpy.ndarray and torch.Tensor, because small
// calls should cost no more than in these libraries. `ditto/_kinds.py` turns
// everything else into one of them and back.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_ARRAYS_H
#define DITTO_PYTHON_ARRAYS_H

#include "DLPack.h"
#include "ElementTypes.h"

#include "ditto/Compiler/Array.h"

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <nanobind/nanobind.h>

namespace mlir::ditto::python {

/// How a call names itself and an argument in messages: `ditto.repeat: x ..`.
struct ArgumentName {
  const char *op;
  const char *argument;

  std::string str() const { return std::string(op) + ": " + argument; }
};

/// The memory of an array, as long as this object lives.
class Operand {
public:
  /// Whether objects of this class need no `ditto/_kinds.py`.
  static bool isKnown(nanobind::handle object);
  /// Whether it is a tensor of PyTorch; otherwise a known one is NumPy's.
  static bool isTensor(nanobind::handle object);

  /// Borrows the elements of `object`, which is known. Throws where they are
  /// not in this process' memory, or more than bytes to move.
  static Operand borrow(nanobind::handle object, ArgumentName name);

  /// Creates an array of the class and element type of this one; its elements
  /// are not initialised.
  Operand createLike(ArrayRef<int64_t> shape, ArgumentName name) const;

  Operand(Operand &&);
  Operand &operator=(Operand &&);
  ~Operand();

  nanobind::object getObject() const { return object; }
  char *getData() const { return data; }
  ArrayRef<int64_t> getShape() const { return shape; }
  int64_t getRank() const { return shape.size(); }
  /// In bytes.
  ArrayRef<int64_t> getStrides() const { return strides; }
  int64_t getElementBytes() const { return elementBytes; }
  bool isReadOnly() const { return readOnly; }

  /// Whether the other array is of the same class, and of the same element
  /// type.
  bool isSameClass(const Operand &other) const;
  bool isSameElementType(const Operand &other) const;
  bool hasElementType(const ElementType &type) const;
  /// For messages: `float32`.
  std::string describeElementType() const;

  /// The elements as integers where they are of signed ones of 32 or 64 bits.
  bool holdsCounts() const;

private:
  Operand() = default;
  static Operand borrowNumPy(nanobind::handle object, ArgumentName name);
  static Operand borrowTorch(nanobind::handle object, ArgumentName name);

  nanobind::object object;
  /// Of the library, for NumPy's.
  nanobind::object numpyType;
  /// For PyTorch's.
  dlpack::DataType torchType = {};
  Py_buffer buffer = {};
  char *data = nullptr;
  SmallVector<int64_t, 6> shape, strides;
  int64_t elementBytes = 0;
  bool readOnly = false;
};

/// Hands the memory of `array` over to a tensor of PyTorch or an array of
/// NumPy.
nanobind::object wrapArray(Array array, const ElementType &type, bool asTensor);

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_ARRAYS_H
