/*===- caller-memory.c - A result where the caller wants it ---------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* Lets the caller of a function that ditto compiled say where its result goes.

   ditto's functions allocate their results. Linked with
   --wrap=_mlir_memref_to_llvm_alloc and so on, the first block of the right
   size is the caller's own memory; it is free for the next call once it has
   been freed. Compiled code asks for some more to align the block itself, which
   the caller's memory is. */

#include <stddef.h>
#include <stdint.h>

void *__real__mlir_memref_to_llvm_alloc(uint64_t size);
void *__real__mlir_memref_to_llvm_aligned_alloc(uint64_t alignment,
                                                uint64_t size);
void __real__mlir_memref_to_llvm_free(void *block);

static void *callers;
static uint64_t callersSize;
static int taken;
enum { LeastAlignment = 64 };

/** Null for no memory of the caller's. */
void offerMemory(void *memory, uint64_t size) {
  callers = memory;
  callersSize = size;
  taken = 0;
}

/** Whether a block may be the result: what compiled code adds is an alignment.
 */
static int isWanted(uint64_t size) {
  uint64_t padding = size - callersSize;
  return size == callersSize ||
         (size > callersSize && padding >= LeastAlignment &&
          (padding & (padding - 1)) == 0);
}

static void *take(uint64_t size) {
  if (!callers || taken || !isWanted(size))
    return NULL;
  taken = 1;
  return callers;
}

void *__wrap__mlir_memref_to_llvm_alloc(uint64_t size) {
  void *block = take(size);
  return block ? block : __real__mlir_memref_to_llvm_alloc(size);
}

void *__wrap__mlir_memref_to_llvm_aligned_alloc(uint64_t alignment,
                                                uint64_t size) {
  void *block = take(size);
  return block ? block
               : __real__mlir_memref_to_llvm_aligned_alloc(alignment, size);
}

void __wrap__mlir_memref_to_llvm_free(void *block) {
  if (block && block == callers)
    taken = 0;
  else
    __real__mlir_memref_to_llvm_free(block);
}

void freeResult(void *block) { __wrap__mlir_memref_to_llvm_free(block); }
