//===- GatherRows.cpp - Rows with the same runs ---------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GatherRows.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::ditto;

/// A loop over the elements of `target`, a tensor or a buffer, like `inputs`.
static Value fillElements(RewriterBase &rewriter, Location loc,
                          ValueRange inputs, Value target,
                          ArrayRef<AffineMap> maps,
                          function_ref<Value(ValueRange arguments)> compute) {
  bool isTensor = isa<TensorType>(target.getType());
  SmallVector<utils::IteratorType> iterators(maps.back().getNumDims(),
                                             utils::IteratorType::parallel);
  auto op = linalg::GenericOp::create(
      rewriter, loc, isTensor ? TypeRange(target.getType()) : TypeRange(),
      inputs, target, maps, iterators,
      [&](OpBuilder &builder, Location loc, ValueRange arguments) {
        linalg::YieldOp::create(builder, loc, compute(arguments));
      });
  return isTensor ? op.getResult(0) : target;
}

Value ditto::enumerate(RewriterBase &rewriter, Location loc, Value target) {
  return fillElements(
      rewriter, loc, {}, target, rewriter.getMultiDimIdentityMap(1),
      [&](ValueRange) { return linalg::IndexOp::create(rewriter, loc, 0); });
}

FailureOr<Value> ditto::gatherRows(RewriterBase &rewriter, Location loc,
                                   Value source, Value columns, Value target,
                                   Destination &destination) {
  FailureOr<Value> from = destination.toOperand(source);
  FailureOr<Value> indices = destination.toOperand(columns);
  if (failed(from) || failed(indices))
    return failure();
  MLIRContext *context = rewriter.getContext();
  AffineMap maps[] = {AffineMap::get(2, 0, getAffineDimExpr(1, context)),
                      rewriter.getMultiDimIdentityMap(2)};
  return fillElements(
      rewriter, loc, *indices, target, maps,
      [&](ValueRange arguments) -> Value {
        Value row = linalg::IndexOp::create(rewriter, loc, 0);
        Value index[] = {row, arguments.front()};
        if (isa<TensorType>(from->getType()))
          return tensor::ExtractOp::create(rewriter, loc, *from, index);
        return memref::LoadOp::create(rewriter, loc, *from, index);
      });
}
