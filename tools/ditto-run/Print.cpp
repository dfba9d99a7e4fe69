//===- Print.cpp - Arrays as text -----------------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Print.h"

#include "Element.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {
class ArrayPrinter {
public:
  ArrayPrinter(llvm::raw_ostream &stream, const Array &array)
      : stream(stream), array(array),
        isAbridged(array.getNumElements() > maxElements) {
    visit(/*dim=*/0, /*index=*/0,
          [&](int64_t index) { width = std::max(width, print(index).size()); });
  }

  void print() { printDim(/*dim=*/0, /*index=*/0); }

private:
  static constexpr int64_t maxElements = 1000, edge = 3;

  std::string print(int64_t index) const {
    return printElement(array.getElementType(), array.getElement(index));
  }

  /// Whether position `i` of a dimension is left out.
  bool isHidden(int64_t i, int64_t extent) const {
    return isAbridged && extent > 2 * edge && i >= edge && i < extent - edge;
  }

  /// Calls `action` with the linear index of each element to print, of the part
  /// of the array that begins at `index` in dimension `dim`.
  void visit(size_t dim, int64_t index,
             llvm::function_ref<void(int64_t)> action) const;
  void printDim(size_t dim, int64_t index);

  llvm::raw_ostream &stream;
  const Array &array;
  bool isAbridged;
  /// Of the longest element: columns line up.
  size_t width = 0;
};
} // namespace

void ArrayPrinter::visit(size_t dim, int64_t index,
                         llvm::function_ref<void(int64_t)> action) const {
  if (dim == array.getShape().size())
    return action(index);
  int64_t extent = array.getShape()[dim];
  for (int64_t i = 0; i < extent; ++i) {
    if (isHidden(i, extent))
      i = extent - edge;
    visit(dim + 1, index * extent + i, action);
  }
}

void ArrayPrinter::printDim(size_t dim, int64_t index) {
  size_t rank = array.getShape().size();
  if (dim == rank) {
    stream << llvm::right_justify(print(index), width);
    return;
  }
  // Rows are separated by a new line, planes by an empty one, and so on.
  std::string separator = dim + 1 == rank ? " "
                                          : std::string(rank - dim - 1, '\n') +
                                                std::string(dim + 1, ' ');
  int64_t extent = array.getShape()[dim];
  stream << '[';
  for (int64_t i = 0; i < extent; ++i) {
    if (i > 0)
      stream << separator;
    if (isHidden(i, extent)) {
      stream << "..." << separator;
      i = extent - edge;
    }
    printDim(dim + 1, index * extent + i);
  }
  stream << ']';
}

void ditto::printArray(llvm::raw_ostream &stream, const Array &array) {
  // As NumPy: no number of brackets stands for extents such as [0, 5].
  if (array.getNumElements() == 0) {
    stream << "[]\n";
    return;
  }
  ArrayPrinter(stream, array).print();
  stream << '\n';
}
