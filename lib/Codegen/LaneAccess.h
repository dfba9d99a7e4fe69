//===- LaneAccess.h - Vectors of operands from memory and back --*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_LANEACCESS_H
#define DITTO_LIB_CODEGEN_LANEACCESS_H

#include "EmitterOptions.h"
#include "Prefetch.h"
#include "TileShape.h"

namespace mlir::ditto {

/// One of the elements of every result, or vectors of such, that a tile
/// computes: steps of the plan's row and column dimension.
struct Point {
  int64_t row = 0;
  int64_t column = 0;
};

/// Where the emission of a vectorised op's loops is, and what its operands are
/// there: an element, or as many as there are lanes.
class LaneAccess {
protected:
  LaneAccess(linalg::LinalgOp op, const VectorPlan &plan,
             const TileShape &shape, std::optional<Prefetch> prefetch,
             EmitterOptions options, RewriterBase &rewriter)
      : op(op), plan(plan), shape(shape), prefetch(prefetch), options(options),
        rewriter(rewriter), loc(op.getLoc()) {}

  void createMask();
  Value getInductionVariable(unsigned dim, Point point);
  Value loadOperand(OpOperand &operand, Point point);
  /// The operands of products of which two are added up in each lane: those of
  /// this turn of the innermost reduction and of the next.
  Value loadPairs(OpOperand &operand, Point point);
  Value loadLanes(Value buffer, ValueRange indices);
  void storeResult(OpOperand &init, Point point, Value value);
  Value toLanes(Value value);
  VectorType getLanesType(Type type) { return VectorType::get({lanes}, type); }
  Value constantIndex(int64_t value);

  linalg::LinalgOp op;
  const VectorPlan &plan;
  const TileShape &shape;
  std::optional<Prefetch> prefetch;
  EmitterOptions options;
  RewriterBase &rewriter;
  Location loc;

  /// Per dimension its extent and the induction variable.
  SmallVector<OpFoldResult> extents;
  SmallVector<Value> inductionVariables;
  int64_t lanes = 1;
  /// In the last turn of the vector loop, if only some lanes take part in it.
  bool masked = false;
  Value mask;
  /// Whether any vector has been written past the caches.
  bool hasStreamed = false;

private:
  SmallVector<Value> getIndices(OpOperand &operand, Point point);
  void announceLoad(ValueRange indices);
  bool streams(Type storage);
};

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_LANEACCESS_H
