// Broadcasts joined by reshapes: the place of the count decides.
//
// RUN: ditto-opt %s --ditto-raise -split-input-file | FileCheck %s
// RUN: %ditto_opt_test %s -split-input-file --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=raise})' -o /dev/null

#in = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#outer = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>

// CHECK-LABEL: @innermost
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK-NEXT: %[[R:.*]] = ditto.repeat_interleave %[[X]] by 4 dim(1) : tensor<2x3x5xf32> -> tensor<2x12x5xf32>
// CHECK-NEXT: return %[[R]]
func.func @innermost(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %e = tensor.empty() : tensor<2x3x4x5xf32>
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x5xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}

// Group size and number of heads are the same here and in @outermost_same_sizes:
// the types tell nothing.
// CHECK-LABEL: @innermost_same_sizes
// CHECK: ditto.repeat_interleave %{{.*}} by 4 dim(1) : tensor<2x4x5xf32> -> tensor<2x16x5xf32>
func.func @innermost_same_sizes(%x: tensor<2x4x5xf32>) -> tensor<2x16x5xf32> {
  %e = tensor.empty() : tensor<2x4x4x5xf32>
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x4x5xf32>) outs(%e : tensor<2x4x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x4x4x5xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3]] : tensor<2x4x4x5xf32> into tensor<2x16x5xf32>
  return %r : tensor<2x16x5xf32>
}

// CHECK-LABEL: @outermost_same_sizes
// CHECK: ditto.repeat %{{.*}} by [1, 4, 1] : tensor<2x4x5xf32> -> tensor<2x16x5xf32>
func.func @outermost_same_sizes(%x: tensor<2x4x5xf32>) -> tensor<2x16x5xf32> {
  %e = tensor.empty() : tensor<2x4x4x5xf32>
  %b = linalg.generic {indexing_maps = [#outer, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x4x5xf32>) outs(%e : tensor<2x4x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x4x4x5xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3]] : tensor<2x4x4x5xf32> into tensor<2x16x5xf32>
  return %r : tensor<2x16x5xf32>
}

// CHECK-LABEL: @named
// CHECK: ditto.repeat_interleave %{{.*}} by 4 dim(1)
// CHECK-NOT: linalg.broadcast
func.func @named(%x: tensor<2x3x5xf32>, %e: tensor<2x3x4x5xf32>) -> tensor<2x12x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<2x3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) dimensions = [2]
  %r = tensor.collapse_shape %b [[0], [1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}

// Batch and heads collapse with the count.
// CHECK-LABEL: @group_of_three
// CHECK: %[[I:.*]] = ditto.repeat_interleave %{{.*}} by 4 dim(1) : tensor<2x3x5xf32> -> tensor<2x12x5xf32>
// CHECK-NEXT: tensor.collapse_shape %[[I]] {{\[}}[0, 1], [2]] : tensor<2x12x5xf32> into tensor<24x5xf32>
func.func @group_of_three(%x: tensor<2x3x5xf32>, %e: tensor<2x3x4x5xf32>) -> tensor<24x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<2x3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) dimensions = [2]
  %r = tensor.collapse_shape %b [[0, 1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<24x5xf32>
  return %r : tensor<24x5xf32>
}

// CHECK-LABEL: @middle
// CHECK: %[[R:.*]] = ditto.repeat %{{.*}} by [1, 4, 1] : tensor<2x3x5xf32> -> tensor<2x12x5xf32>
// CHECK-NEXT: tensor.collapse_shape %[[R]] {{\[}}[0, 1], [2]] : tensor<2x12x5xf32> into tensor<24x5xf32>
func.func @middle(%x: tensor<2x3x5xf32>, %e: tensor<2x4x3x5xf32>) -> tensor<24x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<2x3x5xf32>) outs(%e : tensor<2x4x3x5xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1, 2], [3]] : tensor<2x4x3x5xf32> into tensor<24x5xf32>
  return %r : tensor<24x5xf32>
}

// The count goes into the middle of the source's own dimension.
// CHECK-LABEL: @middle_of_a_dimension
// CHECK: %[[E:.*]] = tensor.expand_shape %{{.*}} {{\[}}[0, 1]] output_shape [2, 3] : tensor<6xf32> into tensor<2x3xf32>
// CHECK-NEXT: %[[R:.*]] = ditto.repeat %[[E]] by [1, 4] : tensor<2x3xf32> -> tensor<2x12xf32>
// CHECK-NEXT: tensor.collapse_shape %[[R]] {{\[}}[0, 1]] : tensor<2x12xf32> into tensor<24xf32>
func.func @middle_of_a_dimension(%x: tensor<6xf32>, %e: tensor<2x4x3xf32>, %f: tensor<6x4xf32>, %g: tensor<2x4x3xf32>) -> tensor<24xf32> {
  %b = linalg.broadcast ins(%x : tensor<6xf32>) outs(%f : tensor<6x4xf32>) dimensions = [1]
  %s = tensor.expand_shape %b [[0, 1], [2]] output_shape [2, 3, 4] : tensor<6x4xf32> into tensor<2x3x4xf32>
  %t = linalg.transpose ins(%s : tensor<2x3x4xf32>) outs(%g : tensor<2x4x3xf32>) permutation = [0, 2, 1]
  %r = tensor.collapse_shape %t [[0, 1, 2]] : tensor<2x4x3xf32> into tensor<24xf32>
  return %r : tensor<24xf32>
}

