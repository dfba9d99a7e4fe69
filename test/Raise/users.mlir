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
