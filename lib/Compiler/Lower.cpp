//===- Lower.cpp - A module through the pipelines -------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "Progress.h"
#include "Target.h"

#include "ditto/Compiler/Compiler.h"
#include "ditto/IR/Copies.h"
#include "ditto/InitDitto.h"
#include "ditto/Lowering/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::ditto;

/// Registers in `context` what the pipelines need.
static llvm::Error prepareContext(MLIRContext &context) {
  if (!loadDittoDialect(context))
    return llvm::createStringError(kOtherCopy);
  DialectRegistry registry;
  registerUpstreamDialects(registry);
  registerDittoExtensions(registry);
  context.appendDialectRegistry(registry);
  return llvm::Error::success();
}

static llvm::Error checkOptions(const CompilerOptions &options) {
  constexpr unsigned widest = 2048;
  if (options.vectorBits.value_or(0) > widest)
    return llvm::createStringError("expected vectors of at most " +
                                   llvm::Twine(widest) + " bits, but got " +
                                   llvm::Twine(*options.vectorBits));
  return llvm::Error::success();
}

/// Makes `entry` the only public symbol, so that symbol-dce leaves nothing that
/// it does not use.
static llvm::Error isolate(ModuleOp module, StringRef entry) {
  llvm::Expected<func::FuncOp> function = findEntry(module, entry);
  if (!function)
    return function.takeError();
  for (auto symbol : module.getOps<SymbolOpInterface>())
    symbol.setVisibility(SymbolTable::Visibility::Private);
  function->setPublic();
  return llvm::Error::success();
}

/// What depends on the CPU.
static llvm::Error chooseTarget(const CompilerOptions &options,
                                LowerToLLVMOptions &lowering) {
  auto machine = createTargetMachine(options.cpu, options.optimizationLevel);
  if (!machine)
    return machine.takeError();
  unsigned bits = options.vectorBits.value_or(getVectorBits(**machine));
  lowering.vectorize = bits > 0;
  lowering.vectorBits = bits;
  lowering.bf16Dot = hasBF16Dot(**machine);
  lowering.bytePermute = hasBytePermute(**machine);
  return llvm::Error::success();
}

static void buildOptimizing(OpPassManager &pm, const CompilerOptions &options) {
  OptimizeOptions optimize;
  optimize.raise = options.raise;
  optimize.raisePlainBroadcasts = options.raisePlainBroadcasts;
  optimize.sink = options.sink;
  optimize.foldInto = options.foldInto;
  optimize.remarkKept = options.remarkKept;
  buildOptimizePipeline(pm, optimize);
}

static llvm::Error buildLowering(OpPassManager &pm, Stage stage,
                                 const CompilerOptions &options) {
  switch (stage) {
  case Stage::Optimized:
    break;
  case Stage::Linalg:
    pm.addPass(createConvertDittoToLinalg());
    break;
  case Stage::LLVM:
    LowerToLLVMOptions lowering;
    if (llvm::Error error = chooseTarget(options, lowering))
      return error;
    lowering.emitCInterface = true;
    lowering.reassociate = options.reassociate;
    lowering.parallel = options.parallel;
    lowering.partInstructions = options.partInstructions;
    buildLowerToLLVMPipeline(pm, lowering);
    break;
  }
  return llvm::Error::success();
}

llvm::Expected<OwningOpRef<ModuleOp>>
ditto::lower(ModuleOp module, Stage stage, const CompilerOptions &options) {
  if (llvm::Error error = checkOptions(options))
    return error;
  if (llvm::Error error = prepareContext(*module.getContext()))
    return error;
  OwningOpRef<ModuleOp> copy = module.clone();
  PassManager pm(module.getContext());
  if (!options.entry.empty()) {
    if (llvm::Error error = isolate(*copy, options.entry))
      return error;
    pm.addPass(createSymbolDCEPass());
  }
  if (options.optimizeRepeats)
    buildOptimizing(pm, options);
  if (llvm::Error error = buildLowering(pm, stage, options))
    return error;

  double end = stage == Stage::LLVM ? kOptimizerBegins : 1;
  reportPasses(pm, options, end);
  DiagnosticCollector diagnostics(module.getContext());
  if (failed(pm.run(*copy)))
    return diagnostics.takeError("the module could not be lowered");
  if (llvm::Error error = report(options, "lowered", end))
    return error;
  return copy;
}
