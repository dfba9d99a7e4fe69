// Indices that are computed, whatever the spelling: the layout has the digits
// that their values are made of.
//
// RUN: %ditto_opt_test %s -split-input-file -verify-diagnostics --pass-pipeline='builtin.module(func.func(test-digit-layout))' -o /dev/null

//===----------------------------------------------------------------------===//
// Indexing maps
//===----------------------------------------------------------------------===//

#div = affine_map<(d0, d1) -> (d0, d1 floordiv 4)>
#mod = affine_map<(d0, d1) -> (d0, d1 mod 3)>
#both = affine_map<(d0, d1) -> (d0, (d1 floordiv 2) mod 3)>
#one_loop = affine_map<(d0, d1) -> (d1 floordiv 4, d1 mod 4)>
#flat = affine_map<(d0, d1) -> (d1 * 2 + d0)>
#id = affine_map<(d0, d1) -> (d0, d1)>

func.func @map_div(%x: tensor<2x3xf32>, %e: tensor<2x12xf32>) -> tensor<2x12xf32> {
  // expected-remark @+1 {{[s0:2] [s1:3 count:4] from argument 0}}
  %r = linalg.generic {indexing_maps = [#div, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x12xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x12xf32>
  return %r : tensor<2x12xf32>
}

func.func @map_mod(%x: tensor<2x3xf32>, %e: tensor<2x12xf32>) -> tensor<2x12xf32> {
  // expected-remark @+1 {{[s0:2] [count:4 s1:3] from argument 0}}
  %r = linalg.generic {indexing_maps = [#mod, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x12xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x12xf32>
  return %r : tensor<2x12xf32>
}

func.func @map_both(%x: tensor<2x3xf32>, %e: tensor<2x18xf32>) -> tensor<2x18xf32> {
  // expected-remark @+1 {{[s0:2] [count:3 s1:3 count:2] from argument 0}}
  %r = linalg.generic {indexing_maps = [#both, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x18xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x18xf32>
  return %r : tensor<2x18xf32>
}

// Two dimensions along one loop: a collapse_shape.
func.func @map_one_loop(%x: tensor<3x4xf32>, %e: tensor<2x12xf32>) -> tensor<2x12xf32> {
  // expected-remark @+1 {{[count:2] [s0:3 s1:4] from argument 0}}
  %r = linalg.generic {indexing_maps = [#one_loop, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%x : tensor<3x4xf32>) outs(%e : tensor<2x12xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x12xf32>
  return %r : tensor<2x12xf32>
}

// One dimension along two loops: an expand_shape, transposed.
func.func @map_two_loops(%x: tensor<6xf32>, %e: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // expected-remark @+1 {{[s0.1:2] [s0.0:3] from argument 0}}
  %r = linalg.generic {indexing_maps = [#flat, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%x : tensor<6xf32>) outs(%e : tensor<2x3xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

// -----

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

#id = affine_map<(d0, d1) -> (d0, d1)>

// Clamps and wraps that change no index of the loop.
func.func @body_noise(%x: tensor<3x5xf32>, %e: tensor<12x5xf32>) -> tensor<12x5xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : i64
  // expected-remark @+1 {{[s0:3 count:4] [s1:5] from argument 0}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<12x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %w = arith.index_cast %i : index to i64
    %q = arith.floordivsi %w, %c4 : i64
    %h = arith.index_cast %q : i64 to index
    %negative = arith.cmpi slt, %h, %c0 : index
    %wrapped = arith.addi %h, %c3 : index
    %p = arith.select %negative, %wrapped, %h : index
    %low = arith.maxsi %p, %c0 : index
    %high = arith.minsi %low, %c2 : index
    %v = tensor.extract %x[%high, %j] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

func.func @body_delinearize(%x: tensor<2x3x5xf32>, %e: tensor<24x5xf32>) -> tensor<24x5xf32> {
  // expected-remark @+1 {{[s0:2 s1:3 count:4] [s2:5] from argument 0}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<24x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %d:3 = affine.delinearize_index %i into (2, 3, 4) : index, index, index
    %v = tensor.extract %x[%d#0, %d#1, %j] : tensor<2x3x5xf32>
    linalg.yield %v : f32
  } -> tensor<24x5xf32>
  return %r : tensor<24x5xf32>
}

// The index chooses the branch, all branches read one tensor.
func.func @body_branches(%x: tensor<3x5xf32>, %e: tensor<3x10xf32>) -> tensor<3x10xf32> {
  %c5 = arith.constant 5 : index
  // expected-remark @+1 {{[s0:3] [count:2 s1:5] from argument 0}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<3x10xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %first = arith.cmpi ult, %j, %c5 : index
    %v = scf.if %first -> (f32) {
      %a = tensor.extract %x[%i, %j] : tensor<3x5xf32>
      scf.yield %a : f32
    } else {
      %k = arith.subi %j, %c5 : index
      %a = tensor.extract %x[%i, %k] : tensor<3x5xf32>
      scf.yield %a : f32
    }
    linalg.yield %v : f32
  } -> tensor<3x10xf32>
  return %r : tensor<3x10xf32>
}

func.func @negative_body_branches_of_two_tensors(%x: tensor<3x5xf32>, %y: tensor<3x5xf32>, %e: tensor<3x10xf32>) -> tensor<3x10xf32> {
  %c5 = arith.constant 5 : index
  // expected-remark @+1 {{from 'linalg.generic': expected elements of one tensor}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<3x10xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %first = arith.cmpi ult, %j, %c5 : index
    %v = scf.if %first -> (f32) {
      %a = tensor.extract %x[%i, %j] : tensor<3x5xf32>
      scf.yield %a : f32
    } else {
      %k = arith.subi %j, %c5 : index
      %a = tensor.extract %y[%i, %k] : tensor<3x5xf32>
      scf.yield %a : f32
    }
    linalg.yield %v : f32
  } -> tensor<3x10xf32>
  return %r : tensor<3x10xf32>
}

func.func @generate(%x: tensor<3x5xf32>) -> tensor<12x5xf32> {
  // expected-remark @+1 {{[s0:3 count:4] [s1:5] from argument 0}}
  %r = tensor.generate {
  ^bb0(%i: index, %j: index):
    %q = affine.apply affine_map<(d0) -> (d0 floordiv 4)>(%i)
    %v = tensor.extract %x[%q, %j] : tensor<3x5xf32>
    tensor.yield %v : f32
  } {test.layout} : tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

func.func @negative_generate(%x: tensor<3x5xf32>) -> tensor<12x5xf32> {
  // expected-remark @+1 {{from 'tensor.generate': expected a body that yields an element of a tensor}}
  %r = tensor.generate {
  ^bb0(%i: index, %j: index):
    %q = affine.apply affine_map<(d0) -> (d0 floordiv 4)>(%i)
    %v = tensor.extract %x[%q, %j] : tensor<3x5xf32>
    %n = arith.negf %v : f32
    tensor.yield %n : f32
  } {test.layout} : tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

// 11 is no multiple of 4.
func.func @negative_truncated(%x: tensor<3x5xf32>, %e: tensor<11x5xf32>) -> tensor<11x5xf32> {
  %c4 = arith.constant 4 : index
  // expected-remark @+1 {{from 'linalg.generic': expected an index made of digits, but found value 2 at 8}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<11x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %q = arith.divui %i, %c4 : index
    %v = tensor.extract %x[%q, %j] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<11x5xf32>
  return %r : tensor<11x5xf32>
}

func.func @negative_shifted(%x: tensor<4x5xf32>, %e: tensor<12x5xf32>) -> tensor<12x5xf32> {
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  // expected-remark @+1 {{from 'linalg.generic': expected an index made of digits, but found value 2 at 7}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<12x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %s = arith.addi %i, %c1 : index
    %q = arith.divui %s, %c4 : index
    %v = tensor.extract %x[%q, %j] : tensor<4x5xf32>
    linalg.yield %v : f32
  } -> tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

// The first 2 of 3 rows.
func.func @negative_modulus_less_than_extent(%x: tensor<3x5xf32>, %e: tensor<6x5xf32>) -> tensor<6x5xf32> {
  %c2 = arith.constant 2 : index
  // expected-remark @+1 {{from 'linalg.generic': expected an index that takes 3 values, but found one of 2}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<6x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %q = arith.remui %i, %c2 : index
    %v = tensor.extract %x[%q, %j] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

func.func @negative_diagonal(%x: tensor<3x12xf32>, %e: tensor<12x12xf32>) -> tensor<12x12xf32> {
  %c4 = arith.constant 4 : index
  // expected-remark @+1 {{from 'linalg.generic': expected no part of a loop's index in two places}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<12x12xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %q = arith.divui %i, %c4 : index
    %v = tensor.extract %x[%q, %i] : tensor<3x12xf32>
    linalg.yield %v : f32
  } -> tensor<12x12xf32>
  return %r : tensor<12x12xf32>
}

func.func @negative_divisor_at_run_time(%x: tensor<3x5xf32>, %e: tensor<12x5xf32>, %n: index) -> tensor<12x5xf32> {
  // expected-remark @+1 {{from 'linalg.generic': expected indices of loops and constants only}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<12x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %q = arith.divui %i, %n : index
    %v = tensor.extract %x[%q, %j] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

// Neither loop alone shows it: i xor j.
func.func @negative_no_sum(%x: tensor<2xf32>, %e: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // expected-remark @+1 {{from 'linalg.generic': expected an index that is a sum over loops}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<2x2xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %q = arith.xori %i, %j : index
    %v = tensor.extract %x[%q] : tensor<2xf32>
    linalg.yield %v : f32
  } -> tensor<2x2xf32>
  return %r : tensor<2x2xf32>
}

// More iterations than are evaluated.
func.func @negative_many_iterations(%x: tensor<5000xf32>, %e: tensor<10000x1xf32>) -> tensor<10000x1xf32> {
  %c2 = arith.constant 2 : index
  // expected-remark @+1 {{from 'linalg.generic': expected few and static iterations of the loops that an index depends on}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"], test.layout} outs(%e : tensor<10000x1xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %q = arith.divui %i, %c2 : index
    %v = tensor.extract %x[%q] : tensor<5000xf32>
    linalg.yield %v : f32
  } -> tensor<10000x1xf32>
  return %r : tensor<10000x1xf32>
}
