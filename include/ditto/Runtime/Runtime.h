/*===- Runtime.h - What compiled code needs at run time -----------*- C -*-===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* A small C library, without MLIR, that code compiled by ditto calls: run-   *|
|* time errors and memory. Objects compiled ahead of time link it             *|
|* (`ditto::Runtime`); the JIT resolves the same symbols.                     *|
|*                                                                            *|
|* An error inside dittoRuntimeCall ends that call: its memory is freed and   *|
|* it returns the message. An error outside any goes to the failure handler.  *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef DITTO_RUNTIME_RUNTIME_H
#define DITTO_RUNTIME_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define DITTO_NORETURN [[noreturn]]
extern "C" {
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define DITTO_NORETURN _Noreturn
#else /* C99 */
#define DITTO_NORETURN __attribute__((noreturn))
#endif

/*===----------------------------------------------------------------------===*\
|* Invocations: what a host program uses                                      *|
\*===----------------------------------------------------------------------===*/

/** Runs function(argument) so that a run-time error in it, on this thread,
   comes back here instead of ending the process.

    Returns 0 on success: what the call allocated and did not free is its
   results; the caller owns them and frees each with dittoRuntimeFree. Returns 1
   after an error: everything that the call allocated has been freed and
   `message`, of `messageSize` bytes, holds the error (truncated if need be,
   always terminated; it may be null if messageSize is 0).

    An error skips the frames between it and this call, as longjmp does:
   function must not rely on destructors of its own. Calls nest; the innermost
   one catches. Results of a nested call are freed when an outer one fails. */
int dittoRuntimeCall(void (*function)(void *), void *argument, char *message,
                     size_t messageSize);

/** Frees a block of memory that compiled code allocated, from any thread; null
   is accepted. */
void dittoRuntimeFree(void *block);

/** The bytes that compiled code has allocated and nobody has freed, in the
   whole process. */
int64_t dittoRuntimeLiveBytes(void);

/** Large blocks (4 MiB and more) that are freed are kept for the next call, up
    to a limit in bytes; 256 MiB unless this sets another one. 0 keeps nothing,
    which is the default under AddressSanitizer and valgrind; a negative limit
    is the default one. */
void dittoRuntimeSetPoolLimit(int64_t bytes);

/** Gives all blocks that are kept back to the system: large ones, and smaller
    ones that this thread keeps. */
void dittoRuntimeTrim(void);

/** Receives the errors that happen outside dittoRuntimeCall. It must not
   return; if it does, the process aborts. */
typedef void (*DittoRuntimeFailureHandler)(const char *message, void *userData);

/** Replaces the process' failure handler; null restores the default one, which
    prints the message to stderr and aborts. */
void dittoRuntimeSetFailureHandler(DittoRuntimeFailureHandler handler,
                                   void *userData);

/** Where the memory of compiled code comes from. */
typedef struct DittoRuntimeAllocator {
  /** Returns `size` bytes, a multiple of `alignment`, which is a power of two,
      or null: then the call fails with "out of memory". */
  void *(*allocate)(size_t alignment, size_t size, void *userData);
  void (*release)(void *block, void *userData);
  void *userData;
} DittoRuntimeAllocator;

/** Replaces the process' allocator; null restores the default one, the C
    library's. Each block goes back to the allocator that it came from, which
    has to live until then. Threads may allocate meanwhile, and call it at the
    same time. */
void dittoRuntimeSetAllocator(const DittoRuntimeAllocator *allocator);

/*===----------------------------------------------------------------------===*\
|* Entry points of compiled code                                              *|
\*===----------------------------------------------------------------------===*/

/** Fails with the message of error `code` in Errors.def. */
DITTO_NORETURN void dittoRuntimeFail(int64_t code, int64_t a, int64_t b,
                                     int64_t c);

/** Fails with the message of an assertion that the model itself makes. */
DITTO_NORETURN void dittoRuntimeFailAssert(const char *message);

/* The names are those that MLIR's memref lowering calls when it is told to use
   generic functions. Allocation never returns null: it fails with "out of
   memory". Blocks are aligned to 64 bytes, or to `alignment` if that is more.
 */
void *_mlir_memref_to_llvm_alloc(uint64_t size);
void *_mlir_memref_to_llvm_aligned_alloc(uint64_t alignment, uint64_t size);
void _mlir_memref_to_llvm_free(void *block);

/* LLVM calls these where the processor cannot round to bf16. compiler-rt has
   them, libgcc only since 13. The bf16 is the low half of the register that a
   float is returned in, as the ABIs of x86-64 and AArch64 want. */
float __truncsfbf2(float value);
float __truncdfbf2(double value);

#ifdef __cplusplus
}
#endif

#endif /* DITTO_RUNTIME_RUNTIME_H */
