/*===- peaks.c - What one core multiplies and adds at best ----------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#include "vectors.h"

/* 16 independent chains hide the latency of two units. */
enum { Chains = 16 };

static float sum(const __m512 *chains) {
  __m512 total = chains[0];
  for (int i = 1; i < Chains; ++i)
    total = _mm512_add_ps(total, chains[i]);
  return _mm512_reduce_add_ps(total);
}

/** 16 fused multiply-adds of 16 floats, `rounds` times. */
float multiplyAddF32(int64_t rounds) {
  __m512 chains[Chains];
  __m512 factor = _mm512_set1_ps(1.0000001f), term = _mm512_set1_ps(1e-9f);
  for (int i = 0; i < Chains; ++i)
    chains[i] = _mm512_set1_ps((float)i);
  for (int64_t round = 0; round < rounds; ++round) {
    for (int i = 0; i < Chains; ++i)
      chains[i] = _mm512_fmadd_ps(chains[i], factor, term);
    __asm__ volatile("" ::: "memory");
  }
  return sum(chains);
}

#ifdef __AVX512BF16__
/** 16 dot products of 16 pairs of bf16, `rounds` times. */
float multiplyAddBF16(int64_t rounds) {
  __m512 chains[Chains];
  __m512bh one = (__m512bh)_mm512_set1_epi32(0x3f803f80);
  __m512bh small = (__m512bh)_mm512_set1_epi32(0x3a803a80);
  for (int i = 0; i < Chains; ++i)
    chains[i] = _mm512_set1_ps((float)i);
  for (int64_t round = 0; round < rounds; ++round) {
    for (int i = 0; i < Chains; ++i)
      chains[i] = _mm512_dpbf16_ps(chains[i], one, small);
    __asm__ volatile("" ::: "memory");
  }
  return sum(chains);
}
#endif
