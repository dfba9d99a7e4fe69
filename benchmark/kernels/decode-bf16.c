/*===- decode-bf16.c - One query per head, bf16 ---------------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* As decode-f32.c, with bf16 in memory and f32 in registers. Scores are dot
   products of pairs. Values are either widened, or multiplied as pairs of two
   keys with weights rounded to bf16. */

#include "attention.h"

#include <string.h>

#ifdef __AVX512BF16__

typedef uint16_t bf16;

ALWAYS_INLINE __m512 evenFloats(__m512i pairs) {
  return _mm512_castsi512_ps(_mm512_slli_epi32(pairs, 16));
}

ALWAYS_INLINE __m512 oddFloats(__m512i pairs) {
  return _mm512_castsi512_ps(
      _mm512_and_si512(pairs, _mm512_set1_epi32((int)0xffff0000)));
}

ALWAYS_INLINE void scoreTiles(float *scores, int64_t stride, const bf16 *query,
                              const bf16 *keys, int64_t keyStride,
                              int64_t count, float scale, int64_t prefetch,
                              const int group, const int depth,
                              const int tile) {
  for (int64_t k = 0; k < count; k += tile) {
    __m512 sums[16];
    beginTile(sums, keys + k * keyStride, keyStride * 2, depth * 2, prefetch,
              tile);
#pragma clang loop unroll(full)
    for (int d = 0; d < depth; d += 32) {
      __m512bh key[16];
      for (int t = 0; t < tile; ++t)
        key[t] = (__m512bh)_mm512_loadu_si512(keys + (k + t) * keyStride + d);
      for (int g = 0; g < group; ++g) {
        __m512bh q = (__m512bh)_mm512_loadu_si512(query + g * depth + d);
        for (int t = 0; t < tile; ++t)
          sums[g * tile + t] = _mm512_dpbf16_ps(sums[g * tile + t], q, key[t]);
      }
    }
    storeScores(scores + k, stride,
                _mm512_mul_ps(sumEach(sums), _mm512_set1_ps(scale)), group,
                tile);
  }
}

/* Results of 32 columns are kept as those of even and those of odd columns. */
ALWAYS_INLINE void addWidened(float *result, int64_t depth,
                              const float *weights, int64_t stride,
                              const bf16 *values, int64_t keyStride,
                              int64_t count, int64_t prefetch, const int group,
                              const int columns) {
  __m512 sums[32];
  loadSums(sums, result, depth, group, 2 * columns);
  for (int64_t k = 0; k < count; ++k) {
    const bf16 *row = values + k * keyStride;
    if (prefetch)
      prefetchBytes((const byte *)row + prefetch, 64 * columns);
    __m512 value[8];
    for (int c = 0; c < columns; ++c) {
      __m512i pairs = _mm512_loadu_si512(row + 32 * c);
      value[2 * c] = evenFloats(pairs);
      value[2 * c + 1] = oddFloats(pairs);
    }
    for (int g = 0; g < group; ++g) {
      __m512 weight = _mm512_set1_ps(weights[g * stride + k]);
      for (int c = 0; c < 2 * columns; ++c)
        sums[g * 2 * columns + c] =
            _mm512_fmadd_ps(weight, value[c], sums[g * 2 * columns + c]);
    }
  }
  storeSums(result, sums, depth, group, 2 * columns);
}

/* Interleaving two rows leaves columns 8l to 8l + 3 of each 128 bits l in the
   first vector, 8l + 4 to 8l + 7 in the second one; so are the results. */
ALWAYS_INLINE void addPairs(float *result, int64_t depth,
                            const uint32_t *weights, int64_t stride,
                            const bf16 *values, int64_t keyStride,
                            int64_t count, int64_t prefetch, const int group,
                            const int columns) {
  __m512 sums[32];
  loadSums(sums, result, depth, group, 2 * columns);
  for (int64_t k = 0; k < count; k += 2) {
    const bf16 *row = values + k * keyStride;
    if (prefetch) {
      prefetchBytes((const byte *)row + prefetch, 64 * columns);
      prefetchBytes((const byte *)(row + keyStride) + prefetch, 64 * columns);
    }
    __m512bh value[8];
    for (int c = 0; c < columns; ++c) {
      __m512i first = _mm512_loadu_si512(row + 32 * c);
      __m512i second = _mm512_loadu_si512(row + keyStride + 32 * c);
      value[2 * c] = (__m512bh)_mm512_unpacklo_epi16(first, second);
      value[2 * c + 1] = (__m512bh)_mm512_unpackhi_epi16(first, second);
    }
    for (int g = 0; g < group; ++g) {
      __m512bh pair =
          (__m512bh)_mm512_set1_epi32((int)weights[g * stride + k / 2]);
      for (int c = 0; c < 2 * columns; ++c)
        sums[g * 2 * columns + c] =
            _mm512_dpbf16_ps(sums[g * 2 * columns + c], pair, value[c]);
    }
  }
  storeSums(result, sums, depth, group, 2 * columns);
}

