//===- LowerToLLVM.cpp - From tensors to the LLVM dialect -----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Codegen/Passes.h"
#include "ditto/Lowering/Passes.h"
#include "ditto/Pipelines/Pipelines.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/Pipelines/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Dialect/Tosa/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

/// TOSA to linalg, arith, tensor and scf.
static void addTosaPasses(OpPassManager &pm) {
  OpPassManager &function = pm.nest<func::FuncOp>();
  // Signed and unsigned integers are for TOSA's ops to tell apart; linalg's
  // bodies want signless ones.
  function.addPass(tosa::createTosaOptionalDecompositionsPass());
  // Shapes first: the named conversions need the ranks and extents of results.
  function.addPass(tosa::createTosaInferShapesPass());
  // Elementwise operands of equal rank, after inference and before each
  // conversion, which may make new ones.
  function.addPass(tosa::createTosaMakeBroadcastablePass());
  function.addPass(tosa::createTosaToLinalgNamed());
  function.addPass(tosa::createTosaLayerwiseConstantFoldPass());
  function.addPass(tosa::createTosaMakeBroadcastablePass());
  function.addPass(tosa::createTosaToLinalg());
  // What the linalg conversion makes of its own: constants, rescales, pads,
  // reshapes, loops.
  TosaToArithPassOptions arithOptions;
  arithOptions.includeApplyRescale = true;
  function.addPass(createTosaToArithPass(arithOptions));
  function.addPass(createTosaToTensorPass());
  function.addPass(createTosaToSCFPass());
}

