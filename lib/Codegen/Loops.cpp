//===- Loops.cpp - Loops that the emitters of this stage have -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

void ditto::emitLoop(RewriterBase &rewriter, Location loc, Value lower,
                     Value upper, int64_t step,
                     function_ref<void(Value index)> body) {
  auto loop =
      scf::ForOp::create(rewriter, loc, lower, upper,
                         arith::ConstantIndexOp::create(rewriter, loc, step));
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToStart(loop.getBody());
  body(loop.getInductionVar());
}

void ditto::emitLoops(RewriterBase &rewriter, Location loc,
                      ArrayRef<unsigned> dims, ArrayRef<OpFoldResult> extents,
                      MutableArrayRef<Value> indices,
                      function_ref<void()> body) {
  if (dims.empty())
    return body();
  unsigned dim = dims.front();
  emitLoop(rewriter, loc, arith::ConstantIndexOp::create(rewriter, loc, 0),
           getValueOrCreateConstantIndexOp(rewriter, loc, extents[dim]),
           /*step=*/1, [&](Value index) {
             indices[dim] = index;
             emitLoops(rewriter, loc, dims.drop_front(), extents, indices,
                       body);
           });
}

Value ditto::roundDown(RewriterBase &rewriter, Location loc, Value extent,
                       int64_t step) {
  Value rest = arith::RemUIOp::create(
      rewriter, loc, extent,
      arith::ConstantIndexOp::create(rewriter, loc, step));
  return arith::SubIOp::create(rewriter, loc, extent, rest);
}
