//===- InMemory.cpp - Compiled functions for tests in Python --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ditto/Compiler/Compiler.h for ctypes (test/Integration/support/native.py):
// a module compiled in memory, and calls of its functions.
//
//===----------------------------------------------------------------------===//

#include "ditto/Compiler/Compiler.h"
#include "ditto/InitDitto.h"
#include "ditto/Runtime/Runtime.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/TargetSelect.h"

#include <cstring>

using namespace mlir;

namespace {
struct InMemory {
  InMemory() : context(MLIRContext::Threading::DISABLED) {
    DialectRegistry registry;
    ditto::registerDittoDialects(registry);
    ditto::registerUpstreamDialects(registry);
    ditto::registerDittoExtensions(registry);
    context.appendDialectRegistry(registry);
  }

  MLIRContext context;
  std::optional<ditto::CompiledModule> module;
};

/// An argument or a result; `bits` of its integers, 0 for index.
struct TestArray {
  int64_t bits, rank;
  int64_t *shape;
  char *data;
};
} // namespace

static void write(char *message, int64_t size, StringRef text) {
  text = text.take_front(size - 1);
  std::memcpy(message, text.data(), text.size());
  message[text.size()] = 0;
}

static llvm::Error compile(InMemory &code, StringRef text, unsigned level) {
  ditto::CompilerOptions options;
  options.optimizationLevel = level;
  auto module = parseSourceString<ModuleOp>(text, &code.context);
  if (!module)
    return llvm::createStringError("expected a module");
  auto compiled = ditto::CompiledModule::compile(*module, options);
  if (!compiled)
    return compiled.takeError();
  code.module.emplace(std::move(*compiled));
  return llvm::Error::success();
}

static llvm::Error call(InMemory &code, StringRef name,
                        ArrayRef<TestArray> arguments, TestArray &result,
                        int64_t numBytes) {
  auto function = code.module->getFunction(name);
  if (!function)
    return function.takeError();
  Builder builder(&code.context);
  SmallVector<ditto::Array> arrays;
  for (const TestArray &argument : arguments) {
    Type type = builder.getIndexType();
    if (argument.bits)
      type = builder.getIntegerType(argument.bits);
    auto array = ditto::Array::borrow(
        type, ArrayRef(argument.shape, argument.rank), argument.data);
    if (!array)
      return array.takeError();
    arrays.push_back(std::move(*array));
  }
  auto results = function->invoke(arrays);
  if (!results)
    return results.takeError();
  const ditto::Array &array = results->front();
  if (array.getNumBytes() > numBytes)
    return llvm::createStringError("expected a smaller result");
  llvm::copy(array.getShape(), result.shape);
  std::memcpy(result.data, array.getData(), array.getNumBytes());
  return llvm::Error::success();
}

/// Null, and why, where `text` does not compile.
extern "C" void *dittoTestCompile(const char *text, unsigned level,
                                  char *message, int64_t size) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  auto code = std::make_unique<InMemory>();
  llvm::Error error = compile(*code, text, level);
  if (!error)
    return code.release();
  write(message, size, llvm::toString(std::move(error)));
  return nullptr;
}

/// Writes the extents and the elements of the one result, which is of
/// `numBytes` at most; or why there is none, and returns 1.
extern "C" int dittoTestCall(void *code, const char *name,
                             const TestArray *arguments, int64_t numArguments,
                             TestArray *result, int64_t numBytes, char *message,
                             int64_t size) {
  llvm::Error error =
      call(*static_cast<InMemory *>(code), name,
           ArrayRef(arguments, numArguments), *result, numBytes);
  if (!error)
    return 0;
  write(message, size, llvm::toString(std::move(error)));
  return 1;
}

extern "C" int64_t dittoTestLiveBytes() { return dittoRuntimeLiveBytes(); }

extern "C" void dittoTestDestroy(void *code) {
  delete static_cast<InMemory *>(code);
}
