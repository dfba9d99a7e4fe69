//===- Repeat.cpp - The two ops on arrays ---------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Checks, the result's shape, and the digits to copy along. Checks are those of
// docs/Spec.md; all precede the first write.
//
//===----------------------------------------------------------------------===//

#include "Repeat.h"

#include "Arguments.h"
#include "Docs.h"
#include "Errors.h"
#include "Movement.h"

#include "llvm/Support/CheckedArithmetic.h"

#include <optional>

namespace nb = nanobind;
using namespace mlir;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

static constexpr const char *repeatName = "ditto.repeat";
static constexpr const char *interleaveName = "ditto.repeat_interleave";

//===----------------------------------------------------------------------===//
// repeat
//===----------------------------------------------------------------------===//

static SmallVector<int64_t, 6> readSizes(nb::args sizes) {
  if (sizes.size() == 0)
    raise(PyExc_TypeError,
          llvm::Twine(repeatName) +
              ": expected sizes: integers, or a sequence of them");
  nb::object list = sizes;
  if (sizes.size() == 1 && !isInteger(sizes[0])) {
    list = sizes[0];
    if (!PySequence_Check(list.ptr()) || PyUnicode_Check(list.ptr()))
      raise(PyExc_TypeError, llvm::Twine(repeatName) +
                                 ": expected sizes to be integers, but got " +
                                 describeType(list));
  }
  SmallVector<int64_t, 6> result;
  size_t length = nb::len(list);
  for (size_t i = 0; i < length; ++i)
    result.push_back(readInteger(list[i], repeatName,
                                 "the count of dimension " + llvm::Twine(i)));
  return result;
}

static nb::object repeatKnown(nb::handle object, ArrayRef<int64_t> counts,
                              nb::handle out) {
  Operand x = Operand::borrow(object, {repeatName, "x"});
  int64_t newDims = int64_t(counts.size()) - x.getRank();
  if (newDims < 0)
    raise(errorType, llvm::Twine(repeatName) + ": expected at least " +
                         llvm::Twine(x.getRank()) +
                         " counts, one for each dimension of x, but got " +
                         llvm::Twine(counts.size()));
  SmallVector<int64_t, 6> shape;
  for (auto [i, count] : llvm::enumerate(counts)) {
    int64_t dim = i;
    if (count < 0)
      fail(RuntimeError::RepeatNegativeCount, count, dim);
    int64_t extent = dim < newDims ? 1 : x.getShape()[dim - newDims];
    std::optional<int64_t> product = llvm::checkedMul(count, extent);
    if (!product)
      fail(RuntimeError::RepeatExtentOverflow, dim, count, extent);
    shape.push_back(*product);
  }
  checkBytes(shape, x.getElementBytes(), RuntimeError::RepeatBytesOverflow);
  Operand result = makeResult(x, shape, out, repeatName);
  runWithoutGIL(result, [&] {
    Movement movement = {
        x.getData(), result.getData(), x.getElementBytes(), {}};
    for (auto [i, count] : llvm::enumerate(counts)) {
      int64_t dim = int64_t(i) - newDims, step = result.getStrides()[i];
      int64_t extent = dim < 0 ? 1 : x.getShape()[dim];
      movement.digits.push_back({count, 0, step * extent});
      if (dim >= 0)
        movement.digits.push_back({extent, x.getStrides()[dim], step});
    }
    run(std::move(movement));
  });
  return result.getObject();
}

//===----------------------------------------------------------------------===//
// repeat_interleave
//===----------------------------------------------------------------------===//

namespace {
/// How often to repeat: one count for all elements, or one for each.
struct Counts {
  bool isUniform = true;
  int64_t uniform = 1;
  SmallVector<int64_t, 8> each;
};
} // namespace

