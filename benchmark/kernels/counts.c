/*===- counts.c - One count per element -----------------------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* A row of elements, each with a count of its own. A run is stored as whole
   vectors at its begin, whatever its length: the next run overwrites what is
   too much. No branch depends on a count that fits. */

#include "vectors.h"

#include <stdlib.h>
#include <string.h>

/* One of these per size of an element: plain loops, one vector per run of 64 or
   of 32 bytes, and `vectors` of 64 bytes per run, unconditionally. */
#define COUNTS(TYPE, SET64, SET32)                                             \
  static void loop_##TYPE(TYPE *to, const TYPE *from, const int64_t *counts,   \
                          int64_t length) {                                    \
    for (int64_t i = 0; i < length; ++i)                                       \
      for (int64_t k = 0; k < counts[i]; ++k)                                  \
        *to++ = from[i];                                                       \
  }                                                                            \
  static void narrow_##TYPE(TYPE *to, const TYPE *from, const int64_t *counts, \
                            int64_t length, int64_t total) {                   \
    const TYPE *last = to + total - 64 / sizeof(TYPE);                         \
    enum { Lanes = 32 / sizeof(TYPE) };                                        \
    int64_t i = 0;                                                             \
    for (; i < length && to + counts[i] <= last; to += counts[i++]) {          \
      __m256i x = SET32(from[i]);                                              \
      _mm256_storeu_si256((void *)to, x);                                      \
      for (int64_t k = Lanes; __builtin_expect(k < counts[i], 0); k += Lanes)  \
        _mm256_storeu_si256((void *)(to + k), x);                              \
    }                                                                          \
    loop_##TYPE(to, from + i, counts + i, length - i);                         \
  }                                                                            \
  ALWAYS_INLINE void wide_##TYPE(TYPE *to, const TYPE *from,                   \
                                 const int64_t *counts, int64_t length,        \
                                 int64_t total, const int vectors) {           \
    enum { Lanes = 64 / sizeof(TYPE) };                                        \
    const TYPE *last = to + total - vectors * Lanes;                           \
    int64_t i = 0;                                                             \
    for (; i < length && to + counts[i] <= last; to += counts[i++]) {          \
      __m512i x = SET64(from[i]);                                              \
      for (int v = 0; v < vectors; ++v)                                        \
        _mm512_storeu_si512(to + v * Lanes, x);                                \
      for (int64_t k = vectors * Lanes; __builtin_expect(k < counts[i], 0);    \
           k += Lanes)                                                         \
        _mm512_storeu_si512(to + k, x);                                        \
    }                                                                          \
    loop_##TYPE(to, from + i, counts + i, length - i);                         \
  }                                                                            \
  /* Runs gather in a buffer in a cache, which is streamed when it is full. */ \
  ALWAYS_INLINE void staged_##TYPE(TYPE *to, const TYPE *from,                 \
                                   const int64_t *counts, int64_t length,      \
                                   const int vectors) {                        \
    enum { Lanes = 64 / sizeof(TYPE), Full = 16384 / sizeof(TYPE) };           \
    static TYPE stage[2 * Full] __attribute__((aligned(64)));                  \
    TYPE *end = stage;                                                         \
    for (int64_t i = 0; i < length; ++i) {                                     \
      __m512i x = SET64(from[i]);                                              \
      for (int64_t left = counts[i];;) {                                       \
        int64_t count = left < Full - 4 * Lanes ? left : Full - 4 * Lanes;     \
        for (int v = 0; v < vectors; ++v)                                      \
          _mm512_storeu_si512(end + v * Lanes, x);                             \
        for (int64_t k = vectors * Lanes; __builtin_expect(k < count, 0);      \
             k += Lanes)                                                       \
          _mm512_storeu_si512(end + k, x);                                     \
        end += count;                                                          \
        left -= count;                                                         \
        if (__builtin_expect(end >= stage + Full, 0)) {                        \
          copyVectors((byte *)to, (const byte *)stage, 16384, Streaming);      \
          to += Full;                                                          \
          memcpy(stage, stage + Full, (byte *)end - (byte *)(stage + Full));   \
          end -= Full;                                                         \
        }                                                                      \
        if (__builtin_expect(left <= 0, 1))                                    \
          break;                                                               \
      }                                                                        \
    }                                                                          \
    finish(Streaming);                                                         \
    memcpy(to, stage, (byte *)end - (byte *)stage);                            \
  }
COUNTS(uint8_t, _mm512_set1_epi8, _mm256_set1_epi8)
COUNTS(uint16_t, _mm512_set1_epi16, _mm256_set1_epi16)
COUNTS(uint32_t, _mm512_set1_epi32, _mm256_set1_epi32)
COUNTS(uint64_t, _mm512_set1_epi64, _mm256_set1_epi64x)

#define CASE(SIZE, TYPE, FUNCTION, ...)                                        \
  case SIZE:                                                                   \
    FUNCTION##_##TYPE((TYPE *)to, (const TYPE *)from, counts, __VA_ARGS__);    \
    return;
#define FOR_SIZE(FUNCTION, ...)                                                \
  switch (element) {                                                           \
    CASE(1, uint8_t, FUNCTION, __VA_ARGS__)                                    \
    CASE(2, uint16_t, FUNCTION, __VA_ARGS__)                                   \
    CASE(4, uint32_t, FUNCTION, __VA_ARGS__)                                   \
    CASE(8, uint64_t, FUNCTION, __VA_ARGS__)                                   \
  }
#define KERNEL(NAME, FUNCTION, ...)                                            \
  void NAME(byte *to, const byte *from, const int64_t *counts, int64_t length, \
            int64_t element, int64_t total) {                                  \
    (void)total;                                                               \
    FOR_SIZE(FUNCTION, __VA_ARGS__)                                            \
  }
KERNEL(countsLoop, loop, length)
KERNEL(countsNarrow, narrow, length, total)
KERNEL(countsWide, wide, length, total, 1)
KERNEL(countsTwoWide, wide, length, total, 2)
KERNEL(countsStaged, staged, length, 1)
KERNEL(countsTwoStaged, staged, length, 2)
