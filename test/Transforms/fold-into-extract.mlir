// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats))' | FileCheck %s

// CHECK-LABEL: @interleave
// CHECK-SAME: %[[X:.*]]: tensor<3xf32>, %[[I:.*]]: index
// CHECK: %[[C:.*]] = arith.constant 4 : index
// CHECK: %[[J:.*]] = arith.divui %[[I]], %[[C]]
// CHECK: tensor.extract %[[X]][%[[J]]]
func.func @interleave(%x: tensor<3xf32>, %i: index) -> f32 {
  %0 = ditto.repeat_interleave %x by 4 dim(0) : tensor<3xf32> -> tensor<12xf32>
  %1 = tensor.extract %0[%i] : tensor<12xf32>
  return %1 : f32
}

// CHECK-LABEL: @repeat_of_dynamic_extent
// CHECK-SAME: %[[X:.*]]: tensor<?x2xf32>, %[[I:.*]]: index
// CHECK: %[[N:.*]] = tensor.dim %[[X]]
// CHECK: %[[J:.*]] = arith.remui %[[I]], %[[N]]
// CHECK: tensor.extract %[[X]][%[[J]], %[[I]]]
func.func @repeat_of_dynamic_extent(%x: tensor<?x2xf32>, %i: index) -> f32 {
  %0 = ditto.repeat %x by [4, 1] : tensor<?x2xf32> -> tensor<?x2xf32>
  %1 = tensor.extract %0[%i, %i] : tensor<?x2xf32>
  return %1 : f32
}

// What is built for the whole tensor stands outside of the loop.
// CHECK-LABEL: @gather
// CHECK: linalg.transpose
// CHECK: linalg.generic
// CHECK-NOT: linalg.transpose
// CHECK: tensor.extract
func.func @gather(%x: tensor<3x2xf32>, %indices: tensor<9xindex>, %e: tensor<2x12xf32>, %f: tensor<9xf32>) -> tensor<9xf32> {
  %c0 = arith.constant 0 : index
  %0 = ditto.repeat_interleave %x by 4 dim(0) : tensor<3x2xf32> -> tensor<12x2xf32>
  %1 = linalg.transpose ins(%0 : tensor<12x2xf32>) outs(%e : tensor<2x12xf32>) permutation = [1, 0]
  %2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%indices : tensor<9xindex>) outs(%f : tensor<9xf32>) {
  ^bb0(%i: index, %out: f32):
    %3 = tensor.extract %1[%c0, %i] : tensor<2x12xf32>
    linalg.yield %3 : f32
  } -> tensor<9xf32>
  return %2 : tensor<9xf32>
}

// CHECK-LABEL: @negative_one_count_per_element
// CHECK: ditto.repeat_interleave
func.func @negative_one_count_per_element(%x: tensor<3xf32>, %c: tensor<3xi64>, %i: index) -> f32 {
  %0 = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<3xi64> -> tensor<?xf32>
  %1 = tensor.extract %0[%i] : tensor<?xf32>
  return %1 : f32
}

// CHECK-LABEL: @negative_copy_by_indices
// CHECK: %[[R:.*]] = ditto.repeat
// CHECK: tensor.extract %[[R]]
func.func @negative_copy_by_indices(%x: tensor<3xf32>, %n: index, %e: tensor<?xf32>) -> tensor<?xf32> {
  %c1 = arith.constant 1 : index
  %c0 = arith.constant 0 : index
  %0 = ditto.repeat %x by [4] : tensor<3xf32> -> tensor<12xf32>
  %is1 = arith.cmpi eq, %n, %c1 : index
  %1 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>], iterator_types = ["parallel"]} outs(%e : tensor<?xf32>) {
  ^bb0(%out: f32):
    %i = linalg.index 0 : index
    %j = arith.select %is1, %c0, %i : index
    %2 = tensor.extract %0[%j] : tensor<12xf32>
    linalg.yield %2 : f32
  } -> tensor<?xf32>
  return %1 : tensor<?xf32>
}