// -----

// CHECK-LABEL: @two_dimensions
// CHECK: ditto.repeat %{{.*}} by [2, 4] : tensor<3x5xf32> -> tensor<6x20xf32>
func.func @two_dimensions(%x: tensor<3x5xf32>, %e: tensor<2x3x4x5xf32>) -> tensor<6x20xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) dimensions = [0, 2]
  %r = tensor.collapse_shape %b [[0, 1], [2, 3]] : tensor<2x3x4x5xf32> into tensor<6x20xf32>
  return %r : tensor<6x20xf32>
}

// Two counts in one group are two repeats, never one by 8.
// CHECK-LABEL: @two_counts_in_a_group
// CHECK: %[[I:.*]] = ditto.repeat_interleave %{{.*}} by 4 dim(0) : tensor<3x5xf32> -> tensor<12x5xf32>
// CHECK-NEXT: ditto.repeat %[[I]] by [2, 1] : tensor<12x5xf32> -> tensor<24x5xf32>
func.func @two_counts_in_a_group(%x: tensor<3x5xf32>, %e: tensor<2x3x4x5xf32>) -> tensor<24x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) dimensions = [0, 2]
  %r = tensor.collapse_shape %b [[0, 1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<24x5xf32>
  return %r : tensor<24x5xf32>
}

// Neighbours in one place are one count.
// CHECK-LABEL: @adjacent_counts
// CHECK: ditto.repeat_interleave %{{.*}} by 8 dim(0) : tensor<3xf32> -> tensor<24xf32>
func.func @adjacent_counts(%x: tensor<3xf32>, %e: tensor<3x2x4xf32>) -> tensor<24xf32> {
  %b = linalg.broadcast ins(%x : tensor<3xf32>) outs(%e : tensor<3x2x4xf32>) dimensions = [1, 2]
  %r = tensor.collapse_shape %b [[0, 1, 2]] : tensor<3x2x4xf32> into tensor<24xf32>
  return %r : tensor<24xf32>
}

// A chain of two broadcasts is raised as one.
// CHECK-LABEL: @two_broadcasts
// CHECK: %[[I:.*]] = ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3x5xf32> -> tensor<6x5xf32>
// CHECK-NEXT: ditto.repeat_interleave %[[I]] by 4 dim(1) : tensor<6x5xf32> -> tensor<6x20xf32>
func.func @two_broadcasts(%x: tensor<3x5xf32>, %e: tensor<3x2x5xf32>, %f: tensor<6x5x4xf32>) -> tensor<6x20xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x2x5xf32>) dimensions = [1]
  %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x2x5xf32> into tensor<6x5xf32>
  %d = linalg.broadcast ins(%c : tensor<6x5xf32>) outs(%f : tensor<6x5x4xf32>) dimensions = [2]
  %r = tensor.collapse_shape %d [[0], [1, 2]] : tensor<6x5x4xf32> into tensor<6x20xf32>
  return %r : tensor<6x20xf32>
}

// A new leading dimension beside a repeat; ditto.repeat makes both.
// CHECK-LABEL: @new_leading_dimension
// CHECK: ditto.repeat %{{.*}} by [3, 2] : tensor<5xf32> -> tensor<3x10xf32>
func.func @new_leading_dimension(%x: tensor<5xf32>, %e: tensor<3x2x5xf32>) -> tensor<3x10xf32> {
  %b = linalg.broadcast ins(%x : tensor<5xf32>) outs(%e : tensor<3x2x5xf32>) dimensions = [0, 1]
  %r = tensor.collapse_shape %b [[0], [1, 2]] : tensor<3x2x5xf32> into tensor<3x10xf32>
  return %r : tensor<3x10xf32>
}

// CHECK-LABEL: @flatten_all
// CHECK: %[[I:.*]] = ditto.repeat_interleave %{{.*}} by 4 dim(1) : tensor<3x5xf32> -> tensor<3x20xf32>
// CHECK-NEXT: tensor.collapse_shape %[[I]] {{\[}}[0, 1]] : tensor<3x20xf32> into tensor<60xf32>
func.func @flatten_all(%x: tensor<3x5xf32>, %e: tensor<3x5x4xf32>) -> tensor<60xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x5x4xf32>) dimensions = [2]
  %r = tensor.collapse_shape %b [[0, 1, 2]] : tensor<3x5x4xf32> into tensor<60xf32>
  return %r : tensor<60xf32>
}

// Through one dimension and out again.
// CHECK-LABEL: @by_way_of_one_dimension
// CHECK: ditto.repeat_interleave %{{.*}} by 4 dim(0) : tensor<3x5xf32> -> tensor<12x5xf32>
// CHECK-NEXT: return
func.func @by_way_of_one_dimension(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> tensor<12x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %f = tensor.collapse_shape %b [[0, 1, 2]] : tensor<3x4x5xf32> into tensor<60xf32>
  %r = tensor.expand_shape %f [[0, 1]] output_shape [12, 5] : tensor<60xf32> into tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}
