//===- EmitHeader.cpp - C declarations of compiled functions --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Compiler/Compiler.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The C type that stores an element of `type`, or nothing where there is none.
/// Floats of 16 and 8 bits are their bits.
static std::string getStorageType(Type type) {
  if (auto complex = dyn_cast<ComplexType>(type)) {
    Type part = complex.getElementType();
    return part.isF32() || part.isF64() ? getStorageType(part) + " _Complex"
                                        : "";
  }
  if (type.isF32())
    return "float";
  if (type.isF64())
    return "double";
  if (type.isIndex())
    return "int64_t";
  unsigned bits = type.isIntOrFloat() ? type.getIntOrFloatBitWidth() : 0;
  if (bits == 0 || bits > (isa<FloatType>(type) ? 16 : 64))
    return "";
  bool isSigned =
      isa<IntegerType>(type) && !type.isUnsignedInteger() && !type.isInteger(1);
  return llvm::formatv("{0}int{1}_t", isSigned ? "" : "u",
                       std::max<uint64_t>(8, llvm::PowerOf2Ceil(bits)));
}

/// Whether C passes and returns a scalar of `type` as LLVM does a value of it.
static bool isPassedAlike(Type type) {
  return type.isIndex() || type.isF32() || type.isF64() || type.isInteger(1) ||
         type.isInteger(8) || type.isInteger(16) || type.isInteger(32) ||
         type.isInteger(64);
}

/// The name of the struct that describes a tensor: `DittoTensor2_f32`.
static std::string getTensorName(RankedTensorType type) {
  std::string element;
  llvm::raw_string_ostream(element) << type.getElementType();
  for (char &c : element)
    if (!llvm::isAlnum(c))
      c = '_';
  return llvm::formatv("DittoTensor{0}_{1}", type.getRank(), element);
}

/// What a function takes or returns a value of `type` as.
static std::string getValueType(Type type) {
  if (auto tensor = dyn_cast<RankedTensorType>(type))
    return getTensorName(tensor);
  return getStorageType(type);
}

