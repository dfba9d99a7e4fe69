//===- Movement.h - Copies along digits -------------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A repeat of an array with any strides is a copy in loops, one for each digit
// of the result's index (docs/Architecture.md, "Digit layout"). Along a count
// digit the source stays where it is:
//
//   repeat_interleave of x[3, 5] by 4 along dimension 0
//     digits (extent, step of the source, step of the result), in elements
//       s (3, 5, 20)  c (4, 0, 5)  s (5, 1, 1)
//
// Few forms of loops are left once the digits are in the order of the result's
// memory and neighbours are merged where both sides allow it, and few kernels
// serve all shapes and strides.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_MOVEMENT_H
#define DITTO_PYTHON_MOVEMENT_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>

namespace mlir::ditto::python {

struct Digit {
  int64_t extent;
  /// In bytes; a count digit has a source step of 0.
  int64_t source, target;

  bool isCount() const { return source == 0; }
};

struct Movement {
  const char *source;
  char *target;
  int64_t elementBytes;
  SmallVector<Digit, 8> digits;
};

/// Merges neighbours that are one digit for both sides. Digits of extent 1
/// vanish.
void mergeDigits(SmallVectorImpl<Digit> &digits);

/// Executes `movement`; the sides do not overlap.
void run(Movement movement);

/// Copies each element as often as a count of its own says:
///
///   for each index of `outer`, with position = 0
///     for each index of `elements`, with the next count c
///       target[outer, position : position + c, inner] = source[outer,
///       elements, inner] position += c
struct Runs {
  const char *source;
  char *target;
  int64_t elementBytes;
  /// `elements` have no target step; the step of the position is this.
  SmallVector<Digit, 4> outer, elements, inner;
  int64_t positionStep;
  ArrayRef<int64_t> counts;
};

/// Executes `runs`; the sides do not overlap, and there is room for all.
void run(Runs runs);

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_MOVEMENT_H