static void roundWeights(bf16 *rounded, const float *weights, int64_t count) {
  for (int64_t i = 0; i < count; i += 16)
    _mm256_storeu_si256(
        (__m256i *)(rounded + i),
        (__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(weights + i)));
}

/* Puts 32 columns into their order and rounds them. */
ALWAYS_INLINE void storeColumns(bf16 *to, __m512 x, __m512 y, const int pairs) {
  if (pairs) {
    __m512i low = _mm512_setr_epi32(0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20,
                                    21, 22, 23);
    __m512i high = _mm512_setr_epi32(8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14,
                                     15, 28, 29, 30, 31);
    _mm256_storeu_si256((__m256i *)to, (__m256i)_mm512_cvtneps_pbh(
                                           _mm512_permutex2var_ps(x, low, y)));
    _mm256_storeu_si256(
        (__m256i *)(to + 16),
        (__m256i)_mm512_cvtneps_pbh(_mm512_permutex2var_ps(x, high, y)));
    return;
  }
  __m512i even = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(x));
  __m512i odd = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(y));
  _mm512_storeu_si512(to, _mm512_or_si512(even, _mm512_slli_epi32(odd, 16)));
}

ALWAYS_INLINE void decodeHead(bf16 *to, const bf16 *query, const bf16 *keys,
                              const bf16 *values, float *scores,
                              const struct Attention *a, const int group,
                              const int depth, const int scoreRows,
                              const int tile, const int valueRows,
                              const int columns, const int pairs) {
  _Alignas(64) float result[MaxGroup * MaxDepth];
  struct Softmax state[MaxGroup];
  int64_t block = a->block < a->keys ? a->block : a->keys;
  uint32_t *rounded = (uint32_t *)(scores + group * block);
  for (int g = 0; g < group; ++g)
    state[g] = (struct Softmax){-INFINITY, 0};
  memset(result, 0, sizeof(float) * group * depth);
  for (int64_t k = 0; k < a->keys; k += block) {
    int64_t count = a->keys - k < block ? a->keys - k : block;
    const bf16 *blockValues = values + k * a->keyStride;
    for (int g = 0; g < group; g += scoreRows)
      scoreTiles(scores + g * block, block, query + g * depth,
                 keys + k * a->keyStride, a->keyStride, count, a->scale,
                 g == 0 ? a->prefetch : 0, scoreRows, depth, tile);
    for (int g = 0; g < group; ++g) {
      softmaxBlock(&state[g], scores + g * block, count, result + g * depth,
                   depth);
      if (pairs)
        roundWeights((bf16 *)(rounded + g * (block / 2)), scores + g * block,
                     count);
    }
    for (int g = 0; g < group; g += valueRows)
      for (int d = 0; d < depth; d += 32 * columns) {
        float *part = result + g * depth + d;
        int64_t prefetch = g == 0 ? a->prefetch : 0;
        if (pairs)
          addPairs(part, depth, rounded + g * (block / 2), block / 2,
                   blockValues + d, a->keyStride, count, prefetch, valueRows,
                   columns);
        else
          addWidened(part, depth, scores + g * block, block, blockValues + d,
                     a->keyStride, count, prefetch, valueRows, columns);
      }
  }
  for (int g = 0; g < group; ++g)
    for (int d = 0; d < depth; d += 32) {
      __m512 factor = _mm512_set1_ps(1 / state[g].sum);
      const float *part = result + g * depth + d;
      storeColumns(to + g * depth + d,
                   _mm512_mul_ps(factor, _mm512_load_ps(part)),
                   _mm512_mul_ps(factor, _mm512_load_ps(part + 16)), pairs);
    }
}

#define DECODE(NAME, GROUP, SCORE_ROWS, TILE, VALUE_ROWS, COLUMNS, PAIRS)      \
  void NAME(bf16 *result, const bf16 *query, const bf16 *keys,                 \
            const bf16 *values, float *scores, const struct Attention *a) {    \
    for (int64_t b = 0; b < a->batch; ++b)                                     \
      for (int64_t h = 0; h < a->heads; ++h) {                                 \
        int64_t row = (b * a->heads + h) * (GROUP) * 128;                      \
        int64_t begin = b * a->batchStride + h * a->headStride;                \
        decodeHead(result + row, query + row, keys + begin, values + begin,    \
                   scores, a, GROUP, 128, SCORE_ROWS, TILE, VALUE_ROWS,        \
                   COLUMNS, PAIRS);                                            \
      }                                                                        \
  }
/* Best where keys and values are in a cache, and where they are in memory. */
DECODE(decodeBF16Group4Cache, 4, 4, 4, 4, 2, 1)
DECODE(decodeBF16Group8Cache, 8, 4, 4, 4, 2, 1)
DECODE(decodeBF16Group4Memory, 4, 4, 2, 4, 4, 0)
DECODE(decodeBF16Group8Memory, 8, 8, 2, 4, 2, 1)

#endif