/// Defines the struct of a tensor, as MLIR's memref descriptor. Several headers
/// may define it.
static void emitTensor(raw_ostream &os, RankedTensorType type) {
  std::string name = getTensorName(type);
  std::string guard = StringRef(name).upper() + "_DEFINED";
  std::string element = getStorageType(type.getElementType());
  os << "#ifndef " << guard << "\n#define " << guard << "\ntypedef struct {\n"
     << "  " << element << " *allocated;\n  " << element
     << " *data;\n  int64_t offset;\n";
  if (type.getRank() > 0)
    os << "  int64_t sizes[" << type.getRank() << "];\n  int64_t strides["
       << type.getRank() << "];\n";
  os << "} " << name << ";\n#endif\n\n";
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static llvm::Error checkName(const Signature &signature) {
  StringRef name = signature.name;
  auto isPart = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  if (llvm::all_of(name, isPart))
    return llvm::Error::success();
  return llvm::createStringError("@" + name + ": expected a name that C has");
}

static llvm::Error checkTypes(const Signature &signature, StringRef role,
                              ArrayRef<Type> types) {
  for (auto [i, type] : llvm::enumerate(types)) {
    bool hasType = isa<RankedTensorType>(type)
                       ? !getStorageType(getElementTypeOrSelf(type)).empty()
                       : isPassedAlike(type);
    if (hasType)
      continue;
    std::string name;
    llvm::raw_string_ostream(name) << type;
    return llvm::createStringError("@" + signature.name + ": " + role + " " +
                                   llvm::Twine(i) + " of type " + name +
                                   " has no counterpart in C");
  }
  return llvm::Error::success();
}

namespace {
/// The declarations of one function.
class FunctionEmitter {
public:
  FunctionEmitter(raw_ostream &os, const Signature &signature)
      : os(os), signature(signature), name(signature.name) {
    returnsScalar = signature.results.size() == 1 &&
                    !isa<RankedTensorType>(signature.results[0]);
    if (signature.results.size() == 1)
      resultType = getValueType(signature.results[0]);
    else if (!signature.results.empty())
      resultType = "DittoResults_" + name;
    if (!resultType.empty())
      parameters.push_back({resultType + " *", "result"});
    for (auto [i, type] : llvm::enumerate(signature.arguments)) {
      bool isTensor = isa<RankedTensorType>(type);
      std::string text = getValueType(type);
      parameters.push_back({isTensor ? "const " + text + " *" : text + " ",
                            "arg" + std::to_string(i)});
    }
  }

  void emit() {
    if (signature.results.size() > 1)
      emitResults();
    emitEntry();
    emitCall();
  }

private:
  struct Parameter {
    std::string type, name;
  };

  void emitResults() {
    os << "typedef struct {\n";
    for (auto [i, type] : llvm::enumerate(signature.results))
      os << "  " << getValueType(type) << " result" << i << ";\n";
    os << "} " << resultType << ";\n\n";
  }

  /// The parameters of the compiled function.
  ArrayRef<Parameter> getEntryParameters() const {
    return ArrayRef(parameters).drop_front(returnsScalar);
  }

  void emitEntry() {
    os << (returnsScalar ? resultType : "void") << " _mlir_ciface_" << name
       << "(";
    llvm::interleaveComma(getEntryParameters(), os,
                          [&](const Parameter &parameter) {
                            os << parameter.type << parameter.name;
                          });
    os << (getEntryParameters().empty() ? "void" : "") << ");\n\n";
  }

  /// The function that returns run-time errors: dittoRuntimeCall runs a
  /// function of one pointer.
  void emitCall() {
    os << "struct DittoCall_" << name << " {\n";
    for (const Parameter &parameter : parameters)
      os << "  " << parameter.type << parameter.name << ";\n";
    os << (parameters.empty() ? "  char none;\n" : "") << "};\n\n"
       << "static inline void dittoRun_" << name << "(void *argument) {\n"
       << "  struct DittoCall_" << name << " *call = (struct DittoCall_" << name
       << " *)argument;\n  (void)call;\n  "
       << (returnsScalar ? "*call->result = " : "") << "_mlir_ciface_" << name
       << "(";
    llvm::interleaveComma(
        getEntryParameters(), os,
        [&](const Parameter &parameter) { os << "call->" << parameter.name; });
    // LLVM leaves the other bits of an i1 as they are.
    bool returnsBit = returnsScalar && signature.results[0].isInteger(1);
    os << ")" << (returnsBit ? " & 1" : "") << ";\n}\n\n"
       << "static inline int dittoCall_" << name << "(";
    for (const Parameter &parameter : parameters)
      os << parameter.type << parameter.name << ", ";
    os << "char *message, size_t messageSize) {\n  struct DittoCall_" << name
       << " call = {";
    llvm::interleaveComma(parameters, os, [&](const Parameter &parameter) {
      os << parameter.name;
    });
    os << (parameters.empty() ? "0" : "")
       << "};\n  return dittoRuntimeCall(dittoRun_" << name
       << ", &call, message, messageSize);\n}\n\n";
  }

  raw_ostream &os;
  const Signature &signature;
  std::string name, resultType;
  bool returnsScalar;
  SmallVector<Parameter> parameters;
};
} // namespace

llvm::Expected<std::string> ditto::emitHeader(ModuleOp module,
                                              const CompilerOptions &options) {
  auto signatures = getSignatures(module, options.entry);
  if (!signatures)
    return signatures.takeError();
  std::string text;
  llvm::raw_string_ostream os(text);
  os << R"(/* The functions of an object file that ditto compiled; link libDittoRuntime, and
   libDittoParallel if it was compiled for several threads.

   dittoCall_f calls f and returns 0, or 1 after a run-time error, whose text is
   in `message`. Arguments are only read; their elements are at data + offset.
   Results are allocated: free each `allocated` once with dittoRuntimeFree, also
   where two results share it. _mlir_ciface_f is f itself: an error in it goes to
   the failure handler of the process. */

#pragma once

#include <ditto/Runtime/Runtime.h>

#ifdef __cplusplus
extern "C" {
#endif

)";
  for (const Signature &signature : *signatures) {
    if (llvm::Error error = checkName(signature))
      return error;
    if (llvm::Error error =
            checkTypes(signature, "argument", signature.arguments))
      return error;
    if (llvm::Error error = checkTypes(signature, "result", signature.results))
      return error;
    for (ArrayRef<Type> types :
         {ArrayRef(signature.arguments), ArrayRef(signature.results)})
      for (Type type : types)
        if (auto tensor = dyn_cast<RankedTensorType>(type))
          emitTensor(os, tensor);
    FunctionEmitter(os, signature).emit();
  }
  os << "#ifdef __cplusplus\n}\n#endif\n";
  return text;
}
