// Broadcasts that nothing joins are raised on request only.
//
// RUN: ditto-opt %s --ditto-raise=raise-plain-broadcasts=true | FileCheck %s
// RUN: ditto-opt %s --ditto-raise | FileCheck %s --check-prefix=DEFAULT --implicit-check-not=ditto.

// One key/value head for all query heads.
// CHECK-LABEL: @multi_query
// CHECK: ditto.repeat %{{.*}} by [1, 4, 1] : tensor<2x1x5xf32> -> tensor<2x4x5xf32>
// DEFAULT-LABEL: @multi_query
// DEFAULT: tosa.tile
func.func @multi_query(%x: tensor<2x1x5xf32>) -> tensor<2x4x5xf32> {
  %m = tosa.const_shape {values = dense<[1, 4, 1]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %t = tosa.tile %x, %m : (tensor<2x1x5xf32>, !tosa.shape<3>) -> tensor<2x4x5xf32>
  return %t : tensor<2x4x5xf32>
}

// CHECK-LABEL: @new_leading_dimension
// CHECK: ditto.repeat %{{.*}} by [4, 1, 1] : tensor<3x5xf32> -> tensor<4x3x5xf32>
// DEFAULT-LABEL: @new_leading_dimension
// DEFAULT: linalg.broadcast
func.func @new_leading_dimension(%x: tensor<3x5xf32>, %e: tensor<4x3x5xf32>) -> tensor<4x3x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<4x3x5xf32>) dimensions = [0]
  return %b : tensor<4x3x5xf32>
}
