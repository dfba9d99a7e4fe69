/* Calls each function of concurrent-calls.mlir on several threads at a time,
   and each call has threads of its own. The argument `race` or `overrun` does
   what may not be done, and a tool has to see. */

#include "calls.h"

#include "ditto/Runtime/Parallel.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { Rows = 130, Columns = 70, Callers = 3, Calls = 4 };

/* Their memory is large enough to be kept for the next call. */
enum { Copies = 150 };

static DittoTensor2_f32 matrix = {NULL, NULL, 0, {Rows, Columns}, {Columns, 1}};
static DittoTensor1_index vector = {NULL, NULL, 0, {Rows}, {1}};

static void check(int fine, const char *what) {
  if (fine)
    return;
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static float at(const DittoTensor2_f32 *tensor, int64_t i, int64_t j) {
  return tensor->data[i * tensor->sizes[1] + j];
}

/* The results belong to the caller, the arguments to all of them. */
static void callEach(void) {
  char message[200];
  DittoTensor2_f32 r;

  check(!dittoCall_copy(&r, &matrix, Copies, message, sizeof(message)),
        message);
  check(at(&r, (Copies - 1) * Rows + 7, 3) == at(&matrix, 7, 3), "copy");
  dittoRuntimeFree(r.allocated);

  check(!dittoCall_interleave(&r, &matrix, message, sizeof(message)), message);
  check(at(&r, 100, 200) == at(&matrix, 100, 66), "interleave");
  dittoRuntimeFree(r.allocated);

  check(!dittoCall_counts(&r, &matrix, &vector, message, sizeof(message)),
        message);
  check(r.sizes[0] == 2 * Rows - 1, "counts");
  dittoRuntimeFree(r.allocated);

  check(!dittoCall_attention(&r, &matrix, &matrix, &matrix, message,
                             sizeof(message)),
        message);
  check(at(&r, 1, 1) > 0, "attention");
  dittoRuntimeFree(r.allocated);

  check(dittoCall_copy(&r, &matrix, -1, message, sizeof(message)), "no error");
  check(!!strstr(message, "count -1"), message);
}

static void *callSeveralTimes(void *unused) {
  (void)unused;
  for (int i = 0; i < Calls; ++i)
    callEach();
  return NULL;
}

static void setArguments(void) {
  matrix.data = matrix.allocated = malloc(Rows * Columns * sizeof(float));
  vector.data = vector.allocated = malloc(Rows * sizeof(int64_t));
  for (int i = 0; i < Rows * Columns; ++i)
    matrix.data[i] = (float)(i % 11) / 10;
  for (int i = 0; i < Rows; ++i)
    vector.data[i] = i == 0 ? 1 : 2;
}

int main(int argc, char **argv) {
  int races = argc > 1 && !strcmp(argv[1], "race");
  int overruns = argc > 1 && !strcmp(argv[1], "overrun");
  setArguments();
  if (overruns)
    matrix.sizes[0] += 1;
  dittoRuntimeSetThreads(3);
  pthread_t callers[Callers];
  for (int i = 0; i < Callers; ++i)
    pthread_create(&callers[i], NULL, callSeveralTimes, NULL);
  for (int i = 0; races && i < Rows * Columns; ++i)
    matrix.data[i] += 1;
  for (int i = 0; i < Callers; ++i)
    pthread_join(callers[i], NULL);
  printf("%d calls, %lld bytes left\n", Callers * Calls,
         (long long)dittoRuntimeLiveBytes());
  free(matrix.data);
  free(vector.data);
  dittoRuntimeTrim();
  return 0;
}
