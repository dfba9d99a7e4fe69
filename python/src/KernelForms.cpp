//===- KernelForms.cpp - Kernels as MLIR ----------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelForms.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

namespace {
/// Packs small numbers.
class KeyBuilder {
public:
  void add(uint64_t value, unsigned bits) {
    uint64_t &word = used < 64 && used + bits <= 64 ? key.first : key.second;
    if (&word == &key.second && used < 64)
      used = 64;
    word |= value << (used % 64);
    used += bits;
    assert(used <= 128 && value < (uint64_t(1) << bits) && "key overflows");
  }
  KernelKey get() const { return key; }

private:
  KernelKey key = {0, 0};
  unsigned used = 0;
};

enum KernelKind { Move, RunsOfCounts };
} // namespace

KernelKey MoveForm::getKey() const {
  KeyBuilder key;
  key.add(Move, 1);
  key.add(llvm::Log2_64(unitBytes), 3);
  key.add(static_cast<uint64_t>(source), 2);
  key.add(static_cast<uint64_t>(target), 2);
  key.add(digits.size(), 4);
  for (const DigitForm &digit : digits) {
    key.add(digit.isCount, 1);
    key.add(digit.extent, 4);
  }
  for (unsigned digit : sourceOrder)
    key.add(digit, 3);
  return key.get();
}

