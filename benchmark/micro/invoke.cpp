//===- invoke.cpp - Calls through the compiler's library ------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// CompiledFunction::invoke checks arguments and wraps results; compiling is
// what a program that has a JIT waits for.
//
//===----------------------------------------------------------------------===//

#include "ditto/Compiler/Compiler.h"
#include "ditto/InitDitto.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include <benchmark/benchmark.h>

using namespace mlir;
using namespace mlir::ditto;

static MLIRContext &getContext() {
  static MLIRContext context([] {
    DialectRegistry registry;
    registerDittoDialects(registry);
    registerUpstreamDialects(registry);
    registerDittoExtensions(registry);
    return registry;
  }());
  return context;
}

static OwningOpRef<ModuleOp> parseModule() {
  return parseSourceFile<ModuleOp>(SMALL_CALLS_MODULE, &getContext());
}

static void invoke(benchmark::State &state) {
  int64_t bytes = state.range(0);
  OwningOpRef<ModuleOp> module = parseModule();
  CompilerOptions options;
  options.entry = "interleave";
  auto compiled = llvm::cantFail(CompiledModule::compile(*module, options));
  CompiledFunction function =
      llvm::cantFail(compiled.getFunction(options.entry));
  std::vector<Array> arguments;
  arguments.push_back(llvm::cantFail(
      Array::allocate(Float32Type::get(&getContext()), {bytes / 16})));
  for (auto _ : state) {
    auto results = llvm::cantFail(function.invoke(arguments));
    benchmark::DoNotOptimize(results.front().getData());
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}
BENCHMARK(invoke)->RangeMultiplier(4)->Range(64, 4096);

static void compile(benchmark::State &state) {
  OwningOpRef<ModuleOp> module = parseModule();
  CompilerOptions options;
  options.entry = "interleave64";
  for (auto _ : state)
    benchmark::DoNotOptimize(
        llvm::cantFail(CompiledModule::compile(*module, options)));
}
BENCHMARK(compile)->Unit(benchmark::kMillisecond);
