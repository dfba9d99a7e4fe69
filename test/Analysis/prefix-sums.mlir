// Index vectors computed from counts by prefix sums, in tensors that are padded,
// sliced, written element by element or carried by loops.
//
// RUN: %ditto_opt_test %s -verify-diagnostics --pass-pipeline='builtin.module(func.func(test-digit-layout))' -o /dev/null

#index = affine_map<(d0, d1) -> (d0)>
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d1)>
#window = affine_map<(d0, d1) -> (d0 + d1)>
#id1 = affine_map<(d0) -> (d0)>

// The number of prefix sums [2, 4, 6] that are at most 0, 1, …, 5.
func.func @comparison_matrix(%x: tensor<3x5xf32>, %e: tensor<6x5xf32>) -> tensor<6x5xf32> {
  %counts = arith.constant dense_resource<twos> : tensor<3xi64>
  %zero = arith.constant 0 : i64
  %zeros = arith.constant dense<0> : tensor<6xi64>
  %padded = tensor.pad %counts low[2] high[0] {
  ^bb0(%i: index):
    tensor.yield %zero : i64
  } : tensor<3xi64> to tensor<5xi64>
  %first = arith.constant dense<0> : tensor<3xi64>
  %window = tensor.empty() : tensor<3xi64>
  %sums = linalg.generic {indexing_maps = [#window, #row, #index], iterator_types = ["parallel", "reduction"]} ins(%padded, %window : tensor<5xi64>, tensor<3xi64>) outs(%first : tensor<3xi64>) {
  ^bb0(%c: i64, %w: i64, %o: i64):
    %s = arith.addi %o, %c : i64
    linalg.yield %s : i64
  } -> tensor<3xi64>
  %idx = linalg.generic {indexing_maps = [#row, #index], iterator_types = ["parallel", "reduction"]} ins(%sums : tensor<3xi64>) outs(%zeros : tensor<6xi64>) {
  ^bb0(%p: i64, %o: i64):
    %i = linalg.index 0 : index
    %t = arith.index_cast %i : index to i64
    %le = arith.cmpi sle, %p, %t : i64
    %one = arith.extui %le : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<6xi64>
  // expected-remark @+1 {{[s0:3 count:2] [s1:5] from argument 0}}
  %r = linalg.generic {indexing_maps = [#index, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%idx : tensor<6xi64>) outs(%e : tensor<6x5xf32>) {
  ^bb0(%q: i64, %o: f32):
    %h = arith.index_cast %q : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

// Prefix sums as log(n) shifted additions; what is shifted in is written over.
func.func @shifted_sums(%x: tensor<3x5xf32>) -> tensor<6x5xf32> {
  %marks = arith.constant dense<[0, 0, 1, 0, 1, 0]> : tensor<6xi64>
  %none = arith.constant dense<0> : tensor<6xi64>
  %a = tensor.extract_slice %marks[0] [5] [1] : tensor<6xi64> to tensor<5xi64>
  %b = tensor.insert_slice %a into %none[1] [5] [1] : tensor<5xi64> into tensor<6xi64>
  %s1 = arith.addi %marks, %b : tensor<6xi64>
  %c = tensor.extract_slice %s1[0] [4] [1] : tensor<6xi64> to tensor<4xi64>
  %d = tensor.insert_slice %c into %none[2] [4] [1] : tensor<4xi64> into tensor<6xi64>
  %s2 = arith.addi %s1, %d : tensor<6xi64>
  %f = tensor.extract_slice %s2[0] [2] [1] : tensor<6xi64> to tensor<2xi64>
  %g = tensor.insert_slice %f into %none[4] [2] [1] : tensor<2xi64> into tensor<6xi64>
  %s3 = arith.addi %s2, %g : tensor<6xi64>
  %idx = tensor.expand_shape %s3 [[0, 1]] output_shape [6, 1] : tensor<6xi64> into tensor<6x1xi64>
  // expected-remark @+1 {{[s0:3 count:2] [] [s1:5] from argument 0}}
  %r = tensor.gather %x[%idx] gather_dims([0]) {test.layout} : (tensor<3x5xf32>, tensor<6x1xi64>) -> tensor<6x1x5xf32>
  %flat = tensor.collapse_shape %r [[0, 1], [2]] : tensor<6x1x5xf32> into tensor<6x5xf32>
  return %flat : tensor<6x5xf32>
}

// A one is added where each element but the first begins; their running sum.
func.func @scatter_and_sum(%x: tensor<3x5xf32>, %e: tensor<6x5xf32>) -> tensor<6x5xf32> {
  %starts = arith.constant dense<[2, 4]> : tensor<2xi32>
  %none = arith.constant dense<0> : tensor<6xi32>
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  %marks = scf.for %i = %c0 to %c2 step %c1 iter_args(%m = %none) -> tensor<6xi32> {
    %start = tensor.extract %starts[%i] : tensor<2xi32>
    %at = arith.index_cast %start : i32 to index
    %old = tensor.extract %m[%at] : tensor<6xi32>
    %new = arith.addi %old, %one : i32
    %next = tensor.insert %new into %m[%at] : tensor<6xi32>
    scf.yield %next : tensor<6xi32>
  }
  %idx:2 = scf.for %i = %c0 to %c6 step %c1 iter_args(%t = %none, %sum = %zero) -> (tensor<6xi32>, i32) {
    %mark = tensor.extract_slice %marks[%i] [1] [1] : tensor<6xi32> to tensor<1xi32>
    %m = tensor.extract %mark[%c0] : tensor<1xi32>
    %s = arith.addi %sum, %m : i32
    %next = tensor.insert %s into %t[%i] : tensor<6xi32>
    scf.yield %next, %s : tensor<6xi32>, i32
  }
  // expected-remark @+1 {{[s0:3 count:2] [s1:5] from argument 0}}
  %r = linalg.generic {indexing_maps = [#index, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%idx#0 : tensor<6xi32>) outs(%e : tensor<6x5xf32>) {
  ^bb0(%q: i32, %o: f32):
    %h = arith.index_cast %q : i32 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

// The last value that a loop carries.
func.func @carried_scalar(%x: tensor<3x5xf32>, %e: tensor<6x5xf32>) -> tensor<6x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %size = scf.for %i = %c0 to %c2 step %c1 iter_args(%n = %c0) -> index {
    %next = arith.addi %n, %c1 : index
    scf.yield %next : index
  }
  // expected-remark @+1 {{[s0:3 count:2] [s1:5] from argument 0}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<6x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %h = arith.divui %i, %size : index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

func.func @tosa_sums(%x: tensor<1x3x5xf32>) -> tensor<1x6x5xf32> {
  %counts = "tosa.const"() {values = dense<2> : tensor<1x3xi32>} : () -> tensor<1x3xi32>
  %iota = "tosa.const"() {values = dense<[[[0], [1], [2], [3], [4], [5]]]> : tensor<1x6x1xi32>} : () -> tensor<1x6x1xi32>
  %zero = "tosa.const"() {values = dense<0> : tensor<1xi32>} : () -> tensor<1xi32>
  %start = tosa.const_shape {values = dense<0> : tensor<2xindex>} : () -> !tosa.shape<2>
  %size = tosa.const_shape {values = dense<[1, 3]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %by1 = tosa.const_shape {values = dense<[0, 0, 1, 0]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %by2 = tosa.const_shape {values = dense<[0, 0, 2, 0]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %column = tosa.const_shape {values = dense<[1, 1, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %flat = tosa.const_shape {values = dense<[1, 6]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %p1 = tosa.pad %counts, %by1, %zero : (tensor<1x3xi32>, !tosa.shape<4>, tensor<1xi32>) -> tensor<1x4xi32>
  %s1 = tosa.slice %p1, %start, %size : (tensor<1x4xi32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x3xi32>
  %a1 = tosa.add %counts, %s1 : (tensor<1x3xi32>, tensor<1x3xi32>) -> tensor<1x3xi32>
  %p2 = tosa.pad %a1, %by2, %zero : (tensor<1x3xi32>, !tosa.shape<4>, tensor<1xi32>) -> tensor<1x5xi32>
  %s2 = tosa.slice %p2, %start, %size : (tensor<1x5xi32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x3xi32>
  %a2 = tosa.add %a1, %s2 : (tensor<1x3xi32>, tensor<1x3xi32>) -> tensor<1x3xi32>
  %row = tosa.reshape %a2, %column : (tensor<1x3xi32>, !tosa.shape<3>) -> tensor<1x1x3xi32>
  %ge = tosa.greater_equal %iota, %row : (tensor<1x6x1xi32>, tensor<1x1x3xi32>) -> tensor<1x6x3xi1>
  %ones = tosa.cast %ge : (tensor<1x6x3xi1>) -> tensor<1x6x3xi32>
  %sum = tosa.reduce_sum %ones {axis = 2 : i32} : (tensor<1x6x3xi32>) -> tensor<1x6x1xi32>
  %idx = tosa.reshape %sum, %flat : (tensor<1x6x1xi32>, !tosa.shape<2>) -> tensor<1x6xi32>
  // expected-remark @+1 {{[] [s1:3 count:2] [s2:5] from argument 0}}
  %r = tosa.gather %x, %idx {test.layout} : (tensor<1x3x5xf32>, tensor<1x6xi32>) -> tensor<1x6x5xf32>
  return %r : tensor<1x6x5xf32>
}

// A resource that is not there, or too short, has no elements.
func.func @negative_resources(%x: tensor<3x5xf32>) -> (tensor<6x1x5xf32>, tensor<6x1x5xf32>) {
  %elided = arith.constant dense_resource<__elided__> : tensor<6x1xi64>
  // expected-remark @+1 {{from 'tensor.gather': expected constant indices}}
  %r = tensor.gather %x[%elided] gather_dims([0]) {test.layout} : (tensor<3x5xf32>, tensor<6x1xi64>) -> tensor<6x1x5xf32>
  %short = arith.constant dense_resource<twos> : tensor<6x1xi64>
  // expected-remark @+1 {{from 'tensor.gather': expected constant indices}}
  %s = tensor.gather %x[%short] gather_dims([0]) {test.layout} : (tensor<3x5xf32>, tensor<6x1xi64>) -> tensor<6x1x5xf32>
  return %r, %s : tensor<6x1x5xf32>, tensor<6x1x5xf32>
}

// Loops that take too long, or whose steps or places no one knows.
func.func @negative_loops(%x: tensor<1x5xf32>, %n: index) -> (tensor<1x1x5xf32>, tensor<1x1x5xf32>, tensor<1x1x5xf32>, tensor<1x1x5xf32>) {
  %none = arith.constant dense<0> : tensor<1x1xindex>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %huge = arith.constant 9223372036854775807 : index
  %long = scf.for %i = %c0 to %huge step %c1 iter_args(%t = %none) -> tensor<1x1xindex> {
    %next = tensor.insert %c0 into %t[%c0, %c0] : tensor<1x1xindex>
    scf.yield %next : tensor<1x1xindex>
  }
  %wraps = scf.for %i = %c1 to %huge step %huge iter_args(%t = %none) -> tensor<1x1xindex> {
    scf.yield %t : tensor<1x1xindex>
  }
  %unknown = scf.for %i = %c0 to %c1 step %n iter_args(%t = %none) -> tensor<1x1xindex> {
    scf.yield %t : tensor<1x1xindex>
  }
  %outside = tensor.insert %c0 into %none[%c1, %c0] : tensor<1x1xindex>
  // expected-remark @+1 {{expected constant indices}}
  %r = tensor.gather %x[%long] gather_dims([0]) {test.layout} : (tensor<1x5xf32>, tensor<1x1xindex>) -> tensor<1x1x5xf32>
  // expected-remark @+1 {{expected constant indices}}
  %s = tensor.gather %x[%wraps] gather_dims([0]) {test.layout} : (tensor<1x5xf32>, tensor<1x1xindex>) -> tensor<1x1x5xf32>
  // expected-remark @+1 {{expected constant indices}}
  %t = tensor.gather %x[%unknown] gather_dims([0]) {test.layout} : (tensor<1x5xf32>, tensor<1x1xindex>) -> tensor<1x1x5xf32>
  // expected-remark @+1 {{expected constant indices}}
  %u = tensor.gather %x[%outside] gather_dims([0]) {test.layout} : (tensor<1x5xf32>, tensor<1x1xindex>) -> tensor<1x1x5xf32>
  return %r, %s, %t, %u : tensor<1x1x5xf32>, tensor<1x1x5xf32>, tensor<1x1x5xf32>, tensor<1x1x5xf32>
}

{-#
  dialect_resources: {
    builtin: {
      twos: "0x08000000020000000000000002000000000000000200000000000000"
    }
  }
#-}
