//===- Compiler.h - From a module to machine code ---------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The compiler as a library: lower a module, emit LLVM IR or an object file, or
// compile it in memory and call its functions.
//
//   auto compiled = CompiledModule::compile(module, {});
//   auto function = compiled->getFunction("main");
//   auto results = function->invoke(arguments);
//
// Nothing here ends the process: every function reports what went wrong, in the
// module or at run time, as an llvm::Error. What the pipelines need of a
// context is registered in it, so that contexts may come from anywhere. Threads
// may compile at the same time, each in a context of its own.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_COMPILER_COMPILER_H
#define DITTO_COMPILER_COMPILER_H

#include "ditto/Compiler/Array.h"
#include "ditto/Compiler/Signature.h"
#include "ditto/Pipelines/Pipelines.h"

#include "mlir/IR/OwningOpRef.h"

#include <functional>

namespace llvm {
class raw_pwrite_stream;
} // namespace llvm

namespace mlir {
class ExecutionEngine;
} // namespace mlir

namespace mlir::ditto {

/// Is told what is done next and which part of the whole is finished, from 0
/// to 1, by a thread that compiles. Returns whether to go on; if not, LLVM's
/// optimizer leaves out what it can, and the compilation ends with an error.
using ProgressFunction = std::function<bool(StringRef step, double finished)>;

struct CompilerOptions {
  /// The only function to compile, with what it calls; empty for every public
  /// function.
  std::string entry;
  /// "host" for this machine with all its features, "generic" for any machine
  /// of its architecture, or a name that LLVM knows.
  std::string cpu = "host";
  /// 0 to 3, as -O0 to -O3.
  unsigned optimizationLevel = 3;
  /// Width of the vectors that `ditto-codegen` emits; 0 for scalar loops,
  /// nothing for the widest registers of `cpu`.
  std::optional<unsigned> vectorBits;
  /// Whether sums of floats may be added up in another order than the module's,
  /// without the zeros that masks put into them.
  bool reassociate = true;
  /// Whether independent loops may run on several threads, as many as
  /// dittoRuntimeSetThreads (ditto/Runtime/Parallel.h) says at run time. Object
  /// files then need ditto::Parallel or another dittoRuntimeParallelFor.
  bool parallel = false;
  /// Instructions that are worth handing to another thread.
  int64_t partInstructions = 16 << 10;
  /// Whether `ditto-optimize` runs before the lowering.
  bool optimizeRepeats = true;
  /// Its options (OptimizeOptions in ditto/Pipelines/Pipelines.h).
  bool raise = true;
  bool raisePlainBroadcasts = false;
  bool sink = true;
  FoldInto foldInto = FoldInto::All;
  bool remarkKept = true;
  /// Called as the work gets on, if there is one.
  ProgressFunction progress;
};

/// How far `lower` goes.
enum class Stage {
  /// After `ditto-optimize`: repeats raised, folded and sunk.
  Optimized,
  /// After `convert-ditto-to-linalg`: no ditto ops left.
  Linalg,
  /// After `ditto-compile`: the LLVM dialect.
  LLVM,
};

/// Returns a lowered copy of `module`.
llvm::Expected<OwningOpRef<ModuleOp>> lower(ModuleOp module, Stage stage,
                                            const CompilerOptions &options);

/// Returns the optimised LLVM IR of `module`, as text.
llvm::Expected<std::string> emitLLVMIR(ModuleOp module,
                                       const CompilerOptions &options);

/// Writes a position-independent object file. Each function `f` comes with a C
/// function `_mlir_ciface_f` over memref descriptors; link ditto::Runtime.
llvm::Error emitObject(ModuleOp module, const CompilerOptions &options,
                       llvm::raw_pwrite_stream &output);

/// Returns a C header for the object file that `emitObject` writes of the same
/// module with the same options.
llvm::Expected<std::string> emitHeader(ModuleOp module,
                                       const CompilerOptions &options);

/// A compiled function; it must not outlive its module. Threads may call it at
/// the same time.
class CompiledFunction {
public:
  /// Compiled code takes an array of pointers to arguments and results.
  using Code = void (*)(void **);

  CompiledFunction(const Signature &signature, Code code)
      : signature(&signature), code(code) {}

  const Signature &getSignature() const { return *signature; }

  /// Calls the function. Arguments that do not fit the signature and run-time
  /// errors (a negative count, no memory, ..) are reported; neither leaks.
  /// Arguments are only read, and no result shares memory with them.
  llvm::Expected<SmallVector<Array>> invoke(ArrayRef<Array> arguments) const;

private:
  const Signature *signature;
  Code code;
};

/// A module compiled in memory.
class CompiledModule {
public:
  static llvm::Expected<CompiledModule> compile(ModuleOp module,
                                                const CompilerOptions &options);

  CompiledModule(CompiledModule &&);
  CompiledModule &operator=(CompiledModule &&);
  ~CompiledModule();

  /// Finds a function that was public in the module (or its entry).
  llvm::Expected<CompiledFunction> getFunction(StringRef name) const;

private:
  struct Code;
  explicit CompiledModule(std::unique_ptr<Code> code);

  std::unique_ptr<Code> code;
};

} // namespace mlir::ditto

#endif // DITTO_COMPILER_COMPILER_H
