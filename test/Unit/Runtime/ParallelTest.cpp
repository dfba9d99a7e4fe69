//===- ParallelTest.cpp - Loops on several threads ------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Runtime/Parallel.h"
#include "ditto/Runtime/Runtime.h"

#include "gtest/gtest.h"

#include <atomic>
#include <string>
#include <vector>

namespace {

class ParallelTest : public testing::Test {
  void TearDown() override {
    dittoRuntimeSetThreads(0);
    EXPECT_EQ(dittoRuntimeLiveBytes(), 0);
  }
};

/// How often each iteration has run, and in how many parts.
struct Turns {
  explicit Turns(int64_t count) : turns(count) {}

  std::vector<std::atomic<int>> turns;
  std::atomic<int64_t> parts{0}, shortest{INT64_MAX};
};

void countTurns(void *context, int64_t begin, int64_t end) {
  auto *turns = static_cast<Turns *>(context);
  ++turns->parts;
  int64_t shortest = turns->shortest;
  // The last part may be shorter.
  while (end != int64_t(turns->turns.size()) && end - begin < shortest &&
         !turns->shortest.compare_exchange_weak(shortest, end - begin))
    ;
  for (int64_t i = begin; i < end; ++i)
    ++turns->turns[i];
}

TEST_F(ParallelTest, EachIterationRunsOnce) {
  for (int threads : {1, 2, 4, 7})
    for (int64_t count : {0, 1, 2, 3, 63, 64, 65, 1000})
      for (int64_t grain : {0, 1, 7, 64, 5000}) {
        dittoRuntimeSetThreads(threads);
        Turns turns(count);
        dittoRuntimeParallelFor(count, grain, countTurns, &turns);
        for (auto &turn : turns.turns)
          ASSERT_EQ(turn, 1) << threads << " " << count << " " << grain;
        EXPECT_GE(turns.shortest, grain);
      }
}

TEST_F(ParallelTest, TooLittleWorkIsOnePart) {
  dittoRuntimeSetThreads(4);
  Turns turns(100);
  dittoRuntimeParallelFor(100, 51, countTurns, &turns);
  EXPECT_EQ(turns.parts, 1);
}

/// Fails in iterations 40 and 90, with memory that the iteration has allocated.
void failTwice(void *, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; ++i) {
    void *block = _mlir_memref_to_llvm_alloc(100);
    if (i == 40 || i == 90)
      dittoRuntimeFail(6, -2, i, 0);
    _mlir_memref_to_llvm_free(block);
  }
}

TEST_F(ParallelTest, TheFirstErrorReachesTheCaller) {
  for (int threads : {1, 2, 4}) {
    dittoRuntimeSetThreads(threads);
    for (int repetition = 0; repetition < 100; ++repetition) {
      void *kept = nullptr;
      auto run = [](void *kept) {
        *static_cast<void **>(kept) = _mlir_memref_to_llvm_alloc(8);
        dittoRuntimeParallelFor(100, 1, failTwice, nullptr);
      };
      char message[256];
      ASSERT_EQ(dittoRuntimeCall(run, &kept, message, sizeof(message)), 1);
      EXPECT_STREQ(message, "ditto.repeat_interleave: count -2 at index 40 is "
                            "negative");
      ASSERT_EQ(dittoRuntimeLiveBytes(), 0);
    }
  }
}

using ParallelDeathTest = ParallelTest;

TEST_F(ParallelDeathTest, ErrorsOutsideInvocationsReachTheHandler) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  dittoRuntimeSetThreads(2);
  EXPECT_DEATH(dittoRuntimeParallelFor(100, 1, failTwice, nullptr),
               "ditto: ditto.repeat_interleave: count -2 at index 40");
}

TEST_F(ParallelTest, LoopsInsideLoops) {
  dittoRuntimeSetThreads(2);
  std::atomic<int> sum{0};
  auto outer = [](void *sum, int64_t begin, int64_t end) {
    auto inner = [](void *sum, int64_t begin, int64_t end) {
      *static_cast<std::atomic<int> *>(sum) += int(end - begin);
    };
    for (int64_t i = begin; i < end; ++i)
      dittoRuntimeParallelFor(10, 1, inner, sum);
  };
  dittoRuntimeParallelFor(10, 1, outer, &sum);
  EXPECT_EQ(sum, 100);
}

} // namespace
