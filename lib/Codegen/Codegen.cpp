//===- Codegen.cpp - linalg on buffers to vector loops --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TransposeEmitter.h"
#include "VectorEmitter.h"
#include "VectorPlan.h"

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_CODEGENPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

namespace {

struct VectorizeLinalgOp : public OpInterfaceRewritePattern<linalg::LinalgOp> {
  VectorizeLinalgOp(MLIRContext *context, ditto::TargetModel target,
                    bool reassociate)
      : OpInterfaceRewritePattern(context), target(target),
        reassociate(reassociate) {}

  LogicalResult matchAndRewrite(linalg::LinalgOp op,
                                PatternRewriter &rewriter) const override {
    if (failed(vectorize(op, rewriter)) &&
        failed(ditto::emitTranspose(op, target, rewriter)))
      return failure();
    rewriter.eraseOp(op);
    return success();
  }

private:
  LogicalResult vectorize(linalg::LinalgOp op,
                          PatternRewriter &rewriter) const {
    FailureOr<ditto::VectorPlan> plan =
        ditto::planVectorLoops(op, reassociate, rewriter);
    if (failed(plan))
      return failure();
    if (target.vectorBits < 2 * plan->laneBits)
      return rewriter.notifyMatchFailure(op, "a vector holds one element");
    ditto::emitVectorLoops(op, *plan, ditto::chooseTileShape(op, *plan, target),
                           /*contract=*/reassociate, rewriter);
    return success();
  }

  ditto::TargetModel target;
  bool reassociate;
};

struct CodegenPass : public ditto::impl::CodegenPassBase<CodegenPass> {
  using CodegenPassBase::CodegenPassBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    ditto::TargetModel target;
    target.vectorBits = vectorBits;
    patterns.add<VectorizeLinalgOp>(&getContext(), target, reassociate);
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};

} // namespace
