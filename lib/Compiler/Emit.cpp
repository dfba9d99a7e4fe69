//===- Emit.cpp - LLVM IR and object files --------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "Optimize.h"
#include "Progress.h"
#include "Target.h"

#include "ditto/Compiler/Compiler.h"

#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace mlir::ditto;

/// Returns `module` as optimised LLVM IR for `machine`.
static llvm::Expected<std::unique_ptr<llvm::Module>>
translate(ModuleOp module, llvm::LLVMContext &context,
          llvm::TargetMachine &machine, const CompilerOptions &options) {
  auto lowered = lower(module, Stage::LLVM, options);
  if (!lowered)
    return lowered.takeError();
  DiagnosticCollector diagnostics(module.getContext());
  std::unique_ptr<llvm::Module> result =
      translateModuleToLLVMIR(**lowered, context);
  if (!result)
    return diagnostics.takeError("the module has no LLVM IR");
  ExecutionEngine::setupTargetTripleAndDataLayout(result.get(), &machine);
  optimize(*result, machine, options);
  if (llvm::Error error =
          report(options, "generating code", kCodeGeneratorBegins))
    return error;
  return result;
}

llvm::Expected<std::string> ditto::emitLLVMIR(ModuleOp module,
                                              const CompilerOptions &options) {
  auto machine = createTargetMachine(options.cpu, options.optimizationLevel);
  if (!machine)
    return machine.takeError();
  llvm::LLVMContext context;
  auto translated = translate(module, context, **machine, options);
  if (!translated)
    return translated.takeError();
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << **translated;
  return text;
}

llvm::Error ditto::emitObject(ModuleOp module, const CompilerOptions &options,
                              llvm::raw_pwrite_stream &output) {
  auto machine = createTargetMachine(options.cpu, options.optimizationLevel);
  if (!machine)
    return machine.takeError();
  llvm::LLVMContext context;
  auto translated = translate(module, context, **machine, options);
  if (!translated)
    return translated.takeError();
  llvm::legacy::PassManager codegen;
  if ((*machine)->addPassesToEmitFile(codegen, output, /*DwoOut=*/nullptr,
                                      llvm::CodeGenFileType::ObjectFile))
    return llvm::createStringError("the target '" +
                                   (*machine)->getTargetTriple().str() +
                                   "' has no object files");
  codegen.run(**translated);
  return llvm::Error::success();
}
