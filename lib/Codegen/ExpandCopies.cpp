//===- ExpandCopies.cpp - Copies of strided buffers -----------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Utils/MemRefUtils.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_EXPANDCOPIESPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

namespace {

/// Whether upstream's lowering of memref.copy takes `type` for contiguous, and
/// so calls memcpy.
static bool copiesWithMemcpy(BaseMemRefType type) {
  auto ranked = dyn_cast<MemRefType>(type);
  if (!ranked)
    return false;
  return ranked.getLayout().isIdentity() ||
         (memref::isStaticShapeAndContiguousRowMajor(ranked) &&
          !llvm::is_contained(ranked.getShape(), 0));
}

/// memref.copy %a, %b : memref<?x8xf32, strided<[16, 1]>> to memref<?x8xf32>
///   ->  linalg.copy ins(%a) outs(%b)
struct ExpandStridedCopy : public OpRewritePattern<memref::CopyOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(memref::CopyOp op,
                                PatternRewriter &rewriter) const override {
    if (copiesWithMemcpy(op.getSource().getType()) &&
        copiesWithMemcpy(op.getTarget().getType()))
      return rewriter.notifyMatchFailure(op, "both sides are contiguous");
    if (!isa<MemRefType>(op.getSource().getType()) ||
        !isa<MemRefType>(op.getTarget().getType()))
      return rewriter.notifyMatchFailure(op, "unranked");
    rewriter.replaceOpWithNewOp<linalg::CopyOp>(op, op.getSource(),
                                                op.getTarget());
    return success();
  }
};

struct ExpandCopiesPass
    : public ditto::impl::ExpandCopiesPassBase<ExpandCopiesPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<ExpandStridedCopy>(&getContext());
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};

} // namespace
