// What is no repeat, or would be computed twice, is left as it was.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s --implicit-check-not=ditto.
// RUN: %ditto_opt_test %s --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=raise})' -o /dev/null

#id4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#mask = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#in3 = affine_map<(d0, d1, d2) -> (d0, d2)>

// CHECK-LABEL: @negative_reshapes_only
// CHECK: tensor.expand_shape
// CHECK: tensor.collapse_shape
func.func @negative_reshapes_only(%x: tensor<6x5xf32>) -> tensor<2x15xf32> {
  %e = tensor.expand_shape %x [[0, 1], [2]] output_shape [2, 3, 5] : tensor<6x5xf32> into tensor<2x3x5xf32>
  %r = tensor.collapse_shape %e [[0], [1, 2]] : tensor<2x3x5xf32> into tensor<2x15xf32>
  return %r : tensor<2x15xf32>
}

// CHECK-LABEL: @negative_mask
// CHECK: linalg.generic
// CHECK: linalg.add
func.func @negative_mask(%mask: tensor<2x1x5x6xf32>, %scores: tensor<2x4x5x6xf32>, %e: tensor<2x4x5x6xf32>) -> tensor<2x4x5x6xf32> {
  %b = linalg.generic {indexing_maps = [#mask, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%mask : tensor<2x1x5x6xf32>) outs(%e : tensor<2x4x5x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x4x5x6xf32>
  %r = linalg.add ins(%scores, %b : tensor<2x4x5x6xf32>, tensor<2x4x5x6xf32>) outs(%e : tensor<2x4x5x6xf32>) -> tensor<2x4x5x6xf32>
  return %r : tensor<2x4x5x6xf32>
}

// CHECK-LABEL: @negative_row_broadcast_in_elementwise
// CHECK: linalg.generic
func.func @negative_row_broadcast_in_elementwise(%x: tensor<3x4x5xf32>, %max: tensor<3x5xf32>) -> tensor<12x5xf32> {
  %b = linalg.generic {indexing_maps = [#id3, #in3, #id3], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x, %max : tensor<3x4x5xf32>, tensor<3x5xf32>) outs(%x : tensor<3x4x5xf32>) {
  ^bb0(%v: f32, %m: f32, %o: f32):
    %s = arith.subf %v, %m : f32
    linalg.yield %s : f32
  } -> tensor<3x4x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

// A bias for every row of a batch: nothing but counts in the joined dimension.
// CHECK-LABEL: @negative_counts_alone
// CHECK: linalg.broadcast
// CHECK: tensor.collapse_shape
func.func @negative_counts_alone(%x: tensor<5xf32>, %e: tensor<2x3x5xf32>) -> tensor<6x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<5xf32>) outs(%e : tensor<2x3x5xf32>) dimensions = [0, 1]
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<2x3x5xf32> into tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

// One key/value head for all: a plain broadcast, whatever the reshape.
// CHECK-LABEL: @negative_multi_query
// CHECK: linalg.broadcast
func.func @negative_multi_query(%x: tensor<2x1x5xf32>, %e: tensor<2x1x4x5xf32>) -> tensor<2x4x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<2x1x5xf32>) outs(%e : tensor<2x1x4x5xf32>) dimensions = [2]
  %r = tensor.collapse_shape %b [[0], [1, 2], [3]] : tensor<2x1x4x5xf32> into tensor<2x4x5xf32>
  return %r : tensor<2x4x5xf32>
}

// CHECK-LABEL: @negative_new_leading_dimension
// CHECK: linalg.broadcast
func.func @negative_new_leading_dimension(%x: tensor<3x5xf32>, %e: tensor<4x3x5xf32>) -> tensor<4x3x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<4x3x5xf32>) dimensions = [0]
  return %b : tensor<4x3x5xf32>
}

// The 5-D form of a grouped contraction, by way of a joined dimension.
// CHECK-LABEL: @negative_split_again
// CHECK: linalg.broadcast
// CHECK: tensor.expand_shape
func.func @negative_split_again(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> tensor<3x4x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  %r = tensor.expand_shape %c [[0, 1], [2]] output_shape [3, 4, 5] : tensor<12x5xf32> into tensor<3x4x5xf32>
  return %r : tensor<3x4x5xf32>
}

