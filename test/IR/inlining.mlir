// Functions of repeats are inlined, and repeats inside a structured op's region
// are no obstacle.
//
// RUN: ditto-opt %s --inline | FileCheck %s

func.func private @repeat_kv(%x: tensor<2x4xf32>, %n: index) -> (tensor<8x4xf32>, tensor<?x4xf32>) {
  %0 = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x4xf32> -> tensor<8x4xf32>
  %1 = ditto.repeat %x by [%n, 1] : tensor<2x4xf32> -> tensor<?x4xf32>
  return %0, %1 : tensor<8x4xf32>, tensor<?x4xf32>
}

// CHECK-LABEL: func.func @caller
// CHECK-SAME: (%[[X:.*]]: tensor<2x4xf32>, %[[N:.*]]: index)
// CHECK-NOT: call
// CHECK: %[[R0:.*]] = ditto.repeat_interleave %[[X]] by 4 dim(0)
// CHECK: %[[R1:.*]] = ditto.repeat %[[X]] by [%[[N]], 1]
// CHECK: return %[[R0]], %[[R1]]
func.func @caller(%x: tensor<2x4xf32>, %n: index) -> (tensor<8x4xf32>, tensor<?x4xf32>) {
  %0, %1 = call @repeat_kv(%x, %n) : (tensor<2x4xf32>, index) -> (tensor<8x4xf32>, tensor<?x4xf32>)
  return %0, %1 : tensor<8x4xf32>, tensor<?x4xf32>
}
