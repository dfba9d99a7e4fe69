//===- RuntimeTest.cpp - Invocations, memory, failures --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Runtime/Runtime.h"

#include "gtest/gtest.h"

#include <cmath>
#include <cstring>
#include <string>
#include <thread>

namespace {

/// Runs `body`, a callable without captured destructors, as one invocation.
/// Returns the message of the failure, empty on success.
template <typename Body>
std::string invoke(Body body) {
  char message[256] = "untouched";
  int failed =
      dittoRuntimeCall([](void *body) { (*static_cast<Body *>(body))(); },
                       &body, message, sizeof(message));
  if (!failed) {
    EXPECT_STREQ(message, "untouched");
    return "";
  }
  return message;
}

class RuntimeTest : public testing::Test {
  void TearDown() override { EXPECT_EQ(dittoRuntimeLiveBytes(), 0); }
};

using RuntimeDeathTest = RuntimeTest;

TEST_F(RuntimeTest, ResultsSurviveAndBelongToTheCaller) {
  void *result = nullptr;
  EXPECT_EQ(invoke([&] {
              void *scratch = _mlir_memref_to_llvm_alloc(100);
              result = _mlir_memref_to_llvm_alloc(1000);
              memset(result, 7, 1000);
              _mlir_memref_to_llvm_free(scratch);
            }),
            "");
  EXPECT_EQ(dittoRuntimeLiveBytes(), 1000);
  EXPECT_EQ(static_cast<char *>(result)[999], 7);
  dittoRuntimeFree(result);
}

TEST_F(RuntimeTest, FailureFreesEveryBlockOfTheInvocation) {
  void *before = _mlir_memref_to_llvm_alloc(16);
  EXPECT_EQ(invoke([] {
              for (int i = 0; i < 10; ++i) {
                void *block = _mlir_memref_to_llvm_alloc(64 << i);
                if (i % 3 == 0)
                  _mlir_memref_to_llvm_free(block);
              }
              dittoRuntimeFail(1, -2, 1, 0);
            }),
            "ditto.repeat: count -2 of dimension 1 is negative");
  EXPECT_EQ(dittoRuntimeLiveBytes(), 16);
  dittoRuntimeFree(before);
}

TEST_F(RuntimeTest, EachErrorHasItsMessage) {
  EXPECT_EQ(invoke([] { dittoRuntimeFail(6, -2, 1, 0); }),
            "ditto.repeat_interleave: count -2 at index 1 is negative");
  EXPECT_EQ(invoke([] { dittoRuntimeFail(3, 0, 0, 0); }),
            "ditto.repeat: the result's size in bytes does not fit in 64 bits");
  EXPECT_EQ(invoke([] { dittoRuntimeFail(2, 1, INT64_MAX, INT64_MIN); }),
            "ditto.repeat: the extent of result dimension 1, count "
            "9223372036854775807 x operand extent -9223372036854775808, does "
            "not fit in 64 bits");
  EXPECT_EQ(invoke([] { dittoRuntimeFail(-1, 1, 2, 3); }),
            "unknown run-time error -1 (1, 2, 3): the code was compiled for a "
            "newer ditto runtime");
  EXPECT_EQ(invoke([] { dittoRuntimeFailAssert("100%s of it"); }),
            "100%s of it");
}

TEST_F(RuntimeTest, MessageIsCutToTheBuffer) {
  char message[8];
  EXPECT_EQ(dittoRuntimeCall([](void *) { dittoRuntimeFailAssert("too long"); },
                             nullptr, message, sizeof(message)),
            1);
  EXPECT_STREQ(message, "too lon");
}

TEST_F(RuntimeTest, MessageMayBeOmitted) {
  EXPECT_EQ(dittoRuntimeCall([](void *) { dittoRuntimeFail(1, 0, 0, 0); },
                             nullptr, nullptr, 0),
            1);
}

TEST_F(RuntimeTest, NestedFailureEndsTheInnerInvocationOnly) {
  void *outer = nullptr;
  EXPECT_EQ(invoke([&] {
              outer = _mlir_memref_to_llvm_alloc(8);
              EXPECT_EQ(invoke([] {
                          _mlir_memref_to_llvm_alloc(32);
                          dittoRuntimeFailAssert("inner");
                        }),
                        "inner");
              EXPECT_EQ(dittoRuntimeLiveBytes(), 8);
            }),
            "");
  dittoRuntimeFree(outer);
}

TEST_F(RuntimeTest, OuterFailureFreesTheResultsOfInnerInvocations) {
  EXPECT_EQ(invoke([] {
              EXPECT_EQ(invoke([] { _mlir_memref_to_llvm_alloc(32); }), "");
              dittoRuntimeFailAssert("outer");
            }),
            "outer");
}

TEST_F(RuntimeTest, InnerInvocationMayFreeABlockOfTheOuterOne) {
  EXPECT_EQ(invoke([] {
              void *block = _mlir_memref_to_llvm_alloc(8);
              EXPECT_EQ(invoke([&] { _mlir_memref_to_llvm_free(block); }), "");
            }),
            "");
}

TEST_F(RuntimeTest, BlocksAreAligned) {
  for (uint64_t alignment : {1, 8, 64, 128, 4096})
    for (uint64_t size : {0, 1, 63, 64, 1000}) {
      void *block = _mlir_memref_to_llvm_aligned_alloc(alignment, size);
      ASSERT_NE(block, nullptr);
      uint64_t expected = alignment < 64 ? 64 : alignment;
      EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % expected, 0u);
      memset(block, 1, size);
      EXPECT_EQ(dittoRuntimeLiveBytes(), static_cast<int64_t>(size));
      dittoRuntimeFree(block);
    }
}

