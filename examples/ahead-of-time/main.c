/*===- main.c - A C99 program with a model in it --------------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* usage: main COUNT COUNT                                                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#define _POSIX_C_SOURCE 200112L

#include "repeat.h" /* ditto-run --emit=header */

#include <stdio.h>
#include <stdlib.h>

/* Memory of the model comes from here. */
static void *allocate(size_t alignment, size_t size, void *userData) {
  void *block;
  if (posix_memalign(&block, alignment, size))
    return NULL;
  ++*(int *)userData;
  return block;
}

static void release(void *block, void *userData) {
  --*(int *)userData;
  free(block);
}

/* Errors outside of dittoCall_elements end here. */
static void handleFailure(const char *message, void *userData) {
  (void)userData;
  fprintf(stderr, "the model failed: %s\n", message);
  exit(2);
}

int main(int argc, char **argv) {
  static int blocks;
  static const DittoRuntimeAllocator allocator = {allocate, release, &blocks};
  int64_t numbers[] = {argc > 1 ? atoi(argv[1]) : 1,
                       argc > 2 ? atoi(argv[2]) : 1};
  DittoTensor1_i64 counts = {numbers, numbers, 0, {2}, {1}};
  DittoTensor2_i64 result;
  char message[200];
  int64_t i;

  dittoRuntimeSetAllocator(&allocator);
  dittoRuntimeSetFailureHandler(handleFailure, NULL);
  if (dittoCall_elements(&result, &counts, message, sizeof(message))) {
    fprintf(stderr, "error: %s\n", message);
    return 1;
  }
  for (i = 0; i < result.sizes[0]; ++i)
    printf("%d %d\n", (int)result.data[2 * i], (int)result.data[2 * i + 1]);
  dittoRuntimeFree(result.allocated);
  return blocks; /* None is left. */
}
