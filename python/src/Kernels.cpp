//===- Kernels.cpp - Compiled kernels, kept -------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"

#include "ObjectCache.h"

#include "ditto/Compiler/Compiler.h"
#include "ditto/Compiler/LoadedObject.h"
#include "ditto/InitDitto.h"
#include "ditto/Runtime/Runtime.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/DenseMap.h"

#include <mutex>
#include <pthread.h>

using namespace mlir;
using namespace mlir::ditto;
using namespace mlir::ditto::python;

namespace {
/// The kernels of this process. It is never destroyed: threads may run kernels
/// while the process ends.
class KernelCache {
public:
  static KernelCache &get();

  template <typename Form>
  void *lookUp(const Form &form) {
    KernelKey key = form.getKey();
    {
      std::lock_guard<std::mutex> lock(kernelsMutex);
      if (void *kernel = kernels.lookup(key))
        return kernel;
    }
    return create(key, [&] { return form.getText(); });
  }

  KernelStatistics getStatistics();

private:
  KernelCache();
  void *create(KernelKey key, llvm::function_ref<std::string()> getText);
  std::unique_ptr<llvm::MemoryBuffer> compile(const std::string &text);

  ObjectCache objects;
  /// Held for a moment, unlike compileMutex, which is taken first.
  std::mutex compileMutex, kernelsMutex;
  llvm::DenseMap<KernelKey, void *> kernels;
  std::vector<LoadedObject> code;
  /// Without threads of its own: a process that forks has none of them after.
  std::optional<MLIRContext> context;
  unsigned compiled = 0, loaded = 0;
};
} // namespace

KernelCache &KernelCache::get() {
  static auto *cache = new KernelCache;
  return *cache;
}

KernelCache::KernelCache() {
  // A child finds the caches as a whole, whatever other threads were doing.
  // Nobody waits for the GIL while holding one of the locks.
  pthread_atfork(
      [] {
        get().compileMutex.lock();
        get().kernelsMutex.lock();
      },
      [] {
        get().kernelsMutex.unlock();
        get().compileMutex.unlock();
      },
      [] {
        get().kernelsMutex.unlock();
        get().compileMutex.unlock();
      });
}

template <typename T>
static T orThrow(llvm::Expected<T> value) {
  if (!value)
    throw ErrorAsException{llvm::toString(value.takeError())};
  return std::move(*value);
}

void *KernelCache::create(KernelKey key,
                          llvm::function_ref<std::string()> getText) {
  std::lock_guard<std::mutex> compileLock(compileMutex);
  {
    // Another thread may have been faster.
    std::lock_guard<std::mutex> lock(kernelsMutex);
    if (void *kernel = kernels.lookup(key))
      return kernel;
  }
  std::string text = getText();
  std::unique_ptr<llvm::MemoryBuffer> object = objects.load(text);
  bool isCompiled = !object;
  if (isCompiled) {
    object = compile(text);
    objects.store(text, *object);
  }
  LoadedObject linked = orThrow(LoadedObject::load(std::move(object)));
  void *kernel = orThrow(linked.lookup("_mlir_ciface_kernel"));
  code.push_back(std::move(linked));
  std::lock_guard<std::mutex> lock(kernelsMutex);
  ++(isCompiled ? compiled : loaded);
  kernels[key] = kernel;
  return kernel;
}

std::unique_ptr<llvm::MemoryBuffer>
KernelCache::compile(const std::string &text) {
  if (!context) {
    DialectRegistry registry;
    registerDittoDialects(registry);
    registerUpstreamDialects(registry);
    registerDittoExtensions(registry);
    context.emplace(registry, MLIRContext::Threading::DISABLED);
  }
  auto module = parseSourceString<ModuleOp>(text, &*context);
  if (!module)
    throw ErrorAsException{"a kernel is not valid MLIR:\n" + text};
  SmallVector<char, 0> object;
  llvm::raw_svector_ostream stream(object);
  if (llvm::Error error = emitObject(*module, CompilerOptions(), stream))
    throw ErrorAsException{llvm::toString(std::move(error))};
  return llvm::MemoryBuffer::getMemBufferCopy(
      StringRef(object.data(), object.size()), "kernel");
}

KernelStatistics KernelCache::getStatistics() {
  std::lock_guard<std::mutex> lock(kernelsMutex);
  return {compiled, loaded, objects.getDirectory()};
}

/// Calls `kernel`; a run-time error in it comes back as an exception.
static void call(void *kernel, ArrayRef<void *> descriptors) {
  struct Call {
    void *kernel;
    ArrayRef<void *> arguments;
  } call = {kernel, descriptors};
  char message[256];
  int failed = dittoRuntimeCall(
      [](void *argument) {
        auto [kernel, arguments] = *static_cast<Call *>(argument);
        if (arguments.size() == 2)
          reinterpret_cast<void (*)(void *, void *)>(kernel)(arguments[0],
                                                             arguments[1]);
        else
          reinterpret_cast<void (*)(void *, void *, void *)>(kernel)(
              arguments[0], arguments[1], arguments[2]);
      },
      &call, message, sizeof(message));
  if (failed)
    throw ErrorAsException{message};
}

void python::callKernel(const MoveForm &form, ArrayRef<void *> descriptors) {
  call(KernelCache::get().lookUp(form), descriptors);
}

void python::callKernel(const RunsForm &form, ArrayRef<void *> descriptors) {
  call(KernelCache::get().lookUp(form), descriptors);
}

KernelStatistics python::getKernelStatistics() {
  return KernelCache::get().getStatistics();
}
