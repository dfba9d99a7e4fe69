//===- PairProducts.cpp - Products that are added in pairs ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PairProducts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

/// c + extf(a) * extf(b), and nothing else.
static bool widensAndMultiplies(LinalgOp op) {
  auto bodyOps = op.getBlock()->without_terminator();
  // Contractions may have other unary ops on the way.
  return linalg::isaContractionOpInterface(op) &&
         llvm::range_size(bodyOps) == 4 &&
         llvm::all_of(bodyOps, [](Operation &bodyOp) {
           return isa<arith::ExtFOp, arith::MulFOp, arith::AddFOp>(bodyOp);
         });
}

bool ditto::addsPairs(LinalgOp op, const VectorPlan &plan,
                      const TargetModel &target) {
  if (!target.hasBF16Dot || !plan.lanesReduce || !plan.columnDim ||
      !widensAndMultiplies(op) ||
      !getElementTypeOrSelf(op.getDpsInits().front().getType()).isF32())
    return false;
  return llvm::all_of(op.getDpsInputOperands(), [&](OpOperand *input) {
    return plan.advances[input->getOperandNumber()] &&
           getElementTypeOrSelf(input->get().getType()).isBF16();
  });
}
