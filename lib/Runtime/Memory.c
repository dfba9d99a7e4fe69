/*===- Memory.c - Memory of compiled code ---------------------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "Internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { MinimumAlignment = 64 };

/** No process has more: 64-bit systems give it 47 bits of addresses. */
static const uint64_t AddressSpace = (uint64_t)1 << 47;

/** A page of the larger kind, and the size of blocks that are made of those. */
static const uint64_t HugePage = (uint64_t)2 << 20;
static const uint64_t HugeBlock = (uint64_t)4 << 20;

static atomic_llong liveBytes;

int64_t dittoRuntimeLiveBytes(void) { return atomic_load(&liveBytes); }

/*===----------------------------------------------------------------------===*\
|* The allocator                                                              *|
\*===----------------------------------------------------------------------===*/

/** Null for the C library. */
static const DittoRuntimeAllocator *_Atomic allocator;

void dittoRuntimeSetAllocator(const DittoRuntimeAllocator *newAllocator) {
  atomic_store(&allocator, newAllocator);
}

/*===----------------------------------------------------------------------===*\
|* The list of an invocation's blocks                                         *|
\*===----------------------------------------------------------------------===*/

static void addToOwner(struct DittoBlock *block,
                       struct DittoInvocation *owner) {
  block->owner = owner;
  if (!owner)
    return;
  dittoLock(&owner->lock);
  block->previous = &owner->blocks;
  block->next = owner->blocks.next;
  block->next->previous = block;
  owner->blocks.next = block;
  dittoUnlock(&owner->lock);
}

static void removeFromOwner(struct DittoBlock *block) {
  struct DittoInvocation *owner = block->owner;
  if (!owner)
    return;
  dittoLock(&owner->lock);
  block->previous->next = block->next;
  block->next->previous = block->previous;
  dittoUnlock(&owner->lock);
}

/** Whether a block of this size is neither one of malloc's fast path nor too
    large for each thread to keep some. */
static int isKeptByThread(uint64_t size) {
  return size > 768 && size <= 16 << 10;
}

static void release(struct DittoBlock *block) {
  removeFromOwner(block);
  atomic_fetch_sub(&liveBytes, (long long)block->size);
  if (block->allocator)
    block->allocator->release(block->base, block->allocator->userData);
  else if (block->capacity >= HugeBlock)
    dittoPutIntoPool(block);
  else if (isKeptByThread(block->capacity))
    dittoPutIntoThreadCache(block);
  else
    free(block->base);
}

void dittoFreeBlocks(struct DittoInvocation *invocation) {
  while (invocation->blocks.next != &invocation->blocks)
    release(invocation->blocks.next);
}

void dittoHandOverBlocks(struct DittoInvocation *invocation) {
  while (invocation->blocks.next != &invocation->blocks) {
    struct DittoBlock *block = invocation->blocks.next;
    removeFromOwner(block);
    addToOwner(block, invocation->outer);
  }
}

/*===----------------------------------------------------------------------===*\
|* Allocation                                                                 *|
\*===----------------------------------------------------------------------===*/

static _Noreturn void failAllocation(uint64_t size) {
  char message[80];
  snprintf(message, sizeof(message),
           "out of memory: cannot allocate %llu bytes",
           (unsigned long long)size);
  dittoFailWithMessage(message);
}

/* The first access to each page of new memory costs more than any way of
   writing it; larger pages are fewer. A hint: without them nothing changes. */
static void adviseHugePages(void *memory, uint64_t size) {
#ifdef MADV_HUGEPAGE
  madvise(memory, size, MADV_HUGEPAGE);
#else
  (void)memory;
  (void)size;
#endif
}

/* The header takes the last bytes before the memory handed out:

     base                             result
     | padding to the alignment | DittoBlock | size bytes, rounded up | */
static struct DittoBlock *allocateAligned(const DittoRuntimeAllocator *source,
                                          uint64_t alignment, uint64_t size) {
  uint64_t before = (sizeof(struct DittoBlock) + alignment - 1) & -alignment;
  uint64_t after = (size + alignment - 1) & -alignment;
  char *base =
      source ? source->allocate(alignment, before + after, source->userData)
             : aligned_alloc(alignment, before + after);
  if (!base)
    failAllocation(size);
  struct DittoBlock *block = (struct DittoBlock *)(base + before) - 1;
  block->base = base;
  block->capacity = after;
  return block;
}

/* The same from malloc, which has a fast path in C libraries where
   aligned_alloc has none. */
static struct DittoBlock *allocateSmall(uint64_t alignment, uint64_t size) {
  struct DittoBlock *kept =
      isKeptByThread(size) ? dittoTakeFromThreadCache(alignment, size) : NULL;
  if (kept)
    return kept;
  char *base = malloc(sizeof(struct DittoBlock) + alignment - 1 + size);
  if (!base)
    failAllocation(size);
  uint64_t first = (uint64_t)(uintptr_t)base + sizeof(struct DittoBlock);
  struct DittoBlock *block =
      (struct DittoBlock *)(base + (-first & (alignment - 1)));
  block->base = base;
  block->capacity = size;
  return block;
}

static struct DittoBlock *allocateHuge(const DittoRuntimeAllocator *source,
                                       uint64_t alignment, uint64_t size) {
  /* As large as new memory would be, or a block that was just freed would seem
     to be too large for what is little more than its first pages. */
  uint64_t whole = (size + HugePage - 1) & -HugePage;
  struct DittoBlock *kept = source ? NULL : dittoTakeFromPool(alignment, whole);
  if (kept)
    return kept;
  struct DittoBlock *block = allocateAligned(
      source, alignment < HugePage ? HugePage : alignment, size);
  adviseHugePages(block + 1, block->capacity);
  return block;
}

void *_mlir_memref_to_llvm_aligned_alloc(uint64_t alignment, uint64_t size) {
  if (alignment < MinimumAlignment)
    alignment = MinimumAlignment;
  /* Below the limit sums do not overflow. */
  if (size > AddressSpace || alignment > AddressSpace)
    failAllocation(size);
  const DittoRuntimeAllocator *source = atomic_load(&allocator);
  struct DittoBlock *block = size >= HugeBlock
                                 ? allocateHuge(source, alignment, size)
                             : source ? allocateAligned(source, alignment, size)
                                      : allocateSmall(alignment, size);
  block->allocator = source;
  block->size = size;
  addToOwner(block, dittoCurrentInvocation);
  atomic_fetch_add(&liveBytes, (long long)size);
  return block + 1;
}

void *_mlir_memref_to_llvm_alloc(uint64_t size) {
  return _mlir_memref_to_llvm_aligned_alloc(MinimumAlignment, size);
}

void _mlir_memref_to_llvm_free(void *block) {
  if (block)
    release((struct DittoBlock *)block - 1);
}

void dittoRuntimeFree(void *block) { _mlir_memref_to_llvm_free(block); }
