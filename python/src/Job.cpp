//===- Job.cpp - Long work beside Python ----------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Job.h"

#include "Errors.h"
#include "Function.h"

#include "ditto/InitDitto.h"
#include "ditto/Transforms/Report.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/Pass.h"
#include "llvm/Support/ScopedPrinter.h"
#include "llvm/Support/SourceMgr.h"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>

namespace nb = nanobind;
using namespace mlir;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

//===----------------------------------------------------------------------===//
// Source
//===----------------------------------------------------------------------===//

Source::Source(std::string text, std::string name)
    : text(std::move(text)), name(std::move(name)) {
  DialectRegistry registry;
  registerDittoDialects(registry);
  registerUpstreamDialects(registry);
  registerDittoExtensions(registry);
  // Without threads of its own: a process that forks has none of them after.
  context =
      std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
}

Source::~Source() = default;

llvm::Error Source::parse() {
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(llvm::MemoryBuffer::getMemBuffer(text, name),
                              SMLoc());
  std::string message;
  llvm::raw_string_ostream stream(message);
  SourceMgrDiagnosticHandler handler(*sources, context.get(), stream);
  module = parseSourceFile<ModuleOp>(sources, context.get());
  if (module)
    return llvm::Error::success();
  return llvm::createStringError(message.empty()
                                     ? name + " is not a valid MLIR module"
                                     : StringRef(message).rtrim().str());
}

//===----------------------------------------------------------------------===//
// Job
//===----------------------------------------------------------------------===//

Job::Job(std::string text, std::string name)
    : source(std::make_shared<Source>(std::move(text), std::move(name))) {}

void Job::start(std::function<llvm::Error()> work) {
  watchPasses();
  thread = std::thread([this, work = std::move(work)] {
    llvm::Error result = source->parse();
    if (!result)
      result = work();
    source->context->registerActionHandler(nullptr);
    std::lock_guard<std::mutex> lock(mutex);
    if (isCancelled) {
      llvm::consumeError(std::move(result));
      error = "cancelled";
    } else if (result) {
      error = llvm::toString(std::move(result));
    }
    hasEnded = true;
    ended.notify_all();
  });
}

/// Passes are actions of the context: each can be counted, and skipped.
void Job::watchPasses() {
  source->context->registerActionHandler(
      [this](function_ref<void()> run, const tracing::Action &action) {
        if (isCancelled)
          return;
        if (auto *pass = dyn_cast<PassExecutionAction>(&action)) {
          std::lock_guard<std::mutex> lock(mutex);
          passName = pass->getPass().getName().str();
          ++numPasses;
        }
        run();
      });
}

void Job::stop() {
  cancel();
  nb::gil_scoped_release release;
  thread.join();
}

bool Job::wait(double seconds) {
  std::unique_lock<std::mutex> lock(mutex);
  return ended.wait_for(lock, std::chrono::duration<double>(seconds),
                        [&] { return hasEnded; });
}

std::pair<std::string, unsigned> Job::getProgress() {
  std::lock_guard<std::mutex> lock(mutex);
  return {passName, numPasses};
}

llvm::Error Job::takeError() {
  std::lock_guard<std::mutex> lock(mutex);
  return error.empty() ? llvm::Error::success()
                       : llvm::createStringError(error);
}

//===----------------------------------------------------------------------===//
// Compiling and optimising
//===----------------------------------------------------------------------===//

namespace {
struct CompileJob : public Job {
  CompileJob(std::string text, std::string name, CompilerOptions options)
      : Job(std::move(text), std::move(name)) {
    start([this, options = std::move(options)] { return compile(options); });
  }
  ~CompileJob() override { stop(); }

  std::shared_ptr<Function> getResult() {
    check(takeError());
    return result;
  }

private:
  llvm::Error compile(CompilerOptions options) {
    auto entry = findEntry(*source->module, options.entry);
    if (!entry)
      return entry.takeError();
    options.entry = entry->getName().str();
    auto compiled = CompiledModule::compile(*source->module, options);
    if (!compiled)
      return compiled.takeError();
    // Calls on several threads may look up types at the same time.
    source->context->enableMultithreading();
    result =
        std::make_shared<Function>(source, std::move(*compiled), options.entry);
    return llvm::Error::success();
  }

  std::shared_ptr<Function> result;
};

struct OptimizeJob : public Job {
  OptimizeJob(std::string text, std::string name, Stage stage,
              CompilerOptions options)
      : Job(std::move(text), std::move(name)) {
    start([this, stage, options = std::move(options)] {
      return optimize(stage, options);
    });
  }
  ~OptimizeJob() override { stop(); }

  /// The module, and the report as JSON.
  std::pair<std::string, std::string> getResult() {
    check(takeError());
    return {module, report};
  }

private:
  llvm::Error optimize(Stage stage, const CompilerOptions &options) {
    auto keep = [&](const RepeatReport &finished) {
      llvm::raw_string_ostream stream(report);
      finished.printJSON(stream);
    };
    if (failed(enableRepeatReport(*source->context, keep)))
      return llvm::createStringError("the report could not be set up");
    {
      auto optimized = lower(*source->module, stage, options);
      if (!optimized)
        return optimized.takeError();
      module = llvm::to_string(**optimized);
    }
    // The context hands over the report when it goes.
    source->module = nullptr;
    auto threading = MLIRContext::Threading::DISABLED;
    source->context = std::make_unique<MLIRContext>(threading);
    return llvm::Error::success();
  }

  std::string module, report;
};
} // namespace

static CompilerOptions makeOptions(std::string entry, bool optimize,
                                   std::string cpu, unsigned level,
                                   bool keepOrder) {
  CompilerOptions options;
  options.entry = std::move(entry);
  options.optimizeRepeats = optimize;
  options.cpu = std::move(cpu);
  options.optimizationLevel = level;
  options.reassociate = !keepOrder;
  return options;
}

void python::defineJobs(nb::module_ &module) {
  auto defineCommon = [](auto &type) {
    type.def("wait", &Job::wait, nb::call_guard<nb::gil_scoped_release>())
        .def("cancel", &Job::cancel)
        .def("progress", &Job::getProgress);
  };
  auto compile = nb::class_<CompileJob>(module, "CompileJob");
  compile.def("__init__", [](CompileJob *self, nb::bytes text, std::string name,
                             std::string entry, bool optimize, std::string cpu,
                             unsigned level, bool keepOrder) {
    new (self)
        CompileJob(std::string(text.c_str(), text.size()), std::move(name),
                   makeOptions(std::move(entry), optimize, std::move(cpu),
                               level, keepOrder));
  });
  compile.def("result", &CompileJob::getResult);
  defineCommon(compile);

  auto optimize = nb::class_<OptimizeJob>(module, "OptimizeJob");
  optimize.def("__init__", [](OptimizeJob *self, nb::bytes text,
                              std::string name, std::string entry,
                              bool isLowered) {
    CompilerOptions options;
    options.entry = std::move(entry);
    new (self) OptimizeJob(
        std::string(text.c_str(), text.size()), std::move(name),
        isLowered ? Stage::Linalg : Stage::Optimized, std::move(options));
  });
  optimize.def("result", &OptimizeJob::getResult);
  defineCommon(optimize);
}
