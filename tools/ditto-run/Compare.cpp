//===- Compare.cpp - Results against expected ones ------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compare.h"

#include "Element.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/ScopedPrinter.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace mlir;
using namespace mlir::ditto;

/// How far two numbers are from each other: 0 for the same infinity and for two
/// NaNs, infinity for a NaN and a number.
static double getDifference(double found, double expected) {
  if (found == expected || (std::isnan(found) && std::isnan(expected)))
    return 0;
  double difference = std::abs(found - expected);
  return std::isnan(difference) ? std::numeric_limits<double>::infinity()
                                : difference;
}

/// [i, j, ..] of the element that is `linear` in row-major order.
static std::string printIndex(int64_t linear, ArrayRef<int64_t> shape) {
  SmallVector<std::string> index;
  for (int64_t extent : llvm::reverse(shape)) {
    index.push_back(std::to_string(linear % extent));
    linear /= extent;
  }
  return "[" + llvm::join(llvm::reverse(index), ", ") + "]";
}

namespace {
struct Comparison {
  double maxDifference = 0;
  int64_t numWrong = 0;
  int64_t firstWrong = -1;

  void add(int64_t index, double difference, bool isWrong) {
    maxDifference = std::max(maxDifference, difference);
    if (!isWrong)
      return;
    if (numWrong++ == 0)
      firstWrong = index;
  }
};
} // namespace

/// Compares arrays of floats, or of complex numbers part by part.
static Comparison compareFloats(const Array &found, const Array &expected,
                                Tolerance tolerance) {
  auto complex = dyn_cast<ComplexType>(found.getElementType());
  auto type = cast<FloatType>(complex ? complex.getElementType()
                                      : found.getElementType());
  int64_t parts = complex ? 2 : 1;
  int64_t bytes = found.getElementBytes() / parts;
  Comparison comparison;
  for (int64_t i = 0; i < found.getNumElements() * parts; ++i) {
    double value = loadFloat(type, found.getData() + i * bytes);
    double wanted = loadFloat(type, expected.getData() + i * bytes);
    double difference = getDifference(value, wanted);
    double allowed = tolerance.absolute;
    if (std::isfinite(wanted))
      allowed += tolerance.relative * std::abs(wanted);
    comparison.add(i / parts, difference, !(difference <= allowed));
  }
  return comparison;
}

/// Compares arrays of integers, by their bits.
static Comparison compareIntegers(const Array &found, const Array &expected) {
  Type type = found.getElementType();
  Comparison comparison;
  for (int64_t i = 0; i < found.getNumElements(); ++i) {
    APInt value = loadBits(type, found.getElement(i));
    APInt wanted = loadBits(type, expected.getElement(i));
    if (value == wanted)
      continue;
    bool isSigned = isSignedInteger(type);
    double difference = std::abs(value.roundToDouble(isSigned) -
                                 wanted.roundToDouble(isSigned));
    comparison.add(i, difference, /*isWrong=*/true);
  }
  return comparison;
}

llvm::Expected<double> ditto::compare(const Array &found, const Array &expected,
                                      Tolerance tolerance) {
  if (found.getShape() != expected.getShape())
    return llvm::createStringError(
        "expected " + llvm::to_string(expected.getType()) + ", but got " +
        llvm::to_string(found.getType()));
  bool isInteger = found.getElementType().isIntOrIndex();
  Comparison comparison = isInteger ? compareIntegers(found, expected)
                                    : compareFloats(found, expected, tolerance);
  if (comparison.numWrong == 0)
    return comparison.maxDifference;

  auto print = [&](const Array &array) {
    return printElement(array.getElementType(),
                        array.getElement(comparison.firstWrong));
  };
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << comparison.numWrong << " of " << found.getNumElements()
         << " elements differ";
  if (!isInteger)
    stream << llvm::format(" (rtol %g, atol %g)", tolerance.relative,
                           tolerance.absolute);
  stream << ", first at " << printIndex(comparison.firstWrong, found.getShape())
         << ": expected " << print(expected) << ", but got " << print(found)
         << "; max abs error "
         << llvm::format("%.3g", comparison.maxDifference);
  return llvm::createStringError(std::move(text));
}
