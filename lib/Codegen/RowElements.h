//===- RowElements.h - What is known of the elements of a row ---*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_ROWELEMENTS_H
#define DITTO_LIB_CODEGEN_ROWELEMENTS_H

#include "mlir/IR/Operation.h"

namespace mlir::ditto {

/// What is added to scores that are not to be seen, or written over them: minus
/// infinity, or the lowest float. It is so low that, whatever the scores are,
/// the exponential of its distance to another score is zero.
constexpr double kLowest = -1e38;

/// What is known of a value of an op's body, which computes one element of a
/// row of scores or of what becomes of them.
struct RowElement {
  /// `Lowest` is at most about `kLowest`.
  enum class Kind { Unknown, Lowest, Zero, AtLeastOne, Finite, True, False };

  /// In a column that a mask hides, and in another.
  Kind hidden = Kind::Unknown;
  Kind seen = Kind::Unknown;
  /// Whether it is computed from scores.
  bool hasScores = false;
};

RowElement::Kind getConstantKind(Value value);

/// What `op` makes of operands of these kinds.
RowElement::Kind getResultKind(Operation *op, ArrayRef<RowElement::Kind> kinds);

/// Whether elements like `element` in hidden columns do not change what
/// `combiner` makes of a row that has others.
bool isNeutralInRow(Operation *combiner, RowElement element);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_ROWELEMENTS_H
