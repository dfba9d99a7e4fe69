//===- Element.h - Elements of arrays as numbers ----------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TOOLS_DITTORUN_ELEMENT_H
#define DITTO_TOOLS_DITTORUN_ELEMENT_H

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/APInt.h"

#include <string>

namespace mlir::ditto {

/// The significant bits of an integer, index or float type; the rest of its
/// storage is zero.
unsigned getBitWidth(Type type);

APInt loadBits(Type type, const char *element);
void storeBits(Type type, const APInt &bits, char *element);

/// Whether an integer of this type prints with a sign.
bool isSignedInteger(Type type);

/// `value` modulo the width of an integer or index type.
void storeInteger(Type type, int64_t value, char *element);

/// Floats as doubles, which is exact but for f80 and f128, and back, rounded to
/// nearest.
double loadFloat(FloatType type, const char *element);
void storeFloat(FloatType type, double value, char *element);

/// Prints an element as NumPy does: the fewest digits that read back the same.
std::string printElement(Type type, const char *element);

} // namespace mlir::ditto

#endif // DITTO_TOOLS_DITTORUN_ELEMENT_H
