//===- Stages.cpp - What a module goes through ----------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stages.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassInstrumentation.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace fuzz;

struct Stages::Pipeline {
  Pipeline(MLIRContext &context, StringRef name, bool mayFail)
      : name(name), mayFail(mayFail), passes(&context) {}

  StringRef name;
  /// Whether not every module can be lowered.
  bool mayFail;
  PassManager passes;
  /// The pass that left IR that does not verify.
  std::string invalidAfter;
};

namespace fuzz {
/// Verifies after each pass, and tells whose fault it is. Not in an anonymous
/// namespace: stack traces know exported names only.
class Instrumentation : public PassInstrumentation {
public:
  Instrumentation(StringRef pipeline, std::string &invalidAfter,
                  Stages::Enter &enter)
      : pipeline(pipeline), invalidAfter(invalidAfter), enter(enter) {}

  void runBeforePass(Pass *pass, Operation *) override {
    if (invalidAfter.empty())
      enter((pipeline + " at " + getName(pass)).str());
  }

  void runAfterPass(Pass *pass, Operation *op) override {
    if (!invalidAfter.empty() || succeeded(verify(op)))
      return;
    // What happens to it from now on is the fault of this pass.
    invalidAfter = getName(pass).str();
    enter((pipeline + ": invalid after " + invalidAfter).str());
  }

private:
  static StringRef getName(Pass *pass) {
    return pass->getArgument().empty() ? pass->getName() : pass->getArgument();
  }

  StringRef pipeline;
  std::string &invalidAfter;
  Stages::Enter &enter;
};
} // namespace fuzz

namespace {
struct PipelineText {
  StringLiteral name, text;
  bool mayFail;
};
} // namespace

static constexpr PipelineText kPipelines[] = {
    {"canonicalize", "canonicalize,cse", true},
    {"ditto-raise", "ditto-raise{raise-plain-broadcasts=true}", false},
    {"ditto-fold-repeats", "func.func(ditto-fold-repeats)", false},
    {"ditto-sink-repeats", "func.func(ditto-sink-repeats)", false},
    {"ditto-optimize", "ditto-optimize", false},
    {"convert-ditto-to-linalg", "convert-ditto-to-linalg", true},
    {"ditto-compile", "ditto-compile", true},
};

Stages::Stages(MLIRContext &context, Enter onEnter)
    : context(context), enter(std::move(onEnter)) {
  context.getDiagEngine().registerHandler([this](Diagnostic &diagnostic) {
    auto where = dyn_cast<FileLineColLoc>(diagnostic.getLocation());
    if (diagnostics.empty())
      line = where ? where.getLine() : 0;
    if (diagnostics.size() < 1000)
      diagnostics += diagnostic.str() + "\n";
  });
  for (const PipelineText &text : kPipelines) {
    auto pipeline =
        std::make_unique<Pipeline>(context, text.name, text.mayFail);
    if (failed(parsePassPipeline(text.text, pipeline->passes)))
      llvm::report_fatal_error("expected pipelines that exist");
    pipeline->passes.enableVerifier(false);
    pipeline->passes.addInstrumentation(std::make_unique<Instrumentation>(
        text.name, pipeline->invalidAfter, enter));
    pipelines.push_back(std::move(pipeline));
  }
}

Stages::~Stages() = default;

OwningOpRef<ModuleOp> Stages::parse(StringRef text) {
  diagnostics.clear();
  return parseSourceString<ModuleOp>(text, &context);
}

void Stages::find(StringRef stage, StringRef message) {
  findings.push_back({stage.str(), message.str()});
}

static std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module.print(os);
  return text;
}

/// The name of the op that begins on line `line` of `text`, counted from 1.
static StringRef getOpName(StringRef text, unsigned line) {
  for (; line > 1; --line)
    text = text.split('\n').second;
  text = text.split('\n').first.trim();
  if (text.starts_with("%"))
    text = text.split(" = ").second;
  return text.take_until([](char c) { return c == ' ' || c == '('; });
}

void Stages::roundTrip(ModuleOp module) {
  std::string text = print(module);
  // Resources are renamed when they meet themselves.
  if (StringRef(text).contains("dense_resource"))
    return;
  OwningOpRef<ModuleOp> again = parse(text);
  if (!again)
    return find("print", "does not parse again at " +
                             getOpName(text, line).str() + ": " + diagnostics);
  if (print(*again) != text)
    find("print", "prints differently when parsed again");
  std::string bytecode;
  llvm::raw_string_ostream os(bytecode);
  if (failed(writeBytecodeToFile(module, os)))
    return find("bytecode", "cannot be written: " + diagnostics);
  again = parse(bytecode);
  if (!again)
    return find("bytecode", "cannot be read: " + diagnostics);
  if (print(*again) != text)
    find("bytecode", "prints differently when read again");
}

void Stages::runPipeline(Pipeline &pipeline, StringRef text) {
  OwningOpRef<ModuleOp> module = parse(text);
  pipeline.invalidAfter.clear();
  LogicalResult result = pipeline.passes.run(*module);
  if (!pipeline.invalidAfter.empty())
    find(pipeline.name,
         "invalid after " + pipeline.invalidAfter + ": " + diagnostics);
  else if (failed(result) && !pipeline.mayFail)
    find(pipeline.name, "fails: " + diagnostics);
}

std::vector<Finding> Stages::run(StringRef text, bool lowers) {
  findings.clear();
  enter("print");
  OwningOpRef<ModuleOp> module = parse(text);
  roundTrip(*module);
  for (const std::unique_ptr<Pipeline> &pipeline : pipelines) {
    if (pipeline->name == "ditto-compile" && !lowers)
      continue;
    runPipeline(*pipeline, text);
  }
  return std::move(findings);
}
