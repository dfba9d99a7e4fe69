//===- PackContractions.cpp - Copy an operand into panels ------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PanelEmitter.h"
#include "Remarks.h"

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_PACKCONTRACTIONSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;
using ditto::PanelEmitter;
using ditto::PanelLoops;
using linalg::LinalgOp;

namespace {

struct PackOperand : public OpInterfaceRewritePattern<LinalgOp> {
  PackOperand(MLIRContext *context, ditto::TargetModel target, int64_t minRows,
              bool parallel, ditto::ReasonCollector *reasons)
      : OpInterfaceRewritePattern(context), target(target), minRows(minRows),
        parallel(parallel), reasons(reasons) {}

  LogicalResult matchAndRewrite(LinalgOp op,
                                PatternRewriter &rewriter) const override {
    FailureOr<PanelLoops> loops = ditto::findPanelLoops(op, rewriter);
    if (failed(loops))
      return failure();
    // Why other ops are no products is nothing to report.
    if (reasons)
      reasons->clear();
    PanelEmitter emitter(op, *loops, target,
                         parallel && !op->getParentOfType<scf::ForallOp>(),
                         rewriter);
    if (succeeded(pack(op, *loops, emitter, rewriter)))
      return success();
    if (reasons)
      reasons->remarkMissed("Packed", op);
    return failure();
  }

private:
  LogicalResult pack(LinalgOp op, const PanelLoops &loops,
                     PanelEmitter &emitter, PatternRewriter &rewriter) const {
    SmallVector<int64_t> extents = op.getStaticLoopRanges();
    if (ShapedType::isStatic(extents[loops.column]) &&
        extents[loops.column] < emitter.getWidth() / 2)
      return rewriter.notifyMatchFailure(op, "too few columns for a panel");
    int64_t rows = 1;
    SmallVector<Value> dynamicRows;
    for (unsigned row : loops.rows) {
      if (ShapedType::isDynamic(extents[row]))
        dynamicRows.push_back(getExtent(op, row, rewriter));
      else if (llvm::MulOverflow(rows, extents[row], rows))
        return rewriter.notifyMatchFailure(op, "too many rows to count");
    }
    if (dynamicRows.empty()) {
      if (rows < minRows)
        return rewriter.notifyMatchFailure(op,
                                           "too few rows to pay for a copy");
      emitter.emit();
    } else {
      Value enough = createIsMany(op.getLoc(), dynamicRows, rows, rewriter);
      auto choice = scf::IfOp::create(rewriter, op.getLoc(), enough,
                                      /*withElseRegion=*/true);
      rewriter.setInsertionPointToStart(choice.thenBlock());
      emitter.emit();
      rewriter.setInsertionPointToStart(choice.elseBlock());
      rewriter.clone(*op);
    }
    ditto::remarkPacked(op, loops.packed->getOperandNumber(), getForm(emitter),
                        emitter.getDepth(), emitter.getWidth(), minRows);
    rewriter.eraseOp(op);
    return success();
  }

  static StringRef getForm(const PanelEmitter &emitter) {
    switch (emitter.getForm()) {
    case ditto::PanelForm::Copied:
      return "copied";
    case ditto::PanelForm::Interleaved:
      return "interleaved";
    case ditto::PanelForm::InPlace:
      return "in place";
    }
    llvm_unreachable("unknown form of panels");
  }

  static Value getExtent(LinalgOp op, unsigned dim, RewriterBase &rewriter) {
    return getValueOrCreateConstantIndexOp(
        rewriter, op.getLoc(),
        op.createLoopRanges(rewriter, op.getLoc())[dim].size);
  }

  /// Whether `rows` times all of `dynamicRows` is at least `minRows`; extents
  /// beyond it count as it, so that nothing overflows.
  Value createIsMany(Location loc, ArrayRef<Value> dynamicRows, int64_t rows,
                     RewriterBase &rewriter) const {
    Value limit = arith::ConstantIndexOp::create(rewriter, loc, minRows);
    Value product =
        arith::ConstantIndexOp::create(rewriter, loc, std::min(rows, minRows));
    for (Value extent : dynamicRows) {
      Value bounded = arith::MinUIOp::create(rewriter, loc, extent, limit);
      product = arith::MulIOp::create(rewriter, loc, product, bounded);
      product = arith::MinUIOp::create(rewriter, loc, product, limit);
    }
    return arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::eq,
                                 product, limit);
  }

  ditto::TargetModel target;
  int64_t minRows;
  bool parallel;
  /// Null where nobody wants to know why products stay.
  ditto::ReasonCollector *reasons;
};

struct PackContractionsPass
    : public ditto::impl::PackContractionsPassBase<PackContractionsPass> {
  using PackContractionsPassBase::PackContractionsPassBase;

  void runOnOperation() override {
    ditto::TargetModel target;
    target.vectorBits = vectorBits;
    target.hasBF16Dot = bf16Dot;
    RewritePatternSet patterns(&getContext());
    ditto::ReasonCollector collector;
    ditto::ReasonCollector *reasons =
        getContext().getRemarkEngine() ? &collector : nullptr;
    patterns.add<PackOperand>(&getContext(), target, minRows, parallel,
                              reasons);
    walkAndApplyPatterns(getOperation(), std::move(patterns), reasons);
  }
};

} // namespace
