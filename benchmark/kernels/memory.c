/*===- memory.c - Reading everything; fresh memory
-------------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#define _GNU_SOURCE
#include "vectors.h"

#include <stdlib.h>
#include <sys/mman.h>

/** Reads everything once: the bound of whatever has to. */
int32_t readAll(const byte *from, int64_t bytes) {
  __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
  for (int64_t i = 0; i + 256 <= bytes; i += 256) {
    a = _mm512_add_epi32(a, load(from + i));
    b = _mm512_add_epi32(b, load(from + i + 64));
    c = _mm512_add_epi32(c, load(from + i + 128));
    d = _mm512_add_epi32(d, load(from + i + 192));
  }
  __m512i sum =
      _mm512_add_epi32(_mm512_add_epi32(a, b), _mm512_add_epi32(c, d));
  return _mm512_reduce_add_epi32(sum);
}

/** Any kernel whose first argument is its result: it ignores what it has not
   declared. */
typedef void (*Kernel)(void *to, int64_t a, int64_t b, int64_t c, int64_t d,
                       int64_t e, int64_t f);

/** Calls a kernel on memory that nobody has touched yet, in huge pages where
   wanted; returns that memory. */
void *computeFresh(Kernel kernel, int64_t bytes, int64_t huge, int64_t a,
                   int64_t b, int64_t c, int64_t d, int64_t e, int64_t f) {
  int64_t alignment = huge ? 2 << 20 : 64;
  void *to = aligned_alloc(alignment, (bytes + alignment - 1) & -alignment);
  if (huge)
    madvise(to, bytes, MADV_HUGEPAGE);
  kernel(to, a, b, c, d, e, f);
  return to;
}
