//===- ditto-opt.cpp - Run ditto's passes on MLIR files -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ToolSupport.h"

#include "ditto/InitDitto.h"
#include "ditto/Transforms/Report.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;

namespace {
enum class ReportFormat { None, Table, JSON };
} // namespace

static llvm::cl::opt<ReportFormat> reportFormat(
    "ditto-report",
    llvm::cl::desc("Print what became of each repeat on stderr"),
    llvm::cl::ValueOptional, llvm::cl::init(ReportFormat::None),
    llvm::cl::values(clEnumValN(ReportFormat::Table, "table",
                                "one line each, for people"),
                     clEnumValN(ReportFormat::JSON, "json", "for programs"),
                     clEnumValN(ReportFormat::Table, "", "")));

/// The command line's pipeline, which also fills a report.
static MlirOptMainConfig addReport(const MlirOptMainConfig &config) {
  MlirOptMainConfig reporting = config;
  reporting.setPassPipelineSetupFn([config](PassManager &pm) -> LogicalResult {
    auto print = [](const ditto::RepeatReport &report) {
      if (reportFormat == ReportFormat::JSON)
        report.printJSON(llvm::errs());
      else
        report.printTable(llvm::errs());
    };
    if (failed(ditto::enableRepeatReport(*pm.getContext(), print)))
      return failure();
    return config.setupPassPipeline(pm);
  });
  return reporting;
}

static LogicalResult run(int argc, char **argv) {
  DialectRegistry registry;
  ditto::registerToolDialects(registry);
  ditto::registerDittoExtensions(registry);
  ditto::registerToolPasses();
  ditto::registerDittoPasses();
  ditto::registerDittoPipelines();
  StringRef description = "ditto: raise, fold and lower tensor repeats\n";
  auto [input, output] =
      registerAndParseCLIOptions(argc, argv, description, registry);
  if (reportFormat == ReportFormat::None)
    return MlirOptMain(argc, argv, input, output, registry);

  MlirOptMainConfig config = MlirOptMainConfig::createFromCLOptions();
  if (config.shouldEmitRemarks()) {
    llvm::errs() << "--ditto-report takes the remarks that --remarks-filter "
                    "asks for: give one of the two\n";
    return failure();
  }
  config = addReport(config);
  std::string message;
  auto inputFile = openInputFile(input, &message);
  auto outputFile = inputFile ? openOutputFile(output, &message) : nullptr;
  if (!outputFile) {
    llvm::errs() << message << '\n';
    return failure();
  }
  if (failed(MlirOptMain(outputFile->os(), std::move(inputFile), registry,
                         config)))
    return failure();
  outputFile->keep();
  return success();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  return asMainReturnCode(run(argc, argv));
}
