//===- ExposeContractions.cpp - What contractions read, as results --------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../TestPasses.h"
#include "Contractions.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// Makes what the contractions of the public function read its results, after
/// those that it has, so that running it shows whether these are copies that
/// repeat something. Prints a line for each contraction,
///
///   contraction named
///
/// and for each input a line with the number of its result, the dimensions that
/// the result of the contraction has too, and the arguments that it depends on:
///
///   operand 3 dims 0,1 of 0,2
///
struct ExposeContractionsPass
    : public PassWrapper<ExposeContractionsPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ExposeContractionsPass)

  StringRef getArgument() const final { return "test-expose-contractions"; }
  StringRef getDescription() const final {
    return "returns what contractions read from the public function";
  }

  void runOnOperation() final {
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.isPublic() && !function.isExternal() &&
          llvm::hasSingleElement(function.getBody()))
        expose(function);
  }

  static void expose(func::FuncOp function) {
    Operation *terminator = function.front().getTerminator();
    SmallVector<Value> results(terminator->getOperands());
    for (Operation &op : function.front()) {
      std::optional<test::ContractionKind> kind = test::getContractionKind(&op);
      if (!kind)
        continue;
      llvm::outs() << "contraction " << getName(*kind) << "\n";
      for (auto [operand, dims] : getInputs(&op)) {
        llvm::outs() << "operand " << results.size() << " dims ";
        llvm::interleave(dims, llvm::outs(), ",");
        llvm::outs() << " of ";
        llvm::interleave(getArguments(operand), llvm::outs(), ",");
        llvm::outs() << "\n";
        results.push_back(operand);
      }
    }
    terminator->setOperands(results);
    function.setType(FunctionType::get(function.getContext(),
                                       function.getArgumentTypes(),
                                       ValueRange(results).getTypes()));
    function.setResAttrsAttr({});
  }

  static StringRef getName(test::ContractionKind kind) {
    switch (kind) {
    case test::ContractionKind::Named:
      return "named";
    case test::ContractionKind::Generic:
      return "generic";
    case test::ContractionKind::Melted:
      return "melted";
    }
    llvm_unreachable("all kinds are covered");
  }

  /// The inputs, each with its dimensions that are indexed by parallel loops.
  static SmallVector<std::pair<Value, SmallVector<unsigned>>>
  getInputs(Operation *op) {
    SmallVector<std::pair<Value, SmallVector<unsigned>>> inputs;
    if (auto matmul = dyn_cast<tosa::MatMulOp>(op))
      return {{matmul.getA(), {0, 1}}, {matmul.getB(), {0, 2}}};
    auto linalgOp = cast<linalg::LinalgOp>(op);
    SmallVector<utils::IteratorType> loops = linalgOp.getIteratorTypesArray();
    for (OpOperand *operand : linalgOp.getDpsInputOperands()) {
      AffineMap map = linalgOp.getMatchingIndexingMap(operand);
      SmallVector<unsigned> dims;
      for (auto [dim, index] : llvm::enumerate(map.getResults())) {
        bool isParallel = !isa<AffineConstantExpr>(index);
        for (auto [loop, type] : llvm::enumerate(loops))
          isParallel &= type == utils::IteratorType::parallel ||
                        !index.isFunctionOfDim(loop);
        if (isParallel)
          dims.push_back(dim);
      }
      if (!dims.empty())
        inputs.push_back({operand->get(), dims});
    }
    return inputs;
  }

  /// The arguments of the function that elements of `value` are computed from;
  /// its sizes do not count.
  static SmallVector<unsigned> getArguments(Value value) {
    SetVector<Value> visited;
    visited.insert(value);
    SmallVector<unsigned> arguments;
    for (size_t next = 0; next < visited.size(); ++next) {
      auto argument = dyn_cast<BlockArgument>(visited[next]);
      if (!argument)
        visited[next].getDefiningOp()->walk([&](Operation *op) {
          for (Value operand : op->getOperands())
            if (isa<TensorType>(operand.getType()))
              visited.insert(operand);
        });
      else if (isa<FunctionOpInterface>(argument.getOwner()->getParentOp()))
        arguments.push_back(argument.getArgNumber());
    }
    return arguments;
  }
};

} // namespace

void mlir::ditto::test::registerExposeContractionsPass() {
  PassRegistration<ExposeContractionsPass>();
}