/// Tensor ops to those that have a buffer form, fewer and smaller.
static void addTensorPasses(OpPassManager &pm) {
  OpPassManager &function = pm.nest<func::FuncOp>();
  // Deallocation knows structured loops only, so branches go first.
  function.addPass(createLiftControlFlowToSCFPass());
  function.addPass(createConvertElementwiseToLinalgPass());
  function.addPass(ditto::createDecomposeOpsPass());
  // Before canonicalization: a tensor.dim of an intermediate keeps it alive.
  pm.addPass(memref::createResolveRankedShapeTypeResultDimsPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

/// Whether the CPU computes with bf16 and may do so in its own way: in pairs,
/// and with 0 for subnormal numbers.
static bool addsPairsOfBF16(const ditto::LowerToLLVMOptions &options) {
  return options.bf16Dot && options.reassociate;
}

/// Fewer ops with fewer loops, on tensors still.
static void addFusionPasses(OpPassManager &pm,
                            const ditto::LowerToLLVMOptions &options) {
  OpPassManager &function = pm.nest<func::FuncOp>();
  // Loops of one turn hide that ops have the same loops, and splitting loops
  // makes new ones.
  function.addPass(createLinalgFoldUnitExtentDimsPass());
  function.addPass(createCSEPass());
  function.addPass(ditto::createFuseElementwisePass());
  ditto::WidenOperandsPassOptions widen;
  widen.bf16Dot = addsPairsOfBF16(options);
  function.addPass(ditto::createWidenOperandsPass(widen));
  function.addPass(createLinalgFoldUnitExtentDimsPass());
  function.addPass(createCSEPass());
  function.addPass(ditto::createFuseElementwisePass());
  function.addPass(ditto::createFuseRowsPass());
  // An op with two readers has been moved to both.
  function.addPass(createCSEPass());
  pm.addPass(memref::createResolveRankedShapeTypeResultDimsPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  if (!options.reassociate)
    return;
  // Blocks of rows have each of their ops once by now.
  ditto::SkipHiddenColumnsPassOptions skip;
  skip.vectorBits = options.vectorBits;
  pm.addNestedPass<func::FuncOp>(ditto::createSkipHiddenColumnsPass(skip));
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

/// Tensors to buffers, each freed exactly once.
static void addBufferizationPasses(OpPassManager &pm, bool emitCInterface) {
  ditto::PrepareFunctionsPassOptions prepare;
  prepare.emitCInterface = emitCInterface;
  // Bufferization asks these attributes whether an argument may be overwritten.
  pm.addPass(ditto::createPrepareFunctionsPass(prepare));
  // Right before bufferization: lets a producer write into the slice that its
  // result is inserted into.
  pm.addPass(bufferization::createEmptyTensorEliminationPass());

  bufferization::OneShotBufferizePassOptions bufferize;
  bufferize.bufferizeFunctionBoundaries = true;
  bufferize.functionBoundaryTypeConversion =
      bufferization::LayoutMapOption::IdentityLayoutMap;
  // Loops may carry a new tensor each time round.
  bufferize.allowReturnAllocsFromLoops = true;
  pm.addPass(bufferization::createOneShotBufferizePass(bufferize));
  pm.addPass(createCanonicalizerPass());
  // Before deallocation, which frees a buffer in the block that allocates it.
  pm.addNestedPass<func::FuncOp>(bufferization::createBufferLoopHoistingPass());
  bufferization::buildBufferDeallocationPipeline(pm);
  // Deallocation clones what a function returns without owning it, such as its
  // own argument.
  pm.addPass(createConvertBufferizationToMemRefPass());
}

/// linalg on buffers to loops over scalars and vectors.
static void addLoopPasses(OpPassManager &pm,
                          const ditto::LowerToLLVMOptions &options) {
  OpPassManager &function = pm.nest<func::FuncOp>();
  // After deallocation, which makes copies of its own.
  function.addPass(ditto::createExpandCopiesPass());
  // While an op is still one op, for both kinds of loops below.
  function.addPass(ditto::createSkipEmptyOpsPass());
  if (options.vectorize) {
    ditto::PackContractionsPassOptions pack;
    pack.vectorBits = options.vectorBits;
    pack.parallel = options.parallel;
    pack.bf16Dot = addsPairsOfBF16(options);
    function.addPass(ditto::createPackContractionsPass(pack));
    ditto::CodegenPassOptions codegen;
    codegen.vectorBits = options.vectorBits;
    codegen.reassociate = options.reassociate;
    codegen.bf16Dot = options.bf16Dot;
    codegen.bytePermute = options.bytePermute;
    codegen.parallel = options.parallel;
    function.addPass(ditto::createCodegenPass(codegen));
  }
  // What codegen leaves.
  function.addPass(createConvertLinalgToLoopsPass());
  if (options.parallel) {
    // Once loops show how much they have to do.
    ditto::OutlineParallelLoopsPassOptions outline;
    outline.vectorBits = options.vectorBits;
    outline.partInstructions = options.partInstructions;
    pm.addPass(ditto::createOutlineParallelLoopsPass(outline));
  }
  pm.addNestedPass<func::FuncOp>(createForallToForLoopPass());
  // Inside loops only now: asserts may sit in linalg bodies.
  pm.addPass(ditto::createConvertAssertToRuntimePass());
}

/// Arithmetic that LLVM would call libraries for, where cheaper is possible.
static void addArithmeticPasses(OpPassManager &pm,
                                const ditto::LowerToLLVMOptions &options) {
  // libm has functions for f32 and f64 only.
  pm.addPass(math::createMathExtendToSupportedTypes());
  pm.addPass(ditto::createApproximateMathPass());
  // bf16 is computed in f32 and rounded by integer operations where the CPU has
  // no instruction for it, because LLVM's own rounding calls compiler-rt.
  arith::ArithEmulateUnsupportedFloatsOptions emulate;
  emulate.sourceTypeStrs.push_back("bf16");
  pm.addPass(arith::createArithEmulateUnsupportedFloats(emulate));
  arith::ArithExpandOpsPassOptions expand;
  expand.includeBf16 = !addsPairsOfBF16(options);
  pm.addPass(arith::createArithExpandOpsPass(expand));
  // After the passes above, which put flags on the conversions they add.
  pm.addPass(ditto::createDropConversionFlagsPass());
  pm.addPass(createConvertComplexToStandardPass());
}

/// Everything else to the LLVM dialect.
static void addLLVMPasses(OpPassManager &pm,
                          const ditto::LowerToLLVMOptions &options) {
  pm.addPass(createConvertVectorToSCFPass());
  pm.addPass(createSCFToControlFlowPass());
  // Views become arithmetic on descriptors; that is affine, then arith.
  pm.addNestedPass<func::FuncOp>(ditto::createExpandDynamicReshapesPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  // Loops for integer powers, then intrinsics, then libm, where vectors are
  // taken apart.
  pm.addPass(createConvertMathToFuncs());
  pm.addPass(createConvertMathToLLVMPass());
  pm.addPass(createConvertMathToLibmPass());
  pm.addPass(createConvertComplexToLLVMPass());
  ConvertVectorToLLVMPassOptions vector;
  vector.x86Vector = options.bf16Dot;
  pm.addPass(createConvertVectorToLLVMPass(vector));
  pm.addPass(createArithToLLVMConversionPass());
  FinalizeMemRefToLLVMConversionPassOptions memref;
  memref.useGenericFunctions = true;
  pm.addPass(createFinalizeMemRefToLLVMConversionPass(memref));
  pm.addPass(createConvertFuncToLLVMPass());
  pm.addPass(createConvertControlFlowToLLVMPass());
  pm.addPass(createConvertIndexToLLVMPass());
  pm.addPass(createUBToLLVMConversionPass());
  // Last: the conversions above meet in casts that cancel out.
  pm.addPass(createReconcileUnrealizedCastsPass());
  // Once nothing but bits moves as bf16; leaves casts to clean up.
  pm.addNestedPass<LLVM::LLVMFuncOp>(ditto::createCarryBF16AsIntegersPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void ditto::buildLowerToLLVMPipeline(OpPassManager &pm,
                                     const LowerToLLVMOptions &options) {
  // Before anything else: upstream's conversions crash on some of these types.
  pm.addPass(createVerifyCPUSupportPass());
  addTosaPasses(pm);
  // Before the clean-up of tensors, to which its shape arithmetic is left.
  pm.addPass(createConvertDittoToLinalg());
  addTensorPasses(pm);
  if (options.vectorize)
    addFusionPasses(pm, options);
  // Again: TOSA's arithmetic is spelled out only now.
  pm.addPass(createVerifyCPUSupportPass());
  addBufferizationPasses(pm, options.emitCInterface);
  addLoopPasses(pm, options);
  addArithmeticPasses(pm, options);
  addLLVMPasses(pm, options);
  pm.addPass(createVerifyLoweredPass());
}
