//===- Lower.cpp - A module through the pipelines -------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "Target.h"

#include "ditto/Compiler/Compiler.h"
#include "ditto/Lowering/Passes.h"
#include "ditto/Pipelines/Pipelines.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::ditto;

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

static llvm::Expected<unsigned>
chooseVectorBits(const CompilerOptions &options) {
  if (options.vectorBits)
    return *options.vectorBits;
  auto machine = createTargetMachine(options.cpu, options.optimizationLevel);
  if (!machine)
    return machine.takeError();
  return getVectorBits(**machine);
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
    llvm::Expected<unsigned> vectorBits = chooseVectorBits(options);
    if (!vectorBits)
      return vectorBits.takeError();
    LowerToLLVMOptions lowering;
    lowering.emitCInterface = true;
    lowering.vectorize = *vectorBits > 0;
    lowering.vectorBits = *vectorBits;
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
  OwningOpRef<ModuleOp> copy = module.clone();
  PassManager pm(module.getContext());
  if (!options.entry.empty()) {
    if (llvm::Error error = isolate(*copy, options.entry))
      return error;
    pm.addPass(createSymbolDCEPass());
  }
  if (options.optimizeRepeats)
    buildOptimizePipeline(pm);
  if (llvm::Error error = buildLowering(pm, stage, options))
    return error;

  DiagnosticCollector diagnostics(module.getContext());
  if (failed(pm.run(*copy)))
    return diagnostics.takeError("the module could not be lowered");
  return copy;
}
