// IR that parses and is hardly ever meant: cycles, extents of 0 and near 2^63,
// unranked tensors, division by zero. Most of it stays, nothing crashes.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s --implicit-check-not=ditto.

#id = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: @negative_cycle_of_pieces(
func.func @negative_cycle_of_pieces(%c: i1) -> tensor<6x5xf32> {
  %z = arith.constant dense<0.0> : tensor<6x5xf32>
  return %z : tensor<6x5xf32>
^bb1:
  %a = tensor.concat dim(0) %b, %b : (tensor<3x5xf32>, tensor<3x5xf32>) -> tensor<6x5xf32>
  %b = tensor.extract_slice %a[0, 0] [3, 5] [1, 1] : tensor<6x5xf32> to tensor<3x5xf32>
  cf.br ^bb1
}

// CHECK-LABEL: @negative_inserted_into_itself(
func.func @negative_inserted_into_itself() {
  return
^bb1:
  %a = tensor.insert_slice %a into %a[0, 0] [6, 5] [1, 1] : tensor<6x5xf32> into tensor<6x5xf32>
  cf.br ^bb1
}

// CHECK-LABEL: @negative_cyclic_indices(
func.func @negative_cyclic_indices(%z: tensor<6x5xf32>) {
  return
^bb1:
  %i = arith.addi %i, %i : tensor<6xi64>
  %r = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0)>, #id], iterator_types = ["parallel", "parallel"]} ins(%i : tensor<6xi64>) outs(%r : tensor<6x5xf32>) {
  ^bb0(%q: i64, %o: f32):
    %h = arith.index_cast %q : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %z[%h, %d] : tensor<6x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  cf.br ^bb1
}

// CHECK-LABEL: @negative_no_iterations(
// CHECK: arith.divui
func.func @negative_no_iterations(%x: tensor<0x5xf32>, %e: tensor<0x5xf32>) -> tensor<0x5xf32> {
  %c4 = arith.constant 4 : index
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<0x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %q = arith.divui %i, %c4 : index
    %v = tensor.extract %x[%q, %j] : tensor<0x5xf32>
    linalg.yield %v : f32
  } -> tensor<0x5xf32>
  return %r : tensor<0x5xf32>
}

// CHECK-LABEL: @empty_concat(
// CHECK: ditto.repeat %{{.*}} by [3, 1]
func.func @empty_concat(%x: tensor<0x5xf32>) -> tensor<0x5xf32> {
  %r = tensor.concat dim(0) %x, %x, %x : (tensor<0x5xf32>, tensor<0x5xf32>, tensor<0x5xf32>) -> tensor<0x5xf32>
  return %r : tensor<0x5xf32>
}

// CHECK-LABEL: @huge_extent(
// CHECK: ditto.repeat %{{.*}} by [1, 2]
func.func @huge_extent(%x: tensor<4611686018427387904x5xf32>) -> tensor<4611686018427387904x10xf32> {
  %r = tensor.concat dim(1) %x, %x : (tensor<4611686018427387904x5xf32>, tensor<4611686018427387904x5xf32>) -> tensor<4611686018427387904x10xf32>
  return %r : tensor<4611686018427387904x10xf32>
}