static Counts readCountsArray(const Operand &array) {
  if (array.getRank() > 1)
    raise(errorType, llvm::Twine(interleaveName) +
                         ": expected repeats to have 0 or 1 dimensions, but "
                         "got the shape " +
                         describe(array.getShape()));
  if (!array.holdsCounts())
    raise(PyExc_TypeError,
          llvm::Twine(interleaveName) +
              ": expected repeats to be of type int32 or int64, but got " +
              array.describeElementType());
  Counts counts;
  int64_t length = array.getRank() ? array.getShape()[0] : 1;
  int64_t stride = array.getRank() ? array.getStrides()[0] : 0;
  const char *data = array.getData();
  counts.each.reserve(length);
  for (int64_t i = 0; i < length; ++i, data += stride) {
    if (array.getElementBytes() == sizeof(int64_t)) {
      std::memcpy(&counts.uniform, data, sizeof(int64_t));
    } else {
      int32_t narrow;
      std::memcpy(&narrow, data, sizeof(narrow));
      counts.uniform = narrow;
    }
    counts.each.push_back(counts.uniform);
  }
  counts.isUniform = length == 1;
  for (auto [i, count] : llvm::enumerate(counts.each))
    if (count < 0)
      fail(RuntimeError::InterleaveNegativeCountAt, count, i);
  return counts;
}

namespace {
/// The dimension to repeat along, of x or, without a `dim`, of all its elements
/// in a row.
struct Axis {
  Axis(const Operand &x, nb::handle dim);

  bool isFlat;
  int64_t dim = 0;
  int64_t extent = 1;
  /// In front of and behind it.
  ArrayRef<int64_t> outer, inner;
};
} // namespace

Axis::Axis(const Operand &x, nb::handle object) : isFlat(object.is_none()) {
  if (isFlat) {
    for (int64_t size : x.getShape())
      if (size == 0)
        extent = 0;
    for (int64_t size : x.getShape())
      extent *= extent ? size : 0;
    return;
  }
  int64_t rank = x.getRank();
  dim = readInteger(object, interleaveName, "dim");
  if (dim < -rank || dim >= rank)
    raise(PyExc_IndexError,
          llvm::Twine(interleaveName) + ": dim " + llvm::Twine(dim) +
              (rank ? " is not in the range [" + std::to_string(-rank) + ", " +
                          std::to_string(rank) + ")"
                    : std::string(" of x, which has no dimensions")));
  if (dim < 0)
    dim += rank;
  extent = x.getShape()[dim];
  outer = x.getShape().take_front(dim);
  inner = x.getShape().drop_front(dim + 1);
}

static int64_t getTotal(const Axis &axis, const Counts &counts) {
  std::optional<int64_t> total;
  if (counts.isUniform) {
    if (counts.uniform < 0)
      fail(RuntimeError::InterleaveNegativeCount, counts.uniform, axis.dim);
    total = llvm::checkedMul(counts.uniform, axis.extent);
  } else {
    if (int64_t(counts.each.size()) != axis.extent)
      fail(RuntimeError::InterleaveCountsLength, counts.each.size(), axis.dim,
           axis.extent);
    total = 0;
    for (int64_t count : counts.each)
      if (total)
        total = llvm::checkedAdd(*total, count);
  }
  if (!total)
    fail(RuntimeError::InterleaveExtentOverflow, axis.dim);
  return *total;
}

/// Digits of x's dimensions [begin, end), and of the result's from
/// `resultBegin` on.
static void appendDigits(SmallVectorImpl<Digit> &digits, const Operand &x,
                         const Operand &result, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; ++i)
    digits.push_back(
        {x.getShape()[i], x.getStrides()[i], result.getStrides()[i]});
}

/// Each element `count` times, `step` bytes apart.
static void copyUniform(const Operand &x, const Operand &result,
                        const Axis &axis, int64_t count) {
  Movement movement = {x.getData(), result.getData(), x.getElementBytes(), {}};
  int64_t step = result.getStrides()[axis.dim];
  if (axis.isFlat) {
    // A row of x's elements: their distance in the result grows from the last
    // dimension on.
    int64_t distance = step * count;
    for (int64_t i = x.getRank(); i-- > 0; distance *= x.getShape()[i])
      movement.digits.push_back({x.getShape()[i], x.getStrides()[i], distance});
    std::reverse(movement.digits.begin(), movement.digits.end());
    movement.digits.push_back({count, 0, step});
    return run(std::move(movement));
  }
  appendDigits(movement.digits, x, result, 0, axis.dim);
  movement.digits.push_back(
      {axis.extent, x.getStrides()[axis.dim], step * count});
  movement.digits.push_back({count, 0, step});
  appendDigits(movement.digits, x, result, axis.dim + 1, x.getRank());
  run(std::move(movement));
}

