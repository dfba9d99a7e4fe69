//===- SkipEmptyOps.cpp - No loops where there is nothing to do -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_SKIPEMPTYOPSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

static void skipIfEmpty(linalg::LinalgOp op, RewriterBase &rewriter) {
  if (!op.hasPureBufferSemantics())
    return;
  SmallVector<int64_t> staticExtents = op.getStaticLoopRanges();
  if (llvm::is_contained(staticExtents, 0))
    return rewriter.eraseOp(op);
  // A single loop is guard enough.
  if (staticExtents.size() < 2 || !ShapedType::isDynamicShape(staticExtents))
    return;

  rewriter.setInsertionPoint(op);
  Location loc = op.getLoc();
  Value zero = arith::ConstantIndexOp::create(rewriter, loc, 0);
  Value isFilled;
  for (Range range : op.createLoopRanges(rewriter, loc)) {
    auto extent = dyn_cast<Value>(range.size);
    if (!extent)
      continue;
    Value isNonZero = arith::CmpIOp::create(
        rewriter, loc, arith::CmpIPredicate::ne, extent, zero);
    isFilled = isFilled
                   ? arith::AndIOp::create(rewriter, loc, isFilled, isNonZero)
                         .getResult()
                   : isNonZero;
  }
  auto guard = scf::IfOp::create(rewriter, loc, isFilled,
                                 /*withElseRegion=*/false);
  rewriter.moveOpBefore(op, guard.thenYield());
}

namespace {

struct SkipEmptyOpsPass
    : public ditto::impl::SkipEmptyOpsPassBase<SkipEmptyOpsPass> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    getOperation()->walk(
        [&](linalg::LinalgOp op) { skipIfEmpty(op, rewriter); });
  }
};

} // namespace
