/*===- ThreadCache.c - Blocks that a thread keeps for its next call -------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* The fast path of malloc ends at about 1 KiB; beyond, allocating and        *|
|* freeing takes as long as writing a few KiB. A thread keeps the few blocks  *|
|* of such sizes that it freed last, until it ends.                           *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "Internal.h"

#include <pthread.h>
#include <stdlib.h>

enum { MostBlocks = 8 };

/** The blocks, the one that was freed last at the end. */
struct ThreadCache {
  struct DittoBlock *blocks[MostBlocks];
  int count;
  /** Whether the thread frees them when it ends; 0 before it is asked to, -1
      once it has. */
  int state;
};

static _Thread_local struct ThreadCache cache;
static pthread_key_t endOfThread;
static int hasKey;

void dittoEmptyThreadCache(void) {
  while (cache.count > 0)
    free(cache.blocks[--cache.count]->base);
}

static void endThread(void *unused) {
  (void)unused;
  dittoEmptyThreadCache();
  cache.state = -1;
}

static void createKey(void) {
  hasKey = pthread_key_create(&endOfThread, endThread) == 0;
}

/** Whether what is kept will be freed. */
static int isOpen(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  if (cache.state == 0) {
    pthread_once(&once, createKey);
    int open = dittoKeepsMemory() && hasKey &&
               pthread_setspecific(endOfThread, &cache) == 0;
    cache.state = open ? 1 : -1;
  }
  return cache.state > 0;
}

static struct DittoBlock *removeAt(int index) {
  struct DittoBlock *block = cache.blocks[index];
  --cache.count;
  for (int i = index; i < cache.count; ++i)
    cache.blocks[i] = cache.blocks[i + 1];
  return block;
}

void dittoPutIntoThreadCache(struct DittoBlock *block) {
  if (!isOpen()) {
    free(block->base);
    return;
  }
  if (cache.count == MostBlocks)
    free(removeAt(0)->base);
  cache.blocks[cache.count++] = block;
}

struct DittoBlock *dittoTakeFromThreadCache(uint64_t alignment, uint64_t size) {
  for (int i = cache.count; i-- > 0;) {
    struct DittoBlock *block = cache.blocks[i];
    if (block->capacity < size || block->capacity / 2 > size ||
        (uintptr_t)(block + 1) % alignment != 0)
      continue;
    return removeAt(i);
  }
  return NULL;
}
