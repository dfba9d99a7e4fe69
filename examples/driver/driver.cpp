//===- driver.cpp - A compiler that uses ditto between its own passes -----===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// usage: driver FILE.mlir
//
// Compiles the function of a file and calls it with arguments of zeros.
//
//===----------------------------------------------------------------------===//

#include "ditto/Compiler/Compiler.h"
#include "ditto/IR/Ditto.h"
#include "ditto/InitDitto.h"
#include "ditto/Pipelines/Pipelines.h"
#include "ditto/Raise/Passes.h"
#include "ditto/Transforms/Patterns.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace {
/// The compiler's own: counts repeats and products.
struct Count : public PassWrapper<Count, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(Count)
  explicit Count(StringRef when) : when(when) {}

  void runOnOperation() override {
    unsigned repeats = 0, products = 0;
    getOperation()->walk([&](Operation *op) {
      repeats += isa<ditto::RepeatOp, ditto::RepeatInterleaveOp>(op);
      products += isa<linalg::BatchMatmulOp>(op);
    });
    llvm::outs() << when << ": " << repeats << " repeats, " << products
                 << " products\n";
  }

  StringRef when;
};

/// The compiler's own: ditto's patterns, where it wants them.
struct FoldIntoProducts
    : public PassWrapper<FoldIntoProducts, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(FoldIntoProducts)

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    // Asked about each operand that is a repeat: fold this one?
    ditto::populateFoldRepeatsPatterns(patterns, [](OpOperand &operand) {
      return isa<linalg::BatchMatmulOp>(operand.getOwner());
    });
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace

static llvm::Error compileAndRun(ModuleOp module) {
  auto entry = ditto::findEntry(module, /*name=*/"");
  if (!entry)
    return entry.takeError();
  auto compiled = ditto::CompiledModule::compile(module, {});
  if (!compiled)
    return compiled.takeError();
  auto function = compiled->getFunction(entry->getName());
  if (!function)
    return function.takeError();
  SmallVector<ditto::Array> arguments;
  for (Type type : function->getSignature().arguments) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    auto array = tensor ? ditto::Array::allocate(tensor.getElementType(),
                                                 tensor.getShape())
                        : ditto::Array::allocate(type, {});
    if (!array)
      return array.takeError();
    arguments.push_back(std::move(*array));
  }
  auto results = function->invoke(arguments);
  if (!results)
    return results.takeError();
  for (const ditto::Array &result : *results)
    llvm::outs() << "result: " << result.getType() << "\n";
  return llvm::Error::success();
}

int main(int argc, char **argv) {
  DialectRegistry registry;
  ditto::registerDittoDialects(registry);
  ditto::registerUpstreamDialects(registry);
  ditto::registerDittoExtensions(registry);
  MLIRContext context(registry);
  auto module = parseSourceFile<ModuleOp>(argc > 1 ? argv[1] : "-", &context);
  if (!module)
    return 1;

  PassManager pm(&context);
  pm.addPass(ditto::createRaisePass());
  pm.addPass(std::make_unique<Count>("raised"));
  pm.addPass(std::make_unique<FoldIntoProducts>());
  pm.addPass(std::make_unique<Count>("folded"));
  ditto::OptimizeOptions options;
  options.raise = false;
  ditto::buildOptimizePipeline(pm, options);
  if (failed(pm.run(*module)))
    return 1;
  if (llvm::Error error = compileAndRun(*module)) {
    llvm::errs() << "driver: " << llvm::toString(std::move(error)) << "\n";
    return 1;
  }
  return 0;
}
