// Transposes around a repeat.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s
// RUN: %ditto_opt_test %s --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=raise})' -o /dev/null

// Movement behind a finished repeat is left as it is.
// CHECK-LABEL: @behind
// CHECK: %[[R:.*]] = ditto.repeat_interleave %{{.*}} by 4 dim(2) : tensor<2x5x3x6xf32> -> tensor<2x5x12x6xf32>
// CHECK-NEXT: linalg.transpose ins(%[[R]] : tensor<2x5x12x6xf32>) outs(%{{.*}} : tensor<2x12x5x6xf32>) permutation = [0, 2, 1, 3]
func.func @behind(%x: tensor<2x5x3x6xf32>, %e: tensor<2x5x3x4x6xf32>, %f: tensor<2x12x5x6xf32>) -> tensor<2x12x5x6xf32> {
  %b = linalg.broadcast ins(%x : tensor<2x5x3x6xf32>) outs(%e : tensor<2x5x3x4x6xf32>) dimensions = [3]
  %c = tensor.collapse_shape %b [[0], [1], [2, 3], [4]] : tensor<2x5x3x4x6xf32> into tensor<2x5x12x6xf32>
  %t = linalg.transpose ins(%c : tensor<2x5x12x6xf32>) outs(%f : tensor<2x12x5x6xf32>) permutation = [0, 2, 1, 3]
  return %t : tensor<2x12x5x6xf32>
}

// The transpose before the reshape makes a repeat of what began innermost.
// CHECK-LABEL: @swap_to_repeat
// CHECK-SAME: %[[X:.*]]: tensor<3x5xf32>
// CHECK-NEXT: %[[R:.*]] = ditto.repeat %[[X]] by [4, 1] : tensor<3x5xf32> -> tensor<12x5xf32>
// CHECK-NEXT: return %[[R]]
func.func @swap_to_repeat(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>, %f: tensor<4x3x5xf32>) -> tensor<12x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %t = linalg.transpose ins(%b : tensor<3x4x5xf32>) outs(%f : tensor<4x3x5xf32>) permutation = [1, 0, 2]
  %r = tensor.collapse_shape %t [[0, 1], [2]] : tensor<4x3x5xf32> into tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

// A broadcast that permutes: the small tensor is transposed, not the large one.
// CHECK-LABEL: @permuting_broadcast
// CHECK: %[[T:.*]] = linalg.transpose ins(%{{.*}} : tensor<2x5x3x6xf32>) outs(%{{.*}} : tensor<2x3x5x6xf32>) permutation = [0, 2, 1, 3]
// CHECK-NEXT: ditto.repeat_interleave %[[T]] by 4 dim(1) : tensor<2x3x5x6xf32> -> tensor<2x12x5x6xf32>
// CHECK-NEXT: return
#in = affine_map<(d0, d1, d2, d3, d4) -> (d0, d3, d1, d4)>
#id = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @permuting_broadcast(%x: tensor<2x5x3x6xf32>, %e: tensor<2x3x4x5x6xf32>) -> tensor<2x12x5x6xf32> {
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x5x3x6xf32>) outs(%e : tensor<2x3x4x5x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x5x6xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3], [4]] : tensor<2x3x4x5x6xf32> into tensor<2x12x5x6xf32>
  return %r : tensor<2x12x5x6xf32>
}
