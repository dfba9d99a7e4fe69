// Other users keep what they see, and nothing is copied twice.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s

// A raised value with several users is one repeat.
// CHECK-LABEL: @repeated_value_with_two_users
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK-NOT: ditto.
// CHECK: %[[T:.*]] = linalg.transpose ins(%[[R]] :
// CHECK: return %[[R]], %[[T]]
func.func @repeated_value_with_two_users(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>, %f: tensor<5x12xf32>) -> (tensor<12x5xf32>, tensor<5x12xf32>) {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  %t = linalg.transpose ins(%c : tensor<12x5xf32>) outs(%f : tensor<5x12xf32>) permutation = [1, 0]
  return %c, %t : tensor<12x5xf32>, tensor<5x12xf32>
}

// The unrepeated value is used as before.
// CHECK-LABEL: @source_escapes
// CHECK-SAME: %[[X:.*]]: tensor<3x5xf32>
// CHECK: %[[R:.*]] = ditto.repeat_interleave %[[X]] by 4 dim(0)
// CHECK: return %[[X]], %[[R]]
func.func @source_escapes(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> (tensor<3x5xf32>, tensor<12x5xf32>) {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  return %x, %c : tensor<3x5xf32>, tensor<12x5xf32>
}

// A broadcast with several users is raised where all of them repeat.
// CHECK-LABEL: @two_ends
// CHECK-SAME: %[[X:.*]]: tensor<3x5xf32>
// CHECK-NEXT: %[[R:.*]] = ditto.repeat_interleave %[[X]] by 4 dim(0) : tensor<3x5xf32> -> tensor<12x5xf32>
// CHECK-NEXT: %[[S:.*]] = ditto.repeat %[[X]] by [1, 4] : tensor<3x5xf32> -> tensor<3x20xf32>
// CHECK-NEXT: return %[[R]], %[[S]]
func.func @two_ends(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> (tensor<12x5xf32>, tensor<3x20xf32>) {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  %d = tensor.collapse_shape %b [[0], [1, 2]] : tensor<3x4x5xf32> into tensor<3x20xf32>
  return %c, %d : tensor<12x5xf32>, tensor<3x20xf32>
}

// The ends share more than the broadcast.
// CHECK-LABEL: @two_ends_of_a_transpose
// CHECK-NOT: linalg.broadcast
// CHECK-COUNT-2: ditto.repeat
// CHECK-NOT: ditto.repeat
func.func @two_ends_of_a_transpose(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>, %f: tensor<5x3x4xf32>) -> (tensor<5x12xf32>, tensor<60xf32>) {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %t = linalg.transpose ins(%b : tensor<3x4x5xf32>) outs(%f : tensor<5x3x4xf32>) permutation = [2, 0, 1]
  %c = tensor.collapse_shape %t [[0], [1, 2]] : tensor<5x3x4xf32> into tensor<5x12xf32>
  %d = tensor.collapse_shape %t [[0, 1, 2]] : tensor<5x3x4xf32> into tensor<60xf32>
  return %c, %d : tensor<5x12xf32>, tensor<60xf32>
}

// What one user needs is there for the other: neither is raised.
// CHECK-LABEL: @negative_broadcast_escapes
// CHECK-NOT: ditto.
// CHECK: linalg.broadcast
// CHECK: tensor.collapse_shape
func.func @negative_broadcast_escapes(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> (tensor<12x5xf32>, tensor<3x4x5xf32>) {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  return %c, %b : tensor<12x5xf32>, tensor<3x4x5xf32>
}

// What a repeat joins are its own counts; the broadcast stays a plain one.
// CHECK-LABEL: @negative_repeat_of_another_dim
// CHECK: linalg.broadcast
// CHECK: ditto.repeat %{{.*}} by [1, 2, 1] : tensor<3x2x5xf32> -> tensor<3x4x5xf32>
func.func @negative_repeat_of_another_dim(%x: tensor<2x5xf32>) -> tensor<3x4x5xf32> {
  %e = tensor.empty() : tensor<3x2x5xf32>
  %b = linalg.broadcast ins(%x : tensor<2x5xf32>) outs(%e : tensor<3x2x5xf32>) dimensions = [0]
  %r = ditto.repeat %b by [1, 2, 1] : tensor<3x2x5xf32> -> tensor<3x4x5xf32>
  return %r : tensor<3x4x5xf32>
}
