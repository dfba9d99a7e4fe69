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

//===----------------------------------------------------------------------===//
// tensor.reshape, which merges heads where several extents are dynamic
//===----------------------------------------------------------------------===//

#kv = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>

// CHECK-LABEL: @reshape
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: ditto.repeat_interleave %[[X]] by 3 dim(1) : tensor<?x2x?x8xf32> -> tensor<?x6x?x8xf32>
// CHECK-NOT: tensor.reshape
func.func @reshape(%x: tensor<?x2x?x8xf32>) -> tensor<?x6x?x8xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : i64
  %c8 = arith.constant 8 : i64
  %b = tensor.dim %x, %c0 : tensor<?x2x?x8xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?x8xf32>
  %bi = arith.index_cast %b : index to i64
  %si = arith.index_cast %s : index to i64
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?x8xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?x8xf32>) outs(%e : tensor<?x2x3x?x8xf32>) dimensions = [2]
  %shape = tensor.from_elements %bi, %c6, %si, %c8 : tensor<4xi64>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?x8xf32>, tensor<4xi64>) -> tensor<?x6x?x8xf32>
  return %r : tensor<?x6x?x8xf32>
}

// Batch and heads become one dimension, of extent 6 * batch.
// CHECK-LABEL: @reshape_to_3d
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: %[[R:.*]] = ditto.repeat_interleave %[[X]] by 3 dim(1) : tensor<?x2x?x8xf32> -> tensor<?x6x?x8xf32>
// CHECK-NEXT: tensor.collapse_shape %[[R]] {{\[}}[0, 1], [2], [3]] : tensor<?x6x?x8xf32> into tensor<?x?x8xf32>
func.func @reshape_to_3d(%x: tensor<?x2x?x8xf32>) -> tensor<?x?x8xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : i64
  %c8 = arith.constant 8 : i64
  %b = tensor.dim %x, %c0 : tensor<?x2x?x8xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?x8xf32>
  %bi = arith.index_cast %b : index to i64
  %si = arith.index_cast %s : index to i64
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?x8xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?x8xf32>) outs(%e : tensor<?x2x3x?x8xf32>) dimensions = [2]
  %bh = arith.muli %bi, %c6 : i64
  %shape = tensor.from_elements %bh, %si, %c8 : tensor<3xi64>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?x8xf32>, tensor<3xi64>) -> tensor<?x?x8xf32>
  return %r : tensor<?x?x8xf32>
}

// The result is as large as another tensor is, whose extents the broadcast's
// loops say are %x's.
// CHECK-LABEL: @extents_of_another_tensor
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor
// CHECK: ditto.repeat_interleave %[[X]] by 3 dim(1) : tensor<?x2x?x8xf32> -> tensor<?x6x?x8xf32>
func.func @extents_of_another_tensor(%x: tensor<?x2x?x8xf32>, %like: tensor<?x2x?x8xf32>) -> tensor<?x6x?x8xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  %c8 = arith.constant 8 : index
  %b = tensor.dim %like, %c0 : tensor<?x2x?x8xf32>
  %s = tensor.dim %like, %c2 : tensor<?x2x?x8xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?x8xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?x8xf32>) outs(%e : tensor<?x2x3x?x8xf32>) dimensions = [2]
  %shape = tensor.from_elements %b, %c6, %s, %c8 : tensor<4xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?x8xf32>, tensor<4xindex>) -> tensor<?x6x?x8xf32>
  return %r : tensor<?x6x?x8xf32>
}

// No extent is static, the number of heads is computed.
// CHECK-LABEL: @all_dims_dynamic
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: ditto.repeat_interleave %[[X]] by 4 dim(1) : tensor<?x?x?x?xf32> -> tensor<?x?x?x?xf32>
// CHECK-NOT: tensor.reshape
func.func @all_dims_dynamic(%x: tensor<?x?x?x?xf32>) -> tensor<?x?x?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %four = arith.constant 4 : i64
  %d0 = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %d1 = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %d2 = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %d3 = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %e = tensor.empty(%d0, %d1, %d2, %d3) : tensor<?x?x4x?x?xf32>
  %w = linalg.generic {indexing_maps = [#kv, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<?x?x?x?xf32>) outs(%e : tensor<?x?x4x?x?xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<?x?x4x?x?xf32>
  %c = tensor.cast %w : tensor<?x?x4x?x?xf32> to tensor<?x?x?x?x?xf32>
  %s0 = arith.index_cast %d0 : index to i64
  %s1 = arith.index_cast %d1 : index to i64
  %s2 = arith.index_cast %d2 : index to i64
  %s3 = arith.index_cast %d3 : index to i64
  %h = arith.muli %s1, %four : i64
  %shape = tensor.from_elements %s0, %h, %s2, %s3 : tensor<4xi64>
  %r = tensor.reshape %c(%shape) : (tensor<?x?x?x?x?xf32>, tensor<4xi64>) -> tensor<?x?x?x?xf32>
  return %r : tensor<?x?x?x?xf32>
}

// torch asks at run time whether an extent is the -1 that is to be inferred.
// CHECK-LABEL: @inferred_extents
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: ditto.repeat_interleave %[[X]] by 3 dim(1) : tensor<?x2x?xf32> -> tensor<?x6x?xf32>
// CHECK-NOT: tensor.reshape
func.func @inferred_extents(%x: tensor<?x2x?xf32>) -> tensor<?x6x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %six = arith.constant 6 : i64
  %b = tensor.dim %x, %c0 : tensor<?x2x?xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?xf32>
  %bi = arith.index_cast %b : index to i64
  %si = arith.index_cast %s : index to i64
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?xf32>) outs(%e : tensor<?x2x3x?xf32>) dimensions = [2]
  %infer0 = arith.cmpi slt, %bi, %zero : i64
  %known0 = arith.select %infer0, %one, %bi : i64
  %known1 = arith.muli %known0, %six : i64
  %infer2 = arith.cmpi slt, %si, %zero : i64
  %known3 = arith.muli %known1, %si : i64
  %known = arith.select %infer2, %known1, %known3 : i64
  %n0 = arith.muli %bi, %six : i64
  %n1 = arith.muli %n0, %si : i64
  %inferred = arith.divsi %n1, %known : i64
  %r0 = arith.select %infer0, %inferred, %bi : i64
  %r2 = arith.select %infer2, %inferred, %si : i64
  %shape = tensor.from_elements %r0, %six, %r2 : tensor<3xi64>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?xf32>, tensor<3xi64>) -> tensor<?x6x?xf32>
  return %r : tensor<?x6x?xf32>
}