TEST_F(RuntimeTest, ImpossibleSizesFail) {
  EXPECT_EQ(invoke([] { _mlir_memref_to_llvm_alloc(UINT64_MAX); }),
            "out of memory: cannot allocate 18446744073709551615 bytes");
  EXPECT_EQ(invoke([] { _mlir_memref_to_llvm_alloc(uint64_t(1) << 61); }),
            "out of memory: cannot allocate 2305843009213693952 bytes");
  EXPECT_EQ(invoke([] { _mlir_memref_to_llvm_aligned_alloc(1ull << 63, 4); }),
            "out of memory: cannot allocate 4 bytes");
}

TEST_F(RuntimeTest, FreeingNullDoesNothing) { dittoRuntimeFree(nullptr); }

TEST_F(RuntimeTest, ThreadsHaveInvocationsOfTheirOwn) {
  auto work = [] {
    for (int i = 0; i < 1000; ++i)
      EXPECT_EQ(invoke([i] {
                  _mlir_memref_to_llvm_alloc(64);
                  if (i % 2)
                    dittoRuntimeFail(1, -1, i, 0);
                  dittoRuntimeFailAssert("even");
                }),
                i % 2 ? "ditto.repeat: count -1 of dimension " +
                            std::to_string(i) + " is negative"
                      : "even");
  };
  std::thread first(work), second(work);
  first.join();
  second.join();
}

TEST_F(RuntimeTest, WorkerThreadMayFreeABlockOfTheInvocation) {
  EXPECT_EQ(invoke([] {
              void *blocks[100];
              for (void *&block : blocks)
                block = _mlir_memref_to_llvm_alloc(64);
              std::thread worker([&] {
                for (int i = 0; i < 100; i += 2)
                  _mlir_memref_to_llvm_free(blocks[i]);
              });
              for (int i = 1; i < 100; i += 2)
                _mlir_memref_to_llvm_free(blocks[i]);
              worker.join();
            }),
            "");
}

TEST_F(RuntimeDeathTest, DefaultHandlerPrintsAndAborts) {
  EXPECT_EXIT(dittoRuntimeFail(1, -2, 0, 0), testing::KilledBySignal(SIGABRT),
              "ditto: ditto.repeat: count -2 of dimension 0 is negative");
}

TEST_F(RuntimeDeathTest, HandlerReceivesMessageAndData) {
  int status = 42;
  dittoRuntimeSetFailureHandler(
      [](const char *message, void *userData) {
        fprintf(stderr, "handled: %s", message);
        _exit(*static_cast<int *>(userData));
      },
      &status);
  EXPECT_EXIT(dittoRuntimeFailAssert("shape"), testing::ExitedWithCode(42),
              "handled: shape");
  dittoRuntimeSetFailureHandler(nullptr, nullptr);
}

TEST_F(RuntimeDeathTest, HandlerThatReturnsAborts) {
  dittoRuntimeSetFailureHandler([](const char *, void *) {}, nullptr);
  EXPECT_EXIT(dittoRuntimeFailAssert("shape"), testing::KilledBySignal(SIGABRT),
              "");
  dittoRuntimeSetFailureHandler(nullptr, nullptr);
}

