//===- ditto-run.cpp - Compile a function of a module and run it ----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Input.h"
#include "Npy.h"
#include "Options.h"
#include "OutputFile.h"
#include "Print.h"

#include "ditto/InitDitto.h"
#include "ditto/Runtime/Parallel.h"
#include "ditto/Runtime/Runtime.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ScopedPrinter.h"
#include "llvm/Support/SourceMgr.h"

#include <chrono>

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

static llvm::Error compareResults(ArrayRef<Array> results,
                                  const RunOptions &options) {
  for (auto [i, path] : llvm::enumerate(options.expected)) {
    auto wanted = readNpy(path, results[i].getElementType());
    if (!wanted)
      return llvm::createStringError("result " + llvm::Twine(i) + ": " +
                                     llvm::toString(wanted.takeError()));
    auto difference = compare(results[i], *wanted, options.tolerance);
    if (!difference)
      return llvm::createStringError("result " + llvm::Twine(i) +
                                     " is not as in " + path + ": " +
                                     llvm::toString(difference.takeError()));
    llvm::outs() << "result " << i << " is as in " << path << " (max abs error "
                 << llvm::format("%.3g", *difference) << ")\n";
  }
  return llvm::Error::success();
}

static llvm::Error useResults(const Signature &signature,
                              ArrayRef<Array> results,
                              const RunOptions &options) {
  if (options.print)
    for (auto [i, result] : llvm::enumerate(results)) {
      Type type = signature.results[i];
      if (auto tensor = dyn_cast<RankedTensorType>(type))
        type = tensor.clone(result.getShape());
      llvm::outs() << "result " << i << ": " << type << "\n";
      printArray(llvm::outs(), result);
    }
  for (auto [result, path] : llvm::zip(results, options.outputs))
    if (llvm::Error error = writeNpy(path, result))
      return error;
  return compareResults(results, options);
}

//===----------------------------------------------------------------------===//
// Time
//===----------------------------------------------------------------------===//

static std::string printTime(double seconds) {
  const char *units[] = {"ns", "us", "ms", "s"};
  double value = seconds * 1e9;
  size_t unit = 0;
  for (; value >= 1000 && unit < 3; ++unit)
    value /= 1000;
  return llvm::formatv("{0:f1} {1}", value, units[unit]);
}

static llvm::Error timeRuns(const CompiledFunction &function,
                            ArrayRef<Array> inputs, unsigned repetitions) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> seconds;
  for (unsigned i = 0; i < repetitions; ++i) {
    auto begin = Clock::now();
    auto results = function.invoke(inputs);
    auto end = Clock::now();
    if (!results)
      return results.takeError();
    seconds.push_back(std::chrono::duration<double>(end - begin).count());
  }
  llvm::sort(seconds);
  llvm::outs() << "time: min " << printTime(seconds.front()) << ", median "
               << printTime(seconds[seconds.size() / 2]) << " of "
               << repetitions << " runs\n";
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// The two things the tool does
//===----------------------------------------------------------------------===//

static llvm::Error run(ModuleOp module, const Signature &signature,
                       RunOptions options) {
  if (!options.fill.empty())
    options.inputs.assign(signature.arguments.size(), options.fill);
  for (auto [flag, count] : {std::pair("--output", options.outputs.size()),
                             std::pair("--expect", options.expected.size())})
    if (count > signature.results.size())
      return llvm::createStringError("@" + signature.name + " has " +
                                     llvm::Twine(signature.results.size()) +
                                     " results, but " + flag + " was given " +
                                     llvm::Twine(count) + " times");
  auto inputs = makeInputs(signature, options.inputs, options.seed);
  if (!inputs)
    return inputs.takeError();

  dittoRuntimeSetThreads(options.threads);
  auto compiled = CompiledModule::compile(module, options.compiler);
  if (!compiled)
    return compiled.takeError();
  auto function = compiled->getFunction(signature.name);
  if (!function)
    return function.takeError();
  {
    auto results = function->invoke(*inputs);
    if (!results)
      return results.takeError();
    if (llvm::Error error = useResults(signature, *results, options))
      return error;
  }
  if (options.repetitions)
    return timeRuns(*function, *inputs, options.repetitions);
  return llvm::Error::success();
}

static llvm::Error emit(ModuleOp module, const RunOptions &options) {
  std::string text;
  switch (options.emit) {
  case EmitKind::MLIR:
  case EmitKind::Linalg: {
    Stage stage =
        options.emit == EmitKind::MLIR ? Stage::Optimized : Stage::Linalg;
    auto lowered = lower(module, stage, options.compiler);
    if (!lowered)
      return lowered.takeError();
    text = llvm::to_string(**lowered);
    break;
  }
  case EmitKind::LLVM: {
    auto ir = emitLLVMIR(module, options.compiler);
    if (!ir)
      return ir.takeError();
    text = std::move(*ir);
    break;
  }
  case EmitKind::Object: {
    SmallVector<char> object;
    llvm::raw_svector_ostream stream(object);
    if (llvm::Error error = emitObject(module, options.compiler, stream))
      return error;
    text.assign(object.begin(), object.end());
    break;
  }
  case EmitKind::Header: {
    auto header = emitHeader(module, options.compiler);
    if (!header)
      return header.takeError();
    text = std::move(*header);
    break;
  }
  case EmitKind::Nothing:
    llvm_unreachable("nothing to emit");
  }
  return writeFile(options.emitFile,
                   [&](llvm::raw_ostream &stream) { stream << text; });
}

/// Parses the file and does what the options ask for. Errors in the file itself
/// are printed where they are.
static llvm::Error runTool(MLIRContext &context, RunOptions options) {
  std::string message;
  auto buffer = openInputFile(options.file, &message);
  if (!buffer)
    return llvm::createStringError(std::move(message));
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(buffer), SMLoc());
  SourceMgrDiagnosticHandler handler(*sources, &context);
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(sources, &context);
  if (!module)
    return llvm::createStringError(options.file +
                                   " is not a valid MLIR module");

  if (options.emit != EmitKind::Nothing)
    return emit(*module, options);
  auto entry = findEntry(*module, options.compiler.entry);
  if (!entry)
    return entry.takeError();
  auto signature = getSignature(*entry);
  if (!signature)
    return signature.takeError();
  options.compiler.entry = signature->name;
  return run(*module, *signature, std::move(options));
}

static int fail(const llvm::Twine &message) {
  llvm::outs().flush();
  llvm::errs() << "ditto-run: " << message << "\n";
  return 1;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  RunOptions options = parseCommandLine(argc, argv);

  DialectRegistry registry;
  registerDittoDialects(registry);
  registerUpstreamDialects(registry);
  registerDittoExtensions(registry);
  MLIRContext context(registry);

  if (llvm::Error error = runTool(context, std::move(options)))
    return fail(llvm::toString(std::move(error)));
  if (int64_t bytes = dittoRuntimeLiveBytes())
    return fail("the compiled code has not freed " + llvm::Twine(bytes) +
                " bytes");
  return 0;
}
