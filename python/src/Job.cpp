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

Job::Job(nb::bytes text, std::string name, CompilerOptions chosen)
    : source(std::make_shared<Source>(std::string(text.c_str(), text.size()),
                                      std::move(name))),
      options(std::move(chosen)) {
  options.progress = [this](StringRef step, double finished) {
    return setProgress(step, finished);
  };
  // Passes are actions of the context, which can be skipped.
  source->context->registerActionHandler(
      [this](function_ref<void()> run, const tracing::Action &) {
        if (!isCancelled)
          run();
      });
}

void Job::start(std::function<llvm::Error()> work) {
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

bool Job::setProgress(StringRef newStep, double newFinished) {
  if (isCancelled)
    return false;
  std::lock_guard<std::mutex> lock(mutex);
  step = newStep.str();
  finished = newFinished;
  return true;
}

std::pair<std::string, double> Job::getProgress() {
  std::lock_guard<std::mutex> lock(mutex);
  return {step, finished};
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
  CompileJob(nb::bytes text, std::string name, CompilerOptions options)
      : Job(text, std::move(name), std::move(options)) {
    start([this] { return compile(); });
  }
  ~CompileJob() override { stop(); }

  std::shared_ptr<Function> getResult() {
    check(takeError());
    return result;
  }

private:
  llvm::Error compile() {
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
  OptimizeJob(nb::bytes text, std::string name, CompilerOptions options,
              bool isLowered)
      : Job(text, std::move(name), std::move(options)) {
    Stage stage = isLowered ? Stage::Linalg : Stage::Optimized;
    start([this, stage] { return optimize(stage); });
  }
  ~OptimizeJob() override { stop(); }

  /// The module, and the report as JSON.
  std::pair<std::string, std::string> getResult() {
    check(takeError());
    return {module, report};
  }

private:
  llvm::Error optimize(Stage stage) {
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

//===----------------------------------------------------------------------===//
// Python
//===----------------------------------------------------------------------===//

/// Ops by the names that `ditto-optimize` has for them.
static const std::pair<const char *, FoldInto> foldTargets[] = {
    {"nothing", FoldInto::Nothing},
    {"contractions", FoldInto::Contractions},
    {"all", FoldInto::All}};

static const char *getFoldInto(const CompilerOptions &options) {
  for (auto [name, value] : foldTargets)
    if (value == options.foldInto)
      return name;
  llvm_unreachable("all are listed");
}

static void setFoldInto(CompilerOptions &options, const std::string &chosen) {
  for (auto [name, value] : foldTargets)
    if (chosen == name) {
      options.foldInto = value;
      return;
    }
  raise(errorType, "expected fold_into to be 'nothing', 'contractions' or "
                   "'all', but got '" +
                       chosen + "'");
}

static void setOptimizationLevel(CompilerOptions &options, int64_t level) {
  if (level < 0 || level > 3)
    raise(errorType, "expected opt_level to be from 0 to 3, but got " +
                         llvm::Twine(level));
  options.optimizationLevel = level;
}

/// Attributes are the keywords of ditto.compile and ditto.optimize.
static void defineOptions(nb::module_ &module) {
  nb::class_<CompilerOptions>(module, "Options")
      .def(nb::init<>())
      .def_rw("entry", &CompilerOptions::entry)
      .def_rw("optimize", &CompilerOptions::optimizeRepeats)
      .def_rw("raise_broadcasts", &CompilerOptions::raise)
      .def_rw("raise_plain_broadcasts", &CompilerOptions::raisePlainBroadcasts)
      .def_rw("sink", &CompilerOptions::sink)
      .def_prop_rw("fold_into", &getFoldInto, &setFoldInto)
      .def_rw("remark_kept", &CompilerOptions::remarkKept)
      .def_rw("cpu", &CompilerOptions::cpu)
      .def_prop_rw(
          "opt_level",
          [](CompilerOptions &options) { return options.optimizationLevel; },
          &setOptimizationLevel)
      .def_prop_rw(
          "keep_order",
          [](CompilerOptions &options) { return !options.reassociate; },
          [](CompilerOptions &options, bool keep) {
            options.reassociate = !keep;
          });
}

template <typename JobType, typename... Arguments>
static void defineJob(nb::module_ &module, const char *name) {
  nb::class_<JobType>(module, name)
      .def(nb::init<nb::bytes, std::string, CompilerOptions, Arguments...>())
      .def("wait", &Job::wait, nb::call_guard<nb::gil_scoped_release>())
      .def("cancel", &Job::cancel)
      .def("progress", &Job::getProgress)
      .def("result", &JobType::getResult);
}

void python::defineJobs(nb::module_ &module) {
  defineOptions(module);
  defineJob<CompileJob>(module, "CompileJob");
  defineJob<OptimizeJob, bool>(module, "OptimizeJob");
}
