//===- PoolTest.cpp - Large blocks that are kept --------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Runtime/Runtime.h"

#include "gtest/gtest.h"

#include <cstring>
#include <thread>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

/// Larger than what the C library keeps, so that memory that was not kept is
/// new: zeros.
constexpr int64_t MiB = 1 << 20, Large = 64 * MiB;

class PoolTest : public testing::Test {
  void SetUp() override { dittoRuntimeSetPoolLimit(4 * Large); }
  void TearDown() override {
    EXPECT_EQ(dittoRuntimeLiveBytes(), 0);
    dittoRuntimeTrim();
    dittoRuntimeSetPoolLimit(-1);
  }
};

/// A block that has never been used, except for `mark` at its beginning.
char *allocateMarked(uint64_t bytes, char mark) {
  auto *block = static_cast<char *>(_mlir_memref_to_llvm_alloc(bytes));
  EXPECT_EQ(*block, 0);
  *block = mark;
  return block;
}

/// What a new block of `bytes` begins with.
char peek(uint64_t bytes) {
  auto *block = static_cast<char *>(_mlir_memref_to_llvm_alloc(bytes));
  EXPECT_EQ(dittoRuntimeLiveBytes(), int64_t(bytes));
  memset(block + bytes - 100, 1, 100);
  char first = *block;
  dittoRuntimeFree(block);
  return first;
}

TEST_F(PoolTest, KeepsBlocksOfAboutTheSize) {
  dittoRuntimeFree(allocateMarked(Large, 7));
  EXPECT_EQ(peek(Large), 7);
  EXPECT_EQ(peek(Large - 10 * MiB), 7);
  // Too small, too large.
  EXPECT_EQ(peek(Large + 4 * MiB), 0);
  EXPECT_EQ(peek(Large / 2), 0);
}

// Blocks are made of whole large pages, of which the second may be hardly used.
TEST_F(PoolTest, KeepsBlocksJustAboveAPage) {
  dittoRuntimeFree(allocateMarked(4 * MiB + 64, 7));
  EXPECT_EQ(peek(4 * MiB + 64), 7);
}

TEST_F(PoolTest, TakesTheSmallestThatIsLargeEnough) {
  char *larger = allocateMarked(Large + 8 * MiB, 1);
  char *smaller = allocateMarked(Large, 2);
  dittoRuntimeFree(smaller);
  dittoRuntimeFree(larger);
  EXPECT_EQ(peek(Large - MiB), 2);
  EXPECT_EQ(peek(Large + MiB), 1);
}

TEST_F(PoolTest, KeepsTheLatestUpToTheLimit) {
  dittoRuntimeSetPoolLimit(2 * Large);
  char *first = allocateMarked(Large, 1);
  char *second = allocateMarked(Large + 4 * MiB, 2);
  dittoRuntimeFree(first);
  dittoRuntimeFree(second);
  EXPECT_EQ(peek(Large), 2);
}

TEST_F(PoolTest, TrimKeepsNothing) {
  dittoRuntimeFree(allocateMarked(Large, 7));
  dittoRuntimeTrim();
  EXPECT_EQ(peek(Large), 0);
}

TEST_F(PoolTest, LimitOfNothing) {
  dittoRuntimeFree(allocateMarked(Large, 7));
  dittoRuntimeSetPoolLimit(0);
  EXPECT_EQ(peek(Large), 0);
  EXPECT_EQ(peek(Large), 0);
}

TEST_F(PoolTest, AlignsWhatItGivesOut) {
  for (uint64_t alignment = 64; alignment <= 64 * MiB; alignment *= 2) {
    void *block = _mlir_memref_to_llvm_aligned_alloc(alignment, Large);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % alignment, 0u);
    dittoRuntimeFree(block);
  }
}

