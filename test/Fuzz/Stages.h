//===- Stages.h - What a module goes through --------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TEST_FUZZ_STAGES_H
#define DITTO_TEST_FUZZ_STAGES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fuzz {

/// What happened to a module that parsed, if something is wrong.
struct Finding {
  std::string stage, message;
};

/// A module's way: printed and parsed again, as text and as bytecode;
/// canonicalized; each pass and pipeline of ditto. All of it must come to an
/// end, leave IR that verifies, and ditto's passes on tensors must not fail.
class Stages {
public:
  using Enter = std::function<void(llvm::StringRef)>;

  /// `onEnter` is told each stage, and each pass, before it begins.
  Stages(mlir::MLIRContext &context, Enter onEnter);
  ~Stages();

  /// Parses `text`; null if it is no module.
  mlir::OwningOpRef<mlir::ModuleOp> parse(llvm::StringRef text);

  /// Takes a module through all stages. Lowering to LLVM takes longest, and is
  /// left out if not `lowers`.
  std::vector<Finding> run(llvm::StringRef text, bool lowers);

private:
  struct Pipeline;

  void runPipeline(Pipeline &pipeline, llvm::StringRef text);
  void roundTrip(mlir::ModuleOp module);
  void find(llvm::StringRef stage, llvm::StringRef message);

  mlir::MLIRContext &context;
  Enter enter;
  std::vector<std::unique_ptr<Pipeline>> pipelines;
  std::string diagnostics;
  /// The line that the first of them is about, from 1; 0 for none.
  unsigned line = 0;
  std::vector<Finding> findings;
};

} // namespace fuzz

#endif // DITTO_TEST_FUZZ_STAGES_H
