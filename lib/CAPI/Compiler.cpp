//===- Compiler.cpp - The compiler as C functions -------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto-c/Compiler.h"

#include "ditto/Compiler/Compiler.h"
#include "ditto/Runtime/Parallel.h"

#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Support.h"
#include "mlir/CAPI/Wrap.h"
#include "llvm/Support/ScopedPrinter.h"

#include <cstdlib>
#include <cstring>

using namespace mlir;
using namespace mlir::ditto;

DEFINE_C_API_PTR_METHODS(DittoArray, mlir::ditto::Array)
DEFINE_C_API_PTR_METHODS(DittoCompiledModule, mlir::ditto::CompiledModule)

//===----------------------------------------------------------------------===//
// Errors and options
//===----------------------------------------------------------------------===//

static DittoError takeError(llvm::Error error) {
  return strdup(llvm::toString(std::move(error)).c_str());
}

static DittoError makeError(const llvm::Twine &message) {
  return strdup(message.str().c_str());
}

void dittoErrorDestroy(DittoError error) { std::free(error); }

DittoCompilerOptions dittoCompilerOptionsGetDefault(void) {
  CompilerOptions defaults;
  return {/*entry=*/nullptr,
          /*cpu=*/"host",    defaults.optimizationLevel,
          /*vectorBits=*/-1, defaults.reassociate,
          defaults.parallel, defaults.optimizeRepeats};
}

void dittoCompilerSetThreads(int threads) { dittoRuntimeSetThreads(threads); }

static CompilerOptions convert(const DittoCompilerOptions *options) {
  CompilerOptions converted;
  if (!options)
    return converted;
  if (options->entry)
    converted.entry = options->entry;
  if (options->cpu)
    converted.cpu = options->cpu;
  converted.optimizationLevel = options->optimizationLevel;
  if (options->vectorBits >= 0)
    converted.vectorBits = options->vectorBits;
  converted.reassociate = options->reassociate;
  converted.parallel = options->parallel;
  converted.optimizeRepeats = options->optimizeRepeats;
  return converted;
}

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

DittoError dittoArrayCreate(MlirType elementType, intptr_t rank,
                            const int64_t *shape, DittoArray *result) {
  auto array = Array::allocate(unwrap(elementType), ArrayRef(shape, rank));
  if (!array)
    return takeError(array.takeError());
  *result = wrap(new Array(std::move(*array)));
  return nullptr;
}

DittoError dittoArrayWrap(MlirType elementType, intptr_t rank,
                          const int64_t *shape, void *data,
                          DittoArray *result) {
  auto array = Array::borrow(unwrap(elementType), ArrayRef(shape, rank),
                             static_cast<char *>(data));
  if (!array)
    return takeError(array.takeError());
  *result = wrap(new Array(std::move(*array)));
  return nullptr;
}

void dittoArrayDestroy(DittoArray array) { delete unwrap(array); }

MlirType dittoArrayGetElementType(DittoArray array) {
  return wrap(unwrap(array)->getElementType());
}

intptr_t dittoArrayGetRank(DittoArray array) {
  return unwrap(array)->getShape().size();
}

int64_t dittoArrayGetExtent(DittoArray array, intptr_t dim) {
  return unwrap(array)->getShape()[dim];
}

int64_t dittoArrayGetNumBytes(DittoArray array) {
  return unwrap(array)->getNumBytes();
}

void *dittoArrayGetData(DittoArray array) { return unwrap(array)->getData(); }

//===----------------------------------------------------------------------===//
// In memory
//===----------------------------------------------------------------------===//

DittoError dittoCompile(MlirModule module, const DittoCompilerOptions *options,
                        DittoCompiledModule *result) {
  auto compiled = CompiledModule::compile(unwrap(module), convert(options));
  if (!compiled)
    return takeError(compiled.takeError());
  *result = wrap(new CompiledModule(std::move(*compiled)));
  return nullptr;
}

void dittoCompiledModuleDestroy(DittoCompiledModule module) {
  delete unwrap(module);
}

DittoError dittoCompiledModuleInvoke(DittoCompiledModule module,
                                     const char *name, intptr_t numArguments,
                                     const DittoArray *arguments,
                                     intptr_t numResults, DittoArray *results) {
  auto function = unwrap(module)->getFunction(name);
  if (!function)
    return takeError(function.takeError());
  size_t expected = function->getSignature().results.size();
  if (numResults < 0 || size_t(numResults) != expected)
    return makeError("@" + llvm::Twine(name) + " has " + llvm::Twine(expected) +
                     " results, but " + llvm::Twine(numResults) +
                     " were asked for");
  SmallVector<Array> borrowed;
  for (intptr_t i = 0; i < numArguments; ++i) {
    Array *array = unwrap(arguments[i]);
    borrowed.push_back(llvm::cantFail(Array::borrow(
        array->getElementType(), array->getShape(), array->getData())));
  }
  auto values = function->invoke(borrowed);
  if (!values)
    return takeError(values.takeError());
  for (auto [i, value] : llvm::enumerate(*values))
    results[i] = wrap(new Array(std::move(value)));
  return nullptr;
}

//===----------------------------------------------------------------------===//
// To files
//===----------------------------------------------------------------------===//

DittoError dittoEmitObject(MlirModule module,
                           const DittoCompilerOptions *options,
                           MlirStringCallback callback, void *userData) {
  SmallVector<char> object;
  llvm::raw_svector_ostream stream(object);
  if (llvm::Error error = emitObject(unwrap(module), convert(options), stream))
    return takeError(std::move(error));
  callback(wrap(stream.str()), userData);
  return nullptr;
}

/// Hands over the text that `emit` returns.
static DittoError emitText(llvm::Expected<std::string> text,
                           MlirStringCallback callback, void *userData) {
  if (!text)
    return takeError(text.takeError());
  callback(wrap(StringRef(*text)), userData);
  return nullptr;
}

DittoError dittoEmitHeader(MlirModule module,
                           const DittoCompilerOptions *options,
                           MlirStringCallback callback, void *userData) {
  return emitText(emitHeader(unwrap(module), convert(options)), callback,
                  userData);
}

DittoError dittoEmitLLVMIR(MlirModule module,
                           const DittoCompilerOptions *options,
                           MlirStringCallback callback, void *userData) {
  return emitText(emitLLVMIR(unwrap(module), convert(options)), callback,
                  userData);
}
