//===- Codegen.cpp - linalg on buffers to vector loops --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

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
  VectorizeLinalgOp(MLIRContext *context, unsigned vectorBits)
      : OpInterfaceRewritePattern(context), vectorBits(vectorBits) {}

  LogicalResult matchAndRewrite(linalg::LinalgOp op,
                                PatternRewriter &rewriter) const override {
    FailureOr<ditto::VectorPlan> plan = ditto::planVectorLoops(op, rewriter);
    if (failed(plan))
      return failure();
    if (vectorBits < 2 * plan->laneBits)
      return rewriter.notifyMatchFailure(op, "a vector holds one element");
    ditto::emitVectorLoops(op, *plan, vectorBits, rewriter);
    rewriter.eraseOp(op);
    return success();
  }

private:
  unsigned vectorBits;
};

struct CodegenPass : public ditto::impl::CodegenPassBase<CodegenPass> {
  using CodegenPassBase::CodegenPassBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<VectorizeLinalgOp>(&getContext(), vectorBits);
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};

} // namespace
