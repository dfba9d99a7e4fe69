//===- SinkBelowIndexedCopy.cpp - Repeats below copies by index -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Transforms/Patterns.h"

#include "Flops.h"
#include "PeeledRepeat.h"
#include "SinkCost.h"
#include "ditto/Analysis/IndexedCopy.h"

using namespace mlir;
using namespace mlir::ditto;

/// The dimension of the result of `op` along which `extract` takes the elements
/// of dimension `dim` one after the other, all of them, where nothing else
/// depends on it.
static std::optional<unsigned>
getOwnResultDim(linalg::GenericOp op, tensor::ExtractOp extract, unsigned dim) {
  auto index = extract.getIndices()[dim].getDefiningOp<linalg::IndexOp>();
  if (!index || index->getBlock() != op.getBlock() || !index->hasOneUse())
    return std::nullopt;
  auto isSameLoop = [&](linalg::IndexOp other) {
    return other != index && other.getDim() == index.getDim();
  };
  if (llvm::any_of(op.getBlock()->getOps<linalg::IndexOp>(), isSameLoop))
    return std::nullopt;
  AffineMap map = op.getIndexingMapsArray()[0];
  unsigned resultDim =
      *map.getResultPosition(getAffineDimExpr(index.getDim(), op.getContext()));
  if (SymbolicSize::ofDim(op.getResult(0), resultDim) !=
      SymbolicSize::ofDim(extract.getTensor(), dim))
    return std::nullopt;
  return resultDim;
}

/// A copy by indices whose dimensions that are repeated are copied as they are,
/// whatever it does along the others:
///
///   %r = ditto.repeat %x by [1, 3]       : ?x2 -> ?x6
///   %c = linalg.generic outs(%e : ?x6)     %s = linalg.generic outs(%f : ?x2)
///     %i = linalg.index 0                    %i = linalg.index 0
///     %k = linalg.index 1             ->     %k = linalg.index 1
///     %j = select (%n == 1), 0, %i           %j = select (%n == 1), 0, %i
///     yield tensor.extract %r[%j, %k]        yield tensor.extract %x[%j, %k]
///                                          %c = ditto.repeat %s by [1, 3]
FailureOr<linalg::GenericOp>
mlir::ditto::sinkRepeatsBelowIndexedCopy(RewriterBase &rewriter,
                                         linalg::GenericOp op,
                                         const RepeatControl &control) {
  tensor::ExtractOp extract = getIndexedExtract(op);
  if (!extract)
    return rewriter.notifyMatchFailure(op, "expected a copy by indices");
  std::string reason;
  Value repeated = extract.getTensor();
  FailureOr<PeeledRepeat> peeled = PeeledRepeat::get(repeated, reason);
  if (failed(peeled))
    return rewriter.notifyMatchFailure(op, reason);
  if (control && !control(extract.getTensorMutable()))
    return rewriter.notifyMatchFailure(op, kNotWanted);
  // What the copied dimensions are repeated by, and where they come from.
  SmallVector<PeeledRepeat::Dim> counts(op.getNumLoops());
  SmallVector<std::optional<unsigned>> sourceDims(op.getNumLoops());
  for (auto [dim, dimCounts] : llvm::enumerate(peeled->dims)) {
    if (!dimCounts.isRepeated())
      continue;
    std::optional<unsigned> resultDim = getOwnResultDim(op, extract, dim);
    if (!resultDim || !peeled->isKept(dim))
      return rewriter.notifyMatchFailure(
          op, "expected repeated dimensions that are copied as they are");
    counts[*resultDim] = dimCounts;
    sourceDims[*resultDim] = dim;
  }
  if (!paysToSinkBelow(op, peeled->repeat, peeled->getCounts(counts)))
    return rewriter.notifyMatchFailure(op, kDoesNotPay);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  Value source = peeled->buildPeeled(rewriter, op.getLoc());
  SmallVector<OpFoldResult> extents;
  for (auto [dim, sourceDim] : llvm::enumerate(sourceDims))
    extents.push_back(sourceDim ? tensor::getMixedSize(rewriter, op.getLoc(),
                                                       source, *sourceDim)
                                : SymbolicSize::ofDim(op.getDpsInits()[0], dim)
                                      .materialize(rewriter, op.getLoc()));
  Value copy = createIndexedCopy(rewriter, op, source, extents);
  Value result = peeled->buildRepeat(rewriter, copy, counts);
  Type type = op.getResult(0).getType();
  if (result.getType() != type)
    result = tensor::CastOp::create(rewriter, op.getLoc(), type, result);
  auto moved = copy.getDefiningOp<linalg::GenericOp>();
  FlopChange flops = compareFlops(op, moved);
  rewriter.replaceOp(op, result);
  eraseDeadMovement(rewriter, repeated,
                    {kSinkPass, moved->getName().getStringRef(), flops,
                     /*repeatsResults=*/true});
  return moved;
}
