//===- ditto-fuzz-ir.cpp - Modules that nobody would write ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes the modules of files, changes them at random and takes the mutants
// through Stages, in child processes that run many mutants each and are
// replaced where one crashes, takes too long or too much memory. What they did
// last is in memory that they share with their parent.
//
//===----------------------------------------------------------------------===//

#include "Mutator.h"
#include "Stages.h"

#include "ditto/InitDitto.h"

#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Signals.h"

#include <chrono>
#include <csignal>
#include <map>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace mlir;
using namespace fuzz;

static llvm::cl::list<std::string> files(llvm::cl::Positional,
                                         llvm::cl::desc("<file.mlir>..."));
static llvm::cl::opt<uint64_t> numMutants("mutants", llvm::cl::init(1000),
                                          llvm::cl::desc("How many"));
static llvm::cl::opt<uint64_t> firstSeed("seed", llvm::cl::init(1),
                                         llvm::cl::desc("Of the first mutant"));
static llvm::cl::opt<std::string>
    outDirectory("findings", llvm::cl::init("."),
                 llvm::cl::desc("Where mutants that fail are written"));
static llvm::cl::opt<unsigned>
    lowerEvery("lower-every", llvm::cl::init(8),
               llvm::cl::desc("Lower one of so many mutants to LLVM"));
static llvm::cl::opt<bool> progress("progress",
                                    llvm::cl::desc("Print how far it is"));
static constexpr unsigned kSecondsPerMutant = 10;
static constexpr uint64_t kBytes = 1ull << 30;
/// Contexts never forget types; a new process does.
static constexpr uint64_t kMutantsPerChild = 1000;
static constexpr size_t kMaxText = 1 << 20;

namespace {
/// What a child tells its parent.
struct Shared {
  uint64_t mutant, numValid, numThrough;
  char stage[128];
  size_t textSize;
  char text[kMaxText];
  /// Of the mutant: what is wrong without a crash.
  char message[2000];
};
} // namespace

static Shared *shared;
static int stackFile;

static void copyTo(char *target, size_t size, StringRef text) {
  text = text.take_front(size - 1);
  std::copy(text.begin(), text.end(), target);
  target[text.size()] = 0;
}

//===----------------------------------------------------------------------===//
// Children
//===----------------------------------------------------------------------===//

static void onTimeout(int) {
  llvm::errs() << "no end after " << kSecondsPerMutant << " seconds\n";
  llvm::sys::PrintStackTrace(llvm::errs());
  _exit(99);
}

static void limitTime() {
  struct itimerval timer = {{0, 0}, {kSecondsPerMutant, 0}};
  setitimer(ITIMER_VIRTUAL, &timer, nullptr);
}

/// Limits what is allocated from now on.
static void limitMemory() {
  unsigned long pages = 0;
  if (FILE *statm = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(statm, "%lu", &pages) != 1)
      pages = 0;
    std::fclose(statm);
  }
  rlim_t bytes = pages * sysconf(_SC_PAGESIZE) + kBytes;
  struct rlimit limit = {bytes, bytes};
  setrlimit(RLIMIT_AS, &limit);
}

/// Runs mutants up to `end`; exits with 1 after one with a finding.
[[noreturn]] static void runChild(ArrayRef<OwningOpRef<ModuleOp>> modules,
                                  Stages &stages, uint64_t begin,
                                  uint64_t end) {
  dup2(stackFile, STDERR_FILENO);
  std::signal(SIGVTALRM, onTimeout);
  limitMemory();
  for (uint64_t mutant = begin; mutant < end; ++mutant) {
    shared->mutant = mutant;
    shared->textSize = 0;
    copyTo(shared->stage, sizeof(shared->stage), "mutate");
    limitTime();
    Mutator mutator(mutant);
    std::string text = mutator.mutate(*modules[mutator.pick(modules.size())]);
    if (text.size() >= kMaxText)
      continue;
    std::copy(text.begin(), text.end(), shared->text);
    shared->textSize = text.size();
    copyTo(shared->stage, sizeof(shared->stage), "parse");
    if (!stages.parse(text))
      continue;
    ++shared->numValid;
    std::vector<Finding> findings = stages.run(text, mutant % lowerEvery == 0);
    ++shared->numThrough;
    if (findings.empty())
      continue;
    copyTo(shared->stage, sizeof(shared->stage), findings.front().stage);
    copyTo(shared->message, sizeof(shared->message), findings.front().message);
    _exit(1);
  }
  _exit(0);
}

//===----------------------------------------------------------------------===//
// The parent
//===----------------------------------------------------------------------===//

namespace {
/// Findings with the same cause.
struct Class {
  unsigned number = 0;
  std::string smallest;
  uint64_t seed = 0; // of the smallest
  /// Whether ditto's code has part in it.
  bool isOwn = false;
};
} // namespace