static void copyRuns(const Operand &x, const Operand &result, const Axis &axis,
                     ArrayRef<int64_t> counts) {
  Runs runs;
  runs.source = x.getData();
  runs.target = result.getData();
  runs.elementBytes = x.getElementBytes();
  runs.positionStep = result.getStrides()[axis.dim];
  runs.counts = counts;
  int64_t begin = axis.isFlat ? 0 : axis.dim;
  int64_t end = axis.isFlat ? x.getRank() : axis.dim + 1;
  for (int64_t i = begin; i < end; ++i)
    runs.elements.push_back({x.getShape()[i], x.getStrides()[i], 0});
  if (!axis.isFlat) {
    appendDigits(runs.outer, x, result, 0, begin);
    appendDigits(runs.inner, x, result, end, x.getRank());
  }
  run(std::move(runs));
}

static nb::object interleaveKnown(nb::handle object, nb::handle repeats,
                                  nb::handle dim, nb::handle outputSize,
                                  nb::handle out) {
  Operand x = Operand::borrow(object, {interleaveName, "x"});
  Axis axis(x, dim);
  Counts counts;
  if (Operand::isKnown(repeats))
    counts =
        readCountsArray(Operand::borrow(repeats, {interleaveName, "repeats"}));
  else
    counts.uniform = readInteger(repeats, interleaveName, "repeats");
  int64_t total = getTotal(axis, counts);
  if (!outputSize.is_none()) {
    int64_t expected = readInteger(outputSize, interleaveName, "output_size");
    if (expected != total)
      fail(RuntimeError::InterleaveOutputSize, expected, total, axis.dim);
  }
  SmallVector<int64_t, 6> shape(axis.outer);
  shape.push_back(total);
  llvm::append_range(shape, axis.inner);
  checkBytes(shape, x.getElementBytes(), RuntimeError::InterleaveBytesOverflow);
  Operand result = makeResult(x, shape, out, interleaveName);
  runWithoutGIL(result, [&] {
    if (llvm::is_contained(shape, 0))
      return;
    if (counts.isUniform)
      copyUniform(x, result, axis, counts.uniform);
    else
      copyRuns(x, result, axis, counts.each);
  });
  return result.getObject();
}

//===----------------------------------------------------------------------===//
// Python
//===----------------------------------------------------------------------===//

/// ditto/_kinds.py, for arrays that are not known here.
static nb::object kinds(const char *function) {
  return nb::module_::import_("ditto._kinds").attr(function);
}

static nb::object repeat(nb::handle x, nb::args sizes, nb::handle out) {
  SmallVector<int64_t, 6> counts = readSizes(sizes);
  if (Operand::isKnown(x) && (out.is_none() || Operand::isKnown(out)))
    return repeatKnown(x, counts, out);
  return kinds("repeat")(x, *sizes, nb::arg("out") = out);
}

static nb::object repeatInterleave(nb::handle x, nb::handle repeats,
                                   nb::handle dim, nb::handle outputSize,
                                   nb::handle out) {
  bool areCountsKnown = isInteger(repeats) || PyBool_Check(repeats.ptr()) ||
                        Operand::isKnown(repeats);
  if (Operand::isKnown(x) && areCountsKnown &&
      (out.is_none() || Operand::isKnown(out)))
    return interleaveKnown(x, repeats, dim, outputSize, out);
  return kinds("repeat_interleave")(x, repeats, dim,
                                    nb::arg("output_size") = outputSize,
                                    nb::arg("out") = out);
}

void python::defineRepeats(nb::module_ &module) {
  module.def("repeat", &repeat, nb::arg("x").none(), nb::arg("sizes"),
             nb::kw_only(), nb::arg("out") = nb::none(), repeatDoc,
             nb::sig("def repeat(x, *sizes, out=None)"));
  module.def("repeat_interleave", &repeatInterleave, nb::arg("x").none(),
             nb::arg("repeats") = nb::none(), nb::arg("dim") = nb::none(),
             nb::kw_only(), nb::arg("output_size") = nb::none(),
             nb::arg("out") = nb::none(), interleaveDoc,
             nb::sig("def repeat_interleave(x, repeats=None, dim=None, *, "
                     "output_size=None, out=None)"));
}