/// Counts the blocks it has given away, and gives none while `isEmpty`.
struct CountingAllocator : DittoRuntimeAllocator {
  CountingAllocator() {
    allocate = [](size_t alignment, size_t size, void *self) -> void * {
      auto *counter = static_cast<CountingAllocator *>(self);
      EXPECT_EQ(size % alignment, 0u);
      if (counter->isEmpty)
        return nullptr;
      ++counter->blocks;
      return aligned_alloc(alignment, size);
    };
    release = [](void *block, void *self) {
      --static_cast<CountingAllocator *>(self)->blocks;
      free(block);
    };
    userData = this;
  }
  int blocks = 0;
  bool isEmpty = false;
};

TEST_F(RuntimeTest, EachBlockGoesBackToItsAllocator) {
  void *before = _mlir_memref_to_llvm_alloc(16);
  CountingAllocator counter;
  dittoRuntimeSetAllocator(&counter);
  void *during = nullptr;
  EXPECT_EQ(invoke([&] {
              during = _mlir_memref_to_llvm_alloc(16);
              _mlir_memref_to_llvm_free(_mlir_memref_to_llvm_alloc(1 << 24));
            }),
            "");
  EXPECT_EQ(counter.blocks, 1);
  _mlir_memref_to_llvm_free(before);
  EXPECT_EQ(counter.blocks, 1);
  dittoRuntimeSetAllocator(nullptr);
  dittoRuntimeFree(during);
  EXPECT_EQ(counter.blocks, 0);
}

TEST_F(RuntimeTest, AnAllocatorMayHaveNothing) {
  CountingAllocator counter;
  dittoRuntimeSetAllocator(&counter);
  EXPECT_EQ(invoke([&] {
              _mlir_memref_to_llvm_alloc(100);
              counter.isEmpty = true;
              _mlir_memref_to_llvm_alloc(200);
            }),
            "out of memory: cannot allocate 200 bytes");
  EXPECT_EQ(counter.blocks, 0);
  dittoRuntimeSetAllocator(nullptr);
}

/// The bf16 that a rounding function returned.
uint16_t lowHalf(float value) {
  uint16_t bits;
  memcpy(&bits, &value, sizeof(bits));
  return bits;
}

TEST(RoundToBF16Test, RoundsToNearestEven) {
  EXPECT_EQ(lowHalf(__truncsfbf2(1.0f)), 0x3f80);
  EXPECT_EQ(lowHalf(__truncsfbf2(-0.0f)), 0x8000);
  EXPECT_EQ(lowHalf(__truncsfbf2(0x1.01p0f)), 0x3f80);     // tie, down to even
  EXPECT_EQ(lowHalf(__truncsfbf2(0x1.03p0f)), 0x3f82);     // tie, up to even
  EXPECT_EQ(lowHalf(__truncsfbf2(0x1.010002p0f)), 0x3f81); // above the tie
  EXPECT_EQ(lowHalf(__truncsfbf2(0x1.fffffep127f)), 0x7f80); // to infinity
  EXPECT_EQ(lowHalf(__truncsfbf2(INFINITY)), 0x7f80);
  EXPECT_EQ(lowHalf(__truncsfbf2(-NAN)) & 0xffc0, 0xffc0);
}

TEST(RoundToBF16Test, RoundsDoublesOnce) {
  EXPECT_EQ(lowHalf(__truncdfbf2(1.0)), 0x3f80);
  // Rounds to the tie 0x1.01p0 as a float, and from there to even.
  EXPECT_EQ(lowHalf(__truncdfbf2(0x1.0100000001p0)), 0x3f81);
  EXPECT_EQ(lowHalf(__truncdfbf2(0x1.00ffffffffp0)), 0x3f80);
  EXPECT_EQ(lowHalf(__truncdfbf2(-0x1.0300000001p0)), 0xbf82);
  EXPECT_EQ(lowHalf(__truncdfbf2(1e300)), 0x7f80);
  EXPECT_EQ(lowHalf(__truncdfbf2(-INFINITY)), 0xff80);
  EXPECT_EQ(lowHalf(__truncdfbf2(1e-300)), 0x0000);
  EXPECT_EQ(lowHalf(__truncdfbf2(NAN)) & 0x7fc0, 0x7fc0);
}

} // namespace