/// The functions on the stack up to the stage, innermost first; those of this
/// program, which is all that is ditto's, begin with `ditto: `. A line is
///
///   9  libMLIR.so.22.1 0x00007f10179beea7 mlir::verify(mlir::Operation*) + 12
static SmallVector<std::string> readStack(StringRef stack) {
  SmallVector<std::string> frames;
  SmallVector<StringRef> lines;
  stack.split(lines, '\n');
  for (StringRef line : lines) {
    auto [number, rest] = line.split(' ');
    auto [module, address] = rest.trim().split(' ');
    StringRef name = address.trim().split(' ').second;
    if (!address.trim().starts_with("0x"))
      continue;
    if (name.contains("fuzz::") || name.contains("parseSourceString<"))
      break;
    if (name.contains("llvm::sys::") || name.contains("__interceptor_") ||
        module.starts_with("libc.so") ||
        (frames.empty() && module.starts_with("libLLVM.so")))
      continue;
    std::string frame = module == "ditto-fuzz-ir" ? "ditto: " : "";
    frame += name.take_while([](char c) {
                   return llvm::isAlnum(c) || c == ':' || c == '_';
                 })
                 .str();
    frames.push_back(frame);
  }
  return frames;
}

/// Where the stack cannot be walked, MLIR's parser still says what it was at:
///
///   4.  MLIR Parser: custom op parser 'linalg.batch_matmul'
///
/// Anything else is the fuzzer itself, which must not pass for MLIR.
static std::string describeWithoutStack(StringRef stack) {
  StringRef op = stack.rsplit("custom op parser '").second.split('\'').first;
  if (op.empty())
    return "ditto: the fuzzer itself";
  return ((op.starts_with("ditto.") ? "ditto: " : "") + ("parser of " + op))
      .str();
}

/// Names the cause of a crash: who asserted, or the innermost functions.
static std::string describeCrash(StringRef stack, int status) {
  std::string cause = WIFEXITED(status) ? "hang" : "crash";
  if (stack.contains("ut of memory") || stack.contains("ad alloc"))
    cause = "memory";
  size_t assertion = stack.find("Assertion `");
  SmallVector<std::string> frames = readStack(stack);
  std::string text = cause + " in " + shared->stage + ": ";
  if (assertion != StringRef::npos)
    text += stack.substr(assertion)
                .take_until([](char c) { return c == '\n'; })
                .str() +
            " ";
  if (frames.empty())
    frames.push_back(describeWithoutStack(stack));
  bool isOwn = llvm::any_of(
      frames, [](StringRef frame) { return frame.starts_with("ditto: "); });
  // As much as it takes to tell causes apart.
  size_t last = 2;
  while (isOwn && last < frames.size() &&
         !StringRef(frames[last - 1]).starts_with("ditto: "))
    ++last;
  for (const std::string &frame : ArrayRef(frames).take_front(last))
    text += "\n" + frame;
  return text;
}

/// Whether a finding is about ditto: not about MLIR alone.
static bool isOwn(StringRef key, StringRef text) {
  if (key.starts_with("print: does not parse again"))
    return key.contains(" again at ditto.");
  if (key.starts_with("print: ") || key.starts_with("bytecode: "))
    return text.contains("\"ditto.");
  if (key.contains(": invalid after "))
    return key.contains("invalid after ditto") ||
           key.contains("invalid after convert-ditto");
  bool isCrash = key.starts_with("crash") || key.starts_with("hang") ||
                 key.starts_with("memory");
  return !isCrash || key.contains("ditto: ");
}

static std::string readStackFile() {
  std::string stack(lseek(stackFile, 0, SEEK_END), 0);
  if (pread(stackFile, stack.data(), stack.size(), 0) < 0)
    stack.clear();
  if (ftruncate(stackFile, 0) != 0)
    llvm::report_fatal_error("cannot truncate the file of stacks");
  lseek(stackFile, 0, SEEK_SET);
  return stack;
}

/// One line without numbers of its own: values, extents.
static std::string getKey(StringRef text) {
  std::string key;
  for (char c : text.take_front(300)) {
    bool isDigit = llvm::isDigit(c);
    if (isDigit && StringRef(key).ends_with("#"))
      continue;
    key += isDigit ? '#' : c == '\n' ? ' ' : c;
  }
  return StringRef(key).trim().str();
}

static void printProgress(uint64_t done, size_t numFindings,
                          std::chrono::steady_clock::time_point start) {
  std::chrono::duration<double> spent =
      std::chrono::steady_clock::now() - start;
  double rate = done / std::max(spent.count(), 1e-3);
  llvm::errs() << llvm::formatv(
      "\r{0} of {1} mutants, {2:f0}/s, {3} kinds of findings, {4:f0} s left   ",
      done, numMutants.getValue(), rate, numFindings,
      (numMutants - done) / std::max(rate, 1e-3));
}

