/*===- vectors.h - Loads, stores, copies of 64 bytes --------------*- C -*-===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef DITTO_BENCHMARK_VECTORS_H
#define DITTO_BENCHMARK_VECTORS_H

#include <immintrin.h>
#include <stdint.h>

typedef uint8_t byte;

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/** How results reach memory. A streaming store goes around the caches: the line
   need not be read first. Its address is a multiple of 64. */
enum Stores { Cached, Streaming };

ALWAYS_INLINE __m512i load(const byte *from) {
  return _mm512_loadu_si512(from);
}

ALWAYS_INLINE void store(byte *to, __m512i value, enum Stores stores) {
  if (stores == Streaming)
    _mm512_stream_si512((__m512i *)to, value);
  else
    _mm512_storeu_si512(to, value);
}

/** Orders streaming stores before whatever comes next. */
ALWAYS_INLINE void finish(enum Stores stores) {
  if (stores == Streaming)
    _mm_sfence();
}

/** Copies a multiple of 64 bytes, four vectors at a time. */
ALWAYS_INLINE void copyVectors(byte *to, const byte *from, int64_t bytes,
                               enum Stores stores) {
  int64_t i = 0;
  for (; i + 256 <= bytes; i += 256) {
    __m512i a = load(from + i), b = load(from + i + 64);
    __m512i c = load(from + i + 128), d = load(from + i + 192);
    store(to + i, a, stores);
    store(to + i + 64, b, stores);
    store(to + i + 128, c, stores);
    store(to + i + 192, d, stores);
  }
  for (; i < bytes; i += 64)
    store(to + i, load(from + i), stores);
}

#endif /* DITTO_BENCHMARK_VECTORS_H */
