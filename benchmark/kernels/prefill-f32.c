/*===- prefill-f32.c - As many queries as keys, f32 -----------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* The rows of a group are rows of one product: M = group * queries. Keys are
   packed, scaled and transposed, once per KV head; values are used in place.
   Queries come in multiples of 8, keys of 32. */

#include "attention.h"

#include <string.h>

enum { Depth = 128, Rows = 8, Panel = 32, Block = 512 };

/* to[8][32] (+)= a[8][depth] * b[depth][32], in 16 accumulators. */
ALWAYS_INLINE void multiply(float *to, int64_t toStride, const float *a,
                            int64_t aStride, const float *b, int64_t bStride,
                            int64_t depth, const int add) {
  __m512 sums[Rows][2];
  for (int r = 0; r < Rows; ++r)
    for (int c = 0; c < 2; ++c)
      sums[r][c] = add ? _mm512_loadu_ps(to + r * toStride + 16 * c)
                       : _mm512_setzero_ps();
  for (int64_t d = 0; d < depth; ++d) {
    __m512 left = _mm512_loadu_ps(b + d * bStride);
    __m512 right = _mm512_loadu_ps(b + d * bStride + 16);
    for (int r = 0; r < Rows; ++r) {
      __m512 x = _mm512_set1_ps(a[r * aStride + d]);
      sums[r][0] = _mm512_fmadd_ps(x, left, sums[r][0]);
      sums[r][1] = _mm512_fmadd_ps(x, right, sums[r][1]);
    }
  }
  for (int r = 0; r < Rows; ++r)
    for (int c = 0; c < 2; ++c)
      _mm512_storeu_ps(to + r * toStride + 16 * c, sums[r][c]);
}

/* panels[k / 32][d][k % 32] = scale * keys[k][d] */
static void packKeys(float *panels, const float *keys, int64_t count,
                     float scale) {
  for (int64_t k = 0; k < count; k += 16)
    for (int d = 0; d < Depth; d += 16) {
      __m512 rows[16];
      for (int i = 0; i < 16; ++i)
        rows[i] = _mm512_mul_ps(_mm512_set1_ps(scale),
                                _mm512_loadu_ps(keys + (k + i) * Depth + d));
      transpose(rows);
      float *panel = panels + k / Panel * Panel * Depth + k % Panel;
      for (int i = 0; i < 16; ++i)
        _mm512_storeu_ps(panel + (d + i) * Panel, rows[i]);
    }
}

/* Eight rows and one block of keys. Row r may look at keys up to limit + r,
   counted from the block's begin. */
ALWAYS_INLINE void prefillRows(float *result, const float *query,
                               const float *panels, const float *values,
                               struct Softmax *state, int64_t count,
                               int64_t limit) {
  _Alignas(64) float scores[Rows * Block];
  if (limit + Rows < count)
    count = (limit + Rows + Panel - 1) / Panel * Panel;
  for (int64_t k = 0; k < count; k += Panel)
    multiply(scores + k, Block, query, Depth, panels + k * Depth, Panel, Depth,
             0);
  for (int r = 0; r < Rows; ++r)
    for (int64_t k = limit + r + 1 < 0 ? 0 : limit + r + 1; k < count; ++k)
      scores[r * Block + k] = -INFINITY;
  for (int r = 0; r < Rows; ++r)
    softmaxBlock(&state[r], scores + r * Block, count, result + r * Depth,
                 Depth);
  for (int d = 0; d < Depth; d += Panel)
    multiply(result + d, Depth, scores, Block, values + d, Depth, count, 1);
}

/** `work` has room for 512 * 128 + 2 * group * queries floats. */
void prefillF32(float *result, const float *query, const float *keys,
                const float *values, float *work, int64_t heads, int64_t group,
                int64_t queries, int64_t keyCount, float scale,
                int64_t causal) {
  int64_t rows = group * queries;
  float *panels = work;
  struct Softmax *state = (struct Softmax *)(work + Block * Depth);
  for (int64_t h = 0; h < heads; ++h) {
    const float *headKeys = keys + h * keyCount * Depth;
    const float *headValues = values + h * keyCount * Depth;
    for (int64_t m = 0; m < rows; ++m)
      state[m] = (struct Softmax){-INFINITY, 0};
    memset(result, 0, sizeof(float) * rows * Depth);
    for (int64_t k = 0; k < keyCount; k += Block) {
      int64_t count = keyCount - k < Block ? keyCount - k : Block;
      packKeys(panels, headKeys + k * Depth, count, scale);
      for (int64_t m = 0; m < rows; m += Rows) {
        int64_t limit = causal ? m % queries + keyCount - queries - k : count;
        if (limit + Rows <= 0)
          continue;
        prefillRows(result + m * Depth, query + m * Depth, panels,
                    headValues + k * Depth, state + m, count, limit);
      }
    }
    for (int64_t m = 0; m < rows; ++m)
      scaleRow(result + m * Depth, Depth, 1 / state[m].sum);
    result += rows * Depth;
    query += rows * Depth;
  }
}