/// Adds the functions of `module`, a module each, where none needs another: a
/// mutant changes one place anyway, and what fails is small.
static void addSeeds(OwningOpRef<ModuleOp> module,
                     std::vector<OwningOpRef<ModuleOp>> &modules) {
  auto uses = SymbolTable::getSymbolUses(&module->getBodyRegion());
  auto operations = module->getOps();
  bool areFunctions = llvm::all_of(
      operations, [](Operation &op) { return isa<FunctionOpInterface>(op); });
  if (!areFunctions || !uses || !uses->empty()) {
    modules.push_back(std::move(module));
    return;
  }
  for (Operation &op : operations) {
    auto alone = cast<ModuleOp>(module->getOperation()->cloneWithoutRegions());
    alone.getBodyRegion().emplaceBlock();
    alone.push_back(op.clone());
    modules.emplace_back(alone);
  }
}

/// Parses the modules of all files, each a part between lines of dashes.
static std::vector<OwningOpRef<ModuleOp>> parseSeeds(Stages &stages) {
  std::vector<OwningOpRef<ModuleOp>> modules;
  for (const std::string &file : files) {
    auto buffer = llvm::MemoryBuffer::getFile(file);
    if (!buffer)
      llvm::report_fatal_error(StringRef("cannot read " + file));
    SmallVector<StringRef> parts;
    (*buffer)->getBuffer().split(parts, "// -----");
    for (StringRef part : parts)
      if (OwningOpRef<ModuleOp> module = stages.parse(part))
        if (!module->getBody()->empty())
          addSeeds(std::move(module), modules);
  }
  return modules;
}

/// Writes the smallest mutant of each class and prints a summary as JSON.
static int report(const std::map<std::string, Class> &classes) {
  llvm::json::Array own, upstream;
  unsigned file = 0;
  for (const auto &[key, kind] : classes) {
    std::string path =
        llvm::formatv("{0}/finding{1}.mlir", outDirectory, file++);
    std::error_code error;
    llvm::raw_fd_ostream os(path, error);
    if (error)
      llvm::report_fatal_error(StringRef("cannot write " + path));
    os << "// " << key << "\n" << kind.smallest;
    (kind.isOwn ? own : upstream)
        .push_back(llvm::json::Object{{"finding", key},
                                      {"mutants", kind.number},
                                      {"file", path},
                                      {"seed", kind.seed}});
  }
  bool isClean = own.empty();
  llvm::outs() << llvm::formatv(
      "{0:2}\n",
      llvm::json::Value(llvm::json::Object{{"mutants", numMutants.getValue()},
                                           {"seed", firstSeed.getValue()},
                                           {"valid", shared->numValid},
                                           {"through", shared->numThrough},
                                           {"findings", std::move(own)},
                                           {"upstream", std::move(upstream)}}));
  return isClean ? 0 : 1;
}

static int run() {
  DialectRegistry registry;
  ditto::registerDittoDialects(registry);
  ditto::registerUpstreamDialects(registry);
  ditto::registerDittoExtensions(registry);
  ditto::registerDittoPasses();
  ditto::registerDittoPipelines();
  registerCanonicalizerPass();
  registerCSEPass();
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  context.printOpOnDiagnostic(false);
  Stages stages(context, [](StringRef stage) {
    copyTo(shared->stage, sizeof(shared->stage), stage);
  });
  std::vector<OwningOpRef<ModuleOp>> modules = parseSeeds(stages);
  std::map<std::string, Class> classes;

  auto start = std::chrono::steady_clock::now();
  uint64_t next = firstSeed, end = firstSeed + numMutants;
  size_t numFindings = 0;
  while (next < end) {
    uint64_t last = std::min(next + kMutantsPerChild, end);
    shared->message[0] = 0;
    pid_t child = fork();
    if (child == 0)
      runChild(modules, stages, next, last);
    int status = 0;
    waitpid(child, &status, 0);
    std::string stack = readStackFile();
    next = last;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
      next = shared->mutant + 1;
      bool returned = WIFEXITED(status) && WEXITSTATUS(status) == 1;
      std::string key =
          getKey(returned ? std::string(shared->stage) + ": " + shared->message
                          : describeCrash(stack, status));
      StringRef text(shared->text, shared->textSize);
      Class &kind = classes[key];
      kind.isOwn = isOwn(key, text);
      numFindings += kind.number++ == 0 && kind.isOwn;
      if (kind.smallest.empty() || text.size() < kind.smallest.size()) {
        kind.smallest = text.str();
        kind.seed = shared->mutant;
      }
    }
    if (progress)
      printProgress(next - firstSeed, numFindings, start);
  }
  if (progress)
    llvm::errs() << '\n';
  return report(classes);
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::ParseCommandLineOptions(argc, argv, "Fuzz ditto with modules\n");
  // Stacks with the names of exported functions are quick to print.
  setenv("LLVM_DISABLE_SYMBOLIZATION", "1", 1);
  shared = static_cast<Shared *>(mmap(nullptr, sizeof(Shared),
                                      PROT_READ | PROT_WRITE,
                                      MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  stackFile = fileno(std::tmpfile());
  if (shared == MAP_FAILED || stackFile < 0)
    llvm::report_fatal_error("cannot share memory with children");
  return run();
}
