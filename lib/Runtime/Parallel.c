/*===- Parallel.c - Loops on several threads ------------------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "ditto/Runtime/Parallel.h"

#include "Internal.h"

#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

enum {
  /* Parts that a thread takes on average: the last ones end together. */
  PartsPerThread = 8,
  MessageSize = 1024
};

static atomic_int threadLimit;

void dittoRuntimeSetThreads(int threads) {
  atomic_store(&threadLimit, threads);
}

static int64_t getNumThreads(void) {
  int limit = atomic_load(&threadLimit);
#ifdef _OPENMP
  return limit > 0 ? limit : omp_get_max_threads();
#else
  (void)limit;
  return 1;
#endif
}

/** A loop that several threads work on. */
struct Loop {
  DittoRuntimeLoopBody body;
  void *context;
  int64_t count, part;
  /** The first iteration that nobody has taken. Parts are taken in order, so
      all before one that fails are run. */
  atomic_llong next;
  /** Guards what is below: where the first part that failed begins. */
  atomic_flag lock;
  int64_t failed;
  char message[MessageSize];
};

/** What one thread does of it. */
struct Share {
  struct Loop *loop;
  int64_t begin;
};

static void runParts(void *argument) {
  struct Share *share = argument;
  struct Loop *loop = share->loop;
  for (;;) {
    share->begin = atomic_fetch_add(&loop->next, loop->part);
    if (share->begin >= loop->count)
      return;
    int64_t left = loop->count - share->begin;
    loop->body(loop->context, share->begin,
               share->begin + (left < loop->part ? left : loop->part));
  }
}

static void recordFailure(struct Loop *loop, int64_t begin,
                          const char *message) {
  atomic_store(&loop->next, loop->count);
  dittoLock(&loop->lock);
  if (begin < loop->failed) {
    loop->failed = begin;
    strcpy(loop->message, message);
  }
  dittoUnlock(&loop->lock);
}

/* An error may not leave the thread that it happens on, hence the call; the
   blocks of a part that fails are freed with it. */
static void workOn(struct Loop *loop) {
  struct Share share = {loop, 0};
  char message[MessageSize];
  if (dittoRuntimeCall(runParts, &share, message, sizeof(message)))
    recordFailure(loop, share.begin, message);
  /* Streaming stores are ordered by nothing else. */
  atomic_thread_fence(memory_order_seq_cst);
}

void dittoRuntimeParallelFor(int64_t count, int64_t grain,
                             DittoRuntimeLoopBody body, void *context) {
  int64_t threads = getNumThreads();
  int64_t mostThreads = count / (grain > 0 ? grain : 1);
  if (threads > mostThreads)
    threads = mostThreads;
  if (threads <= 1) {
    if (count > 0)
      body(context, 0, count);
    return;
  }

  struct Loop loop = {.body = body, .context = context, .count = count};
  loop.part = count / (threads * PartsPerThread);
  if (loop.part < grain)
    loop.part = grain;
  if (loop.part < 1)
    loop.part = 1;
  loop.failed = count;
  atomic_init(&loop.next, 0);
  atomic_flag_clear(&loop.lock);
#ifdef _OPENMP
#pragma omp parallel num_threads((int)threads)
#endif
  workOn(&loop);
  if (loop.failed < count)
    dittoFailWithMessage(loop.message);
}
