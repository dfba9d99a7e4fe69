// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-sink-repeats))' | FileCheck %s
// RUN: %ditto_opt_test %s --pass-pipeline='builtin.module(test-pattern-hygiene{dialect=none patterns=sink-repeats})' -o /dev/null

#id = affine_map<(d0, d1) -> (d0, d1)>
#swapped = affine_map<(d0, d1) -> (d1, d0)>

// What is copied along the other dimension does not matter.
// CHECK-LABEL: @rows_may_be_broadcast
// CHECK-SAME: %[[X:.*]]: tensor<?x2xf32>, %[[N:.*]]: index
// CHECK: %[[D:.*]] = tensor.dim %[[X]]
// CHECK: %[[E:.*]] = tensor.empty(%[[N]]) : tensor<?x2xf32>
// CHECK: %[[C:.*]] = linalg.generic {{.*}} outs(%[[E]] : tensor<?x2xf32>)
// CHECK: %[[I:.*]] = linalg.index 0
// CHECK: %[[K:.*]] = linalg.index 1
// CHECK: %[[ONE:.*]] = arith.cmpi eq, %[[D]]
// CHECK: %[[J:.*]] = arith.select %[[ONE]], %{{.*}}, %[[I]]
// CHECK: tensor.extract %[[X]][%[[J]], %[[K]]]
// CHECK: %[[R:.*]] = ditto.repeat %[[C]] by [1, 3] : tensor<?x2xf32> -> tensor<?x6xf32>
// CHECK: return %[[R]]
func.func @rows_may_be_broadcast(%x: tensor<?x2xf32>, %n: index) -> tensor<?x6xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d = tensor.dim %x, %c0 : tensor<?x2xf32>
  %r = ditto.repeat %x by [1, 3] : tensor<?x2xf32> -> tensor<?x6xf32>
  %e = tensor.empty(%n) : tensor<?x6xf32>
  %c = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<?x6xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 1 : index
    %is1 = arith.cmpi eq, %d, %c1 : index
    %j = arith.select %is1, %c0, %i : index
    %v = tensor.extract %r[%j, %k] : tensor<?x6xf32>
    linalg.yield %v : f32
  } -> tensor<?x6xf32>
  return %c : tensor<?x6xf32>
}

// Loops and dimensions are found by their place, whatever the order.
// CHECK-LABEL: @permuted
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<2x7xf32>)
// CHECK: %[[I:.*]] = linalg.index 1
// CHECK: %[[K:.*]] = linalg.index 0
// CHECK: %[[J:.*]] = arith.maxsi %[[I]]
// CHECK: tensor.extract %{{.*}}[%[[J]], %[[K]]] : tensor<8x2xf32>
// CHECK: ditto.repeat_interleave %{{.*}} by 3 dim(0) : tensor<2x7xf32> -> tensor<6x7xf32>
func.func @permuted(%x: tensor<8x2xf32>, %n: index) -> tensor<6x7xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(1) : tensor<8x2xf32> -> tensor<8x6xf32>
  %e = tensor.empty() : tensor<6x7xf32>
  %c = linalg.generic {indexing_maps = [#swapped], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<6x7xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 1 : index
    %j = arith.maxsi %i, %n : index
    %v = tensor.extract %r[%j, %k] : tensor<8x6xf32>
    linalg.yield %v : f32
  } -> tensor<6x7xf32>
  return %c : tensor<6x7xf32>
}

// CHECK-LABEL: @negative_index_of_repeated_dim
// CHECK: tensor.extract %{{.*}} : tensor<8x6xf32>
func.func @negative_index_of_repeated_dim(%x: tensor<8x2xf32>, %n: index) -> tensor<8x6xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(1) : tensor<8x2xf32> -> tensor<8x6xf32>
  %e = tensor.empty() : tensor<8x6xf32>
  %c = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<8x6xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 1 : index
    %j = arith.maxsi %k, %n : index
    %v = tensor.extract %r[%i, %j] : tensor<8x6xf32>
    linalg.yield %v : f32
  } -> tensor<8x6xf32>
  return %c : tensor<8x6xf32>
}

// CHECK-LABEL: @negative_index_used_twice
// CHECK: tensor.extract %{{.*}} : tensor<8x6xf32>
func.func @negative_index_used_twice(%x: tensor<8x2xf32>, %n: index) -> tensor<8x6xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(1) : tensor<8x2xf32> -> tensor<8x6xf32>
  %e = tensor.empty() : tensor<8x6xf32>
  %c = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<8x6xf32>) {
  ^bb0(%o: f32):
    %k = linalg.index 1 : index
    %v = tensor.extract %r[%k, %k] : tensor<8x6xf32>
    linalg.yield %v : f32
  } -> tensor<8x6xf32>
  return %c : tensor<8x6xf32>
}