TEST_F(PoolTest, BlocksOfAFailedCallAreKept) {
  char message[100];
  auto fail = [](void *) {
    allocateMarked(Large, 7);
    dittoRuntimeFailAssert("no");
  };
  EXPECT_EQ(dittoRuntimeCall(fail, nullptr, message, sizeof(message)), 1);
  EXPECT_EQ(dittoRuntimeLiveBytes(), 0);
  EXPECT_EQ(peek(Large), 7);
}

TEST_F(PoolTest, ThreadsShareIt) {
  dittoRuntimeSetPoolLimit(20 * MiB);
  auto work = [](char mark) {
    for (int i = 0; i < 1000; ++i) {
      uint64_t bytes = (4 + i % 5) * MiB;
      auto *block = static_cast<char *>(_mlir_memref_to_llvm_alloc(bytes));
      block[0] = block[bytes - 1] = mark;
      std::this_thread::yield();
      ASSERT_EQ(block[0], mark);
      ASSERT_EQ(block[bytes - 1], mark);
      dittoRuntimeFree(block);
    }
  };
  std::thread first(work, 1), second(work, 2);
  first.join();
  second.join();
}

/// Smaller blocks, which each thread keeps.
class ThreadCacheTest : public testing::Test {
  void TearDown() override {
    EXPECT_EQ(dittoRuntimeLiveBytes(), 0);
    dittoRuntimeTrim();
  }
};

void *allocateAndFree(uint64_t bytes) {
  void *block = _mlir_memref_to_llvm_alloc(bytes);
  EXPECT_EQ(dittoRuntimeLiveBytes(), int64_t(bytes));
  memset(block, 1, bytes);
  dittoRuntimeFree(block);
  return block;
}

TEST_F(ThreadCacheTest, BlocksOfManySizes) {
  constexpr int count = 100;
  std::pair<char *, uint64_t> blocks[count];
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < count; ++i) {
      uint64_t bytes = 1 + (i * 7919 + round * 104729) % 20000;
      auto *block = static_cast<char *>(_mlir_memref_to_llvm_alloc(bytes));
      memset(block, i, bytes);
      blocks[i] = {block, bytes};
    }
    for (int i = 0; i < count; ++i) {
      auto [block, bytes] = blocks[i];
      for (uint64_t j = 0; j < bytes; ++j)
        ASSERT_EQ(block[j], char(i));
      dittoRuntimeFree(block);
    }
  }
}

TEST_F(ThreadCacheTest, AlignsWhatItGivesOut) {
  for (uint64_t alignment = 64; alignment <= 4096; alignment *= 2) {
    allocateAndFree(2000);
    void *block = _mlir_memref_to_llvm_aligned_alloc(alignment, 2000);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % alignment, 0u);
    dittoRuntimeFree(block);
  }
}

/// Bytes that this thread's allocations take in the C library; 0 if it does not
/// say.
size_t getAllocatedBytes() {
#ifdef __GLIBC__
  return mallinfo2().uordblks;
#else
  return 0;
#endif
}

TEST_F(ThreadCacheTest, KeepsBlocksUntilTrimmed) {
  dittoRuntimeTrim();
  size_t before = getAllocatedBytes();
  if (before == 0)
    GTEST_SKIP() << "the C library does not say what is allocated";
  allocateAndFree(3000);
  EXPECT_GE(getAllocatedBytes(), before + 3000);
  dittoRuntimeTrim();
  EXPECT_EQ(getAllocatedBytes(), before);
}

TEST_F(ThreadCacheTest, NothingIsLeftOfAThread) {
  size_t before = getAllocatedBytes();
  for (int round = 0; round < 50; ++round) {
    void *blocks[20];
    for (void *&block : blocks)
      block = _mlir_memref_to_llvm_alloc(3000);
    std::thread other([&] {
      for (void *block : blocks)
        dittoRuntimeFree(block);
      dittoRuntimeFree(_mlir_memref_to_llvm_alloc(3000));
    });
    other.join();
  }
  EXPECT_LT(getAllocatedBytes(), before + 100'000);
}

} // namespace
