//===- TensorDestination.cpp - Results written into tensors ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Destination.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::ditto;

FailureOr<Value> TensorDestination::create(ArrayRef<OpFoldResult> extents,
                                           Type elementType) {
  return tensor::EmptyOp::create(rewriter, loc, extents, elementType)
      .getResult();
}

FailureOr<Value> TensorDestination::broadcast(Value source, Value target,
                                              ArrayRef<int64_t> dims) {
  return linalg::BroadcastOp::create(rewriter, loc, source, target, dims)
      .getResult()
      .front();
}

FailureOr<Value> TensorDestination::broadcastIntoSlice(
    Value source, Value target, ArrayRef<int64_t> dims,
    ArrayRef<OpFoldResult> offsets, ArrayRef<OpFoldResult> sizes,
    ArrayRef<int64_t> shape) {
  SmallVector<OpFoldResult> strides(offsets.size(), rewriter.getIndexAttr(1));
  auto type = RankedTensorType::get(
      shape, cast<RankedTensorType>(target.getType()).getElementType());
  Value slice = tensor::ExtractSliceOp::create(rewriter, loc, type, target,
                                               offsets, sizes, strides);
  FailureOr<Value> filled = broadcast(source, slice, dims);
  if (failed(filled))
    return failure();
  return tensor::InsertSliceOp::create(rewriter, loc, *filled, target, offsets,
                                       sizes, strides)
      .getResult();
}
