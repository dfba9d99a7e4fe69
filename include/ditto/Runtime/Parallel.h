/*===- Parallel.h - Loops on several threads ----------------------*- C -*-===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* What code compiled with the option `parallel` calls, in a library of its   *|
|* own (`ditto::Parallel`) over OpenMP. A program that has threads of its own *|
|* defines dittoRuntimeParallelFor itself and leaves the library out.         *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef DITTO_RUNTIME_PARALLEL_H
#define DITTO_RUNTIME_PARALLEL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Runs the iterations from `begin` to, but not including, `end`. */
typedef void (*DittoRuntimeLoopBody)(void *context, int64_t begin, int64_t end);

/** Runs `count` iterations, which do not depend on each other, as calls of
    `body` for parts of them, on any threads and in any order. A part of fewer
    than `grain` iterations is not worth a call.

    When it returns all iterations have run, and their stores, streaming ones
    too, are visible to the caller. If some end with a run-time error, so does
    the calling thread, with the error of the first of them. */
void dittoRuntimeParallelFor(int64_t count, int64_t grain,
                             DittoRuntimeLoopBody body, void *context);

/** The most threads that a loop runs on, in the whole process; 0, as in the
    beginning, for as many as OpenMP has (OMP_NUM_THREADS). */
void dittoRuntimeSetThreads(int threads);

#ifdef __cplusplus
}
#endif

#endif /* DITTO_RUNTIME_PARALLEL_H */
