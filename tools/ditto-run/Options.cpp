//===- Options.cpp - The command line of ditto-run ------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Options.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace mlir::ditto;
namespace cl = llvm::cl;

static cl::OptionCategory category("ditto-run options");

static cl::opt<std::string> file(cl::Positional, cl::init("-"),
                                 cl::desc("<.mlir or .mlirbc file>"),
                                 cl::cat(category));
static cl::opt<std::string>
    entry("entry", cl::value_desc("name"),
          cl::desc("Function to run (default: the only public one, or main)"),
          cl::cat(category));
static cl::list<std::string> inputs(
    "input", cl::value_desc("spec"),
    cl::desc("One argument, in order: FILE.npy, zeros, iota, random (each "
             "with the shape of a dynamic tensor, as in random:2x8), or "
             "a number"),
    cl::cat(category));
static cl::opt<std::string> fill("fill", cl::value_desc("zeros|iota|random"),
                                 cl::desc("Every argument, instead of --input"),
                                 cl::cat(category));
static cl::opt<uint64_t> seed("seed", cl::init(0), cl::value_desc("n"),
                              cl::desc("Seed of random inputs"),
                              cl::cat(category));
static cl::list<std::string>
    outputs("output", cl::value_desc("FILE.npy"),
            cl::desc("Where to write one result, in order"), cl::cat(category));
static cl::opt<bool> print("print", cl::desc("Print the results"),
                           cl::cat(category));
static cl::list<std::string>
    expected("expect", cl::value_desc("FILE.npy"),
             cl::desc("What one result must be, in order"), cl::cat(category));
static cl::opt<double>
    relativeTolerance("rtol", cl::init(1e-5), cl::value_desc("x"),
                      cl::desc("Relative tolerance of --expect (1e-5)"),
                      cl::cat(category));
static cl::opt<double>
    absoluteTolerance("atol", cl::init(1e-6), cl::value_desc("x"),
                      cl::desc("Absolute tolerance of --expect (1e-6)"),
                      cl::cat(category));
static cl::opt<std::string>
    timing("time", cl::ValueOptional, cl::value_desc("n"),
           cl::desc("Time n runs after a first one (100)"), cl::cat(category));
static cl::opt<EmitKind> emit(
    "emit", cl::init(EmitKind::Nothing), cl::desc("Compile only, and write:"),
    cl::values(clEnumValN(EmitKind::MLIR, "mlir", "MLIR after ditto-optimize"),
               clEnumValN(EmitKind::Linalg, "linalg",
                          "MLIR after convert-ditto-to-linalg"),
               clEnumValN(EmitKind::LLVM, "llvm", "optimised LLVM IR"),
               clEnumValN(EmitKind::Object, "obj", "an object file"),
               clEnumValN(EmitKind::Header, "header", "its C header")),
    cl::cat(category));
static cl::opt<std::string> emitFile("o", cl::init("-"), cl::value_desc("file"),
                                     cl::desc("Where --emit writes (stdout)"),
                                     cl::cat(category));
static cl::opt<std::string> cpu("cpu", cl::init("host"),
                                cl::value_desc("host|generic|name"),
                                cl::desc("Processor to compile for (host)"),
                                cl::cat(category));
static cl::opt<unsigned> optimizationLevel("O", cl::Prefix, cl::init(3),
                                           cl::value_desc("0..3"),
                                           cl::desc("Optimization level (3)"),
                                           cl::cat(category));
static cl::opt<unsigned> vectorBits(
    "vector-bits", cl::init(512), cl::value_desc("n"),
    cl::desc("Width of vectors (those of --cpu); 0 for scalar loops"),
    cl::cat(category));
static cl::opt<bool> keepOrder("keep-order",
                               cl::desc("Add up floats in the module's order"),
                               cl::cat(category));
