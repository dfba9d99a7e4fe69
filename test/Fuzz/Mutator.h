//===- Mutator.h - Modules that are a little different ----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TEST_FUZZ_MUTATOR_H
#define DITTO_TEST_FUZZ_MUTATOR_H

#include "mlir/IR/BuiltinOps.h"

#include <random>
#include <string>

namespace fuzz {

/// Changes modules at random: first their ops (other operands; ops dropped,
/// doubled and moved, types cast to others), then the text of the generic form
/// (extents, element types, kinds of types, numbers, attributes). What comes
/// out may not even parse.
class Mutator {
public:
  explicit Mutator(uint64_t seed) : random(seed) {}

  /// The text of a mutant of `module`, which stays as it is.
  std::string mutate(mlir::ModuleOp module);

  size_t pick(size_t size) { return random() % size; }

private:
  void changeOps(mlir::ModuleOp module);
  void changeText(std::string &text);

  std::mt19937_64 random;
};

} // namespace fuzz

#endif // DITTO_TEST_FUZZ_MUTATOR_H
