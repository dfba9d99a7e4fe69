/*===- blocks.c - Runs of 64 bytes and more, each in place ----------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* `outer` runs of `run` bytes, a multiple of 64; each is written `copies` times
   in a row. This is what a repeat along any dimension but the last one is. */

#include "vectors.h"

#include <string.h>

void blocksMemcpy(byte *to, const byte *from, int64_t outer, int64_t run,
                  int64_t copies) {
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t k = 0; k < copies; ++k)
      memcpy(to + (o * copies + k) * run, from + o * run, run);
}

/* A chunk is read from memory once, then written to each of its places. */
ALWAYS_INLINE void chunked(byte *to, const byte *from, int64_t outer,
                           int64_t run, int64_t copies, int64_t chunk,
                           enum Stores stores) {
  for (int64_t o = 0; o < outer; ++o, from += run, to += copies * run)
    for (int64_t begin = 0; begin < run; begin += chunk) {
      int64_t bytes = begin + chunk < run ? chunk : run - begin;
      for (int64_t k = 0; k < copies; ++k)
        copyVectors(to + k * run + begin, from + begin, bytes, stores);
    }
  finish(stores);
}

/* As many streams of stores as copies, 256 bytes at a time. */
ALWAYS_INLINE void fannedOut(byte *to, const byte *from, int64_t outer,
                             int64_t run, int64_t copies, enum Stores stores) {
  for (int64_t o = 0; o < outer; ++o, from += run, to += copies * run) {
    int64_t i = 0;
    for (; i + 256 <= run; i += 256) {
      __m512i a = load(from + i), b = load(from + i + 64);
      __m512i c = load(from + i + 128), d = load(from + i + 192);
      for (int64_t k = 0; k < copies; ++k) {
        byte *place = to + k * run + i;
        store(place, a, stores);
        store(place + 64, b, stores);
        store(place + 128, c, stores);
        store(place + 192, d, stores);
      }
    }
    for (; i < run; i += 64)
      for (int64_t k = 0; k < copies; ++k)
        store(to + k * run + i, load(from + i), stores);
  }
  finish(stores);
}

#define BLOCKS(NAME, CALL)                                                     \
  void NAME(byte *to, const byte *from, int64_t outer, int64_t run,            \
            int64_t copies) {                                                  \
    CALL;                                                                      \
  }
BLOCKS(blocksWhole, chunked(to, from, outer, run, copies, run, Cached))
BLOCKS(blocksWholeStreaming,
       chunked(to, from, outer, run, copies, run, Streaming))
BLOCKS(blocksChunked, chunked(to, from, outer, run, copies, 4096, Cached))
BLOCKS(blocksChunkedStreaming,
       chunked(to, from, outer, run, copies, 16384, Streaming))
BLOCKS(blocksFannedOut, fannedOut(to, from, outer, run, copies, Cached))
BLOCKS(blocksFannedOutStreaming,
       fannedOut(to, from, outer, run, copies, Streaming))