// The quotient is 6: the number of elements does not wrap around.
// CHECK-LABEL: @inferred_heads
// CHECK-SAME: %[[X:.*]]: tensor
// CHECK: ditto.repeat_interleave %[[X]] by 3 dim(1) : tensor<?x2x?xf32> -> tensor<?x6x?xf32>
func.func @inferred_heads(%x: tensor<?x2x?xf32>) -> tensor<?x?x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x?xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?xf32>) outs(%e : tensor<?x2x3x?xf32>) dimensions = [2]
  %n0 = arith.muli %b, %c6 : index
  %n = arith.muli %n0, %s : index
  %known = arith.muli %b, %s : index
  %h = arith.divsi %n, %known : index
  %shape = tensor.from_elements %b, %h, %s : tensor<3xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?xf32>, tensor<3xindex>) -> tensor<?x?x?xf32>
  return %r : tensor<?x?x?xf32>
}

// %s and %t differ only if %b is 0 and the tensors are empty. The operand gets
// the extent %t then, before it is repeated.
// CHECK-LABEL: @equal_unless_empty
// CHECK-SAME: %[[X:.*]]: tensor<?x2x?xf32>, %[[T:.*]]: index
// CHECK-DAG: %[[B:.*]] = tensor.dim %[[X]], %{{.*}}
// CHECK-DAG: %[[C2:.*]] = arith.constant 2 : index
// CHECK: %[[SHAPE:.*]] = tensor.from_elements %[[B]], %[[C2]]{{.*}}, %[[T]] : tensor<3xindex>
// CHECK: %[[Y:.*]] = tensor.reshape %[[X]](%[[SHAPE]]) : (tensor<?x2x?xf32>, tensor<3xindex>) -> tensor<?x2x?xf32>
// CHECK: ditto.repeat_interleave %[[Y]] by 3 dim(1) : tensor<?x2x?xf32> -> tensor<?x6x?xf32>
func.func @equal_unless_empty(%x: tensor<?x2x?xf32>, %t: index) -> tensor<?x6x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x?xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?xf32>) outs(%e : tensor<?x2x3x?xf32>) dimensions = [2]
  %shape = tensor.from_elements %b, %c6, %t : tensor<3xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?xf32>, tensor<3xindex>) -> tensor<?x6x?xf32>
  return %r : tensor<?x6x?xf32>
}

// If %n is 0, %x need not have as many elements with %t in place of %s.
// CHECK-LABEL: @negative_count_may_be_0
// CHECK-NOT: ditto
func.func @negative_count_may_be_0(%x: tensor<?x2x?xf32>, %n: index, %t: index) -> tensor<?x?x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x?xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?xf32>
  %e = tensor.empty(%b, %n, %s) : tensor<?x2x?x?xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?xf32>) outs(%e : tensor<?x2x?x?xf32>) dimensions = [2]
  %h = arith.muli %n, %c2 : index
  %shape = tensor.from_elements %b, %h, %t : tensor<3xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x?x?xf32>, tensor<3xindex>) -> tensor<?x?x?xf32>
  return %r : tensor<?x?x?xf32>
}

// 2 x 6 x 3 elements may become 3 x 6 x 2.
// CHECK-LABEL: @negative_two_other_extents
// CHECK-NOT: ditto
func.func @negative_two_other_extents(%x: tensor<?x2x?xf32>, %a: index, %t: index) -> tensor<?x6x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x?xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?xf32>) outs(%e : tensor<?x2x3x?xf32>) dimensions = [2]
  %shape = tensor.from_elements %a, %c6, %t : tensor<3xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?xf32>, tensor<3xindex>) -> tensor<?x6x?xf32>
  return %r : tensor<?x6x?xf32>
}

