//===- Pipelines.cpp - The pipelines by name ------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Pipelines/Pipelines.h"

#include "ditto/InitDitto.h"
#include "ditto/Raise/Passes.h"
#include "ditto/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

static std::unique_ptr<Pass> createFoldPass(bool contractionsOnly) {
  ditto::FoldRepeatsPassOptions fold;
  fold.contractionsOnly = contractionsOnly;
  fold.remarkKept = false;
  return ditto::createFoldRepeatsPass(fold);
}

/// Repeats go, until none does.
static void addRepeatPasses(OpPassManager &pm,
                            const ditto::OptimizeOptions &options) {
  if (options.raise) {
    ditto::RaisePassOptions raise;
    raise.raisePlainBroadcasts = options.raisePlainBroadcasts;
    raise.remarkMissed = false;
    pm.addPass(ditto::createRaisePass(raise));
  }
  // A tensor.dim of a repeat would keep it alive.
  pm.addPass(memref::createResolveRankedShapeTypeResultDimsPass());
  // Contractions read through transposes, which sinking would move above the
  // repeat and leave there: they come first. Elementwise ops come last, as a
  // repeat that they read may sink below them.
  bool fold = options.foldInto != ditto::FoldInto::Nothing;
  OpPassManager &function = pm.nest<func::FuncOp>();
  if (fold)
    function.addPass(createFoldPass(/*contractionsOnly=*/true));
  if (options.sink)
    function.addPass(ditto::createSinkRepeatsPass());
  if (fold)
    function.addPass(
        createFoldPass(options.foldInto == ditto::FoldInto::Contractions));
  // What is left: sizes of values on the way, dead chains, and reshapes that
  // cancel out.
  pm.addPass(memref::createResolveRankedShapeTypeResultDimsPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void ditto::buildOptimizePipeline(OpPassManager &pm,
                                  const OptimizeOptions &options) {
  // Raising looks for chains of ops; folded constants and merged duplicates
  // make more of them equal.
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  // What is folded or sunk brings other broadcasts, repeats and readers
  // together: once suffices for nearly all modules, and shows in the second
  // round, which is cheap.
  pm.addPass(createCompositeFixedPointPass(
      "ditto-remove-repeats",
      [&](OpPassManager &round) { addRepeatPasses(round, options); }));
  if (!options.remarkKept)
    return;
  // Why repeats are left is known now.
  if (options.raise) {
    RaisePassOptions explainMissed;
    explainMissed.raisePlainBroadcasts = options.raisePlainBroadcasts;
    explainMissed.rewrite = false;
    pm.addPass(createRaisePass(explainMissed));
  }
  FoldRepeatsPassOptions explainKept;
  explainKept.rewrite = false;
  pm.addNestedPass<func::FuncOp>(createFoldRepeatsPass(explainKept));
}

void ditto::buildCompilePipeline(OpPassManager &pm,
                                 const CompileOptions &options) {
  buildOptimizePipeline(pm, options);
  buildLowerToLLVMPipeline(pm, options);
}

void ditto::registerDittoPipelines() {
  if (PassPipelineInfo::lookup("ditto-optimize"))
    return;
  PassPipelineRegistration<OptimizeOptions>(
      "ditto-optimize", "Raise tensor repeats to ditto ops and fold them away",
      buildOptimizePipeline);
  PassPipelineRegistration<LowerToLLVMOptions>(
      "ditto-lower-to-llvm",
      "Lower ditto, linalg, tensor, tosa, scf, .. to the LLVM dialect",
      buildLowerToLLVMPipeline);
  PassPipelineRegistration<CompileOptions>(
      "ditto-compile", "ditto-optimize, then ditto-lower-to-llvm",
      buildCompilePipeline);
}
