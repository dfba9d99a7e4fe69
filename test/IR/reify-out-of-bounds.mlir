// To ask for a dimension that a result does not have is undefined, but no error.
//
// RUN: ditto-opt %s --resolve-ranked-shaped-type-result-dims | FileCheck %s

// CHECK-LABEL: func.func @no_such_dimension
// CHECK: %[[R:.*]] = ditto.repeat
// CHECK: tensor.dim %[[R]]
// CHECK: %[[I:.*]] = ditto.repeat_interleave
// CHECK: tensor.dim %[[I]]
func.func @no_such_dimension(%x: tensor<?xf32>) -> (index, index) {
  %c7 = arith.constant 7 : index
  %r = ditto.repeat %x by [2, 3] : tensor<?xf32> -> tensor<2x?xf32>
  %d = tensor.dim %r, %c7 : tensor<2x?xf32>
  %i = ditto.repeat_interleave %x by 3 dim(0) : tensor<?xf32> -> tensor<?xf32>
  %e = tensor.dim %i, %c7 : tensor<?xf32>
  return %d, %e : index, index
}