// CHECK-LABEL: @negative_other_index_of_same_loop
// CHECK: tensor.extract %{{.*}} : tensor<8x6xf32>
func.func @negative_other_index_of_same_loop(%x: tensor<8x2xf32>, %n: index) -> tensor<8x6xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(1) : tensor<8x2xf32> -> tensor<8x6xf32>
  %e = tensor.empty() : tensor<8x6xf32>
  %c = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<8x6xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 1 : index
    %k = linalg.index 1 : index
    %v = tensor.extract %r[%i, %k] : tensor<8x6xf32>
    linalg.yield %v : f32
  } -> tensor<8x6xf32>
  return %c : tensor<8x6xf32>
}

// A part of the repeated dimension.
// CHECK-LABEL: @negative_part_of_repeated_dim
// CHECK: tensor.extract %{{.*}} : tensor<8x6xf32>
func.func @negative_part_of_repeated_dim(%x: tensor<8x2xf32>, %n: index) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(1) : tensor<8x2xf32> -> tensor<8x6xf32>
  %e = tensor.empty() : tensor<8x5xf32>
  %c = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<8x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 1 : index
    %v = tensor.extract %r[%i, %k] : tensor<8x6xf32>
    linalg.yield %v : f32
  } -> tensor<8x5xf32>
  return %c : tensor<8x5xf32>
}

// If %n is 0, nothing is extracted: %j may be out of bounds.
// CHECK-LABEL: @negative_count_may_be_0
// CHECK: tensor.extract %{{.*}} : tensor<8x?xf32>
func.func @negative_count_may_be_0(%x: tensor<8x2xf32>, %n: index) -> tensor<7x?xf32> {
  %c1 = arith.constant 1 : index
  %r = ditto.repeat_interleave %x by %n dim(1) : tensor<8x2xf32> -> tensor<8x?xf32>
  %d = tensor.dim %r, %c1 : tensor<8x?xf32>
  %e = tensor.empty(%d) : tensor<7x?xf32>
  %c = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<7x?xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 1 : index
    %j = arith.muli %i, %n : index
    %v = tensor.extract %r[%j, %k] : tensor<8x?xf32>
    linalg.yield %v : f32
  } -> tensor<7x?xf32>
  return %c : tensor<7x?xf32>
}

// Repeating the result would copy more than it saves.
// CHECK-LABEL: @negative_grows
// CHECK: tensor.extract %{{.*}} : tensor<8x6xf32>
func.func @negative_grows(%x: tensor<8x2xf32>, %n: index) -> tensor<90x6xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(1) : tensor<8x2xf32> -> tensor<8x6xf32>
  %e = tensor.empty() : tensor<90x6xf32>
  %c = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<90x6xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 1 : index
    %j = arith.minsi %i, %n : index
    %v = tensor.extract %r[%j, %k] : tensor<8x6xf32>
    linalg.yield %v : f32
  } -> tensor<90x6xf32>
  return %c : tensor<90x6xf32>
}

// The repeat is made for somebody else too.
// CHECK-LABEL: @negative_escapes
// CHECK: tensor.extract %{{.*}} : tensor<8x6xf32>
func.func @negative_escapes(%x: tensor<8x2xf32>, %n: index) -> (tensor<7x6xf32>, tensor<8x6xf32>) {
  %r = ditto.repeat_interleave %x by 3 dim(1) : tensor<8x2xf32> -> tensor<8x6xf32>
  %e = tensor.empty() : tensor<7x6xf32>
  %c = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<7x6xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 1 : index
    %j = arith.minsi %i, %n : index
    %v = tensor.extract %r[%j, %k] : tensor<8x6xf32>
    linalg.yield %v : f32
  } -> tensor<7x6xf32>
  return %c, %r : tensor<7x6xf32>, tensor<8x6xf32>
}

// A repeat that each element makes anew.
// CHECK-LABEL: @negative_repeat_in_body
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<4x6xf32>)
// CHECK-NEXT: ^bb0
// CHECK-NEXT: ditto.repeat
func.func @negative_repeat_in_body(%x: tensor<2x2xf32>, %e: tensor<4x6xf32>) -> tensor<4x6xf32> {
  %c2 = arith.constant 2 : index
  %c = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<4x6xf32>) {
  ^bb0(%o: f32):
    %r = ditto.repeat %x by [1, 3] : tensor<2x2xf32> -> tensor<2x6xf32>
    %i = linalg.index 0 : index
    %k = linalg.index 1 : index
    %j = arith.remui %i, %c2 : index
    %v = tensor.extract %r[%j, %k] : tensor<2x6xf32>
    linalg.yield %v : f32
  } -> tensor<4x6xf32>
  return %c : tensor<4x6xf32>
}
