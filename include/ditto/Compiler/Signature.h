//===- Signature.h - The functions of a model -------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_COMPILER_SIGNATURE_H
#define DITTO_COMPILER_SIGNATURE_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"

#include <string>

namespace mlir::ditto {

/// What a function takes and gives: ranked tensors and scalars, as the model
/// says it, before lowering.
struct Signature {
  std::string name;
  SmallVector<Type> arguments;
  SmallVector<Type> results;
};

/// Finds the function to run in `module`. Without a `name` that is its only
/// public function, or else `main`. The error lists the functions there are.
llvm::Expected<func::FuncOp> findEntry(ModuleOp module, StringRef name);

/// Returns the signature of `function`, or an error naming the first argument
/// or result that compiled functions cannot have: memrefs, unranked tensors,
/// tensors with an encoding, element types that Array refuses.
llvm::Expected<Signature> getSignature(func::FuncOp function);

/// Returns the signatures of the functions that `module` gives to others: its
/// public ones, or `entry` alone.
llvm::Expected<SmallVector<Signature>> getSignatures(ModuleOp module,
                                                     StringRef entry);

} // namespace mlir::ditto

#endif // DITTO_COMPILER_SIGNATURE_H
