/*===- attention.h - What the attention kernels share -------------*- C -*-===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* Keys and values are [batch][KV head][key][D] with strides in elements between
   batches, heads and keys: a transposed view of [batch][key][KV head][D] has
   them too. Queries and results are [batch][KV head][group][D]. */

#ifndef DITTO_BENCHMARK_ATTENTION_H
#define DITTO_BENCHMARK_ATTENTION_H

#include "vectors.h"

#include <math.h>

struct Attention {
  int64_t batch, heads, keys;
  int64_t batchStride, headStride, keyStride;
  /* Keys in a block of the online softmax; a multiple of 64 that divides the
     number of keys, or at least that number. */
  int64_t block;
  /* How many bytes ahead to prefetch; 0 for not at all. */
  int64_t prefetch;
  float scale;
};

enum { MaxGroup = 32, MaxDepth = 128 };

/** exp(x) for x <= 0, with a relative error of 2e-7. */
ALWAYS_INLINE __m512 exponential(__m512 x) {
  x = _mm512_max_ps(x, _mm512_set1_ps(-87.f));
  __m512 n = _mm512_roundscale_ps(
      _mm512_mul_ps(x, _mm512_set1_ps(1.44269504088896341f)),
      _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  /* ln 2 in two parts */
  __m512 f = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693145751953125f), x);
  f = _mm512_fnmadd_ps(n, _mm512_set1_ps(1.42860682030941723e-6f), f);
  __m512 p = _mm512_set1_ps(1.9875691500e-4f);
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(1.3981999507e-3f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(8.3334519073e-3f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(4.1665795894e-2f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(1.6666665459e-1f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(5.0000001201e-1f));
  p = _mm512_fmadd_ps(p, _mm512_mul_ps(f, f),
                      _mm512_add_ps(f, _mm512_set1_ps(1.f)));
  return _mm512_scalef_ps(p, n);
}

/** Lane i of the result is the sum of the lanes of a[i]. */
ALWAYS_INLINE __m512 sumEach(const __m512 *a) {
  __m512 b[8], c[4], d[2];
  for (int i = 0; i < 8; ++i)
    b[i] = _mm512_add_ps(_mm512_unpacklo_ps(a[2 * i], a[2 * i + 1]),
                         _mm512_unpackhi_ps(a[2 * i], a[2 * i + 1]));
  for (int i = 0; i < 4; ++i) {
    __m512d x = _mm512_castps_pd(b[2 * i]), y = _mm512_castps_pd(b[2 * i + 1]);
    c[i] = _mm512_add_ps(_mm512_castpd_ps(_mm512_unpacklo_pd(x, y)),
                         _mm512_castpd_ps(_mm512_unpackhi_pd(x, y)));
  }
  for (int i = 0; i < 2; ++i)
    d[i] = _mm512_add_ps(_mm512_shuffle_f32x4(c[2 * i], c[2 * i + 1], 0x44),
                         _mm512_shuffle_f32x4(c[2 * i], c[2 * i + 1], 0xee));
  return _mm512_add_ps(_mm512_shuffle_f32x4(d[0], d[1], 0x88),
                       _mm512_shuffle_f32x4(d[0], d[1], 0xdd));
}

/** Stores lanes [g * keys, (g + 1) * keys) of `sums` at scores + g * stride. */
ALWAYS_INLINE void storeScores(float *scores, int64_t stride, __m512 sums,
                               const int group, const int keys) {
  float lanes[16];
  _mm512_storeu_ps(lanes, sums);
  for (int g = 0; g < group; ++g)
    for (int k = 0; k < keys; ++k)
      scores[g * stride + k] = lanes[g * keys + k];
}

ALWAYS_INLINE void prefetchBytes(const void *from, int64_t bytes) {
  for (int64_t i = 0; i < bytes; i += 64)
    _mm_prefetch((const char *)from + i, _MM_HINT_T0);
}

/** Starts a tile of dot products of queries with `tile` keys, `stride` bytes
   apart and `length` long: prefetches later keys, unless the distance is 0. */
ALWAYS_INLINE void beginTile(__m512 *sums, const void *keys, int64_t stride,
                             int64_t length, int64_t prefetch, const int tile) {
  for (int i = 0; i < 16; ++i)
    sums[i] = _mm512_setzero_ps();
  if (prefetch)
    for (int t = 0; t < tile; ++t)
      prefetchBytes((const byte *)keys + t * stride + prefetch, length);
}

/** The first 16 * vectors columns of `group` rows, `depth` apart. */
ALWAYS_INLINE void loadSums(__m512 *sums, const float *result, int64_t depth,
                            const int group, const int vectors) {
  for (int g = 0; g < group; ++g)
    for (int c = 0; c < vectors; ++c)
      sums[g * vectors + c] = _mm512_loadu_ps(result + g * depth + 16 * c);
}

ALWAYS_INLINE void storeSums(float *result, const __m512 *sums, int64_t depth,
                             const int group, const int vectors) {
  for (int g = 0; g < group; ++g)
    for (int c = 0; c < vectors; ++c)
      _mm512_storeu_ps(result + g * depth + 16 * c, sums[g * vectors + c]);
}

ALWAYS_INLINE __mmask16 maskOf(int64_t left) {
  return left >= 16 ? 0xffff : (__mmask16)((1u << left) - 1);
}

ALWAYS_INLINE float maximum(const float *row, int64_t length) {
  __m512 result = _mm512_set1_ps(-INFINITY);
  for (int64_t i = 0; i < length; i += 16) {
    __mmask16 mask = maskOf(length - i);
    result = _mm512_mask_max_ps(result, mask, result,
                                _mm512_maskz_loadu_ps(mask, row + i));
  }
  return _mm512_reduce_max_ps(result);
}

/** row = exp(row - shift); returns the sum. */
ALWAYS_INLINE float exponentials(float *row, int64_t length, float shift) {
  __m512 sum = _mm512_setzero_ps();
  for (int64_t i = 0; i < length; i += 16) {
    __mmask16 mask = maskOf(length - i);
    __m512 e = exponential(_mm512_sub_ps(_mm512_maskz_loadu_ps(mask, row + i),
                                         _mm512_set1_ps(shift)));
    _mm512_mask_storeu_ps(row + i, mask, e);
    sum = _mm512_mask_add_ps(sum, mask, sum, e);
  }
  return _mm512_reduce_add_ps(sum);
}

ALWAYS_INLINE void scaleRow(float *row, int64_t length, float factor) {
  for (int64_t i = 0; i < length; i += 16)
    _mm512_storeu_ps(row + i, _mm512_mul_ps(_mm512_set1_ps(factor),
                                            _mm512_loadu_ps(row + i)));
}

/** What an online softmax knows about one row. */
struct Softmax {
  float maximum, sum;
};

/** Turns the scores of one more block into weights. Where the maximum moves,
   the `depth` results so far are scaled to the new one. */
ALWAYS_INLINE void softmaxBlock(struct Softmax *state, float *scores,
                                int64_t length, float *result, int64_t depth) {
  float blockMaximum = maximum(scores, length);
  if (blockMaximum > state->maximum) {
    if (state->sum != 0) {
      float factor = expf(state->maximum - blockMaximum);
      state->sum *= factor;
      scaleRow(result, depth, factor);
    }
    state->maximum = blockMaximum;
  }
  state->sum += exponentials(scores, length, state->maximum);
}

/** Transposes a matrix of 16 by 16. */
ALWAYS_INLINE void transpose(__m512 *rows) {
  __m512 t[16], u[16];
  for (int i = 0; i < 8; ++i) {
    t[2 * i] = _mm512_unpacklo_ps(rows[2 * i], rows[2 * i + 1]);
    t[2 * i + 1] = _mm512_unpackhi_ps(rows[2 * i], rows[2 * i + 1]);
  }
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 2; ++j) {
      __m512d x = _mm512_castps_pd(t[4 * i + j]);
      __m512d y = _mm512_castps_pd(t[4 * i + 2 + j]);
      u[4 * i + 2 * j] = _mm512_castpd_ps(_mm512_unpacklo_pd(x, y));
      u[4 * i + 2 * j + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(x, y));
    }
  /* u[4 * i + c] has columns c, c + 4, c + 8, c + 12 of rows 4i to 4i + 3. */
  for (int c = 0; c < 4; ++c) {
    __m512 a = _mm512_shuffle_f32x4(u[c], u[4 + c], 0x88);
    __m512 b = _mm512_shuffle_f32x4(u[c], u[4 + c], 0xdd);
    __m512 d = _mm512_shuffle_f32x4(u[8 + c], u[12 + c], 0x88);
    __m512 e = _mm512_shuffle_f32x4(u[8 + c], u[12 + c], 0xdd);
    rows[c] = _mm512_shuffle_f32x4(a, d, 0x88);
    rows[c + 8] = _mm512_shuffle_f32x4(a, d, 0xdd);
    rows[c + 4] = _mm512_shuffle_f32x4(b, e, 0x88);
    rows[c + 12] = _mm512_shuffle_f32x4(b, e, 0xdd);
  }
}

#endif /* DITTO_BENCHMARK_ATTENTION_H */
