// Contractions read what their operands repeat.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats))' | FileCheck %s

// CHECK-DAG: #[[$OUTER_Q:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d1, d0, d2, d4)>
// CHECK-DAG: #[[$OUTER_K:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d4, d3)>
// CHECK-DAG: #[[$OUTER_R:.*]] = affine_map<(d0, d1, d2, d3, d4) -> (d1, d0, d2, d3)>
// CHECK-DAG: #[[$BMK:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
// CHECK-DAG: #[[$BNK:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
// CHECK-DAG: #[[$BMN:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>

// CHECK-LABEL: func.func @group_into_rows
// CHECK-SAME: %[[Q:.*]]: tensor<24x5x8xf32>, %[[K:.*]]: tensor<6x8x7xf32>, %[[INIT:.*]]: tensor<24x5x7xf32>
// CHECK-NOT: ditto.
// CHECK: %[[QG:.*]] = tensor.expand_shape %[[Q]] {{\[\[}}0, 1], [2], [3]] output_shape [6, 4, 5, 8]
// CHECK: %[[ROWS:.*]] = tensor.collapse_shape %[[QG]] {{\[\[}}0], [1, 2], [3]]
// CHECK: %[[IG:.*]] = tensor.expand_shape %[[INIT]] {{\[\[}}0, 1], [2], [3]] output_shape [6, 4, 5, 7]
// CHECK: %[[OUT:.*]] = tensor.collapse_shape %[[IG]] {{\[\[}}0], [1, 2], [3]]
// CHECK: %[[S:.*]] = linalg.batch_matmul ins(%[[ROWS]], %[[K]] : tensor<6x20x8xf32>, tensor<6x8x7xf32>) outs(%[[OUT]] : tensor<6x20x7xf32>)
// CHECK: %[[SG:.*]] = tensor.expand_shape %[[S]] {{\[\[}}0], [1, 2], [3]] output_shape [6, 4, 5, 7]
// CHECK: %[[R:.*]] = tensor.collapse_shape %[[SG]] {{\[\[}}0, 1], [2], [3]]
// CHECK: return %[[R]]
func.func @group_into_rows(%q: tensor<24x5x8xf32>, %k: tensor<6x8x7xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<6x8x7xf32> -> tensor<24x8x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// As many key heads as heads a group: positions decide, not sizes.
// CHECK-LABEL: func.func @as_many_heads_as_groups
// CHECK: tensor.expand_shape %{{.*}} {{\[\[}}0, 1], [2], [3]] output_shape [4, 4, 5, 8]
// CHECK: tensor.collapse_shape %{{.*}} {{\[\[}}0], [1, 2], [3]] : tensor<4x4x5x8xf32> into tensor<4x20x8xf32>
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<4x20x8xf32>, tensor<4x8x7xf32>)
func.func @as_many_heads_as_groups(%q: tensor<16x5x8xf32>, %k: tensor<4x8x7xf32>, %init: tensor<16x5x7xf32>) -> tensor<16x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<4x8x7xf32> -> tensor<16x8x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<16x5x8xf32>, tensor<16x8x7xf32>) outs(%init : tensor<16x5x7xf32>) -> tensor<16x5x7xf32>
  return %s : tensor<16x5x7xf32>
}

