/*===- tiles.c - A matrix of rows, repeated as a whole --------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* Repeats `rows` rows of `row` bytes `down` times and each row `across` times.
 */

#include "vectors.h"

#include <string.h>

/* The copies downwards are the outermost loop where the input stays in a cache,
   else the innermost one: it is then read once. */
ALWAYS_INLINE void tile(byte *to, const byte *from, int64_t rows, int64_t row,
                        int64_t down, int64_t across, int readOnce,
                        enum Stores stores) {
  int64_t wide = row * across, whole = rows * wide;
  int64_t passes = readOnce ? 1 : down, places = readOnce ? down : 1;
  for (int64_t pass = 0; pass < passes; ++pass)
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t place = 0; place < places; ++place) {
        byte *line = to + (pass + place) * whole + r * wide;
        if (row == 64) {
          __m512i x = load(from + r * row);
          for (int64_t k = 0; k < across; ++k)
            store(line + k * 64, x, stores);
          continue;
        }
        for (int64_t k = 0; k < across; ++k)
          copyVectors(line + k * row, from + r * row, row, stores);
      }
  finish(stores);
}

#define TILES(NAME, READ_ONCE, STORES)                                         \
  void NAME(byte *to, const byte *from, int64_t rows, int64_t row,             \
            int64_t down, int64_t across) {                                    \
    tile(to, from, rows, row, down, across, READ_ONCE, STORES);                \
  }
TILES(tilesByPass, 0, Cached)
TILES(tilesByPassStreaming, 0, Streaming)
TILES(tilesReadOnce, 1, Cached)
TILES(tilesReadOnceStreaming, 1, Streaming)

void tilesMemcpy(byte *to, const byte *from, int64_t rows, int64_t row,
                 int64_t down, int64_t across) {
  int64_t whole = rows * row * across;
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t k = 0; k < across; ++k)
      memcpy(to + (r * across + k) * row, from + r * row, row);
  for (int64_t pass = 1; pass < down; ++pass)
    memcpy(to + pass * whole, to, whole);
}

/* Rows narrower than a vector: the result is periodic in whole vectors. Each is
   a permutation of the 64 bytes that begin at its first row. */
enum { MaxPeriod = 64 };

static int64_t greatestCommonDivisor(int64_t a, int64_t b) {
  while (b) {
    int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

ALWAYS_INLINE void narrow(byte *to, const byte *from, int64_t rows, int64_t row,
                          int64_t across, enum Stores stores) {
  int64_t wide = row * across;
  int64_t period = wide / greatestCommonDivisor(wide, 64) * 64;
  int64_t vectors = period / 64, read = period / wide * row;
  int64_t begins[MaxPeriod];
  byte indices[MaxPeriod * 64];
  for (int64_t v = 0; v < vectors; ++v) {
    int64_t first = v * 64 / wide;
    begins[v] = first * row;
    for (int64_t i = v * 64; i < v * 64 + 64; ++i)
      indices[i] = (byte)((i / wide - first) * row + i % wide % row);
  }
  /* The last load of a period reads up to 64 bytes from its begin. */
  int64_t periods = (rows * row - 64) / read;
  if (periods < 0 || vectors > MaxPeriod)
    periods = 0;
  for (int64_t p = 0; p < periods; ++p)
    for (int64_t v = 0; v < vectors; ++v)
      store(to + p * period + v * 64,
            _mm512_permutexvar_epi8(load(indices + v * 64),
                                    load(from + p * read + begins[v])),
            stores);
  finish(stores);
  for (int64_t r = periods * read / row; r < rows; ++r)
    for (int64_t k = 0; k < across; ++k)
      memcpy(to + r * wide + k * row, from + r * row, row);
}

void narrowPermute(byte *to, const byte *from, int64_t rows, int64_t row,
                   int64_t across) {
  narrow(to, from, rows, row, across, Cached);
}

void narrowPermuteStreaming(byte *to, const byte *from, int64_t rows,
                            int64_t row, int64_t across) {
  narrow(to, from, rows, row, across, Streaming);
}

void narrowMemcpy(byte *to, const byte *from, int64_t rows, int64_t row,
                  int64_t across) {
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t k = 0; k < across; ++k)
      memcpy(to + (r * across + k) * row, from + r * row, row);
}
