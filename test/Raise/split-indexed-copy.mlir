// Repeats of copies whose other indices are decided at run time.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s
// RUN: %ditto_opt_test %s --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=raise})' -o /dev/null

#id = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#permuted = affine_map<(d0, d1, d2) -> (d2, d0, d1)>

// %x may have one row, which is broadcast then: a copy of %n rows remains, of
// which each is repeated.
// CHECK-LABEL: @rows_may_be_broadcast
// CHECK-SAME: %[[X:.*]]: tensor<?x5xf32>, %[[N:.*]]: index
// CHECK: %[[D:.*]] = tensor.dim %[[X]]
// CHECK: %[[E:.*]] = tensor.empty(%[[N]]) : tensor<?x5xf32>
// CHECK: %[[S:.*]] = linalg.generic {{.*}} outs(%[[E]] : tensor<?x5xf32>)
// CHECK: %[[I:.*]] = linalg.index 0
// CHECK: %[[K:.*]] = linalg.index 1
// CHECK: %[[ONE:.*]] = arith.cmpi eq, %[[D]]
// CHECK: %[[J:.*]] = arith.select %[[ONE]], %{{.*}}, %[[I]]
// CHECK: tensor.extract %[[X]][%[[J]], %[[K]]]
// CHECK: %[[R:.*]] = ditto.repeat_interleave %[[S]] by 3 dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
// CHECK: return %[[R]]
func.func @rows_may_be_broadcast(%x: tensor<?x5xf32>, %n: index) -> tensor<?x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d = tensor.dim %x, %c0 : tensor<?x5xf32>
  %e = tensor.empty(%n) : tensor<?x3x5xf32>
  %b = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"]} outs(%e : tensor<?x3x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 2 : index
    %is1 = arith.cmpi eq, %d, %c1 : index
    %j = arith.select %is1, %c0, %i : index
    %v = tensor.extract %x[%j, %k] : tensor<?x5xf32>
    linalg.yield %v : f32
  } -> tensor<?x3x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<?x3x5xf32> into tensor<?x5xf32>
  return %r : tensor<?x5xf32>
}

// Loops are found by their place in the result.
// CHECK-LABEL: @permuted_loops
// CHECK: linalg.generic
// CHECK: %[[I:.*]] = linalg.index 0
// CHECK: %[[K:.*]] = linalg.index 1
// CHECK: %[[J:.*]] = arith.maxsi %[[I]]
// CHECK: tensor.extract %{{.*}}[%[[J]], %[[K]]]
// CHECK: ditto.repeat_interleave %{{.*}} by 3 dim(0) : tensor<7x5xf32> -> tensor<21x5xf32>
func.func @permuted_loops(%x: tensor<7x5xf32>, %n: index) -> tensor<21x5xf32> {
  %e = tensor.empty() : tensor<7x3x5xf32>
  %b = linalg.generic {indexing_maps = [#permuted], iterator_types = ["parallel", "parallel", "parallel"]} outs(%e : tensor<7x3x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 2 : index
    %k = linalg.index 1 : index
    %j = arith.maxsi %i, %n : index
    %v = tensor.extract %x[%j, %k] : tensor<7x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x3x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<7x3x5xf32> into tensor<21x5xf32>
  return %r : tensor<21x5xf32>
}

// CHECK-LABEL: @negative_depends_on_all_loops
// CHECK-NOT: ditto
// CHECK-NOT: linalg.broadcast
func.func @negative_depends_on_all_loops(%x: tensor<7x5xf32>) -> tensor<15x5xf32> {
  %e = tensor.empty() : tensor<5x3x5xf32>
  %b = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"]} outs(%e : tensor<5x3x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %c = linalg.index 1 : index
    %k = linalg.index 2 : index
    %j = arith.addi %i, %c : index
    %v = tensor.extract %x[%j, %k] : tensor<7x5xf32>
    linalg.yield %v : f32
  } -> tensor<5x3x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<5x3x5xf32> into tensor<15x5xf32>
  return %r : tensor<15x5xf32>
}

// If %c is 0, nothing is extracted: %j may be out of bounds.
// CHECK-LABEL: @negative_loop_without_turns
// CHECK-NOT: ditto
// CHECK-NOT: linalg.broadcast
func.func @negative_loop_without_turns(%x: tensor<7x5xf32>, %c: index, %n: index) -> tensor<?x5xf32> {
  %e = tensor.empty(%c) : tensor<7x?x5xf32>
  %b = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"]} outs(%e : tensor<7x?x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 2 : index
    %j = arith.maxsi %i, %n : index
    %v = tensor.extract %x[%j, %k] : tensor<7x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x?x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<7x?x5xf32> into tensor<?x5xf32>
  return %r : tensor<?x5xf32>
}

// A mask, say: nothing joins the broadcast dimension with others.
// CHECK-LABEL: @negative_not_joined
// CHECK-NOT: ditto
// CHECK-NOT: linalg.broadcast
func.func @negative_not_joined(%x: tensor<7x5xf32>, %n: index) -> tensor<3x7x5xf32> {
  %e = tensor.empty() : tensor<3x7x5xf32>
  %b = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"]} outs(%e : tensor<3x7x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 1 : index
    %k = linalg.index 2 : index
    %j = arith.maxsi %i, %n : index
    %v = tensor.extract %x[%j, %k] : tensor<7x5xf32>
    linalg.yield %v : f32
  } -> tensor<3x7x5xf32>
  return %b : tensor<3x7x5xf32>
}

// CHECK-LABEL: @negative_computes
// CHECK-NOT: ditto
// CHECK-NOT: linalg.broadcast
func.func @negative_computes(%x: tensor<7x5xf32>, %n: index) -> tensor<21x5xf32> {
  %e = tensor.empty() : tensor<7x3x5xf32>
  %b = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"]} outs(%e : tensor<7x3x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 2 : index
    %j = arith.maxsi %i, %n : index
    %v = tensor.extract %x[%j, %k] : tensor<7x5xf32>
    %w = math.exp %v : f32
    linalg.yield %w : f32
  } -> tensor<7x3x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<7x3x5xf32> into tensor<21x5xf32>
  return %r : tensor<21x5xf32>
}

// CHECK-LABEL: @negative_tensor_in_the_body
// CHECK-NOT: ditto
// CHECK-NOT: linalg.broadcast
func.func @negative_tensor_in_the_body(%x: tensor<7x5xf32>, %n: index) -> tensor<21x5xf32> {
  %e = tensor.empty() : tensor<7x3x5xf32>
  %b = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"]} outs(%e : tensor<7x3x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 2 : index
    %j = arith.maxsi %i, %n : index
    %c = tensor.cast %x : tensor<7x5xf32> to tensor<?x5xf32>
    %v = tensor.extract %c[%j, %k] : tensor<?x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x3x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<7x3x5xf32> into tensor<21x5xf32>
  return %r : tensor<21x5xf32>
}