// The count of a repeat is outermost: rows cannot take it in.
// CHECK-LABEL: func.func @outer_count
// CHECK-SAME: %[[Q:.*]]: tensor<24x5x8xf32>, %[[K:.*]]: tensor<6x8x7xf32>,
// CHECK: %[[QG:.*]] = tensor.expand_shape %[[Q]] {{\[\[}}0, 1], [2], [3]] output_shape [4, 6, 5, 8]
// CHECK-NOT: ditto.
// CHECK: linalg.contract indexing_maps = [#[[$OUTER_Q]], #[[$OUTER_K]], #[[$OUTER_R]]] ins(%[[QG]], %[[K]] : tensor<4x6x5x8xf32>, tensor<6x8x7xf32>)
func.func @outer_count(%q: tensor<24x5x8xf32>, %k: tensor<6x8x7xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %r = ditto.repeat %k by [4, 1, 1] : tensor<6x8x7xf32> -> tensor<24x8x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// CHECK-LABEL: func.func @middle_count
// CHECK-SAME: %[[Q:.*]]: tensor<24x5x8xf32>, %[[K:.*]]: tensor<2x3x8x7xf32>,
// CHECK-NOT: ditto.
// CHECK: linalg.contract {{.*}} ins(%{{.*}}, %[[K]] : tensor<2x4x3x5x8xf32>, tensor<2x3x8x7xf32>)
func.func @middle_count(%q: tensor<24x5x8xf32>, %k: tensor<2x3x8x7xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x3x8x7xf32> -> tensor<8x3x8x7xf32>
  %c = tensor.collapse_shape %r [[0, 1], [2], [3]] : tensor<8x3x8x7xf32> into tensor<24x8x7xf32>
  %s = linalg.batch_matmul ins(%q, %c : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// CHECK-LABEL: func.func @two_counts
// CHECK-SAME: %[[Q:.*]]: tensor<24x5x8xf32>, %[[K:.*]]: tensor<2x8x7xf32>,
// CHECK-NOT: ditto.
// CHECK: linalg.contract {{.*}} ins(%{{.*}}, %[[K]] : tensor<3x2x20x8xf32>, tensor<2x8x7xf32>)
func.func @two_counts(%q: tensor<24x5x8xf32>, %k: tensor<2x8x7xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x8x7xf32> -> tensor<8x8x7xf32>
  %t = ditto.repeat %r by [3, 1, 1] : tensor<8x8x7xf32> -> tensor<24x8x7xf32>
  %s = linalg.batch_matmul ins(%q, %t : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// The group joins the columns where the left operand is repeated, if the result
// has them next to the batch.
// CHECK-LABEL: func.func @left_operand
// CHECK-SAME: %[[K:.*]]: tensor<6x5x8xf32>, %[[Q:.*]]: tensor<24x8x7xf32>,
// CHECK-NOT: ditto.
// CHECK: linalg.contract {{.*}} ins(%[[K]], %{{.*}} : tensor<6x5x8xf32>, tensor<6x4x8x7xf32>) outs(%{{.*}} : tensor<6x4x5x7xf32>)
func.func @left_operand(%k: tensor<6x5x8xf32>, %q: tensor<24x8x7xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<6x5x8xf32> -> tensor<24x5x8xf32>
  %s = linalg.batch_matmul ins(%r, %q : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// P.V with V on the left and a transposed result, as JAX writes it.
// CHECK-LABEL: func.func @left_operand_transposed_result
// CHECK-SAME: %[[V:.*]]: tensor<6x8x7xf32>,
// CHECK-NOT: ditto.
// CHECK: linalg.contract {{.*}} ins(%[[V]], %{{.*}} : tensor<6x8x7xf32>, tensor<6x20x8xf32>) outs(%{{.*}} : tensor<6x20x7xf32>)
func.func @left_operand_transposed_result(%v: tensor<6x8x7xf32>, %p: tensor<24x5x8xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %r = ditto.repeat_interleave %v by 4 dim(0) : tensor<6x8x7xf32> -> tensor<24x8x7xf32>
  %s = linalg.contract indexing_maps = [affine_map<(b, n, m, k) -> (b, k, n)>, affine_map<(b, n, m, k) -> (b, m, k)>, affine_map<(b, n, m, k) -> (b, m, n)>]
      ins(%r, %p : tensor<24x8x7xf32>, tensor<24x5x8xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// Nothing is computed once per copy: the product itself is repeated.
// CHECK-LABEL: func.func @both_operands_alike
// CHECK: ditto.repeat_interleave
// CHECK: ditto.repeat_interleave
// CHECK: linalg.batch_matmul
func.func @both_operands_alike(%q: tensor<6x5x8xf32>, %k: tensor<6x8x7xf32>) -> tensor<24x5x7xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<24x5x7xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  %rq = ditto.repeat_interleave %q by 4 dim(0) : tensor<6x5x8xf32> -> tensor<24x5x8xf32>
  %rk = ditto.repeat_interleave %k by 4 dim(0) : tensor<6x8x7xf32> -> tensor<24x8x7xf32>
  %s = linalg.batch_matmul ins(%rq, %rk : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%f : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// 24 is 6 x 4 for one operand and 12 x 2 for the other.
// CHECK-LABEL: func.func @both_operands_different_counts
// CHECK-SAME: %[[Q:.*]]: tensor<12x5x8xf32>, %[[K:.*]]: tensor<6x8x7xf32>,
// CHECK: ditto.repeat_interleave %[[K]] by 4 dim(0)
// CHECK-NOT: ditto.
// CHECK: linalg.contract {{.*}} ins(%[[Q]], %{{.*}} : tensor<12x5x8xf32>, tensor<12x2x8x7xf32>)
func.func @both_operands_different_counts(%q: tensor<12x5x8xf32>, %k: tensor<6x8x7xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %rq = ditto.repeat_interleave %q by 2 dim(0) : tensor<12x5x8xf32> -> tensor<24x5x8xf32>
  %rk = ditto.repeat_interleave %k by 4 dim(0) : tensor<6x8x7xf32> -> tensor<24x8x7xf32>
  %s = linalg.batch_matmul ins(%rq, %rk : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// One count outermost, the other innermost: 4 x 6 and 6 x 4 have no common
// digits, so that one of the two stays.
// CHECK-LABEL: func.func @both_operands_different_orders
// CHECK-SAME: %[[Q:.*]]: tensor<6x5x8xf32>, %[[K:.*]]: tensor<6x8x7xf32>,
// CHECK: ditto.repeat_interleave %[[K]] by 4 dim(0)
// CHECK-NOT: ditto.
// CHECK: linalg.contract {{.*}} ins(%[[Q]], %{{.*}} : tensor<6x5x8xf32>, tensor<4x6x8x7xf32>)
func.func @both_operands_different_orders(%q: tensor<6x5x8xf32>, %k: tensor<6x8x7xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %rq = ditto.repeat %q by [4, 1, 1] : tensor<6x5x8xf32> -> tensor<24x5x8xf32>
  %rk = ditto.repeat_interleave %k by 4 dim(0) : tensor<6x8x7xf32> -> tensor<24x8x7xf32>
  %s = linalg.batch_matmul ins(%rq, %rk : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// The transpose between the repeat and its reader becomes part of the maps.
// CHECK-LABEL: func.func @transposed_key
// CHECK-SAME: %{{.*}}: tensor<24x5x8xf32>, %[[K:.*]]: tensor<6x7x8xf32>,
// CHECK-NOT: linalg.transpose
// CHECK: linalg.batch_matmul indexing_maps = [#[[$BMK]], #[[$BNK]], #[[$BMN]]] ins(%{{.*}}, %[[K]] : tensor<6x20x8xf32>, tensor<6x7x8xf32>)
func.func @transposed_key(%q: tensor<24x5x8xf32>, %k: tensor<6x7x8xf32>, %e: tensor<24x8x7xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<6x7x8xf32> -> tensor<24x7x8xf32>
  %t = linalg.transpose ins(%r : tensor<24x7x8xf32>) outs(%e : tensor<24x8x7xf32>) permutation = [0, 2, 1]
  %s = linalg.batch_matmul ins(%q, %t : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// CHECK-LABEL: func.func @transposed_maps
// CHECK-SAME: %{{.*}}: tensor<24x8x5xf32>, %[[K:.*]]: tensor<6x7x8xf32>,
// CHECK-NOT: ditto.
// CHECK: linalg.contract {{.*}} ins(%{{.*}}, %[[K]] : tensor<6x4x8x5xf32>, tensor<6x7x8xf32>)
func.func @transposed_maps(%q: tensor<24x8x5xf32>, %k: tensor<6x7x8xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<6x7x8xf32> -> tensor<24x7x8xf32>
  %s = linalg.batch_matmul
      indexing_maps = [affine_map<(b, m, n, k) -> (b, k, m)>, affine_map<(b, m, n, k) -> (b, n, k)>, affine_map<(b, m, n, k) -> (b, m, n)>]
      ins(%q, %r : tensor<24x8x5xf32>, tensor<24x7x8xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// Batch and heads in one dimension.
// CHECK-LABEL: func.func @merged_batch_and_heads
// CHECK-SAME: %{{.*}}: tensor<24x5x8xf32>, %[[K:.*]]: tensor<3x2x8x7xf32>,
// CHECK: %[[HEADS:.*]] = tensor.collapse_shape %[[K]] {{\[\[}}0, 1], [2], [3]]
// CHECK: linalg.batch_matmul ins(%{{.*}}, %[[HEADS]] : tensor<6x20x8xf32>, tensor<6x8x7xf32>)
func.func @merged_batch_and_heads(%q: tensor<24x5x8xf32>, %k: tensor<3x2x8x7xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(1) : tensor<3x2x8x7xf32> -> tensor<3x8x8x7xf32>
  %c = tensor.collapse_shape %r [[0, 1], [2], [3]] : tensor<3x8x8x7xf32> into tensor<24x8x7xf32>
  %s = linalg.batch_matmul ins(%q, %c : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// Weights that were broadcast over the batch: one product of more rows.
// CHECK-LABEL: func.func @weights_broadcast_over_the_batch
// CHECK-SAME: %{{.*}}: tensor<3x5x8xf32>, %[[W:.*]]: tensor<8x7xf32>,
// CHECK-NOT: linalg.broadcast
// CHECK: linalg.matmul ins(%{{.*}}, %[[W]] : tensor<15x8xf32>, tensor<8x7xf32>)
func.func @weights_broadcast_over_the_batch(%x: tensor<3x5x8xf32>, %w: tensor<8x7xf32>, %e: tensor<3x8x7xf32>, %init: tensor<3x5x7xf32>) -> tensor<3x5x7xf32> {
  %b = linalg.broadcast ins(%w : tensor<8x7xf32>) outs(%e : tensor<3x8x7xf32>) dimensions = [0]
  %s = linalg.batch_matmul ins(%x, %b : tensor<3x5x8xf32>, tensor<3x8x7xf32>) outs(%init : tensor<3x5x7xf32>) -> tensor<3x5x7xf32>
  return %s : tensor<3x5x7xf32>
}

// One new token.
// CHECK-LABEL: func.func @one_row
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<2x4x16xf32>, tensor<2x16x7xf32>)
func.func @one_row(%q: tensor<8x1x16xf32>, %k: tensor<2x16x7xf32>, %init: tensor<8x1x7xf32>) -> tensor<8x1x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x1x16xf32>, tensor<8x16x7xf32>) outs(%init : tensor<8x1x7xf32>) -> tensor<8x1x7xf32>
  return %s : tensor<8x1x7xf32>
}

// One token in the cache: what is reduced has extent 1.
// CHECK-LABEL: func.func @one_reduced
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<2x20x1xf32>, tensor<2x1x7xf32>)
func.func @one_reduced(%p: tensor<8x5x1xf32>, %v: tensor<2x1x7xf32>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %v by 4 dim(0) : tensor<2x1x7xf32> -> tensor<8x1x7xf32>
  %s = linalg.batch_matmul ins(%p, %r : tensor<8x5x1xf32>, tensor<8x1x7xf32>) outs(%init : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// One key head serves all: no batch is left.
// CHECK-LABEL: func.func @one_key_head
// CHECK: linalg.matmul ins(%{{.*}}, %{{.*}} : tensor<20x8xf32>, tensor<8x7xf32>)
func.func @one_key_head(%q: tensor<4x5x8xf32>, %k: tensor<1x8x7xf32>, %init: tensor<4x5x7xf32>) -> tensor<4x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<1x8x7xf32> -> tensor<4x8x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<4x5x8xf32>, tensor<4x8x7xf32>) outs(%init : tensor<4x5x7xf32>) -> tensor<4x5x7xf32>
  return %s : tensor<4x5x7xf32>
}

// CHECK-LABEL: func.func @contract_rank_4
// CHECK: linalg.batch_matmul indexing_maps = [#[[$BMK]], #[[$BNK]], #[[$BMN]]] ins(%{{.*}}, %{{.*}} : tensor<6x20x16xf32>, tensor<6x7x16xf32>)
func.func @contract_rank_4(%q: tensor<3x8x5x16xf32>, %k: tensor<3x2x7x16xf32>, %init: tensor<3x8x5x7xf32>) -> tensor<3x8x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(1) : tensor<3x2x7x16xf32> -> tensor<3x8x7x16xf32>
  %s = linalg.contract indexing_maps = [affine_map<(b, h, m, n, k) -> (b, h, m, k)>, affine_map<(b, h, m, n, k) -> (b, h, n, k)>, affine_map<(b, h, m, n, k) -> (b, h, m, n)>]
      ins(%q, %r : tensor<3x8x5x16xf32>, tensor<3x8x7x16xf32>) outs(%init : tensor<3x8x5x7xf32>) -> tensor<3x8x5x7xf32>
  return %s : tensor<3x8x5x7xf32>
}

// Sequence before heads: batch dimensions that are not next to each other.
// CHECK-LABEL: func.func @contract_sequence_first
// CHECK-SAME: %{{.*}}: tensor<3x5x8x16xf32>, %[[K:.*]]: tensor<3x7x2x16xf32>,
// CHECK: linalg.contract {{.*}} ins(%{{.*}}, %[[K]] : tensor<3x5x2x4x16xf32>, tensor<3x7x2x16xf32>)
func.func @contract_sequence_first(%q: tensor<3x5x8x16xf32>, %k: tensor<3x7x2x16xf32>, %init: tensor<3x8x5x7xf32>) -> tensor<3x8x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(2) : tensor<3x7x2x16xf32> -> tensor<3x7x8x16xf32>
  %s = linalg.contract indexing_maps = [affine_map<(b, h, m, n, k) -> (b, m, h, k)>, affine_map<(b, h, m, n, k) -> (b, n, h, k)>, affine_map<(b, h, m, n, k) -> (b, h, m, n)>]
      ins(%q, %r : tensor<3x5x8x16xf32>, tensor<3x7x8x16xf32>) outs(%init : tensor<3x8x5x7xf32>) -> tensor<3x8x5x7xf32>
  return %s : tensor<3x8x5x7xf32>
}

#q4 = affine_map<(b, h, m, n, k) -> (b, h, m, k)>
#k4 = affine_map<(b, h, m, n, k) -> (b, h, k, n)>
#r4 = affine_map<(b, h, m, n, k) -> (b, h, m, n)>
// CHECK-LABEL: func.func @generic_rank_4_dynamic
// CHECK-SAME: %[[Q:.*]]: tensor<?x?x?x16xf32>, %[[K:.*]]: tensor<?x?x16x?xf32>,
// CHECK-NOT: ditto.
// CHECK: tensor.expand_shape %[[Q]] {{\[\[}}0], [1, 2], [3], [4]] {{.*}} into tensor<?x?x4x?x16xf32>
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<?x?x16xf32>, tensor<?x16x?xf32>)
func.func @generic_rank_4_dynamic(%q: tensor<?x?x?x16xf32>, %k: tensor<?x?x16x?xf32>, %init: tensor<?x?x?x?xf32>) -> tensor<?x?x?x?xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(1) : tensor<?x?x16x?xf32> -> tensor<?x?x16x?xf32>
  %s = linalg.generic {indexing_maps = [#q4, #k4, #r4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %r : tensor<?x?x?x16xf32>, tensor<?x?x16x?xf32>) outs(%init : tensor<?x?x?x?xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    %p = arith.addf %c, %m : f32
    linalg.yield %p : f32
  } -> tensor<?x?x?x?xf32>
  return %s : tensor<?x?x?x?xf32>
}

// Groups in a dimension of their own, with a broadcast key.
// CHECK-LABEL: func.func @generic_rank_5
// CHECK-NOT: ditto.
// CHECK: linalg.contract {{.*}} ins(%{{.*}}, %{{.*}} : tensor<3x2x20x16xf32>, tensor<3x2x7x16xf32>)
func.func @generic_rank_5(%q: tensor<3x2x4x5x16xf32>, %k: tensor<3x2x7x16xf32>, %init: tensor<3x2x4x5x7xf32>) -> tensor<3x2x4x5x7xf32> {
  %x = tensor.expand_shape %k [[0], [1, 2], [3], [4]] output_shape [3, 2, 1, 7, 16] : tensor<3x2x7x16xf32> into tensor<3x2x1x7x16xf32>
  %r = ditto.repeat %x by [1, 1, 4, 1, 1] : tensor<3x2x1x7x16xf32> -> tensor<3x2x4x7x16xf32>
  %s = linalg.generic {indexing_maps = [
        affine_map<(b, h, g, m, n, k) -> (b, h, g, m, k)>, affine_map<(b, h, g, m, n, k) -> (b, h, g, n, k)>, affine_map<(b, h, g, m, n, k) -> (b, h, g, m, n)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %r : tensor<3x2x4x5x16xf32>, tensor<3x2x4x7x16xf32>) outs(%init : tensor<3x2x4x5x7xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    %p = arith.addf %c, %m : f32
    linalg.yield %p : f32
  } -> tensor<3x2x4x5x7xf32>
  return %s : tensor<3x2x4x5x7xf32>
}

// The copies are not only read: each is multiplied with the same rows.
// CHECK-LABEL: func.func @negative_reduced_dimension
// CHECK: ditto.repeat_interleave
func.func @negative_reduced_dimension(%q: tensor<3x8xf32>, %k: tensor<5x2xf32>, %init: tensor<3x5xf32>) -> tensor<3x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(1) : tensor<5x2xf32> -> tensor<5x8xf32>
  %s = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%q, %r : tensor<3x8xf32>, tensor<5x8xf32>) outs(%init : tensor<3x5xf32>) -> tensor<3x5xf32>
  return %s : tensor<3x5xf32>
}

// CHECK-LABEL: func.func @negative_both_reduced
// CHECK: ditto.repeat_interleave
// CHECK: ditto.repeat_interleave
func.func @negative_both_reduced(%q: tensor<3x2xf32>, %k: tensor<5x2xf32>, %init: tensor<3x5xf32>) -> tensor<3x5xf32> {
  %rq = ditto.repeat_interleave %q by 4 dim(1) : tensor<3x2xf32> -> tensor<3x8xf32>
  %rk = ditto.repeat_interleave %k by 4 dim(1) : tensor<5x2xf32> -> tensor<5x8xf32>
  %s = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%rq, %rk : tensor<3x8xf32>, tensor<5x8xf32>) outs(%init : tensor<3x5xf32>) -> tensor<3x5xf32>
  return %s : tensor<3x5xf32>
}

// What accumulates into a repeat reads each copy and changes it.
// CHECK-LABEL: func.func @negative_init
// CHECK: ditto.repeat_interleave
func.func @negative_init(%q: tensor<8x5x16xf32>, %k: tensor<8x16x7xf32>, %init: tensor<2x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %init by 4 dim(0) : tensor<2x5x7xf32> -> tensor<8x5x7xf32>
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%r : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// %k is repeated along the reduced dimension too, which has to be read as it is.
// CHECK-LABEL: func.func @read_from_between
// CHECK: %[[R:.*]] = ditto.repeat_interleave %{{.*}} by 2 dim(1) : tensor<6x4x7xf32> -> tensor<6x8x7xf32>
// CHECK-NOT: ditto.
// CHECK: linalg.batch_matmul ins(%{{.*}}, %[[R]] : tensor<6x20x8xf32>, tensor<6x8x7xf32>)
func.func @read_from_between(%q: tensor<24x5x8xf32>, %k: tensor<6x4x7xf32>, %init: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %r = ditto.repeat_interleave %k by 2 dim(1) : tensor<6x4x7xf32> -> tensor<6x8x7xf32>
  %t = ditto.repeat_interleave %r by 4 dim(0) : tensor<6x8x7xf32> -> tensor<24x8x7xf32>
  %s = linalg.batch_matmul ins(%q, %t : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// A linalg.map may read its init.
// CHECK-LABEL: func.func @map_reads_init
// CHECK-SAME: %[[INIT:[a-z0-9]*]]: tensor<8x4xf32>)
// CHECK: %[[SPLIT:.*]] = tensor.expand_shape %[[INIT]]
// CHECK: linalg.generic {{.*}} outs(%[[SPLIT]] : tensor<2x4x4xf32>)
func.func @map_reads_init(%x: tensor<2x4xf32>, %y: tensor<8x4xf32>, %init: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x4xf32> -> tensor<8x4xf32>
  %s = linalg.map ins(%r, %y : tensor<8x4xf32>, tensor<8x4xf32>) outs(%init : tensor<8x4xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %p = arith.mulf %a, %b : f32
      %q = arith.addf %p, %o : f32
      linalg.yield %q : f32
    }
  return %s : tensor<8x4xf32>
}
