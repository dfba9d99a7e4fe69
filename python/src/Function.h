//===- Function.h - Compiled functions on arrays ----------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_PYTHON_FUNCTION_H
#define DITTO_PYTHON_FUNCTION_H

#include "ElementTypes.h"

#include "ditto/Compiler/Compiler.h"

#include <nanobind/nanobind.h>

#include <memory>

namespace mlir::ditto::python {

struct Source;

/// A function of a compiled module, with everything that it needs to live.
class Function {
public:
  Function(std::shared_ptr<Source> source, CompiledModule module,
           std::string name);

  /// Takes arrays that are known (Arrays.h) and Python's numbers. Results are
  /// tensors of PyTorch if an argument is one, and NumPy's arrays otherwise.
  nanobind::object call(nanobind::args arguments) const;

  /// "@main(tensor<?xf32>) -> tensor<?xf32>"
  std::string describe() const;
  const std::string &getName() const { return name; }

private:
  llvm::Expected<Array> takeArgument(size_t i, nanobind::handle object) const;

  std::shared_ptr<Source> source;
  CompiledModule module;
  std::string name;
  std::optional<CompiledFunction> function;
  /// Of arguments and results.
  SmallVector<const ElementType *> argumentTypes, resultTypes;
};

/// Adds `Function`.
void defineFunction(nanobind::module_ &module);

} // namespace mlir::ditto::python

#endif // DITTO_PYTHON_FUNCTION_H
