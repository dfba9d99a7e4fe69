// What frontends write between a broadcast and its reshape, and before it.
//
// RUN: ditto-opt %s --ditto-raise -split-input-file | FileCheck %s
// RUN: %ditto_opt_test %s -split-input-file --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=raise})' -o /dev/null

#in = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>

// An unsqueeze that is squeezed again, casts, and a clone.
// CHECK-LABEL: @unit_dimensions_casts_clone
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK-NEXT: %[[R:.*]] = ditto.repeat_interleave %[[X]] by 4 dim(1) : tensor<2x3x5xf32> -> tensor<2x12x5xf32>
// CHECK-NEXT: return %[[R]]
func.func @unit_dimensions_casts_clone(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %u = tensor.expand_shape %x [[0], [1], [2, 3]] output_shape [2, 3, 1, 5] : tensor<2x3x5xf32> into tensor<2x3x1x5xf32>
  %s = tensor.collapse_shape %u [[0], [1, 2], [3]] : tensor<2x3x1x5xf32> into tensor<2x3x5xf32>
  %e = tensor.empty() : tensor<2x3x4x5xf32>
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%s : tensor<2x3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x5xf32>
  %c = tensor.cast %b : tensor<2x3x4x5xf32> to tensor<?x3x4x?xf32>
  %d = tensor.cast %c : tensor<?x3x4x?xf32> to tensor<2x3x4x5xf32>
  %f = tensor.empty() : tensor<2x3x4x5xf32>
  %clone = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%d : tensor<2x3x4x5xf32>) outs(%f : tensor<2x3x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x5xf32>
  %r = tensor.collapse_shape %clone [[0], [1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}

// -----

#in_zero = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, d3)>
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>

// The unit dimension stays in the operand and is read at 0.
// CHECK-LABEL: @constant_0
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK-NEXT: ditto.repeat_interleave %[[X]] by 4 dim(1) : tensor<2x3x5xf32> -> tensor<2x12x5xf32>
// CHECK-NEXT: return
func.func @constant_0(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %u = tensor.expand_shape %x [[0], [1, 2], [3]] output_shape [2, 3, 1, 5] : tensor<2x3x5xf32> into tensor<2x3x1x5xf32>
  %e = tensor.empty() : tensor<2x3x4x5xf32>
  %b = linalg.generic {indexing_maps = [#in_zero, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%u : tensor<2x3x1x5xf32>) outs(%e : tensor<2x3x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x5xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}

// -----

// Without an expand_shape to skip, the unit dimension goes by a reshape.
// CHECK-LABEL: @squeezed
// CHECK: %[[R:.*]] = ditto.repeat_interleave %{{.*}} by 4 dim(0) : tensor<2x1x5xf32> -> tensor<8x1x5xf32>
// CHECK-NEXT: tensor.collapse_shape %[[R]] {{\[}}[0], [1, 2]] : tensor<8x1x5xf32> into tensor<8x5xf32>
#zero = affine_map<(d0, d1, d2) -> (d0, 0, d2)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @squeezed(%x: tensor<2x1x5xf32>) -> tensor<8x5xf32> {
  %e = tensor.empty() : tensor<2x4x5xf32>
  %b = linalg.generic {indexing_maps = [#zero, #id3], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x1x5xf32>) outs(%e : tensor<2x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x4x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<2x4x5xf32> into tensor<8x5xf32>
  return %r : tensor<8x5xf32>
}