// Not both can be larger.
// CHECK-LABEL: @asserted_order
// CHECK: tensor.reshape
// CHECK: ditto.repeat_interleave %{{.*}} by 3 dim(1) : tensor<?x2x?xf32> -> tensor<?x6x?xf32>
func.func @asserted_order(%x: tensor<?x2x?xf32>, %a: index, %t: index) -> tensor<?x6x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x?xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?xf32>) outs(%e : tensor<?x2x3x?xf32>) dimensions = [2]
  %geb = arith.cmpi sge, %b, %a : index
  cf.assert %geb, "smaller"
  %ges = arith.cmpi sge, %s, %t : index
  cf.assert %ges, "smaller"
  %shape = tensor.from_elements %a, %c6, %t : tensor<3xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?xf32>, tensor<3xindex>) -> tensor<?x6x?xf32>
  return %r : tensor<?x6x?xf32>
}

// Nor both smaller.
// CHECK-LABEL: @asserted_order_of_the_result
// CHECK: tensor.reshape
// CHECK: ditto.repeat_interleave %{{.*}} by 3 dim(1) : tensor<?x2x?xf32> -> tensor<?x6x?xf32>
func.func @asserted_order_of_the_result(%x: tensor<?x2x?xf32>, %a: index, %t: index) -> tensor<?x6x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x?xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?xf32>) outs(%e : tensor<?x2x3x?xf32>) dimensions = [2]
  %i0 = arith.cmpi sle, %b, %a : index
  cf.assert %i0, "0"
  %i2 = arith.cmpi sgt, %t, %s : index
  cf.assert %i2, "2"
  %shape = tensor.from_elements %a, %c6, %t : tensor<3xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?xf32>, tensor<3xindex>) -> tensor<?x6x?xf32>
  return %r : tensor<?x6x?xf32>
}

// One may be larger, the other smaller.
// CHECK-LABEL: @negative_asserted_orders_differ
// CHECK-NOT: ditto
func.func @negative_asserted_orders_differ(%x: tensor<?x2x?xf32>, %a: index, %t: index) -> tensor<?x6x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x?xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?xf32>) outs(%e : tensor<?x2x3x?xf32>) dimensions = [2]
  %i0 = arith.cmpi sge, %b, %a : index
  cf.assert %i0, "0"
  %i2 = arith.cmpi sge, %t, %s : index
  cf.assert %i2, "2"
  %shape = tensor.from_elements %a, %c6, %t : tensor<3xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?xf32>, tensor<3xindex>) -> tensor<?x6x?xf32>
  return %r : tensor<?x6x?xf32>
}

// CHECK-LABEL: @asserted_equal
// CHECK-SAME: %[[X:.*]]: tensor<?x2x?xf32>,
// CHECK: ditto.repeat_interleave %[[X]] by 3 dim(1) : tensor<?x2x?xf32> -> tensor<?x6x?xf32>
// CHECK-NOT: tensor.reshape
func.func @asserted_equal(%x: tensor<?x2x?xf32>, %a: index, %t: index) -> tensor<?x6x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x?xf32>
  %s = tensor.dim %x, %c2 : tensor<?x2x?xf32>
  %e = tensor.empty(%b, %s) : tensor<?x2x3x?xf32>
  %w = linalg.broadcast ins(%x : tensor<?x2x?xf32>) outs(%e : tensor<?x2x3x?xf32>) dimensions = [2]
  %eqb = arith.cmpi eq, %b, %a : index
  cf.assert %eqb, "mismatch"
  %ti = arith.index_cast %t : index to i64
  %si = arith.index_cast %s : index to i64
  %eqs = arith.cmpi eq, %ti, %si : i64
  cf.assert %eqs, "mismatch"
  %shape = tensor.from_elements %a, %c6, %t : tensor<3xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x2x3x?xf32>, tensor<3xindex>) -> tensor<?x6x?xf32>
  return %r : tensor<?x6x?xf32>
}

// Flattening keeps dynamic extents dynamic, whatever else is static.
// CHECK-LABEL: @flatten
// CHECK: %[[R:.*]] = ditto.repeat_interleave %{{.*}} by 3 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
// CHECK-NEXT: tensor.collapse_shape %[[R]] {{\[}}[0, 1]] : tensor<?x?xf32> into tensor<?xf32>
func.func @flatten(%x: tensor<?x?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %b = tensor.dim %x, %c0 : tensor<?x?xf32>
  %s = tensor.dim %x, %c1 : tensor<?x?xf32>
  %e = tensor.empty(%b, %s) : tensor<?x?x3xf32>
  %w = linalg.broadcast ins(%x : tensor<?x?xf32>) outs(%e : tensor<?x?x3xf32>) dimensions = [2]
  %p = arith.muli %b, %s : index
  %n = arith.muli %p, %c3 : index
  %shape = tensor.from_elements %n : tensor<1xindex>
  %r = tensor.reshape %w(%shape) : (tensor<?x?x3xf32>, tensor<1xindex>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