// The broadcast escapes: a repeat beside it would be a second copy.
// CHECK-LABEL: @negative_broadcast_with_other_users
// CHECK: %[[B:.*]] = linalg.broadcast
// CHECK: %[[C:.*]] = tensor.collapse_shape %[[B]]
// CHECK: return %[[B]], %[[C]]
func.func @negative_broadcast_with_other_users(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> (tensor<3x4x5xf32>, tensor<12x5xf32>) {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  return %b, %c : tensor<3x4x5xf32>, tensor<12x5xf32>
}

// In the loop the repeat would be computed each time round.
// CHECK-LABEL: @negative_reshape_in_a_loop
// CHECK: linalg.broadcast
// CHECK: scf.for
// CHECK: tensor.collapse_shape
func.func @negative_reshape_in_a_loop(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>, %init: tensor<12x5xf32>, %n: index) -> tensor<12x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %init) -> tensor<12x5xf32> {
    %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
    %s = linalg.add ins(%a, %c : tensor<12x5xf32>, tensor<12x5xf32>) outs(%a : tensor<12x5xf32>) -> tensor<12x5xf32>
    scf.yield %s : tensor<12x5xf32>
  }
  return %r : tensor<12x5xf32>
}

// The value depends on the repeated index.
// CHECK-LABEL: @negative_index_in_the_body
// CHECK: linalg.index
func.func @negative_index_in_the_body(%x: tensor<3x5xindex>, %e: tensor<3x4x5xindex>) -> tensor<12x5xindex> {
  %b = linalg.generic {indexing_maps = [#in3, #id3], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x : tensor<3x5xindex>) outs(%e : tensor<3x4x5xindex>) {
  ^bb0(%v: index, %o: index):
    %i = linalg.index 1 : index
    %w = arith.addi %v, %i : index
    linalg.yield %w : index
  } -> tensor<3x4x5xindex>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xindex> into tensor<12x5xindex>
  return %r : tensor<12x5xindex>
}

// The casts contradict each other: 3 is 2.
// CHECK-LABEL: @negative_contradicting_casts
// CHECK: linalg.broadcast
func.func @negative_contradicting_casts(%x: tensor<2xf32>, %e: tensor<2x4xf32>) -> tensor<12xf32> {
  %b = linalg.broadcast ins(%x : tensor<2xf32>) outs(%e : tensor<2x4xf32>) dimensions = [1]
  %c = tensor.cast %b : tensor<2x4xf32> to tensor<?x4xf32>
  %d = tensor.cast %c : tensor<?x4xf32> to tensor<3x4xf32>
  %r = tensor.collapse_shape %d [[0, 1]] : tensor<3x4xf32> into tensor<12xf32>
  return %r : tensor<12xf32>
}

// The joined extent is beyond 64 bits, whatever the group's other dimensions.
// CHECK-LABEL: @negative_overflow
// CHECK: linalg.broadcast
func.func @negative_overflow(%x: tensor<4611686018427387904x?xf32>, %e: tensor<4611686018427387904x4x?xf32>) -> tensor<?xf32> {
  %b = linalg.broadcast ins(%x : tensor<4611686018427387904x?xf32>) outs(%e : tensor<4611686018427387904x4x?xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1, 2]] : tensor<4611686018427387904x4x?xf32> into tensor<?xf32>
  return %r : tensor<?xf32>
}

// Unreachable code may hold cycles.
// CHECK-LABEL: @negative_unreachable_cycle
func.func @negative_unreachable_cycle(%e: tensor<3x4xf32>) {
  return
^bb1:
  %b = linalg.broadcast ins(%s : tensor<3xf32>) outs(%e : tensor<3x4xf32>) dimensions = [1]
  %t = tensor.collapse_shape %b [[0, 1]] : tensor<3x4xf32> into tensor<12xf32>
  %c = tensor.cast %t : tensor<12xf32> to tensor<?xf32>
  %s = tensor.cast %c : tensor<?xf32> to tensor<3xf32>
  cf.br ^bb1
}
