//===- HiddenColumns.h - Columns of scores that a mask hides ----*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_HIDDENCOLUMNS_H
#define DITTO_LIB_CODEGEN_HIDDENCOLUMNS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SmallBitVector.h"

namespace mlir::ditto {

/// A mask between two products, as in attention: in rows that have a column
/// that is not hidden, those that are add nothing to what the second product
/// computes.
struct HiddenColumns {
  /// An op that has the columns as one of its loops.
  struct Reader {
    linalg::LinalgOp op;
    unsigned columns;
  };
  /// A value of the mask's body that hides a score.
  struct Condition {
    enum Kind { IfLowest, IfTrue, IfFalse };
    Value value;
    Kind kind;
  };

  /// In the order of their block, from the first product to the second.
  SmallVector<Reader> readers;
  /// The one of them that masks scores, by any of these.
  linalg::LinalgOp mask;
  SmallVector<Condition> conditions;
  /// The loops of the mask that the conditions depend on.
  llvm::SmallBitVector loops;
};

/// The columns of the product that `last` reads through a mask and a softmax,
/// all in one block. Fails with a reason to the rewriter's listener.
///
/// Scores, and what they are multiplied with, count as finite and as less than
/// `kLowest` by far: 0 * x is 0, x + -inf is -inf.
FailureOr<HiddenColumns> findHiddenColumns(linalg::LinalgOp last,
                                           RewriterBase &rewriter);

/// Adds the ops of `op`'s body that compute `value` of it, in their order.
void collectBodySlice(linalg::LinalgOp op, Value value,
                      SetVector<Operation *> &slice);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_HIDDENCOLUMNS_H
