//===- Optimize.cpp - LLVM's optimizer ------------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// What mlir::makeOptimizingTransformer does, with callbacks: the optimizer is
// half of what compiling a model takes.
//
//===----------------------------------------------------------------------===//

#include "Optimize.h"

#include "Progress.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;
using namespace mlir::ditto;

static llvm::OptimizationLevel getLevel(unsigned level) {
  switch (level) {
  case 0:
    return llvm::OptimizationLevel::O0;
  case 1:
    return llvm::OptimizationLevel::O1;
  case 2:
    return llvm::OptimizationLevel::O2;
  default:
    return llvm::OptimizationLevel::O3;
  }
}

static void runPipeline(llvm::Module &module, llvm::TargetMachine &machine,
                        unsigned level,
                        llvm::PassInstrumentationCallbacks &callbacks) {
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PipelineTuningOptions tuning;
  tuning.LoopUnrolling = true;
  tuning.LoopInterleaving = true;
  tuning.LoopVectorization = true;
  tuning.SLPVectorization = true;
  llvm::PassBuilder builder(&machine, tuning, /*PGOOpt=*/std::nullopt,
                            &callbacks);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  builder.buildPerModuleDefaultPipeline(getLevel(level)).run(module, modules);
}

/// How many passes the pipeline runs on each function, whatever is in it: as
/// many as on one that does nothing.
static unsigned countFunctionPasses(llvm::Module &module,
                                    llvm::TargetMachine &machine,
                                    unsigned level) {
  llvm::LLVMContext &context = module.getContext();
  llvm::Module trial("", context);
  trial.setDataLayout(module.getDataLayout());
  trial.setTargetTriple(module.getTargetTriple());
  auto *function = llvm::Function::Create(
      llvm::FunctionType::get(llvm::Type::getVoidTy(context), false),
      llvm::Function::ExternalLinkage, "nothing", trial);
  llvm::IRBuilder<>(llvm::BasicBlock::Create(context, "", function))
      .CreateRetVoid();
  unsigned count = 0;
  llvm::PassInstrumentationCallbacks callbacks;
  callbacks.registerBeforeNonSkippedPassCallback(
      [&](StringRef, llvm::Any unit) {
        count += llvm::any_cast<const llvm::Function *>(&unit) != nullptr;
      });
  runPipeline(trial, machine, level, callbacks);
  return count;
}

void ditto::optimize(llvm::Module &module, llvm::TargetMachine &machine,
                     const CompilerOptions &options) {
  unsigned level = options.optimizationLevel;
  llvm::PassInstrumentationCallbacks callbacks;
  if (!options.progress)
    return runPipeline(module, machine, level, callbacks);

  // A pass takes the longer the more there is to look at.
  llvm::DenseMap<const llvm::Function *, double> sizes;
  double work = 1, finished = 0;
  for (const llvm::Function &function : module)
    work += sizes[&function] = function.getInstructionCount();
  work *= countFunctionPasses(module, machine, level);
  bool goesOn = true;
  callbacks.registerShouldRunOptionalPassCallback(
      [&](StringRef, llvm::Any) { return goesOn; });
  callbacks.registerBeforeNonSkippedPassCallback([&](StringRef pass,
                                                     llvm::Any unit) {
    auto *function = llvm::any_cast<const llvm::Function *>(&unit);
    if (!function)
      return;
    double share = kCodeGeneratorBegins - kOptimizerBegins;
    goesOn = options.progress(pass, kOptimizerBegins +
                                        share * std::min(finished / work, 1.0));
    finished += sizes.lookup(*function);
  });
  runPipeline(module, machine, level, callbacks);
}
