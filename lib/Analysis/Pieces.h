//===- Pieces.h - Results that are written in pieces ------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A concat, a chain of insert_slice ops and a loop around one all do the same:
// they write a result piece by piece.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_ANALYSIS_PIECES_H
#define DITTO_LIB_ANALYSIS_PIECES_H

#include "mlir/IR/OpDefinition.h"
#include "llvm/ADT/SmallBitVector.h"

#include <string>

namespace mlir::ditto {

/// Where the part of a tensor is that a slice takes or a piece covers. Its
/// extents are those of the slice or the piece.
struct TensorPart {
  SmallVector<OpFoldResult> offsets;
  SmallVector<int64_t> strides;
  /// The unit dimensions that the slice or the piece lacks.
  llvm::SmallBitVector dropped;

  /// All of `tensor`, a ranked tensor.
  static TensorPart whole(OpBuilder &builder, Value tensor);
};

/// `value`, a tensor or an element, is written to a part of the result.
struct Piece {
  Value value;
  TensorPart target;
};

/// A loop around the writes: its index is `begin` + `step` times 0, 1, ….
struct PieceLoop {
  Value index;
  int64_t begin, step, count;
};

/// All writes of a result: all pieces, in each iteration of all loops.
struct Pieces {
  SmallVector<PieceLoop> loops;
  SmallVector<Piece, 0> pieces;
  /// The outermost op; what it does not contain is the same in all iterations.
  Operation *op = nullptr;
};

/// Whether `op` is one that writes its result in pieces.
bool writesPieces(Operation *op);

/// The pieces that make up the result of `op`, or the reason why they cannot be
/// listed. Whether they cover all of it is another question.
FailureOr<Pieces> getPieces(Operation *op, std::string &reason);

/// What `value` is a slice of, if it is one: the tensor and its part.
std::optional<std::pair<Value, TensorPart>> getSlice(Value value);

} // namespace mlir::ditto

#endif // DITTO_LIB_ANALYSIS_PIECES_H
