//===- Element.cpp - Elements of arrays as numbers ------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Element.h"

#include "ditto/IR/ElementStorage.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/SmallString.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Bits
//===----------------------------------------------------------------------===//

unsigned ditto::getBitWidth(Type type) {
  return type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
}

APInt ditto::loadBits(Type type, const char *element) {
  uint64_t words[2] = {0, 0};
  std::memcpy(words, element, *getStorageBytes(type));
  return APInt(128, words).trunc(getBitWidth(type));
}

void ditto::storeBits(Type type, const APInt &bits, char *element) {
  APInt wide = bits.zext(128);
  std::memcpy(element, wide.getRawData(), *getStorageBytes(type));
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

bool ditto::isSignedInteger(Type type) {
  return !type.isUnsignedInteger() && !type.isInteger(1);
}

void ditto::storeInteger(Type type, int64_t value, char *element) {
  APInt wide(128, value, /*isSigned=*/true);
  storeBits(type, wide.trunc(getBitWidth(type)), element);
}

double ditto::loadFloat(FloatType type, const char *element) {
  if (type.isF64()) {
    double value;
    std::memcpy(&value, element, sizeof(value));
    return value;
  }
  if (type.isF32()) {
    float value;
    std::memcpy(&value, element, sizeof(value));
    return value;
  }
  APFloat value(type.getFloatSemantics(), loadBits(type, element));
  bool losesInfo;
  value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                &losesInfo);
  return value.convertToDouble();
}

void ditto::storeFloat(FloatType type, double value, char *element) {
  if (type.isF32()) {
    float rounded = static_cast<float>(value);
    std::memcpy(element, &rounded, sizeof(rounded));
    return;
  }
  APFloat converted(value);
  bool losesInfo;
  converted.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                    &losesInfo);
  storeBits(type, converted.bitcastToAPInt(), element);
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// The fewest significant digits that round to `value` in `type`.
static int countDigits(FloatType type, double value) {
  char original[16], reread[16], text[40];
  size_t bytes = *getStorageBytes(type);
  storeFloat(type, value, original);
  constexpr int enough = 17;
  for (int digits = 1; digits < enough; ++digits) {
    std::snprintf(text, sizeof(text), "%.*e", digits - 1, value);
    storeFloat(type, std::strtod(text, nullptr), reread);
    if (std::memcmp(original, reread, bytes) == 0)
      return digits;
  }
  return enough;
}

/// "1.", "0.1", "100.", "1.e+20", "nan".
static std::string printFloat(FloatType type, double value) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  int digits = countDigits(type, value);
  char text[40];
  std::snprintf(text, sizeof(text), "%.*e", digits - 1, value);
  std::string result = text;
  size_t exponentBegin = result.find('e');
  int exponent = std::atoi(text + exponentBegin + 1);
  if (exponent >= -4 && exponent < 16) {
    std::snprintf(text, sizeof(text), "%.*f",
                  std::max(0, digits - 1 - exponent), value);
    result = text;
    exponentBegin = result.size();
  }
  if (result.find('.') == std::string::npos)
    result.insert(exponentBegin, ".");
  return result;
}

std::string ditto::printElement(Type type, const char *element) {
  if (auto complex = dyn_cast<ComplexType>(type)) {
    auto part = cast<FloatType>(complex.getElementType());
    std::string imaginary =
        printElement(part, element + *getStorageBytes(part));
    return printElement(part, element) + (imaginary.front() == '-' ? "" : "+") +
           imaginary + "j";
  }
  if (auto floatType = dyn_cast<FloatType>(type))
    return printFloat(floatType, loadFloat(floatType, element));
  APInt value = loadBits(type, element);
  if (type.isInteger(1))
    return value.isZero() ? "False" : "True";
  llvm::SmallString<40> text;
  value.toString(text, /*Radix=*/10, isSignedInteger(type));
  return text.str().str();
}
