/*===- ggml.c - Attention of ggml -----------------------------------------===*\
|*                                                                            *|
|* Part of ditto, under the Apache License v2.0 with LLVM Exceptions.         *|
|* See LICENSE for license information.                                       *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

/* A graph of one flash_attn_ext of ggml, built once and computed many times. */

#include "ggml.h"
#include "ggml-cpu.h"

#include <stdint.h>
#include <stdlib.h>

struct Graph {
  struct ggml_context *context;
  struct ggml_cgraph *graph;
  struct ggml_cplan plan;
  struct ggml_tensor *result;
};

/* Attention of attention.py. `type` is ggml's of keys and values; queries and
   the result, which is [batch][query][head][depth], are f32. `mask` is f16
   [query][key], or null. */
struct Graph *makeGraph(void *query, void *keys, void *values, void *mask,
                        int64_t type, int64_t batch, int64_t heads,
                        int64_t kvHeads, int64_t queries, int64_t keyCount,
                        int64_t depth, int64_t threads, float scale) {
  int64_t bytes = batch * heads * queries * depth * sizeof(float);
  struct Graph *graph = calloc(1, sizeof(struct Graph));
  graph->context = ggml_init((struct ggml_init_params){
      .mem_size = 64 * ggml_tensor_overhead() + ggml_graph_overhead(),
      .no_alloc = true});
  struct ggml_tensor *q = ggml_new_tensor_4d(graph->context, GGML_TYPE_F32,
                                             depth, queries, heads, batch);
  struct ggml_tensor *k = ggml_new_tensor_4d(
      graph->context, (enum ggml_type)type, depth, keyCount, kvHeads, batch);
  struct ggml_tensor *v = ggml_new_tensor_4d(
      graph->context, (enum ggml_type)type, depth, keyCount, kvHeads, batch);
  struct ggml_tensor *m = NULL;
  q->data = query;
  k->data = keys;
  v->data = values;
  if (mask) {
    m = ggml_new_tensor_4d(graph->context, GGML_TYPE_F16, keyCount, queries, 1,
                           1);
    m->data = mask;
  }
  graph->result = ggml_flash_attn_ext(graph->context, q, k, v, m, scale, 0, 0);
  ggml_prec_set_acc(graph->result, GGML_PREC_F32);
  graph->result->data = aligned_alloc(64, (bytes + 63) & -64);
  graph->graph = ggml_new_graph(graph->context);
  ggml_build_forward_expand(graph->graph, graph->result);
  graph->plan = ggml_graph_plan(graph->graph, (int)threads, NULL);
  graph->plan.work_data =
      aligned_alloc(64, (graph->plan.work_size + 127) & -64);
  return graph;
}

int compute(struct Graph *graph) {
  return ggml_graph_compute(graph->graph, &graph->plan);
}

void *resultOf(struct Graph *graph) { return graph->result->data; }
