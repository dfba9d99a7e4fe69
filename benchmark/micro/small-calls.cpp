//===- small-calls.cpp - What calling a compiled function costs -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions of small-calls.mlir, compiled ahead of time. A call allocates its
// result; whoever calls frees it. Sizes are those of results.
//
//===----------------------------------------------------------------------===//

#include "ditto/Runtime/Runtime.h"

#include <benchmark/benchmark.h>

#include <cstring>
#include <string>
#include <vector>

namespace {
/// A descriptor of a buffer of rank 1.
struct Tensor {
  float *allocated, *data;
  int64_t offset, size, stride;
};
using Function = void (*)(Tensor *result, Tensor *x);

constexpr int64_t Copies = 4;
} // namespace

extern "C" {
#define DECLARE(NAME) void _mlir_ciface_##NAME(Tensor *result, Tensor *x);
#define DECLARE_SIZE(SIZE) DECLARE(interleave##SIZE) DECLARE(repeat##SIZE)
DECLARE_SIZE(64)
DECLARE_SIZE(256)
DECLARE_SIZE(1024)
DECLARE_SIZE(4096)
DECLARE_SIZE()
}

namespace {
/// The argument of a call whose result has `bytes` bytes.
struct Argument {
  explicit Argument(int64_t bytes)
      : elements(bytes / sizeof(float) / Copies, 1.0f),
        tensor{elements.data(), elements.data(), 0,
               static_cast<int64_t>(elements.size()), 1} {}

  std::vector<float> elements;
  Tensor tensor;
};
} // namespace

static void call(benchmark::State &state, Function function, int64_t bytes) {
  Argument x(bytes);
  for (auto _ : state) {
    Tensor result;
    function(&result, &x.tensor);
    benchmark::DoNotOptimize(result.data);
    dittoRuntimeFree(result.allocated);
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}

/// The same where a run-time error would come back as a message.
static void guardedCall(benchmark::State &state, Function function,
                        int64_t bytes) {
  Argument x(bytes);
  struct Call {
    Function function;
    Tensor result, *x;
  } call = {function, {}, &x.tensor};
  for (auto _ : state) {
    auto run = [](void *argument) {
      auto *call = static_cast<Call *>(argument);
      call->function(&call->result, call->x);
    };
    char message[100];
    if (dittoRuntimeCall(run, &call, message, sizeof(message)))
      state.SkipWithError(message);
    benchmark::DoNotOptimize(call.result.data);
    dittoRuntimeFree(call.result.allocated);
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}

/// What a call cannot do without: memory, and writing to it.
static void allocateAndCopy(benchmark::State &state) {
  int64_t bytes = state.range(0);
  std::vector<char> from(bytes);
  for (auto _ : state) {
    void *block = _mlir_memref_to_llvm_alloc(bytes);
    std::memcpy(block, from.data(), bytes);
    benchmark::DoNotOptimize(block);
    dittoRuntimeFree(block);
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}
BENCHMARK(allocateAndCopy)->RangeMultiplier(4)->Range(64, 4096);

namespace {
struct Compiled {
  const char *name;
  Function function;
  int64_t bytes;
};
} // namespace

#define STATIC(SIZE)                                                           \
  {"interleave/static", _mlir_ciface_interleave##SIZE, SIZE}, {                \
    "repeat/static", _mlir_ciface_repeat##SIZE, SIZE                           \
  }
#define DYNAMIC(SIZE)                                                          \
  {"interleave/dynamic", _mlir_ciface_interleave, SIZE}, {                     \
    "repeat/dynamic", _mlir_ciface_repeat, SIZE                                \
  }
static const Compiled functions[] = {STATIC(64),    STATIC(256),  STATIC(1024),
                                     STATIC(4096),  DYNAMIC(64),  DYNAMIC(256),
                                     DYNAMIC(1024), DYNAMIC(4096)};

[[maybe_unused]] static const bool registered = [] {
  for (const Compiled &compiled : functions) {
    std::string name =
        std::string(compiled.name) + "/" + std::to_string(compiled.bytes);
    benchmark::RegisterBenchmark(("call/" + name).c_str(), call,
                                 compiled.function, compiled.bytes);
    benchmark::RegisterBenchmark(("guardedCall/" + name).c_str(), guardedCall,
                                 compiled.function, compiled.bytes);
  }
  return true;
}();
