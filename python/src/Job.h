//===- Job.h - Long work beside Python --------------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiling a model can take minutes. It happens on a thread of its own, so
// that the thread that asked for it can show progress and take signals
// meanwhile (`ditto/_jobs.py`).
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_JOB_H
#define DITTO_PYTHON_JOB_H

#include "ditto/Compiler/Compiler.h"

#include "mlir/IR/MLIRContext.h"

#include <nanobind/nanobind.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace mlir::ditto::python {

/// A module and the context that it lives in.
struct Source {
  explicit Source(std::string text, std::string name);
  ~Source();

  /// Errors say where in `name` they are.
  llvm::Error parse();

  std::string text, name;
  std::unique_ptr<MLIRContext> context;
  OwningOpRef<ModuleOp> module;
};

class Job {
public:
  Job(nanobind::bytes text, std::string name, CompilerOptions options);
  virtual ~Job() = default;

  /// Waits up to `seconds`, and returns whether the work has ended.
  bool wait(double seconds);
  /// Makes the work end soon, with an error.
  void cancel() { isCancelled = true; }
  /// What runs, and which part of the whole has run before, from 0 to 1.
  std::pair<std::string, double> getProgress();
  /// The error that the work ended with, if any.
  llvm::Error takeError();

protected:
  /// Parses and then does `work`, which must not touch Python, on the thread.
  void start(std::function<llvm::Error()> work);
  /// Cancels, and waits for the work to notice. For the destructors of classes
  /// whose members the work uses.
  void stop();

  std::shared_ptr<Source> source;
  CompilerOptions options;

private:
  /// Returns whether to go on.
  bool setProgress(StringRef step, double finished);

  std::atomic<bool> isCancelled = false;
  std::mutex mutex;
  std::condition_variable ended;
  bool hasEnded = false;
  std::string step = "parsing";
  double finished = 0;
  std::string error;
  std::thread thread;
};

/// Adds `Options`, `CompileJob` and `OptimizeJob`.
void defineJobs(nanobind::module_ &module);

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_JOB_H
