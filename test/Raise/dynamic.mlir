// Extents and counts that are known at run time only.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s
// RUN: %ditto_opt_test %s --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=raise})' -o /dev/null

// CHECK-LABEL: @two_dynamic_dims
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: ditto.repeat_interleave %[[X]] by 4 dim(1) : tensor<?x3x?xf32> -> tensor<?x12x?xf32>
// CHECK-NOT: linalg.broadcast
func.func @two_dynamic_dims(%x: tensor<?x3x?xf32>) -> tensor<?x12x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %b = tensor.dim %x, %c0 : tensor<?x3x?xf32>
  %s = tensor.dim %x, %c2 : tensor<?x3x?xf32>
  %e = tensor.empty(%b, %s) : tensor<?x3x4x?xf32>
  %w = linalg.broadcast ins(%x : tensor<?x3x?xf32>) outs(%e : tensor<?x3x4x?xf32>) dimensions = [2]
  %r = tensor.collapse_shape %w [[0], [1, 2], [3]] : tensor<?x3x4x?xf32> into tensor<?x12x?xf32>
  return %r : tensor<?x12x?xf32>
}

// CHECK-LABEL: @dynamic_count
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>, %[[N:.*]]: index
// CHECK: ditto.repeat_interleave %[[X]] by %[[N]] dim(0) : tensor<2x3xf32> -> tensor<?x3xf32>
func.func @dynamic_count(%x: tensor<2x3xf32>, %n: index) -> tensor<?x3xf32> {
  %e = tensor.empty(%n) : tensor<2x?x3xf32>
  %w = linalg.broadcast ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x?x3xf32>) dimensions = [1]
  %r = tensor.collapse_shape %w [[0, 1], [2]] : tensor<2x?x3xf32> into tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}

// CHECK-LABEL: @count_is_a_dim
// CHECK: %[[N:.*]] = tensor.dim %{{.*}}, %{{.*}} : tensor<4x?xf32>
// CHECK: ditto.repeat %{{.*}} by [%[[N]], 1] : tensor<2x3xf32> -> tensor<?x3xf32>
func.func @count_is_a_dim(%x: tensor<2x3xf32>, %like: tensor<4x?xf32>) -> tensor<?x3xf32> {
  %c1 = arith.constant 1 : index
  %n = tensor.dim %like, %c1 : tensor<4x?xf32>
  %e = tensor.empty(%n) : tensor<?x2x3xf32>
  %w = linalg.broadcast ins(%x : tensor<2x3xf32>) outs(%e : tensor<?x2x3xf32>) dimensions = [0]
  %r = tensor.collapse_shape %w [[0, 1], [2]] : tensor<?x2x3xf32> into tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}

// The product of two counts is computed.
// CHECK-LABEL: @adjacent_dynamic_counts
// CHECK-SAME: %[[M:[a-z0-9]*]]: index, %[[N:[a-z0-9]*]]: index
// CHECK: %[[P:.*]] = arith.muli %[[M]], %[[N]] : index
// CHECK: ditto.repeat_interleave %{{.*}} by %[[P]] dim(0) : tensor<2xf32> -> tensor<?xf32>
func.func @adjacent_dynamic_counts(%m: index, %n: index, %x: tensor<2xf32>) -> tensor<?xf32> {
  %e = tensor.empty(%m, %n) : tensor<2x?x?xf32>
  %w = linalg.broadcast ins(%x : tensor<2xf32>) outs(%e : tensor<2x?x?xf32>) dimensions = [1, 2]
  %r = tensor.collapse_shape %w [[0, 1, 2]] : tensor<2x?x?xf32> into tensor<?xf32>
  return %r : tensor<?xf32>
}

// More is known than the result type says: a cast keeps the type.
// CHECK-LABEL: @cast_of_the_result
// CHECK: %[[R:.*]] = ditto.repeat_interleave %{{.*}} by 4 dim(0) : tensor<3xf32> -> tensor<12xf32>
// CHECK-NEXT: tensor.cast %[[R]] : tensor<12xf32> to tensor<?xf32>
func.func @cast_of_the_result(%x: tensor<3xf32>, %e: tensor<3x4xf32>) -> tensor<?xf32> {
  %w = linalg.broadcast ins(%x : tensor<3xf32>) outs(%e : tensor<3x4xf32>) dimensions = [1]
  %c = tensor.cast %w : tensor<3x4xf32> to tensor<?x4xf32>
  %r = tensor.collapse_shape %c [[0, 1]] : tensor<?x4xf32> into tensor<?xf32>
  return %r : tensor<?xf32>
}

// tensor.extract where the frontend does not know whether an extent is 1.
// CHECK-LABEL: @extract
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: ditto.repeat_interleave %[[X]] by 4 dim(0) : tensor<3x?xf32> -> tensor<12x?xf32>
func.func @extract(%x: tensor<3x?xf32>) -> tensor<12x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %s = tensor.dim %x, %c1 : tensor<3x?xf32>
  %u = tensor.expand_shape %x [[0], [1, 2]] output_shape [3, 1, %s] : tensor<3x?xf32> into tensor<3x1x?xf32>
  %e = tensor.empty(%s) : tensor<3x4x?xf32>
  %b = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} outs(%e : tensor<3x4x?xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 2 : index
    %is1 = arith.cmpi eq, %s, %c1 : index
    %t = arith.select %is1, %c0, %k : index
    %v = tensor.extract %u[%i, %c0, %t] : tensor<3x1x?xf32>
    linalg.yield %v : f32
  } -> tensor<3x4x?xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x?xf32> into tensor<12x?xf32>
  return %r : tensor<12x?xf32>
}
