//===- Destination.h - Where a lowering puts its result ---------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Both ops write their result with linalg.broadcast, whole or run by run. Into
// a tensor where tensors are lowered to tensors. During bufferization ops that
// write into tensors must not be created, because nobody has analysed them: it
// is a buffer there, and only views of it and of the operand are tensor ops.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_LOWERING_DESTINATION_H
#define DITTO_LIB_LOWERING_DESTINATION_H

#include "ditto/IR/Ditto.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// What a lowering writes with; targets are tensors or buffers.
class Destination {
public:
  virtual ~Destination() = default;

  /// An uninitialised target of these extents.
  virtual FailureOr<Value> create(ArrayRef<OpFoldResult> extents,
                                  Type elementType) = 0;

  /// Fills `target` with the tensor `source`, which lacks the dimensions
  /// `dims`, and returns it filled.
  virtual FailureOr<Value> broadcast(Value source, Value target,
                                     ArrayRef<int64_t> dims) = 0;

  /// Fills the part of `target` at `offsets` with `source`, as `broadcast`
  /// does, and returns the new target. The part has the extents `sizes`, and
  /// `shape` as its own, without some of the dimensions of extent 1.
  virtual FailureOr<Value> broadcastIntoSlice(Value source, Value target,
                                              ArrayRef<int64_t> dims,
                                              ArrayRef<OpFoldResult> offsets,
                                              ArrayRef<OpFoldResult> sizes,
                                              ArrayRef<int64_t> shape) = 0;

  /// The tensor as ops that fill a target read it.
  virtual FailureOr<Value> toOperand(Value tensor) = 0;

  /// The filled target as a tensor.
  virtual Value toTensor(Value target) = 0;
};

/// Tensors: tensor.empty, linalg.broadcast and tensor.insert_slice.
class TensorDestination : public Destination {
public:
  TensorDestination(RewriterBase &rewriter, Location loc)
      : rewriter(rewriter), loc(loc) {}

  FailureOr<Value> create(ArrayRef<OpFoldResult> extents,
                          Type elementType) override;
  FailureOr<Value> broadcast(Value source, Value target,
                             ArrayRef<int64_t> dims) override;
  FailureOr<Value> broadcastIntoSlice(Value source, Value target,
                                      ArrayRef<int64_t> dims,
                                      ArrayRef<OpFoldResult> offsets,
                                      ArrayRef<OpFoldResult> sizes,
                                      ArrayRef<int64_t> shape) override;
  FailureOr<Value> toOperand(Value tensor) override { return tensor; }
  Value toTensor(Value target) override { return target; }

private:
  RewriterBase &rewriter;
  Location loc;
};

FailureOr<Value> lowerToLinalg(RewriterBase &rewriter, RepeatOp op,
                               Destination &destination);
FailureOr<Value> lowerToLinalg(RewriterBase &rewriter, RepeatInterleaveOp op,
                               Destination &destination);

} // namespace mlir::ditto

#endif // DITTO_LIB_LOWERING_DESTINATION_H