static cl::opt<unsigned> threads(
    "num-threads", cl::init(1), cl::value_desc("n"),
    cl::desc("Threads that independent loops run on (1); 0 for as many as "
             "OpenMP has. If it is given, --emit writes code for any number"),
    cl::cat(category));
static cl::opt<int64_t> partInstructions(
    "part-instructions", cl::init(CompilerOptions().partInstructions),
    cl::value_desc("n"),
    cl::desc("With --num-threads, how much is worth handing to a thread"),
    cl::cat(category));
static cl::opt<bool> lowerOnly("lower-only",
                               cl::desc("Leave out ditto-optimize"),
                               cl::cat(category));

[[noreturn]] static void failUsage(const llvm::Twine &message) {
  llvm::errs() << "ditto-run: " << message << "\n";
  std::exit(1);
}

/// How many runs --time asks for; 0 without it.
static unsigned getRepetitions() {
  if (!timing.getNumOccurrences())
    return 0;
  unsigned repetitions = 100;
  if (!timing.empty() &&
      (StringRef(timing).getAsInteger(10, repetitions) || repetitions == 0))
    failUsage("expected --time to be a number of at least 1, but got '" +
              timing + "'");
  return repetitions;
}

/// What cl::opt cannot check by itself.
static void checkUsage() {
  if (!fill.empty() && fill != "zeros" && fill != "iota" && fill != "random")
    failUsage("expected --fill=zeros, iota or random, but got '" + fill + "'");
  if (!fill.empty() && !inputs.empty())
    failUsage("expected --fill or --input, but got both");
  if (!(relativeTolerance >= 0) || !(absoluteTolerance >= 0))
    failUsage("expected --rtol and --atol to be at least 0");
  if (optimizationLevel > 3)
    failUsage("expected -O0 to -O3, but got -O" +
              llvm::Twine(optimizationLevel));
  constexpr unsigned widest = 2048;
  if (vectorBits > widest)
    failUsage("expected --vector-bits to be at most " + llvm::Twine(widest) +
              ", but got " + llvm::Twine(vectorBits));
  constexpr unsigned mostThreads = 1024;
  if (threads > mostThreads)
    failUsage("expected --num-threads to be at most " +
              llvm::Twine(mostThreads) + ", but got " + llvm::Twine(threads));
  if (emit == EmitKind::Nothing) {
    if (emitFile.getNumOccurrences())
      failUsage("expected -o only with --emit; --output writes results");
    return;
  }
  cl::Option *runOptions[] = {
      std::addressof(inputs),   &fill,  std::addressof(outputs),
      std::addressof(expected), &print, &timing};
  for (cl::Option *option : runOptions)
    if (option->getNumOccurrences())
      failUsage("--emit does not run the function, so --" + option->ArgStr +
                " has no use");
}

RunOptions mlir::ditto::parseCommandLine(int argc, char **argv) {
  // LLVM's own options are registered too; nobody looks for them here.
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv, "Compiles a function of an MLIR module and runs it\n");
  checkUsage();

  RunOptions options;
  options.file = file;
  options.compiler.entry = entry;
  options.compiler.cpu = cpu;
  options.compiler.optimizationLevel = optimizationLevel;
  if (vectorBits.getNumOccurrences())
    options.compiler.vectorBits = vectorBits;
  options.compiler.reassociate = !keepOrder;
  options.compiler.parallel = threads.getNumOccurrences() > 0;
  options.compiler.partInstructions = partInstructions;
  options.threads = threads;
  options.compiler.optimizeRepeats = !lowerOnly;
  options.inputs.assign(inputs.begin(), inputs.end());
  options.fill = fill;
  options.seed = seed;
  options.outputs.assign(outputs.begin(), outputs.end());
  options.expected.assign(expected.begin(), expected.end());
  options.tolerance = {relativeTolerance, absoluteTolerance};
  options.print = print;
  options.repetitions = getRepetitions();
  options.emit = emit;
  options.emitFile = emitFile;
  return options;
}
