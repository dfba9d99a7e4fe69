/*===- Pool.c - Large blocks that are kept for the next call --------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* The C library gives large blocks back to the system, and the first access  *|
|* to each page of a new one costs several times what writing it costs. Those *|
|* that were freed last stay here, up to a limit.                             *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "Internal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define DITTO_KEEPS_NOTHING
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DITTO_KEEPS_NOTHING
#endif
#endif

static const int64_t DefaultLimit = (int64_t)256 << 20;

/** Guards everything below. */
static atomic_flag poolLock = ATOMIC_FLAG_INIT;
/** Circular, the block that was freed last first; null before the first use. */
static struct DittoBlock pool;
static int64_t pooledBytes, poolLimit = -1;

int dittoKeepsMemory(void) {
#ifdef DITTO_KEEPS_NOTHING
  return 0;
#else
  const char *preloaded = getenv("LD_PRELOAD");
  return !preloaded || !strstr(preloaded, "vgpreload");
#endif
}

static int64_t getDefaultLimit(void) {
  return dittoKeepsMemory() ? DefaultLimit : 0;
}

static void unlockPool(void) { dittoUnlock(&poolLock); }

static void lockPool(void) {
  dittoLock(&poolLock);
  if (pool.next)
    return;
  pool.previous = pool.next = &pool;
  if (poolLimit < 0)
    poolLimit = getDefaultLimit();
  /* A child that is forked while another thread has the lock would wait for it
     forever. */
  pthread_atfork(lockPool, unlockPool, unlockPool);
}

static void removeFromPool(struct DittoBlock *block) {
  block->previous->next = block->next;
  block->next->previous = block->previous;
  pooledBytes -= (int64_t)block->capacity;
}

/** Frees the oldest blocks until no more than `limit` bytes are kept. */
static void shrinkPool(int64_t limit) {
  for (;;) {
    lockPool();
    struct DittoBlock *oldest = pooledBytes > limit ? pool.previous : NULL;
    if (oldest)
      removeFromPool(oldest);
    unlockPool();
    if (!oldest)
      return;
    free(oldest->base);
  }
}

void dittoPutIntoPool(struct DittoBlock *block) {
  lockPool();
  int64_t limit = poolLimit;
  block->previous = &pool;
  block->next = pool.next;
  block->next->previous = block;
  pool.next = block;
  pooledBytes += (int64_t)block->capacity;
  unlockPool();
  shrinkPool(limit);
}

struct DittoBlock *dittoTakeFromPool(uint64_t alignment, uint64_t size) {
  struct DittoBlock *best = NULL;
  lockPool();
  for (struct DittoBlock *block = pool.next; block != &pool;
       block = block->next) {
    /* A quarter may be left over. */
    if (block->capacity < size || block->capacity / 4 * 3 > size ||
        (uintptr_t)(block + 1) % alignment != 0)
      continue;
    if (!best || block->capacity < best->capacity)
      best = block;
  }
  if (best)
    removeFromPool(best);
  unlockPool();
  return best;
}

void dittoRuntimeSetPoolLimit(int64_t bytes) {
  lockPool();
  poolLimit = bytes < 0 ? getDefaultLimit() : bytes;
  int64_t limit = poolLimit;
  unlockPool();
  shrinkPool(limit);
}

void dittoRuntimeTrim(void) {
  shrinkPool(0);
  dittoEmptyThreadCache();
}
