//===- FoldIntoExtract.cpp - Single elements of repeats -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Transforms/Patterns.h"

#include "PeeledRepeat.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::ditto;

/// Whether the op around `extract` copies elements to places that it computes
/// itself: the copy would be made all the same, one division an element.
static bool isCopyByIndices(tensor::ExtractOp extract) {
  auto op = dyn_cast<linalg::LinalgOp>(extract->getParentOp());
  return op && op.getNumDpsInputs() == 0 && extract->hasOneUse() &&
         isa<linalg::YieldOp>(*extract->user_begin());
}

/// The index into dimension `dim` of the peeled value. Indices are within
/// bounds, so that no count or extent can be 0 where this is run.
static Value buildIndex(RewriterBase &rewriter, Location loc,
                        const PeeledRepeat &peeled, Value source, unsigned dim,
                        Value index) {
  const PeeledRepeat::Dim &counts = peeled.dims[dim];
  auto asValue = [&](OpFoldResult size) {
    return getValueOrCreateConstantIndexOp(rewriter, loc, size);
  };
  if (!counts.inner.empty())
    index = arith::DivUIOp::create(
        rewriter, loc, index,
        asValue(peeled.buildCount(rewriter, loc, counts.inner)));
  if (!counts.outer.empty())
    index = arith::RemUIOp::create(
        rewriter, loc, index,
        asValue(tensor::getMixedSize(rewriter, loc, source, dim)));
  return index;
}

/// %r = ditto.repeat_interleave %x by 4 dim(0)
/// tensor.extract %r[%i]   ->   tensor.extract %x[%i / 4]
/// and of ditto.repeat, extent n:   tensor.extract %x[%i % n]
/// Gathers read so, element by element.
FailureOr<tensor::ExtractOp>
mlir::ditto::foldRepeatsIntoExtract(RewriterBase &rewriter,
                                    tensor::ExtractOp op,
                                    const RepeatControl &control) {
  if (isCopyByIndices(op))
    return rewriter.notifyMatchFailure(
        op, "expected a reader that does more than copy");
  std::string reason;
  FailureOr<PeeledRepeat> peeled = PeeledRepeat::get(op.getTensor(), reason);
  if (failed(peeled))
    return rewriter.notifyMatchFailure(op, reason);
  if (control && !control(op.getTensorMutable()))
    return rewriter.notifyMatchFailure(op, kNotWanted);
  OpBuilder::InsertionGuard guard(rewriter);
  // The repeat may stand outside of a loop that extracts; then so does what
  // takes its place.
  Value repeated = op.getTensor();
  rewriter.setInsertionPointAfterValue(repeated);
  peeled->repeat.assertCounts(rewriter, std::nullopt);
  Value source = peeled->buildPeeled(rewriter, op.getLoc());
  rewriter.setInsertionPoint(op);
  SmallVector<Value> indices;
  for (auto [dim, index] : llvm::enumerate(op.getIndices()))
    indices.push_back(
        buildIndex(rewriter, op.getLoc(), *peeled, source, dim, index));
  auto extract =
      rewriter.replaceOpWithNewOp<tensor::ExtractOp>(op, source, indices);
  // Only the index is computed anew.
  FlopChange noFlops{0, 0};
  eraseDeadMovement(rewriter, repeated,
                    {kFoldPass, extract->getName().getStringRef(), noFlops});
  return extract;
}
