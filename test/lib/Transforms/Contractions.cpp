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
#include "mlir/Dialect/Tensor/IR/Tensor.h"
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

/// The elements that `value`, in the body of `op`, is computed from: block
/// arguments and what a fused gather extracts.
static SetVector<Value> getInputElements(linalg::GenericOp op, Value value) {
  SetVector<Value> inputs, visited;
  visited.insert(value);
  for (size_t next = 0; next < visited.size(); ++next) {
    Value current = visited[next];
    Operation *definition = current.getDefiningOp();
    if (llvm::is_contained(op.getRegionInputArgs(), current) ||
        isa_and_present<tensor::ExtractOp>(definition))
      inputs.insert(current);
    else if (definition && op->isProperAncestor(definition))
      visited.insert_range(definition->getOperands());
  }
  return inputs;
}

/// Whether `op` sums up products of two values that are computed from different
/// inputs. A sum of squares is none, whatever is squared.
static bool sumsUpProducts(linalg::GenericOp op) {
  if (op.getNumDpsInits() != 1 || op.getNumReductionLoops() == 0)
    return false;
  SmallVector<Operation *, 4> combiners;
  Value term = matchReduction(op.getRegionOutputArgs(), 0, combiners);
  if (!term || combiners.size() != 1 ||
      !isa<arith::AddFOp, arith::AddIOp>(combiners.front()))
    return false;
  Operation *product = term.getDefiningOp();
  if (!isa_and_present<arith::MulFOp, arith::MulIOp>(product))
    return false;
  SetVector<Value> left = getInputElements(op, product->getOperand(0));
  SetVector<Value> right = getInputElements(op, product->getOperand(1));
  return !left.empty() && !right.empty() && left != right;
}

std::optional<test::ContractionKind> test::getContractionKind(Operation *op) {
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
