/*===- decode-f32.c - One query per head, f32 -----------------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* Grouped: the rows of a group share each load of a key or value. Tiles hold at
   most 16 accumulators, so that nothing spills. */

#include "attention.h"

#include <string.h>

/* scores[g][k] of `group` rows and `tile` keys at a time: dot products along
   `depth`, all of them summed across lanes at once. */
ALWAYS_INLINE void scoreTiles(float *scores, int64_t stride, const float *query,
                              const float *keys, int64_t keyStride,
                              int64_t count, int64_t prefetch, const int group,
                              const int depth, const int tile) {
  for (int64_t k = 0; k < count; k += tile) {
    __m512 sums[16];
    beginTile(sums, keys + k * keyStride, keyStride * 4, depth * 4, prefetch,
              tile);
#pragma clang loop unroll(full)
    for (int d = 0; d < depth; d += 16) {
      __m512 key[16];
      for (int t = 0; t < tile; ++t)
        key[t] = _mm512_loadu_ps(keys + (k + t) * keyStride + d);
      for (int g = 0; g < group; ++g) {
        __m512 q = _mm512_loadu_ps(query + g * depth + d);
        for (int t = 0; t < tile; ++t)
          sums[g * tile + t] = _mm512_fmadd_ps(q, key[t], sums[g * tile + t]);
      }
    }
    storeScores(scores + k, stride, sumEach(sums), group, tile);
  }
}

/* result[g][0 .. 16 * columns) += the sum of weights[g][k] * values[k]. */
ALWAYS_INLINE void addValues(float *result, int64_t depth, const float *weights,
                             int64_t stride, const float *values,
                             int64_t keyStride, int64_t count, int64_t prefetch,
                             const int group, const int columns) {
  __m512 sums[16];
  loadSums(sums, result, depth, group, columns);
  for (int64_t k = 0; k < count; ++k) {
    const float *row = values + k * keyStride;
    if (prefetch)
      prefetchBytes((const byte *)row + prefetch, 64 * columns);
    __m512 value[8];
    for (int c = 0; c < columns; ++c)
      value[c] = _mm512_loadu_ps(row + 16 * c);
    for (int g = 0; g < group; ++g) {
      __m512 weight = _mm512_set1_ps(weights[g * stride + k]);
      for (int c = 0; c < columns; ++c)
        sums[g * columns + c] =
            _mm512_fmadd_ps(weight, value[c], sums[g * columns + c]);
    }
  }
  storeSums(result, sums, depth, group, columns);
}

/* One KV head. Scores are computed for `scoreRows` rows and `tile` keys at a
   time, values added for `valueRows` rows and 16 * columns columns. */
ALWAYS_INLINE void decodeHead(float *result, const float *query,
                              const float *keys, const float *values,
                              float *scores, const struct Attention *a,
                              const int group, const int depth,
                              const int scoreRows, const int tile,
                              const int valueRows, const int columns) {
  _Alignas(64) float scaled[MaxGroup * MaxDepth];
  struct Softmax state[MaxGroup];
  int64_t block = a->block < a->keys ? a->block : a->keys;
  for (int i = 0; i < group * depth; i += 16)
    _mm512_store_ps(scaled + i, _mm512_mul_ps(_mm512_set1_ps(a->scale),
                                              _mm512_loadu_ps(query + i)));
  for (int g = 0; g < group; ++g)
    state[g] = (struct Softmax){-INFINITY, 0};
  memset(result, 0, sizeof(float) * group * depth);
  for (int64_t k = 0; k < a->keys; k += block) {
    int64_t count = a->keys - k < block ? a->keys - k : block;
    for (int g = 0; g < group; g += scoreRows)
      scoreTiles(scores + g * block, block, scaled + g * depth,
                 keys + k * a->keyStride, a->keyStride, count,
                 g == 0 ? a->prefetch : 0, scoreRows, depth, tile);
    for (int g = 0; g < group; ++g)
      softmaxBlock(&state[g], scores + g * block, count, result + g * depth,
                   depth);
    for (int g = 0; g < group; g += valueRows)
      for (int d = 0; d < depth; d += 16 * columns)
        addValues(result + g * depth + d, depth, scores + g * block, block,
                  values + k * a->keyStride + d, a->keyStride, count,
                  g == 0 ? a->prefetch : 0, valueRows, columns);
  }
  for (int g = 0; g < group; ++g)
    scaleRow(result + g * depth, depth, 1 / state[g].sum);
}

#define DECODE(NAME, GROUP, DEPTH, SCORE_ROWS, TILE, VALUE_ROWS, COLUMNS)      \
  void NAME(float *result, const float *query, const float *keys,              \
            const float *values, float *scores, const struct Attention *a) {   \
    for (int64_t b = 0; b < a->batch; ++b)                                     \
      for (int64_t h = 0; h < a->heads; ++h) {                                 \
        int64_t row = (b * a->heads + h) * (GROUP) * (DEPTH);                  \
        int64_t begin = b * a->batchStride + h * a->headStride;                \
        decodeHead(result + row, query + row, keys + begin, values + begin,    \
                   scores, a, GROUP, DEPTH, SCORE_ROWS, TILE, VALUE_ROWS,      \
                   COLUMNS);                                                   \
      }                                                                        \
  }
DECODE(decodeF32Group1, 1, 128, 1, 16, 1, 8)
DECODE(decodeF32Group2, 2, 128, 2, 4, 2, 8)
DECODE(decodeF32Group4, 4, 128, 4, 2, 4, 4)
DECODE(decodeF32Group8, 8, 128, 8, 2, 4, 4)
DECODE(decodeF32Group16, 16, 128, 8, 2, 4, 4)
DECODE(decodeF32Group32, 32, 128, 8, 2, 4, 4)
DECODE(decodeF32Group4Depth64, 4, 64, 4, 2, 4, 4)

/* Not grouped: row r reads head r / group, and keys and values are read as
   often as there are rows in a group. */
void decodeF32ByIndex(float *result, const float *query, const float *keys,
                      const float *values, float *scores,
                      const struct Attention *a, int64_t group) {
  for (int64_t b = 0; b < a->batch; ++b)
    for (int64_t r = 0; r < a->heads * group; ++r) {
      int64_t row = (b * a->heads * group + r) * 128;
      int64_t begin = b * a->batchStride + r / group * a->headStride;
      decodeHead(result + row, query + row, keys + begin, values + begin,
                 scores, a, 1, 128, 1, 16, 1, 8);
    }
}
