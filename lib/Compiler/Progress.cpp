//===- Progress.cpp - How far a compilation is ----------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Progress.h"

#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {
/// Counts the passes of a pipeline itself, which are known; those that these
/// run, on functions or in rounds, only have names.
class PassReporter : public PassInstrumentation {
public:
  PassReporter(PassManager &pm, ProgressFunction progress, double end)
      : progress(std::move(progress)), end(end) {
    for (Pass &pass : pm.getPasses())
      counted.insert(&pass);
  }

  void runBeforePass(Pass *pass, Operation *) override {
    progress(pass->getName(), end * numFinished / counted.size());
  }
  void runAfterPass(Pass *pass, Operation *) override {
    numFinished += counted.contains(pass);
  }

private:
  ProgressFunction progress;
  double end;
  llvm::SmallPtrSet<Pass *, 32> counted;
  size_t numFinished = 0;
};
} // namespace

llvm::Error ditto::report(const CompilerOptions &options, StringRef step,
                          double finished) {
  if (!options.progress || options.progress(step, finished))
    return llvm::Error::success();
  return llvm::createStringError("the compilation was ended");
}

void ditto::reportPasses(PassManager &pm, const CompilerOptions &options,
                         double end) {
  if (options.progress)
    pm.addInstrumentation(
        std::make_unique<PassReporter>(pm, options.progress, end));
}
