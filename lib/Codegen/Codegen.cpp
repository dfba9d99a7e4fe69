//===- Codegen.cpp - linalg on buffers to vector loops --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Copies.h"
#include "GatherEmitter.h"
#include "InterleaveEmitter.h"
#include "Remarks.h"
#include "ShuffleEmitter.h"
#include "Streaming.h"
#include "TransposeEmitter.h"
#include "VectorEmitter.h"
#include "VectorPlan.h"

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Dialect/X86Vector/X86VectorDialect.h"
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
                    bool reassociate, bool parallel,
                    ditto::ReasonCollector *reasons)
      : OpInterfaceRewritePattern(context), target(target),
        reassociate(reassociate), parallel(parallel), reasons(reasons) {}

  LogicalResult matchAndRewrite(linalg::LinalgOp op,
                                PatternRewriter &rewriter) const override {
    OpFoldResult isLarge = ditto::isWorthStreaming(op, target, rewriter);
    if (auto known = dyn_cast<Attribute>(isLarge)) {
      if (failed(emit(op, cast<BoolAttr>(known).getValue(), rewriter)))
        return failure();
    } else {
      auto choice =
          scf::IfOp::create(rewriter, op.getLoc(), cast<Value>(isLarge),
                            /*withElseRegion=*/true);
      for (Block *block : {choice.thenBlock(), choice.elseBlock()}) {
        rewriter.setInsertionPointToStart(block);
        if (failed(emit(op, block == choice.thenBlock(), rewriter)))
          rewriter.clone(*op);
      }
    }
    rewriter.eraseOp(op);
    return success();
  }

private:
  LogicalResult emit(linalg::LinalgOp op, bool stream,
                     PatternRewriter &rewriter) const {
    if (failed(emitLoops(op, stream, rewriter))) {
      if (reasons)
        reasons->remarkMissed("Vectorised", op);
      return failure();
    }
    if (reasons)
      reasons->clear();
    if (stream)
      ditto::emitStreamFence(op.getLoc(), rewriter);
    return success();
  }

  LogicalResult emitLoops(linalg::LinalgOp op, bool stream,
                          PatternRewriter &rewriter) const {
    ditto::EmitterOptions options;
    options.contract = reassociate;
    options.stream = stream;
    options.parallel = parallel && !op->getParentOfType<scf::ForallOp>();
    if (ditto::isBufferCopy(op) &&
        (succeeded(ditto::emitShuffles(op, target, options, rewriter)) ||
         succeeded(ditto::emitInterleave(op, target, options, rewriter)) ||
         succeeded(ditto::emitTranspose(op, target, options, rewriter))))
      return success();
    return success(
        succeeded(ditto::emitGather(op, target, options, rewriter)) ||
        succeeded(vectorize(op, options, rewriter)));
  }

  LogicalResult vectorize(linalg::LinalgOp op, ditto::EmitterOptions options,
                          PatternRewriter &rewriter) const {
    FailureOr<ditto::VectorPlan> plan =
        ditto::planVectorLoops(op, target, reassociate, rewriter);
    if (failed(plan))
      return failure();
    if (target.vectorBits < 2 * plan->laneBits)
      return rewriter.notifyMatchFailure(op, "a vector holds one element");
    ditto::TileShape shape = ditto::chooseTileShape(op, *plan, target);
    ditto::emitVectorLoops(op, *plan, shape,
                           ditto::choosePrefetch(op, *plan, shape, target),
                           options, rewriter);
    return success();
  }

  ditto::TargetModel target;
  bool reassociate, parallel;
  /// Null where nobody wants to know why ops stay.
  ditto::ReasonCollector *reasons;
};

struct CodegenPass : public ditto::impl::CodegenPassBase<CodegenPass> {
  using CodegenPassBase::CodegenPassBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    ditto::TargetModel target;
    target.vectorBits = vectorBits;
    target.streamBytes = streamBytes;
    target.hasBF16Dot = bf16Dot && reassociate;
    target.permutesBytes = bytePermute;
    ditto::ReasonCollector collector;
    ditto::ReasonCollector *reasons =
        getContext().getRemarkEngine() ? &collector : nullptr;
    patterns.add<VectorizeLinalgOp>(&getContext(), target, reassociate,
                                    parallel, reasons);
    walkAndApplyPatterns(getOperation(), std::move(patterns), reasons);
  }
};

} // namespace
