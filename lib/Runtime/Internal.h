/*===- Internal.h - State shared by the runtime's files -----------*- C -*-===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef DITTO_RUNTIME_INTERNAL_H
#define DITTO_RUNTIME_INTERNAL_H

#include "ditto/Runtime/Runtime.h"

#include <setjmp.h>
#include <stdatomic.h>

/** Locks that are held for a few instructions. */
static inline void dittoLock(atomic_flag *lock) {
  while (atomic_flag_test_and_set_explicit(lock, memory_order_acquire))
    ;
}

static inline void dittoUnlock(atomic_flag *lock) {
  atomic_flag_clear_explicit(lock, memory_order_release);
}

/** What stands right before the memory handed out. */
struct DittoBlock {
  /** Neighbours in the list of the invocation that owns the block. */
  struct DittoBlock *previous, *next;
  /** The invocation that frees the block if it fails; null for none. */
  struct DittoInvocation *owner;
  /** What the allocator gave, and who that was; null for the C library. */
  void *base;
  const DittoRuntimeAllocator *allocator;
  /** What was asked for, and what there is. */
  uint64_t size, capacity;
};

/** One dittoRuntimeCall in progress. */
struct DittoInvocation {
  jmp_buf failure;
  struct DittoInvocation *outer;
  /** Head of a circular list. */
  struct DittoBlock blocks;
  /** Guards the list: a worker thread may free a block of the invocation. */
  atomic_flag lock;
  char *message;
  size_t messageSize;
};

/** The innermost invocation of this thread; null outside any. */
extern _Thread_local struct DittoInvocation *dittoCurrentInvocation;

/** Ends the current invocation with `message`, or calls the failure handler. */
_Noreturn void dittoFailWithMessage(const char *message);

/** Frees every block of a failed invocation. */
void dittoFreeBlocks(struct DittoInvocation *invocation);

/** Gives the blocks of a finished invocation to the outer one, or to nobody. */
void dittoHandOverBlocks(struct DittoInvocation *invocation);

/** Whether blocks may be kept that nobody uses: not where tools look for
    accesses to freed memory. */
int dittoKeepsMemory(void);

/** Keeps a block of the C library that nobody uses; it may be freed at once. */
void dittoPutIntoPool(struct DittoBlock *block);

/** A block that was kept and is neither smaller nor much larger than `size`;
    null if there is none. */
struct DittoBlock *dittoTakeFromPool(uint64_t alignment, uint64_t size);

/** The same for smaller blocks, on this thread. */
void dittoPutIntoThreadCache(struct DittoBlock *block);
struct DittoBlock *dittoTakeFromThreadCache(uint64_t alignment, uint64_t size);
void dittoEmptyThreadCache(void);

#endif /* DITTO_RUNTIME_INTERNAL_H */
