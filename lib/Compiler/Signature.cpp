//===- Signature.cpp - The functions of a model ---------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Compiler/Signature.h"

#include "ditto/Compiler/Array.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ScopedPrinter.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// The entry function
//===----------------------------------------------------------------------===//

/// "@f, @g", or "none".
static std::string listFunctions(ArrayRef<func::FuncOp> functions) {
  if (functions.empty())
    return "none";
  return llvm::join(llvm::map_range(functions,
                                    [](func::FuncOp function) {
                                      return "@" + function.getName().str();
                                    }),
                    ", ");
}

llvm::Expected<func::FuncOp> ditto::findEntry(ModuleOp module, StringRef name) {
  auto functions = llvm::to_vector(module.getOps<func::FuncOp>());
  auto defined = llvm::filter_to_vector(
      functions, [](func::FuncOp function) { return !function.isExternal(); });
  auto isCandidate = [&](func::FuncOp function) { return function.isPublic(); };

  if (name.empty() && llvm::count_if(defined, isCandidate) == 1)
    return *llvm::find_if(defined, isCandidate);
  StringRef wanted = name.empty() ? "main" : name;
  for (func::FuncOp function : functions) {
    if (function.getName() != wanted)
      continue;
    if (function.isExternal())
      return llvm::createStringError("function @" + wanted +
                                     " is declared but has no body");
    return function;
  }
  return llvm::createStringError(
      "expected a function @" + wanted +
      ", but the functions of the module are: " + listFunctions(defined));
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

/// Why values of `type` cannot be passed between host and compiled code, or an
/// empty string if they can.
static StringRef explainUnsupported(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (isa<ShapedType>(type) && !tensor)
    return "expected a ranked tensor or a scalar";
  if (tensor && tensor.getEncoding())
    return "expected a tensor without an encoding";
  Type elementType = tensor ? tensor.getElementType() : type;
  if (!Array::isSupportedElementType(elementType))
    return "expected elements of type index, integer of up to 128 bits, float "
           "(not tf32) or complex";
  return "";
}

static llvm::Error check(func::FuncOp function, StringRef role,
                         ArrayRef<Type> types) {
  for (auto [i, type] : llvm::enumerate(types)) {
    StringRef reason = explainUnsupported(type);
    if (reason.empty())
      continue;
    return llvm::createStringError(
        "@" + function.getName() + ": " + role + " " + llvm::Twine(i) +
        " has the unsupported type " + llvm::to_string(type) + ": " + reason);
  }
  return llvm::Error::success();
}

llvm::Expected<Signature> ditto::getSignature(func::FuncOp function) {
  FunctionType type = function.getFunctionType();
  if (llvm::Error error = check(function, "argument", type.getInputs()))
    return error;
  if (llvm::Error error = check(function, "result", type.getResults()))
    return error;
  return Signature{function.getName().str(), llvm::to_vector(type.getInputs()),
                   llvm::to_vector(type.getResults())};
}

llvm::Expected<SmallVector<Signature>> ditto::getSignatures(ModuleOp module,
                                                            StringRef entry) {
  SmallVector<Signature> signatures;
  for (auto function : module.getOps<func::FuncOp>()) {
    bool isGiven = entry.empty() ? function.isPublic() && !function.isExternal()
                                 : function.getName() == entry;
    if (!isGiven)
      continue;
    auto signature = getSignature(function);
    if (!signature)
      return signature.takeError();
    signatures.push_back(std::move(*signature));
  }
  return signatures;
}
