//===- CompiledModule.cpp - Modules compiled in memory --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "Marshal.h"
#include "Optimize.h"
#include "Progress.h"
#include "RuntimeSymbols.h"
#include "Target.h"

#include "ditto/Compiler/Compiler.h"
#include "ditto/Runtime/Runtime.h"

#include "mlir/ExecutionEngine/ExecutionEngine.h"

#include <map>

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// CompiledFunction
//===----------------------------------------------------------------------===//

llvm::Expected<SmallVector<Array>>
CompiledFunction::invoke(ArrayRef<Array> arguments) const {
  if (llvm::Error error = checkArguments(*signature, arguments))
    return error;
  CallFrame frame(*signature, arguments);
  struct Call {
    Code code;
    void **pointers;
  } call = {code, frame.getPointers()};
  char message[512];
  int failed = dittoRuntimeCall(
      [](void *argument) {
        auto *call = static_cast<Call *>(argument);
        call->code(call->pointers);
      },
      &call, message, sizeof(message));
  if (failed)
    return llvm::createStringError(llvm::Twine(message));
  return frame.takeResults();
}

//===----------------------------------------------------------------------===//
// CompiledModule
//===----------------------------------------------------------------------===//

struct CompiledModule::Code {
  std::unique_ptr<ExecutionEngine> engine;
  std::map<std::string, std::pair<Signature, CompiledFunction::Code>,
           std::less<>>
      functions;
};

CompiledModule::CompiledModule(std::unique_ptr<Code> code)
    : code(std::move(code)) {}
CompiledModule::CompiledModule(CompiledModule &&) = default;
CompiledModule &CompiledModule::operator=(CompiledModule &&) = default;
CompiledModule::~CompiledModule() = default;

/// Whether compiled code finds the function of this name in the runtime; a
/// module that convert-ditto-to-linalg has lowered declares it.
static bool isRuntimeFunction(StringRef name) {
  return name == "dittoRuntimeFail" || name == "dittoRuntimeFailAssert";
}

/// Memory has nothing to link with but the runtime, so each other function that
/// the module uses must have a body.
static llvm::Error checkBodies(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>())
    if (function.isExternal() && !isRuntimeFunction(function.getName()) &&
        !SymbolTable::symbolKnownUseEmpty(function, module))
      return llvm::createStringError("function @" + function.getName() +
                                     " is declared but has no body");
  return llvm::Error::success();
}

llvm::Expected<CompiledModule>
CompiledModule::compile(ModuleOp module, const CompilerOptions &options) {
  auto machine = createTargetMachine(options.cpu, options.optimizationLevel);
  if (!machine)
    return machine.takeError();
  if (llvm::Error error = checkRunsHere(**machine))
    return error;
  if (llvm::Error error = checkBodies(module))
    return error;
  auto signatures = getSignatures(module, options.entry);
  if (!signatures)
    return signatures.takeError();
  auto lowered = lower(module, Stage::LLVM, options);
  if (!lowered)
    return lowered.takeError();

  // While the engine is made; it owns the machine.
  auto runOptimizer = [&options, &machine = **machine](llvm::Module *module) {
    optimize(*module, machine, options);
    return llvm::Error::success();
  };
  ExecutionEngineOptions engineOptions;
  engineOptions.transformer = runOptimizer;
  engineOptions.enableGDBNotificationListener = false;
  engineOptions.enablePerfNotificationListener = false;
  DiagnosticCollector diagnostics(module.getContext());
  auto engine =
      ExecutionEngine::create(**lowered, engineOptions, std::move(*machine));
  if (!engine)
    return llvm::joinErrors(
        diagnostics.takeError("the module could not be compiled"),
        engine.takeError());
  auto code = std::make_unique<Code>();
  code->engine = std::move(*engine);
  code->engine->registerSymbols(getRuntimeSymbols);
  if (llvm::Error error =
          report(options, "generating code", kCodeGeneratorBegins))
    return error;

  // Looking a function up compiles the module, so errors appear here.
  for (Signature &signature : *signatures) {
    auto packed = code->engine->lookupPacked("_mlir_ciface_" + signature.name);
    if (!packed)
      return packed.takeError();
    std::string name = signature.name;
    code->functions.try_emplace(name, std::move(signature), *packed);
  }
  return CompiledModule(std::move(code));
}

llvm::Expected<CompiledFunction>
CompiledModule::getFunction(StringRef name) const {
  auto function = code->functions.find(name.str());
  if (function == code->functions.end())
    return llvm::createStringError("no function @" + name +
                                   " has been compiled");
  const auto &[signature, packed] = function->second;
  return CompiledFunction(signature, packed);
}
