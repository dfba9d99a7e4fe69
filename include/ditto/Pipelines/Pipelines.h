//===- Pipelines.h - From tensors to the LLVM dialect --------- -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The pipelines as build functions over typed options. `registerDittoPipelines`
// (ditto/InitDitto.h) makes them available by name.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PIPELINES_PIPELINES_H
#define DITTO_PIPELINES_PIPELINES_H

#include "mlir/Pass/PassOptions.h"

namespace mlir {
class OpPassManager;
} // namespace mlir

namespace mlir::ditto {

/// The ops that read what is repeated instead of the repeat.
enum class FoldInto { Nothing, Contractions, All };

/// Options of `ditto-optimize`. What is switched off is left to passes of the
/// caller's own.
struct OptimizeOptions : public PassPipelineOptions<OptimizeOptions> {
  PassOptions::Option<bool> raise{
      *this, "raise",
      llvm::cl::desc("Raise broadcasts and reshapes to ditto ops; otherwise "
                     "ditto ops that are there are removed, and broadcasts "
                     "that contractions read"),
      llvm::cl::init(true)};
  PassOptions::Option<bool> raisePlainBroadcasts{
      *this, "raise-plain-broadcasts",
      llvm::cl::desc("Raise broadcasts along dimensions of their own too"),
      llvm::cl::init(false)};
  PassOptions::Option<bool> sink{
      *this, "sink",
      llvm::cl::desc("Move repeats below ops that do the same work once per "
                     "copy"),
      llvm::cl::init(true)};
  PassOptions::Option<FoldInto> foldInto{
      *this, "fold-into",
      llvm::cl::desc("The ops that read what is repeated instead"),
      llvm::cl::init(FoldInto::All),
      llvm::cl::values(clEnumValN(FoldInto::Nothing, "nothing", "no op"),
                       clEnumValN(FoldInto::Contractions, "contractions",
                                  "contractions of linalg, tosa.matmul"),
                       clEnumValN(FoldInto::All, "all", "every op that can"))};
  PassOptions::Option<bool> remarkKept{
      *this, "remark-kept",
      llvm::cl::desc("Give missed remarks with the reason about what is not "
                     "raised and what is kept"),
      llvm::cl::init(true)};
};

/// Options of `ditto-lower-to-llvm`.
struct LowerToLLVMOptions : public PassPipelineOptions<LowerToLLVMOptions> {
  PassOptions::Option<bool> vectorize{
      *this, "vectorize",
      llvm::cl::desc("Vectorise loops over buffers (ditto-codegen)"),
      llvm::cl::init(true)};
  PassOptions::Option<unsigned> vectorBits{
      *this, "vector-bits",
      llvm::cl::desc("Width of the vectors that ditto-codegen emits, in bits"),
      llvm::cl::init(512)};
  PassOptions::Option<bool> reassociate{
      *this, "reassociate",
      llvm::cl::desc(
          "Let sums of floats be added up in another order, without the "
          "zeros that masks put into them"),
      llvm::cl::init(true)};
  PassOptions::Option<bool> parallel{
      *this, "parallel",
      llvm::cl::desc("Run independent loops on several threads, through "
                     "dittoRuntimeParallelFor"),
      llvm::cl::init(false)};
  PassOptions::Option<int64_t> partInstructions{
      *this, "part-instructions",
      llvm::cl::desc("Instructions that are worth handing to another thread"),
      llvm::cl::init(16 << 10)};
  PassOptions::Option<bool> bf16Dot{
      *this, "bf16-dot",
      llvm::cl::desc("Multiply pairs of bf16 and round to bf16 with AVX-512 "
                     "BF16, where sums may be added up in another order"),
      llvm::cl::init(false)};
  PassOptions::Option<bool> bytePermute{
      *this, "byte-permute",
      llvm::cl::desc("Permute bytes by vectors of indices with AVX-512 VBMI"),
      llvm::cl::init(false)};
  PassOptions::Option<bool> emitCInterface{
      *this, "emit-c-interface",
      llvm::cl::desc("Give public functions a C wrapper (_mlir_ciface_..) that "
                     "takes pointers to memref descriptors"),
      llvm::cl::init(false)};
};

/// Options of `ditto-compile`: both.
struct CompileOptions : public PassPipelineOptions<CompileOptions>,
                        public OptimizeOptions,
                        public LowerToLLVMOptions {
  using PassPipelineOptions<CompileOptions>::createFromString;
};

/// Builds `ditto-optimize`: ditto, linalg, tensor, tosa, scf and arith in, the
/// same with fewer and later repeats out.
void buildOptimizePipeline(OpPassManager &pm,
                           const OptimizeOptions &options = OptimizeOptions());

/// Builds `ditto-lower-to-llvm`: any module of ditto, func, arith, math,
/// complex, linalg, tensor, tosa, scf and cf in, the LLVM dialect out.
/// Allocations call `_mlir_memref_to_llvm_alloc` and its siblings, run-time
/// checks `dittoRuntimeFail` and `dittoRuntimeFailAssert`; ditto's runtime
/// library has them all.
void buildLowerToLLVMPipeline(
    OpPassManager &pm,
    const LowerToLLVMOptions &options = LowerToLLVMOptions());

/// Builds `ditto-compile`: `ditto-optimize`, then `ditto-lower-to-llvm`.
void buildCompilePipeline(OpPassManager &pm,
                          const CompileOptions &options = CompileOptions());

} // namespace mlir::ditto

#endif // DITTO_PIPELINES_PIPELINES_H