KernelKey RunsForm::getKey() const {
  KeyBuilder key;
  key.add(RunsOfCounts, 1);
  key.add(llvm::Log2_64(unitBytes), 3);
  key.add(isSourceContiguous, 1);
  key.add(isTargetContiguous, 1);
  for (size_t count : {numOuter, numElements, numInner})
    key.add(count, 16);
  return key.get();
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

static std::string joinIndexed(size_t count, StringRef separator,
                               llvm::function_ref<std::string(size_t)> print) {
  return llvm::join(llvm::map_range(llvm::seq(count), print), separator);
}

/// memref<?x4xi32, strided<[?, 1]>>
static std::string printMemRef(ArrayRef<int64_t> extents, int64_t unitBytes,
                               Layout layout, bool hasOffset = false) {
  auto print = [](int64_t extent) {
    return extent ? std::to_string(extent) : std::string("?");
  };
  std::string text = "memref<";
  for (int64_t extent : extents)
    text += print(extent) + "x";
  text += "i" + std::to_string(8 * unitBytes);
  if (layout == Layout::Contiguous || extents.empty()) {
    if (hasOffset)
      text += ", strided<[], offset: ?>";
    return text + ">";
  }
  text += ", strided<[" + joinIndexed(extents.size(), ", ", [&](size_t i) {
            bool isLast = i + 1 == extents.size();
            return std::string(isLast && layout == Layout::Rows ? "1" : "?");
          });
  return text + (hasOffset ? "], offset: ?>>" : "]>>");
}

static std::string printDims(size_t count) {
  return joinIndexed(count, ", ",
                     [](size_t i) { return "d" + std::to_string(i); });
}

std::string MoveForm::getText() const {
  SmallVector<int64_t> sourceExtents, targetExtents;
  for (unsigned digit : sourceOrder)
    sourceExtents.push_back(digits[digit].extent);
  for (const DigitForm &digit : digits)
    targetExtents.push_back(digit.extent);
  std::string sourceType = printMemRef(sourceExtents, unitBytes, source);
  std::string targetType = printMemRef(targetExtents, unitBytes, target);
  std::string dims = printDims(digits.size());
  std::string sourceDims = joinIndexed(sourceOrder.size(), ", ", [&](size_t i) {
    return "d" + std::to_string(sourceOrder[i]);
  });
  std::string loops = joinIndexed(
      digits.size(), ", ", [](size_t) { return std::string("\"parallel\""); });
  return llvm::formatv(R"mlir(
func.func @kernel(%source: {0}, %target: {1}) {{
  linalg.generic {{
    indexing_maps = [affine_map<({2}) -> ({3})>, affine_map<({2}) -> ({2})>],
    iterator_types = [{4}]
  } ins(%source : {0}) outs(%target : {1}) {{
  ^bb0(%element: i{5}, %old: i{5}):
    linalg.yield %element : i{5}
  }
  return
}
)mlir",
                       sourceType, targetType, dims, sourceDims, loops,
                       8 * unitBytes)
      .str();
}

namespace {
/// Writes the loops of a RunsForm.
class RunsText {
public:
  explicit RunsText(const RunsForm &form) : form(form) {}

  std::string print();

private:
  void openLoops();
  void copy();
  void closeLoops();

  static std::string name(StringRef prefix, size_t i) {
    return ("%" + prefix + llvm::Twine(i)).str();
  }

  const RunsForm &form;
  std::string text;
  std::string sourceType, targetType;
};
} // namespace

std::string RunsText::print() {
  auto layout = [](bool isContiguous) {
    return isContiguous ? Layout::Rows : Layout::Strided;
  };
  SmallVector<int64_t> extents(form.numOuter + form.numElements + form.numInner,
                               0);
  sourceType =
      printMemRef(extents, form.unitBytes, layout(form.isSourceContiguous));
  extents.assign(form.numOuter + 1 + form.numInner, 0);
  targetType =
      printMemRef(extents, form.unitBytes, layout(form.isTargetContiguous));
  text = llvm::formatv(R"mlir(
func.func @kernel(%source: {0}, %counts: memref<?xi64>, %target: {1}) {{
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
)mlir",
                       sourceType, targetType)
             .str();
  openLoops();
  copy();
  closeLoops();
  return text;
}

void RunsText::openLoops() {
  size_t numLoops = form.numOuter + form.numElements;
  for (size_t i = 0; i < numLoops + form.numInner; ++i)
    text += llvm::formatv("%axis{0} = arith.constant {0} : index\n"
                          "%extent{0} = memref.dim %source, %axis{0} : {1}\n",
                          i, sourceType);
  for (size_t i = 0; i < form.numOuter; ++i)
    text +=
        llvm::formatv("scf.for %i{0} = %zero to %extent{0} step %one {{\n", i);
  // Each loop over elements takes position and number of the count from the
  // one around it.
  std::string position = "%zero", number = "%zero";
  for (size_t i = form.numOuter; i < numLoops; ++i) {
    text += llvm::formatv(
        "%end{0}:2 = scf.for %i{0} = %zero to %extent{0} step %one "
        "iter_args(%position{0} = {1}, %number{0} = {2}) -> (index, index) "
        "{{\n",
        i, position, number);
    position = name("position", i);
    number = name("number", i);
  }
  text += llvm::formatv("%position = arith.addi {0}, %zero : index\n"
                        "%number = arith.addi {1}, %zero : index\n",
                        position, number);
}

/// target[outer, position : position + count, inner] = source[outer, elements,
/// inner]
void RunsText::copy() {
  size_t numLoops = form.numOuter + form.numElements;
  auto print = [&](size_t loops, StringRef middle, StringRef loop,
                   bool areExtents) {
    SmallVector<std::string> parts;
    for (size_t i = 0; i < loops; ++i)
      parts.push_back(loop.empty() ? "1" : name(loop, i));
    if (!middle.empty())
      parts.push_back(middle.str());
    for (size_t i = 0; i < form.numInner; ++i)
      parts.push_back(areExtents ? name("extent", numLoops + i)
                                 : (loop.empty() ? "1" : "0"));
    return llvm::join(parts, ", ");
  };
  SmallVector<int64_t> inner(form.numInner, 0), run(form.numInner + 1, 0);
  std::string rowType =
      printMemRef(inner, form.unitBytes,
                  form.isSourceContiguous ? Layout::Rows : Layout::Strided,
                  /*hasOffset=*/true);
  std::string runType =
      printMemRef(run, form.unitBytes,
                  form.isTargetContiguous ? Layout::Rows : Layout::Strided,
                  /*hasOffset=*/true);
  text += llvm::formatv(
      "%read = memref.load %counts[%number] : memref<?xi64>\n"
      "%count = arith.index_cast %read : i64 to index\n"
      "%row = memref.subview %source[{0}] [{1}] [{2}] : {3} to {4}\n"
      "%run = memref.subview %target[{5}] [{6}] [{7}] : {8} to {9}\n"
      "linalg.broadcast ins(%row : {4}) outs(%run : {9}) dimensions = [0]\n"
      "%newPosition = arith.addi %position, %count : index\n"
      "%newNumber = arith.addi %number, %one : index\n",
      print(numLoops, "", "i", false), print(numLoops, "", "", true),
      print(numLoops, "", "", false), sourceType, rowType,
      print(form.numOuter, "%position", "i", false),
      print(form.numOuter, "%count", "", true),
      print(form.numOuter, "1", "", false), targetType, runType);
}

void RunsText::closeLoops() {
  std::string position = "%newPosition", number = "%newNumber";
  for (size_t i = form.numOuter + form.numElements; i-- > form.numOuter;) {
    text += llvm::formatv("scf.yield {0}, {1} : index, index\n}\n", position,
                          number);
    position = name("end", i) + "#0";
    number = name("end", i) + "#1";
  }
  for (size_t i = 0; i < form.numOuter; ++i)
    text += "}\n";
  text += "return\n}\n";
}

std::string RunsForm::getText() const { return RunsText(*this).print(); }
