// Index vectors that ops compute from constants: only the numbers matter.
//
// RUN: %ditto_opt_test %s -split-input-file -verify-diagnostics --pass-pipeline='builtin.module(func.func(test-digit-layout))' -o /dev/null

#id1 = affine_map<(d0) -> (d0)>
#scalar = affine_map<(d0) -> ()>
#id = affine_map<(d0, d1) -> (d0, d1)>
#index = affine_map<(d0, d1) -> (d0)>

// torch: arange // 2 in floating point.
func.func @floor_of_quotient(%x: tensor<3x5xf32>, %e: tensor<6x5xf32>) -> tensor<6x5xf32> {
  %two = arith.constant dense<2> : tensor<i64>
  %ie = tensor.empty() : tensor<6xi64>
  %iota = linalg.generic {indexing_maps = [#id1], iterator_types = ["parallel"]} outs(%ie : tensor<6xi64>) {
  ^bb0(%o: i64):
    %i = linalg.index 0 : index
    %c = arith.index_cast %i : index to i64
    linalg.yield %c : i64
  } -> tensor<6xi64>
  %idx = linalg.generic {indexing_maps = [#id1, #scalar, #id1], iterator_types = ["parallel"]} ins(%iota, %two : tensor<6xi64>, tensor<i64>) outs(%ie : tensor<6xi64>) {
  ^bb0(%a: i64, %b: i64, %o: i64):
    %fa = arith.sitofp %a : i64 to f64
    %fb = arith.sitofp %b : i64 to f64
    %q = arith.divf %fa, %fb : f64
    %f = math.floor %q : f64
    %t = arith.fptosi %f : f64 to i64
    linalg.yield %t : i64
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

// Ops on whole tensors, reshapes, and an index vector extracted from.
func.func @elementwise_and_reshaped(%x: tensor<3x5xf32>, %e: tensor<6x5xf32>) -> tensor<6x5xf32> {
  %c0 = arith.constant 0 : index
  %one = arith.constant dense<1> : tensor<2x3xi32>
  %c = arith.constant dense<[[1, 2, 3], [1, 2, 3]]> : tensor<2x3xi32>
  %sub = arith.subi %c, %one : tensor<2x3xi32>
  %flat = tensor.collapse_shape %sub [[0, 1]] : tensor<2x3xi32> into tensor<6xi32>
  %column = tensor.expand_shape %flat [[0, 1]] output_shape [6, 1] : tensor<6xi32> into tensor<6x1xi32>
  // expected-remark @+1 {{[count:2 s0:3] [s1:5] from argument 0}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<6x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %d = linalg.index 1 : index
    %q = tensor.extract %column[%i, %c0] : tensor<6x1xi32>
    %h = arith.index_cast %q : i32 to index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

// TOSA has no integer division that rounds down: select corrects it. Flat
// indices of several dimensions are sums.
func.func @tosa_flat(%x: tensor<1x4x1xf32>) -> tensor<1x8x1xf32> {
  %iota = "tosa.const"() {values = dense<[[0], [1], [2], [3]]> : tensor<4x1xi32>} : () -> tensor<4x1xi32>
  %columns = "tosa.const"() {values = dense<[[0, 1]]> : tensor<1x2xi32>} : () -> tensor<1x2xi32>
  %two = "tosa.const"() {values = dense<2> : tensor<1x1xi32>} : () -> tensor<1x1xi32>
  %one = "tosa.const"() {values = dense<1> : tensor<1x1xi32>} : () -> tensor<1x1xi32>
  %zero = "tosa.const"() {values = dense<0> : tensor<1x1xi32>} : () -> tensor<1x1xi32>
  %shift = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %shape = tosa.const_shape {values = dense<[1, 8]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %m = tosa.const_shape {values = dense<[1, 2]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %q = tosa.intdiv %iota, %two : (tensor<4x1xi32>, tensor<1x1xi32>) -> tensor<4x1xi32>
  %negative = tosa.greater %zero, %q : (tensor<1x1xi32>, tensor<4x1xi32>) -> tensor<4x1xi1>
  %less = tosa.sub %q, %one : (tensor<4x1xi32>, tensor<1x1xi32>) -> tensor<4x1xi32>
  %row = tosa.select %negative, %less, %q : (tensor<4x1xi1>, tensor<4x1xi32>, tensor<4x1xi32>) -> tensor<4x1xi32>
  %rows = tosa.tile %row, %m : (tensor<4x1xi32>, !tosa.shape<2>) -> tensor<4x2xi32>
  %scaled = tosa.mul %rows, %two, %shift : (tensor<4x2xi32>, tensor<1x1xi32>, tensor<1xi8>) -> tensor<4x2xi32>
  %flat = tosa.add %scaled, %columns : (tensor<4x2xi32>, tensor<1x2xi32>) -> tensor<4x2xi32>
  %idx = tosa.reshape %flat, %shape : (tensor<4x2xi32>, !tosa.shape<2>) -> tensor<1x8xi32>
  // expected-remark @+1 {{[] [s1.0:2 count:2 s1.1:2] [] from argument 0}}
  %r = tosa.gather %x, %idx {test.layout} : (tensor<1x4x1xf32>, tensor<1x8xi32>) -> tensor<1x8x1xf32>
  return %r : tensor<1x8x1xf32>
}

func.func @tosa_booleans(%x: tensor<1x2x5xf32>) -> tensor<1x4x5xf32> {
  %a = "tosa.const"() {values = dense<[[true, true, false, false]]> : tensor<1x4xi1>} : () -> tensor<1x4xi1>
  %b = "tosa.const"() {values = dense<[[true, true, true, false]]> : tensor<1x4xi1>} : () -> tensor<1x4xi1>
  %c = "tosa.const"() {values = dense<[[false, false, false, true]]> : tensor<1x4xi1>} : () -> tensor<1x4xi1>
  %not = tosa.logical_not %a : (tensor<1x4xi1>) -> tensor<1x4xi1>
  %and = tosa.logical_and %not, %b : (tensor<1x4xi1>, tensor<1x4xi1>) -> tensor<1x4xi1>
  %or = tosa.logical_or %and, %c : (tensor<1x4xi1>, tensor<1x4xi1>) -> tensor<1x4xi1>
  %idx = tosa.cast %or : (tensor<1x4xi1>) -> tensor<1x4xi32>
  // expected-remark @+1 {{[] [s1:2 count:2] [s2:5] from argument 0}}
  %r = tosa.gather %x, %idx {test.layout} : (tensor<1x2x5xf32>, tensor<1x4xi32>) -> tensor<1x4x5xf32>
  return %r : tensor<1x4x5xf32>
}

func.func @negative_uneven(%x: tensor<3x5xf32>, %e: tensor<6x5xf32>) -> tensor<6x5xf32> {
  %idx = arith.constant dense<[0, 0, 0, 1, 2, 2]> : tensor<6xi64>
  // expected-remark @+1 {{from 'linalg.generic': expected an index made of digits, but found value 2 at 4}}
  %r = linalg.generic {indexing_maps = [#index, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%idx : tensor<6xi64>) outs(%e : tensor<6x5xf32>) {
  ^bb0(%q: i64, %o: f32):
    %h = arith.index_cast %q : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

func.func @negative_out_of_bounds(%x: tensor<3x5xf32>, %e: tensor<6x5xf32>) -> tensor<6x5xf32> {
  %idx = arith.constant dense<[0, 0, 1, 1, -1, -1]> : tensor<6xi64>
  // expected-remark @+1 {{from 'linalg.generic': expected an index made of digits, but found value -1 at 4}}
  %r = linalg.generic {indexing_maps = [#index, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%idx : tensor<6xi64>) outs(%e : tensor<6x5xf32>) {
  ^bb0(%q: i64, %o: f32):
    %h = arith.index_cast %q : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

func.func @negative_run_time_indices(%x: tensor<3x5xf32>, %idx: tensor<6xi64>, %e: tensor<6x5xf32>) -> tensor<6x5xf32> {
  // expected-remark @+1 {{from 'linalg.generic': expected indices of loops and constants only}}
  %r = linalg.generic {indexing_maps = [#index, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%idx : tensor<6xi64>) outs(%e : tensor<6x5xf32>) {
  ^bb0(%q: i64, %o: f32):
    %h = arith.index_cast %q : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}
