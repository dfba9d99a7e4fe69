// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-decompose-ops))' | FileCheck %s

// CHECK-LABEL: func.func @concat
// CHECK-NOT:     tensor.concat
// CHECK:         %[[E:.*]] = tensor.empty() : tensor<5x4xf32>
// CHECK:         %[[A:.*]] = tensor.insert_slice %arg0 into %[[E]][0, 0] [2, 4]
// CHECK:         %[[B:.*]] = tensor.insert_slice %arg1 into %[[A]][2, 0] [3, 4]
// CHECK:         return %[[B]]
func.func @concat(%x: tensor<2x4xf32>, %y: tensor<3x4xf32>) -> tensor<5x4xf32> {
  %r = tensor.concat dim(0) %x, %y : (tensor<2x4xf32>, tensor<3x4xf32>) -> tensor<5x4xf32>
  return %r : tensor<5x4xf32>
}

// Nothing begins where the result ends.
// CHECK-LABEL: func.func @concat_with_nothing
// CHECK:         %[[E:.*]] = tensor.empty() : tensor<4x2xf32>
// CHECK:         %[[R:.*]] = tensor.insert_slice %arg1 into %[[E]][0, 0] [4, 2]
// CHECK:         return %[[R]]
func.func @concat_with_nothing(%none: tensor<0x2xf32>, %x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %r = tensor.concat dim(0) %x, %none : (tensor<4x2xf32>, tensor<0x2xf32>) -> tensor<4x2xf32>
  return %r : tensor<4x2xf32>
}

// CHECK-LABEL: func.func @concat_of_nothing
// CHECK:         %[[N:.*]] = tensor.dim %arg0, %c0
// CHECK:         %[[ALL:.*]] = affine.apply #{{.*}}()[%[[N]]]
// CHECK:         %[[E:.*]] = tensor.empty(%[[ALL]]) : tensor<?x0xf32>
// CHECK:         return %[[E]]
func.func @concat_of_nothing(%x: tensor<?x0xf32>, %y: tensor<2x0xf32>) -> tensor<?x0xf32> {
  %r = tensor.concat dim(0) %x, %y : (tensor<?x0xf32>, tensor<2x0xf32>) -> tensor<?x0xf32>
  return %r : tensor<?x0xf32>
}

// CHECK-LABEL: func.func @softmax
// CHECK-NOT:     linalg.softmax
// CHECK:         arith.maxnumf
// CHECK:         math.exp
// CHECK:         arith.divf
func.func @softmax(%x: tensor<2x4xf32>, %out: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %r = linalg.softmax dimension(1) ins(%x : tensor<2x4xf32>) outs(%out : tensor<2x4xf32>) -> tensor<2x4xf32>
  return %r : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @cube
// CHECK:         %[[SQUARE:.*]] = arith.mulf %arg0, %arg0
// CHECK:         arith.mulf %{{.*}}, %{{.*}}
// CHECK-NOT:     math.fpowi
func.func @cube(%x: f32) -> f32 {
  %n = arith.constant 3 : i32
  %r = math.fpowi %x, %n : f32, i32
  return %r : f32
}

// CHECK-LABEL: func.func @negative_large_power
// CHECK:         math.fpowi
func.func @negative_large_power(%x: f32) -> f32 {
  %n = arith.constant 17 : i32
  %r = math.fpowi %x, %n : f32, i32
  return %r : f32
}
