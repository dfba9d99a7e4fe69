//===- Input.cpp - Arguments from the command line ------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Input.h"

#include "Element.h"
#include "Npy.h"

#include "ditto/IR/ElementStorage.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/ScopedPrinter.h"

#include <algorithm>
#include <optional>
#include <random>

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Generated elements
//===----------------------------------------------------------------------===//

/// Calls `store` with the scalar type and the address of each number in
/// `array`; a complex element is two numbers.
static void forEachNumber(Array &array,
                          llvm::function_ref<void(Type, char *)> store) {
  Type type = array.getElementType();
  int64_t bytes = array.getElementBytes();
  if (auto complex = dyn_cast<ComplexType>(type)) {
    type = complex.getElementType();
    bytes /= 2;
  }
  for (int64_t i = 0; i < array.getNumBytes(); i += bytes)
    store(type, array.getData() + i);
}

static void fillIota(Array &array) {
  int64_t next = 0;
  forEachNumber(array, [&](Type type, char *element) {
    int64_t value = next++;
    auto floatType = dyn_cast<FloatType>(type);
    if (!floatType)
      return storeInteger(type, value, element);
    // All integers below 2^precision have a float of their own.
    unsigned precision = std::min(floatType.getFPMantissaWidth(), 53u);
    storeFloat(floatType, value % (int64_t(1) << precision), element);
  });
}

static void fillRandom(Array &array, uint64_t seed) {
  std::mt19937_64 engine(seed);
  forEachNumber(array, [&](Type type, char *element) {
    uint64_t bits = engine();
    // The standard's distributions differ between libraries.
    if (auto floatType = dyn_cast<FloatType>(type))
      return storeFloat(floatType, (bits >> 11) * 0x1p-52 - 1, element);
    storeInteger(type, bits % 10, element);
  });
}

/// An array of the shape that `type` has, dynamic extents taken from
/// `shapeText`
/// ("2x8").
static llvm::Expected<Array> allocate(Type type, StringRef shapeText) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    tensor = RankedTensorType::get({}, type);
  SmallVector<int64_t> shape;
  if (shapeText.empty() && tensor.hasStaticShape()) {
    shape.assign(tensor.getShape().begin(), tensor.getShape().end());
  } else {
    SmallVector<StringRef> extents;
    shapeText.split(extents, 'x');
    for (StringRef extent : extents)
      if (extent.getAsInteger(10, shape.emplace_back()) || shape.back() < 0)
        return llvm::createStringError(
            "expected a shape for " + llvm::to_string(type) +
            ", such as 'zeros:2x8', but got '" + shapeText + "'");
    if (failed(verifyCompatibleShape(tensor.getShape(), shape)))
      return llvm::createStringError("expected a shape for " +
                                     llvm::to_string(type) + ", but got '" +
                                     shapeText + "'");
  }
  return Array::allocate(tensor.getElementType(), shape);
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// The bits of `text` as an element of `type`, or nullopt if it is no number of
/// that type.
static std::optional<APInt> parseNumber(Type type, StringRef text) {
  if (auto floatType = dyn_cast<FloatType>(type)) {
    APFloat value(APFloat::IEEEdouble());
    auto status = value.convertFromString(text, APFloat::rmNearestTiesToEven);
    if (!status) {
      llvm::consumeError(status.takeError());
      return std::nullopt;
    }
    SmallVector<char, 16> element(*getStorageBytes(type));
    storeFloat(floatType, value.convertToDouble(), element.data());
    return loadBits(type, element.data());
  }
  if (!type.isIntOrIndex())
    return std::nullopt;
  if (type.isInteger(1) && (text == "true" || text == "false"))
    return APInt(1, text == "true");
  unsigned width = getBitWidth(type);
  bool isNegative = text.consume_front("-");
  APInt magnitude;
  if (text.getAsInteger(10, magnitude) || magnitude.getActiveBits() > width)
    return std::nullopt;
  APInt value = magnitude.zextOrTrunc(width + 1);
  if (isNegative)
    value.negate();
  // Signless integers take what fits either way.
  bool fits = (!type.isUnsignedInteger() && value.isSignedIntN(width)) ||
              (!type.isSignedInteger() && !value.isNegative());
  if (!fits)
    return std::nullopt;
  return value.trunc(width);
}

//===----------------------------------------------------------------------===//
// Specs
//===----------------------------------------------------------------------===//

static bool looksLikeNumber(StringRef spec) {
  return spec.find_first_of("0123456789") != StringRef::npos ||
         llvm::is_contained({"true", "false", "nan", "inf", "-inf"}, spec);
}

static llvm::Expected<Array> makeScalar(Type type, StringRef spec) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (tensor && tensor.getRank() != 0)
    return llvm::createStringError(
        "expected a .npy file, zeros, iota or random "
        "for " +
        llvm::to_string(type) + ", but got the number '" + spec + "'");
  Type elementType = getElementTypeOrSelf(type);
  std::optional<APInt> bits = parseNumber(elementType, spec);
  if (!bits)
    return llvm::createStringError("expected a number that fits in " +
                                   llvm::to_string(elementType) +
                                   ", but got '" + spec + "'");
  auto array = Array::allocate(elementType, {});
  if (array)
    storeBits(elementType, *bits, array->getData());
  return array;
}

static llvm::Expected<Array> makeInput(Type type, StringRef spec,
                                       uint64_t seed) {
  if (spec.ends_with(".npy")) {
    auto array = readNpy(spec, getElementTypeOrSelf(type));
    if (array && !isValueOf(type, *array))
      return llvm::createStringError(spec + ": expected " +
                                     llvm::to_string(type) + ", found " +
                                     llvm::to_string(array->getType()));
    return array;
  }

  auto [kind, shape] = spec.split(':');
  if (kind == "zeros" || kind == "iota" || kind == "random") {
    auto array = allocate(type, shape);
    if (array && kind == "iota")
      fillIota(*array);
    if (array && kind == "random")
      fillRandom(*array, seed);
    return array;
  }
  if (looksLikeNumber(spec))
    return makeScalar(type, spec);
  return llvm::createStringError(
      "expected a .npy file, zeros, iota, random or a "
      "number, but got '" +
      spec + "'");
}

llvm::Expected<SmallVector<Array>>
ditto::makeInputs(const Signature &signature, ArrayRef<std::string> specs,
                  uint64_t seed) {
  if (specs.size() != signature.arguments.size())
    return llvm::createStringError(
        "@" + signature.name + " has " +
        llvm::Twine(signature.arguments.size()) + " arguments (" +
        llvm::join(llvm::map_range(signature.arguments, llvm::to_string<Type>),
                   ", ") +
        "), but " + llvm::Twine(specs.size()) + " inputs were given");
  SmallVector<Array> inputs;
  for (auto [i, type] : llvm::enumerate(signature.arguments)) {
    // Arguments differ, but stay as they are when others are added.
    auto input = makeInput(type, specs[i], seed + i * 0x9e3779b97f4a7c15);
    if (!input)
      return llvm::createStringError("input " + llvm::Twine(i) + ": " +
                                     llvm::toString(input.takeError()));
    inputs.push_back(std::move(*input));
  }
  return inputs;
}
