//===- Options.h - The command line of ditto-run ----------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TOOLS_DITTORUN_OPTIONS_H
#define DITTO_TOOLS_DITTORUN_OPTIONS_H

#include "Compare.h"

#include "ditto/Compiler/Compiler.h"

#include <string>
#include <vector>

namespace mlir::ditto {

enum class EmitKind { Nothing, MLIR, Linalg, LLVM, Object, Header };

struct RunOptions {
  std::string file;
  CompilerOptions compiler;
  /// Of parallel loops; 0 for as many as OpenMP has.
  unsigned threads;

  std::vector<std::string> inputs;
  /// The spec of every argument, if there are no inputs.
  std::string fill;
  uint64_t seed;

  std::vector<std::string> outputs;
  std::vector<std::string> expected;
  Tolerance tolerance;
  bool print;
  /// How often to run for timing; 0 for not at all.
  unsigned repetitions;

  EmitKind emit;
  std::string emitFile;
};

/// Parses the command line. Prints usage errors, and ends the process for those
/// and for --help.
RunOptions parseCommandLine(int argc, char **argv);

} // namespace mlir::ditto

#endif // DITTO_TOOLS_DITTORUN_OPTIONS_H
