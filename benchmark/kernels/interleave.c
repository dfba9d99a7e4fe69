/*===- interleave.c - Elements repeated in place --------------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* One load feeds all stores: each vector of the result is a byte permutation of
   the vector that was read. A compiler has the permutations as constants, so
   building them is outside of the loop here. */

#include "vectors.h"

enum { MaxCopies = 16 };

#define PERMUTE(COPIES)                                                        \
  ALWAYS_INLINE void permute##COPIES(byte *to, const byte *from,               \
                                     int64_t bytes, const byte *indices,       \
                                     enum Stores stores) {                     \
    __m512i index[COPIES];                                                     \
    for (int v = 0; v < COPIES; ++v)                                           \
      index[v] = load(indices + v * 64);                                       \
    for (int64_t i = 0; i < bytes; i += 64, to += COPIES * 64) {               \
      __m512i x = load(from + i);                                              \
      for (int v = 0; v < COPIES; ++v)                                         \
        store(to + v * 64, _mm512_permutexvar_epi8(index[v], x), stores);      \
    }                                                                          \
    finish(stores);                                                            \
  }
PERMUTE(2)
PERMUTE(3)
PERMUTE(4)
PERMUTE(5)
PERMUTE(8)

ALWAYS_INLINE void permuteAny(byte *to, const byte *from, int64_t bytes,
                              int64_t copies, const byte *indices,
                              enum Stores stores) {
  for (int64_t i = 0; i < bytes; i += 64, to += copies * 64) {
    __m512i x = load(from + i);
    for (int64_t v = 0; v < copies; ++v)
      store(to + v * 64, _mm512_permutexvar_epi8(load(indices + v * 64), x),
            stores);
  }
  finish(stores);
}

/** Repeats each of the elements of `element` bytes; `bytes` is a multiple of
   64. */
ALWAYS_INLINE void interleave(byte *to, const byte *from, int64_t bytes,
                              int64_t element, int64_t copies,
                              enum Stores stores) {
  byte indices[MaxCopies * 64];
  for (int64_t j = 0; j < copies * 64; ++j)
    indices[j] = (byte)(j / element / copies * element + j % element);
  switch (copies) {
  case 2:
    return permute2(to, from, bytes, indices, stores);
  case 3:
    return permute3(to, from, bytes, indices, stores);
  case 4:
    return permute4(to, from, bytes, indices, stores);
  case 5:
    return permute5(to, from, bytes, indices, stores);
  case 8:
    return permute8(to, from, bytes, indices, stores);
  default:
    return permuteAny(to, from, bytes, copies, indices, stores);
  }
}

void interleavePermute(byte *to, const byte *from, int64_t bytes,
                       int64_t element, int64_t copies) {
  interleave(to, from, bytes, element, copies, Cached);
}

void interleavePermuteStreaming(byte *to, const byte *from, int64_t bytes,
                                int64_t element, int64_t copies) {
  interleave(to, from, bytes, element, copies, Streaming);
}

/* What the C compiler makes of the plain loop when it knows the count. */
#define PLAIN(TYPE)                                                            \
  ALWAYS_INLINE void plain_##TYPE(byte *to, const byte *from, int64_t bytes,   \
                                  const int64_t copies) {                      \
    const TYPE *restrict x = (const TYPE *)from;                               \
    TYPE *restrict r = (TYPE *)to;                                             \
    for (int64_t i = 0; i < bytes / (int64_t)sizeof(TYPE); ++i)                \
      for (int64_t k = 0; k < copies; ++k)                                     \
        r[i * copies + k] = x[i];                                              \
  }                                                                            \
  static void plainCounts_##TYPE(byte *to, const byte *from, int64_t bytes,    \
                                 int64_t copies) {                             \
    switch (copies) {                                                          \
    case 2:                                                                    \
      return plain_##TYPE(to, from, bytes, 2);                                 \
    case 3:                                                                    \
      return plain_##TYPE(to, from, bytes, 3);                                 \
    case 4:                                                                    \
      return plain_##TYPE(to, from, bytes, 4);                                 \
    default:                                                                   \
      return plain_##TYPE(to, from, bytes, copies);                            \
    }                                                                          \
  }
PLAIN(uint8_t)
PLAIN(uint16_t)
PLAIN(uint32_t)
PLAIN(uint64_t)

void interleavePlain(byte *to, const byte *from, int64_t bytes, int64_t element,
                     int64_t copies) {
  switch (element) {
  case 1:
    return plainCounts_uint8_t(to, from, bytes, copies);
  case 2:
    return plainCounts_uint16_t(to, from, bytes, copies);
  case 4:
    return plainCounts_uint32_t(to, from, bytes, copies);
  case 8:
    return plainCounts_uint64_t(to, from, bytes, copies);
  }
}

/* Nearest-neighbour upsampling by 2: each row of `row` bytes, a multiple of 64,
   is widened in registers and stored twice. */
ALWAYS_INLINE void upsample(byte *to, const byte *from, int64_t rows,
                            int64_t row, int64_t element, enum Stores stores) {
  byte indices[128];
  for (int64_t j = 0; j < 128; ++j)
    indices[j] = (byte)(j / element / 2 * element + j % element);
  __m512i low = load(indices), high = load(indices + 64);
  for (int64_t r = 0; r < rows; ++r, from += row, to += 4 * row)
    for (int64_t i = 0; i < row; i += 64) {
      __m512i x = load(from + i);
      __m512i left = _mm512_permutexvar_epi8(low, x);
      __m512i right = _mm512_permutexvar_epi8(high, x);
      byte *first = to + 2 * i, *second = first + 2 * row;
      store(first, left, stores);
      store(first + 64, right, stores);
      store(second, left, stores);
      store(second + 64, right, stores);
    }
  finish(stores);
}

void upsampleTwice(byte *to, const byte *from, int64_t rows, int64_t row,
                   int64_t element) {
  upsample(to, from, rows, row, element, Cached);
}

void upsampleTwiceStreaming(byte *to, const byte *from, int64_t rows,
                            int64_t row, int64_t element) {
  upsample(to, from, rows, row, element, Streaming);
}
