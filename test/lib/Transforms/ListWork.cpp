//===- ListWork.cpp - What a function does with tensors -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../TestPasses.h"
#include "Contractions.h"
#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Pass/Pass.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// Prints a line for each function, with the ops in it that compute or move the
/// elements of a tensor, in order:
///
///   @attention: ditto.repeat_interleave by 4 dim(1); linalg.batch_matmul
///
/// Reshapes, slices, casts, constants and the fills that reductions begin with
/// are left out.
struct ListWorkPass : public PassWrapper<ListWorkPass, OperationPass<>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ListWorkPass)

  StringRef getArgument() const final { return "test-list-work"; }
  StringRef getDescription() const final {
    return "prints the ops of each function that work on tensors";
  }

  void runOnOperation() final {
    getOperation()->walk([](FunctionOpInterface function) {
      SmallVector<std::string> work;
      function->walk<WalkOrder::PreOrder>([&](Operation *op) {
        if (isWork(op))
          work.push_back(describe(op));
        // Bodies of structured ops are about elements.
        return isa<linalg::LinalgOp>(op) ? WalkResult::skip()
                                         : WalkResult::advance();
      });
      llvm::outs() << "@" << function.getName() << ": "
                   << (work.empty() ? "nothing" : llvm::join(work, "; "))
                   << "\n";
    });
  }

  static bool isWork(Operation *op) {
    if (op->hasTrait<OpTrait::ConstantLike>() ||
        isa<tensor::EmptyOp, tensor::ExpandShapeOp, tensor::CollapseShapeOp,
            tensor::ReshapeOp, tensor::CastOp, tensor::ExtractSliceOp,
            tensor::FromElementsOp, tosa::ReshapeOp, linalg::FillOp>(op))
      return false;
    return llvm::any_of(op->getResultTypes(), llvm::IsaPred<TensorType>);
  }

  static std::string describe(Operation *op) {
    std::string name = op->getName().getStringRef().str();
    if (isa<RepeatOp, RepeatInterleaveOp>(op))
      return name + describeCounts(op);
    auto generic = dyn_cast<linalg::GenericOp>(op);
    if (!generic)
      return name;
    std::optional<test::ContractionKind> kind = test::getContractionKind(op);
    if (kind == test::ContractionKind::Generic)
      return name + " (contraction)";
    if (kind == test::ContractionKind::Melted)
      return name + " (melted contraction)";
    if (generic.getNumReductionLoops())
      return name + " (reduction)";
    // Nothing but the terminator: elements are moved as they are.
    return name +
           (llvm::hasSingleElement(*generic.getBlock()) ? " (copy)" : "");
  }

  /// " by 4 dim(1)", as the op is printed, with "?" for the name of a value.
  static std::string describeCounts(Operation *op) {
    std::string text;
    llvm::raw_string_ostream(text) << *op;
    StringRef counts = StringRef(text).split(" by ").second.split(" : ").first;
    std::string description = " by ";
    while (!counts.empty()) {
      if (counts.consume_front("%")) {
        counts = counts.drop_while(
            [](char c) { return llvm::isAlnum(c) || c == '_' || c == '#'; });
        description += '?';
        continue;
      }
      description += counts.front();
      counts = counts.drop_front();
    }
    return description;
  }
};

} // namespace

void mlir::ditto::test::registerListWorkPass() {
  PassRegistration<ListWorkPass>();
}
