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
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

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

SmallVector<DimLoop> ditto::getWholeLoops(RewriterBase &rewriter,
                                          ArrayRef<unsigned> dims,
                                          ArrayRef<OpFoldResult> extents) {
  return llvm::map_to_vector(dims, [&](unsigned dim) {
    return DimLoop{dim, rewriter.getIndexAttr(0), extents[dim]};
  });
}

static void emitForall(RewriterBase &rewriter, Location loc,
                       ArrayRef<DimLoop> loops, MutableArrayRef<Value> indices,
                       function_ref<void()> body) {
  SmallVector<OpFoldResult> lowers, uppers, steps;
  for (const DimLoop &loop : loops) {
    lowers.push_back(loop.lower);
    uppers.push_back(loop.upper);
    steps.push_back(rewriter.getIndexAttr(loop.step));
  }
  auto forall = scf::ForallOp::create(rewriter, loc, lowers, uppers, steps,
                                      ValueRange(), std::nullopt);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(forall.getTerminator());
  for (auto [loop, index] : llvm::zip_equal(loops, forall.getInductionVars()))
    indices[loop.dim] = index;
  body();
}

void ditto::emitLoops(RewriterBase &rewriter, Location loc,
                      ArrayRef<DimLoop> loops, MutableArrayRef<Value> indices,
                      bool parallel, function_ref<void()> body) {
  if (loops.empty())
    return body();
  if (parallel)
    return emitForall(rewriter, loc, loops, indices, body);
  const DimLoop &outer = loops.front();
  emitLoop(rewriter, loc,
           getValueOrCreateConstantIndexOp(rewriter, loc, outer.lower),
           getValueOrCreateConstantIndexOp(rewriter, loc, outer.upper),
           outer.step, [&](Value index) {
             indices[outer.dim] = index;
             emitLoops(rewriter, loc, loops.drop_front(), indices, parallel,
                       body);
           });
}

bool ditto::haveManyIterations(ArrayRef<DimLoop> loops) {
  constexpr int64_t many = 64;
  int64_t product = 1;
  for (const DimLoop &loop : loops)
    product = llvm::SaturatingMultiply<uint64_t>(
        product, getConstantIntValue(loop.upper).value_or(many));
  return product >= many;
}

Value ditto::roundDown(RewriterBase &rewriter, Location loc, Value extent,
                       int64_t step) {
  Value rest = arith::RemUIOp::create(
      rewriter, loc, extent,
      arith::ConstantIndexOp::create(rewriter, loc, step));
  return arith::SubIOp::create(rewriter, loc, extent, rest);
}
