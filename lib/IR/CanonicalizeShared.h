//===- CanonicalizeShared.h - Canonicalizations of both ops -----*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How static extents travel through an op: from its operand's cast, from its
// counts, and from its result's cast.
//
// A rewrite never makes invalid IR of a program that only fails when it is run:
// where new static information contradicts the declared types, it is left to
// the run-time check.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_IR_CANONICALIZESHARED_H
#define DITTO_LIB_IR_CANONICALIZESHARED_H

#include "TypeInference.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// A constant >= 0, as a count or a size that an attribute may hold. Others
/// stay operands: their run-time check has to fire.
inline std::optional<int64_t> getConstantCount(Value value) {
  std::optional<int64_t> number = getConstantIntValue(value);
  if (!number || *number < 0)
    return std::nullopt;
  return number;
}

/// %c = tensor.cast %x : tensor<4x2xf32> to tensor<?x2xf32>
/// %r = ditto.op %c : tensor<?x2xf32> -> ..
///   becomes
/// %r = ditto.op %x : tensor<4x2xf32> -> ..
template <typename OpTy>
struct AbsorbOperandCast : public OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    auto cast = op.getInput().template getDefiningOp<tensor::CastOp>();
    if (!cast || !tensor::canFoldIntoConsumerOp(cast))
      return rewriter.notifyMatchFailure(
          op, "operand is no cast that loses static extents");
    FailureOr<RankedTensorType> inferred = inferWithInput(
        op, llvm::cast<RankedTensorType>(cast.getSource().getType()));
    if (failed(inferred) || failed(mergeTypes(*inferred, op.getResultType())))
      return rewriter.notifyMatchFailure(
          op, "the cast's source contradicts the op's types");
    rewriter.modifyOpInPlace(
        op, [&] { op.getInputMutable().assign(cast.getSource()); });
    return success();
  }
};

/// %r = ditto.repeat %x by [2] : tensor<4xf32> -> tensor<?xf32>
///   becomes
/// %s = ditto.repeat %x by [2] : tensor<4xf32> -> tensor<8xf32>
/// %r = tensor.cast %s : tensor<8xf32> to tensor<?xf32>
template <typename OpTy>
struct RefineResultType : public OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType declared = op.getResultType();
    FailureOr<RankedTensorType> inferred =
        inferWithInput(op, op.getInputType());
    if (failed(inferred))
      return rewriter.notifyMatchFailure(op, "op is not valid");
    FailureOr<RankedTensorType> refined = mergeTypes(declared, *inferred);
    if (failed(refined) || *refined == declared)
      return rewriter.notifyMatchFailure(
          op, "result type already has every static extent");
    rewriter.setInsertionPointAfter(op);
    auto newOp = llvm::cast<OpTy>(rewriter.clone(*op));
    newOp.getResult().setType(*refined);
    rewriter.replaceOpWithNewOp<tensor::CastOp>(op, declared,
                                                newOp.getResult());
    return success();
  }
};

/// %r = ditto.op .. -> tensor<?xf32>
/// %c = tensor.cast %r : tensor<?xf32> to tensor<8xf32>
///   becomes
/// %c = ditto.op .. -> tensor<8xf32>
/// Only where the cast is the one user: others would need a cast back and gain
/// nothing.
template <typename OpTy>
struct AbsorbResultCast : public OpRewritePattern<OpTy> {
  using OpRewritePattern<OpTy>::OpRewritePattern;

  LogicalResult matchAndRewrite(OpTy op,
                                PatternRewriter &rewriter) const override {
    if (!op.getResult().hasOneUse())
      return rewriter.notifyMatchFailure(op, "result has not exactly one use");
    auto cast = dyn_cast<tensor::CastOp>(*op.getResult().user_begin());
    if (!cast || !tensor::canFoldIntoProducerOp(cast))
      return rewriter.notifyMatchFailure(
          op, "user is no cast that adds static extents");
    auto castType = llvm::cast<RankedTensorType>(cast.getType());
    FailureOr<RankedTensorType> inferred =
        inferWithInput(op, op.getInputType());
    if (failed(inferred) || failed(mergeTypes(*inferred, castType)))
      return rewriter.notifyMatchFailure(
          op, "the cast's type contradicts the op's types");
    auto newOp = llvm::cast<OpTy>(rewriter.clone(*op));
    newOp.getResult().setType(castType);
    rewriter.replaceOp(cast, newOp.getResult());
    rewriter.eraseOp(op);
    return success();
  }
};

} // namespace mlir::ditto

#endif // DITTO_LIB_IR_CANONICALIZESHARED_H
