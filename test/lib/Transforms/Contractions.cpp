//===- Contractions.cpp - What kind of contraction an op is ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contractions.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

using namespace mlir;
using namespace mlir::ditto;

/// Whether `op` sums up products of its two inputs as they are.
static bool hasContractionBody(linalg::GenericOp op) {
  return op.getNumDpsInputs() == 2 &&
         linalg::detail::isContractionBody(
             *op.getBlock(), [](Operation *product, Operation *sum) {
               return isa<arith::MulFOp, arith::MulIOp>(product) &&
                      isa<arith::AddFOp, arith::AddIOp>(sum);
             });
}

/// Whether `op` sums up terms that two or more inputs are multiplied into, in
/// whatever way.
static bool sumsUpProducts(linalg::GenericOp op) {
  if (op.getNumDpsInits() != 1 || op.getNumReductionLoops() == 0)
    return false;
  SmallVector<Operation *, 4> combiners;
  Value term = matchReduction(op.getRegionOutputArgs(), 0, combiners);
  if (!term || combiners.size() != 1 ||
      !isa<arith::AddFOp, arith::AddIOp>(combiners.front()))
    return false;

  // `term` depends on two inputs if two block arguments are operands in its
  // backward slice.
  SetVector<Operation *> slice;
  BackwardSliceOptions options;
  options.inclusive = true;
  options.omitBlockArguments = true;
  if (failed(getBackwardSlice(term, &slice, options)))
    return false;
  SetVector<Value> inputs;
  bool hasProduct = false;
  for (Operation *inner : slice) {
    hasProduct |= isa<arith::MulFOp, arith::MulIOp>(inner);
    for (Value operand : inner->getOperands())
      if (llvm::is_contained(op.getRegionInputArgs(), operand))
        inputs.insert(operand);
  }
  return hasProduct && inputs.size() >= 2;
}

std::optional<test::ContractionKind>
test::getContractionKind(Operation *op) {
  if (auto generic = dyn_cast<linalg::GenericOp>(op)) {
    if (generic.getNumReductionLoops() && hasContractionBody(generic))
      return ContractionKind::Generic;
    if (sumsUpProducts(generic))
      return ContractionKind::Melted;
    return std::nullopt;
  }
  if (isa<linalg::ContractionOpInterface, tosa::MatMulOp>(op))
    return ContractionKind::Named;
  return std::nullopt;
}
