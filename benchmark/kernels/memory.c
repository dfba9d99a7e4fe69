/*===- memory.c - What reading, writing and copying cost ------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "vectors.h"

#include <string.h>

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

void copyAll(byte *to, const byte *from, int64_t bytes) {
  memcpy(to, from, bytes);
}

void copyAllStreaming(byte *to, const byte *from, int64_t bytes) {
  copyVectors(to, from, bytes, Streaming);
  finish(Streaming);
}

ALWAYS_INLINE void fill(byte *to, int64_t bytes, enum Stores stores) {
  __m512i value = _mm512_set1_epi8(3);
  for (int64_t i = 0; i < bytes; i += 64) {
    store(to + i, value, stores);
    __asm__ volatile("" ::: "memory"); /* no memset */
  }
  finish(stores);
}

void fillAll(byte *to, int64_t bytes) { fill(to, bytes, Cached); }
void fillAllStreaming(byte *to, int64_t bytes) { fill(to, bytes, Streaming); }
