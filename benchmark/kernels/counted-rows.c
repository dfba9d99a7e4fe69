/*===- counted-rows.c - One count per row or per column -------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* Rows or columns of a matrix, each with a count of its own. */

#include "vectors.h"

#include <stdlib.h>
#include <string.h>

void countsWide(byte *to, const byte *from, const int64_t *counts,
                int64_t length, int64_t element, int64_t total);

/* Rows of a multiple of 64 bytes. */
ALWAYS_INLINE void repeatRows(byte *to, const byte *from, const int64_t *counts,
                              int64_t rows, int64_t row, enum Stores stores) {
  for (int64_t r = 0; r < rows; ++r, from += row)
    for (int64_t k = 0; k < counts[r]; ++k, to += row)
      copyVectors(to, from, row, stores);
  finish(stores);
}

void countedRows(byte *to, const byte *from, const int64_t *counts,
                 int64_t rows, int64_t row) {
  repeatRows(to, from, counts, rows, row, Cached);
}

void countedRowsStreaming(byte *to, const byte *from, const int64_t *counts,
                          int64_t rows, int64_t row) {
  repeatRows(to, from, counts, rows, row, Streaming);
}

void countedRowsMemcpy(byte *to, const byte *from, const int64_t *counts,
                       int64_t rows, int64_t row) {
  for (int64_t r = 0; r < rows; ++r, from += row)
    for (int64_t k = 0; k < counts[r]; ++k, to += row)
      memcpy(to, from, row);
}

/* Columns: all rows have the same counts. */
void countedColumns(byte *to, const byte *from, const int64_t *counts,
                    int64_t rows, int64_t columns, int64_t element,
                    int64_t total) {
  for (int64_t r = 0; r < rows; ++r)
    countsWide(to + r * total * element, from + r * columns * element, counts,
               columns, element, total);
}

/* What is the same for all rows: a row without the elements of count 0 is
   `kept`; vector v of the result is a permutation of the 64 bytes of it that
   begin at begins[v]. */
struct Plan {
  int64_t vectors;
  int64_t *begins;
  byte *indices;
  byte *kept; /* a bit per column */
};

static struct Plan makePlan(const int64_t *counts, int64_t columns,
                            int64_t element, int64_t total) {
  int64_t lanes = 64 / element, vectors = (total + lanes - 1) / lanes;
  struct Plan plan = {vectors, calloc(vectors, sizeof(int64_t)),
                      calloc(vectors, 64), calloc(columns / 8 + 16, 1)};
  int64_t place = 0, kept = 0;
  for (int64_t c = 0; c < columns; ++c) {
    if (!counts[c])
      continue;
    plan.kept[c / 8] |= (byte)(1 << c % 8);
    for (int64_t k = 0; k < counts[c]; ++k, ++place) {
      int64_t v = place / lanes;
      if (place % lanes == 0)
        plan.begins[v] = kept * element;
      for (int64_t b = 0; b < element; ++b)
        plan.indices[place * element + b] =
            (byte)(kept * element - plan.begins[v] + b);
    }
    ++kept;
  }
  return plan;
}

static void freePlan(struct Plan plan) {
  free(plan.begins);
  free(plan.indices);
  free(plan.kept);
}

/* Writes the kept elements of one vector; returns how many bytes that are. */
ALWAYS_INLINE int64_t compress(byte *to, __m512i x, const byte *kept,
                               int64_t element) {
  if (element == 8) {
    __mmask8 mask = *kept;
    store(to, _mm512_maskz_compress_epi64(mask, x), Cached);
    return 8 * __builtin_popcount(mask);
  }
  if (element == 4) {
    __mmask16 mask;
    memcpy(&mask, kept, sizeof(mask));
    store(to, _mm512_maskz_compress_epi32(mask, x), Cached);
    return 4 * __builtin_popcount(mask);
  }
  if (element == 2) {
    __mmask32 mask;
    memcpy(&mask, kept, sizeof(mask));
    store(to, _mm512_maskz_compress_epi16(mask, x), Cached);
    return 2 * __builtin_popcount(mask);
  }
  __mmask64 mask;
  memcpy(&mask, kept, sizeof(mask));
  store(to, _mm512_maskz_compress_epi8(mask, x), Cached);
  return __builtin_popcountll(mask);
}

/* Columns are a multiple of 64 bytes here. */
ALWAYS_INLINE void permuteColumns(byte *to, const byte *from,
                                  const int64_t *counts, int64_t rows,
                                  int64_t columns, int64_t element,
                                  int64_t total) {
  struct Plan plan = makePlan(counts, columns, element, total);
  int64_t lanes = 64 / element, rest = total * element % 64;
  byte *row = calloc(columns * element + 128, 1);
  for (int64_t r = 0; r < rows; ++r, from += columns * element) {
    byte *end = row;
    for (int64_t c = 0; c < columns; c += lanes)
      end +=
          compress(end, load(from + c * element), plan.kept + c / 8, element);
    for (int64_t v = 0; v < plan.vectors; ++v) {
      __m512i x = _mm512_permutexvar_epi8(load(plan.indices + v * 64),
                                          load(row + plan.begins[v]));
      if (v + 1 < plan.vectors || !rest)
        store(to + v * 64, x, Cached);
      else
        _mm512_mask_storeu_epi8(to + v * 64, ((__mmask64)1 << rest) - 1, x);
    }
    to += total * element;
  }
  free(row);
  freePlan(plan);
}

void countedColumnsPermute(byte *to, const byte *from, const int64_t *counts,
                           int64_t rows, int64_t columns, int64_t element,
                           int64_t total) {
  switch (element) {
  case 1:
    return permuteColumns(to, from, counts, rows, columns, 1, total);
  case 2:
    return permuteColumns(to, from, counts, rows, columns, 2, total);
  case 4:
    return permuteColumns(to, from, counts, rows, columns, 4, total);
  case 8:
    return permuteColumns(to, from, counts, rows, columns, 8, total);
  }
}