// CHECK-LABEL: @negative_extent_beyond_64_bits(
// CHECK: tensor.concat
func.func @negative_extent_beyond_64_bits(%x: tensor<4611686018427387904xf32>, %y: tensor<4611686018427387904xf32>) -> tensor<?xf32> {
  %r = tensor.concat dim(0) %x, %x : (tensor<4611686018427387904xf32>, tensor<4611686018427387904xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// CHECK-LABEL: @negative_huge_loop(
// CHECK: scf.for
func.func @negative_huge_loop(%x: tensor<1x5xf32>, %e: tensor<9x5xf32>) -> tensor<9x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 9223372036854775807 : index
  %r = scf.for %h = %c0 to %c4 step %c1 iter_args(%acc = %e) -> (tensor<9x5xf32>) {
    %n = tensor.insert_slice %x into %acc[%h, 0] [1, 5] [1, 1] : tensor<1x5xf32> into tensor<9x5xf32>
    scf.yield %n : tensor<9x5xf32>
  }
  return %r : tensor<9x5xf32>
}

// CHECK-LABEL: @negative_reversed_slice(
// CHECK: tensor.concat
func.func @negative_reversed_slice(%x: tensor<5xf32>, %e: tensor<10xf32>) -> tensor<10xf32> {
  %a = tensor.extract_slice %x[0] [5] [-1] : tensor<5xf32> to tensor<5xf32>
  %r = tensor.concat dim(0) %a, %x : (tensor<5xf32>, tensor<5xf32>) -> tensor<10xf32>
  return %r : tensor<10xf32>
}

// CHECK-LABEL: @negative_rank_0(
// CHECK: tensor.insert
func.func @negative_rank_0(%x: tensor<f32>, %e: tensor<f32>) -> tensor<f32> {
  %v = tensor.extract %x[] : tensor<f32>
  %r = tensor.insert %v into %e[] : tensor<f32>
  return %r : tensor<f32>
}

// CHECK-LABEL: @negative_unranked(
// CHECK: tosa.tile
func.func @negative_unranked(%x: tensor<*xf32>) -> tensor<*xf32> {
  %m = tosa.const_shape {values = dense<[1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %t = tosa.tile %x, %m : (tensor<*xf32>, !tosa.shape<2>) -> tensor<*xf32>
  %c = tosa.concat %x, %x {axis = 0 : i32} : (tensor<*xf32>, tensor<*xf32>) -> tensor<*xf32>
  return %t : tensor<*xf32>
}

// CHECK-LABEL: @negative_remainder_by_zero(
// CHECK: arith.remui
func.func @negative_remainder_by_zero(%x: tensor<2x3xf32>, %e: tensor<2x12xf32>) -> tensor<2x12xf32> {
  %c0 = arith.constant 0 : index
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<2x12xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %q = arith.remui %j, %c0 : index
    %v = tensor.extract %x[%i, %q] : tensor<2x3xf32>
    linalg.yield %v : f32
  } -> tensor<2x12xf32>
  return %r : tensor<2x12xf32>
}

// An extent of 0 beside one that is not known: their product is 0, but reshapes
// want it dynamic.
// CHECK-LABEL: func.func @extent_0_beside_dynamic
// CHECK: ditto.repeat_interleave %{{.*}} by 4 dim(1)
func.func @extent_0_beside_dynamic(%x: tensor<?x?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d1 = tensor.dim %x, %c1 : tensor<?x?xf32>
  %e = tensor.empty(%c0, %d1) : tensor<?x?x4xf32>
  %b = linalg.broadcast ins(%x : tensor<?x?xf32>) outs(%e : tensor<?x?x4xf32>) dimensions = [2]
  %r = tensor.collapse_shape %b [[0, 1, 2]] : tensor<?x?x4xf32> into tensor<?xf32>
  return %r : tensor<?xf32>
}

// The verifier looks at the upper bound of the dimension only, if it survives that.
// CHECK-LABEL: func.func @negative_concat_without_dimension
// CHECK: tensor.concat dim(-9223372036854775808)
func.func @negative_concat_without_dimension(%x: tensor<3x5xf32>, %y: tensor<3x5xf32>) -> tensor<12x5xf32> {
  %p = "tensor.concat"(%x, %x, %y, %y) <{dim = -9223372036854775808 : i64}> : (tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x5xf32>) -> tensor<12x5xf32>
  return %p : tensor<12x5xf32>
}

// No pieces at all.
// CHECK-LABEL: func @forall_that_writes_nothing
// CHECK:         scf.forall
func.func @forall_that_writes_nothing(%init: tensor<12x5xf32>) -> tensor<12x5xf32> {
  %r = scf.forall (%i) in (12) shared_outs(%o = %init) -> (tensor<12x5xf32>) {
    scf.forall.in_parallel {
    }
  }
  return %r : tensor<12x5xf32>
}
