// The steps of TOSA's ops.
//
// RUN: %ditto_opt_test %s -split-input-file -verify-diagnostics --pass-pipeline='builtin.module(func.func(test-digit-layout))' -o /dev/null

func.func @reshape(%x: tensor<2x12xf32>) -> tensor<6x4xf32> {
  %s = tosa.const_shape {values = dense<[6, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  // expected-remark @+1 {{[s0:2 s1.0:3] [s1.1:4] from argument 0}}
  %r = tosa.reshape %x, %s {test.layout} : (tensor<2x12xf32>, !tosa.shape<2>) -> tensor<6x4xf32>
  return %r : tensor<6x4xf32>
}

func.func @transpose(%x: tensor<2x3x5xf32>) -> tensor<5x2x3xf32> {
  // expected-remark @+1 {{[s2:5] [s0:2] [s1:3] from argument 0}}
  %r = tosa.transpose %x {perms = array<i32: 2, 0, 1>, test.layout} : (tensor<2x3x5xf32>) -> tensor<5x2x3xf32>
  return %r : tensor<5x2x3xf32>
}

func.func @tile(%x: tensor<2x3xf32>) -> tensor<2x12xf32> {
  %m = tosa.const_shape {values = dense<[1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  // expected-remark @+1 {{[s0:2] [count:4 s1:3] from argument 0}}
  %r = tosa.tile %x, %m {test.layout} : (tensor<2x3xf32>, !tosa.shape<2>) -> tensor<2x12xf32>
  return %r : tensor<2x12xf32>
}

// A multiple of -1 leaves it to the result's type what it means.
func.func @negative_tile_by_minus_1(%x: tensor<2x3xf32>) -> tensor<2x12xf32> {
  %m = tosa.const_shape {values = dense<[1, -1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  // expected-remark @+1 {{from 'tosa.tile': expected constant multiples that are not negative}}
  %r = tosa.tile %x, %m {test.layout} : (tensor<2x3xf32>, !tosa.shape<2>) -> tensor<2x12xf32>
  return %r : tensor<2x12xf32>
}

// The verifier accepts it.
func.func @negative_tile_of_a_wrong_type(%x: tensor<2x3xf32>) -> tensor<5x3xf32> {
  %m = tosa.const_shape {values = dense<[2, 1]> : tensor<2xindex>} : () -> !tosa.shape<2>
  // expected-remark @+1 {{from 'tosa.tile': expected extents that the result type has}}
  %r = tosa.tile %x, %m {test.layout} : (tensor<2x3xf32>, !tosa.shape<2>) -> tensor<5x3xf32>
  return %r : tensor<5x3xf32>
}

func.func @concat(%x: tensor<3x5xf32>) -> tensor<3x15xf32> {
  // expected-remark @+1 {{[s0:3] [count:3 s1:5] from argument 0}}
  %r = tosa.concat %x, %x, %x {axis = 1 : i32, test.layout} : (tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x5xf32>) -> tensor<3x15xf32>
  return %r : tensor<3x15xf32>
}

func.func @concat_of_slices(%x: tensor<2x5xf32>) -> tensor<4x5xf32> {
  %size = tosa.const_shape {values = dense<[1, 5]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %at0 = tosa.const_shape {values = dense<[0, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %at1 = tosa.const_shape {values = dense<[1, 0]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %a = tosa.slice %x, %at0, %size : (tensor<2x5xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x5xf32>
  %b = tosa.slice %x, %at1, %size : (tensor<2x5xf32>, !tosa.shape<2>, !tosa.shape<2>) -> tensor<1x5xf32>
  // expected-remark @+1 {{[s0:2 count:2] [s1:5] from argument 0}}
  %r = tosa.concat %a, %a, %b, %b {axis = 0 : i32, test.layout} : (tensor<1x5xf32>, tensor<1x5xf32>, tensor<1x5xf32>, tensor<1x5xf32>) -> tensor<4x5xf32>
  return %r : tensor<4x5xf32>
}

func.func @gather(%x: tensor<2x3x5xf32>) -> tensor<2x6x5xf32> {
  %i = "tosa.const"() {values = dense<[[0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 2, 2]]> : tensor<2x6xi32>} : () -> tensor<2x6xi32>
  // expected-remark @+1 {{[s0:2] [s1:3 count:2] [s2:5] from argument 0}}
  %r = tosa.gather %x, %i {test.layout} : (tensor<2x3x5xf32>, tensor<2x6xi32>) -> tensor<2x6x5xf32>
  return %r : tensor<2x6x5xf32>
}

func.func @negative_gather_differs_by_batch(%x: tensor<2x2x5xf32>) -> tensor<2x2x5xf32> {
  %i = "tosa.const"() {values = dense<[[0, 1], [1, 0]]> : tensor<2x2xi32>} : () -> tensor<2x2xi32>
  // expected-remark @+1 {{from 'tosa.gather': expected an index that is a sum over loops}}
  %r = tosa.gather %x, %i {test.layout} : (tensor<2x2x5xf32>, tensor<2x2xi32>) -> tensor<2x2x5xf32>
  return %r : tensor<2x2x5xf32>
}

func.func @negative_gather_of_run_time_indices(%x: tensor<2x3x5xf32>, %i: tensor<2x6xi32>) -> tensor<2x6x5xf32> {
  // expected-remark @+1 {{from 'tosa.gather': expected constant indices}}
  %r = tosa.gather %x, %i {test.layout} : (tensor<2x3x5xf32>, tensor<2x6xi32>) -> tensor<2x6x5xf32>
  return %r : tensor<2x6x5xf32>
}

// -----

//===----------------------------------------------------------------------===//
// Neutral arithmetic, here and in linalg
//===----------------------------------------------------------------------===//

#unit = affine_map<(d0, d1) -> (d0, 0)>
#id = affine_map<(d0, d1) -> (d0, d1)>

func.func @add_minus_zero(%x: tensor<3x1xf32>) -> tensor<3x4xf32> {
  %z = "tosa.const"() {values = dense<-0.0> : tensor<3x4xf32>} : () -> tensor<3x4xf32>
  // expected-remark @+1 {{[s0:3] [count:4] from argument 0}}
  %r = tosa.add %x, %z {test.layout} : (tensor<3x1xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

func.func @add_integer_zero(%x: tensor<3x1xi32>) -> tensor<3x4xi32> {
  %z = "tosa.const"() {values = dense<0> : tensor<3x4xi32>} : () -> tensor<3x4xi32>
  // expected-remark @+1 {{[s0:3] [count:4] from argument 0}}
  %r = tosa.add %z, %x {test.layout} : (tensor<3x4xi32>, tensor<3x1xi32>) -> tensor<3x4xi32>
  return %r : tensor<3x4xi32>
}

// -0.0 + 0.0 is 0.0.
func.func @negative_add_zero(%x: tensor<3x1xf32>) -> tensor<3x4xf32> {
  %z = "tosa.const"() {values = dense<0.0> : tensor<3x4xf32>} : () -> tensor<3x4xf32>
  // expected-remark @+1 {{from 'tosa.add': expected a movement op, but found 'tosa.add'}}
  %r = tosa.add %x, %z {test.layout} : (tensor<3x1xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

func.func @multiply_by_ones(%x: tensor<3x1xf32>) -> tensor<3x4xf32> {
  %o = "tosa.const"() {values = dense<1.0> : tensor<1x4xf32>} : () -> tensor<1x4xf32>
  %shift = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  // expected-remark @+1 {{[s0:3] [count:4] from argument 0}}
  %r = tosa.mul %x, %o, %shift {test.layout} : (tensor<3x1xf32>, tensor<1x4xf32>, tensor<1xi8>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

func.func @negative_multiply_and_shift(%x: tensor<3x1xi32>) -> tensor<3x4xi32> {
  %o = "tosa.const"() {values = dense<1> : tensor<1x4xi32>} : () -> tensor<1x4xi32>
  %shift = "tosa.const"() {values = dense<1> : tensor<1xi8>} : () -> tensor<1xi8>
  // expected-remark @+1 {{from 'tosa.mul': expected a movement op, but found 'tosa.mul'}}
  %r = tosa.mul %x, %o, %shift {test.layout} : (tensor<3x1xi32>, tensor<1x4xi32>, tensor<1xi8>) -> tensor<3x4xi32>
  return %r : tensor<3x4xi32>
}

func.func @linalg_multiply_by_ones(%x: tensor<3x1xf32>, %e: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %o = arith.constant dense<1.0> : tensor<3x4xf32>
  // expected-remark @+1 {{[s0:3] [count:4] from argument 0}}
  %r = linalg.generic {indexing_maps = [#id, #unit, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%o, %x : tensor<3x4xf32>, tensor<3x1xf32>) outs(%e : tensor<3x4xf32>) {
  ^bb0(%one: f32, %v: f32, %out: f32):
    %m = arith.mulf %one, %v : f32
    linalg.yield %m : f32
  } -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

func.func @negative_linalg_divide_ones(%x: tensor<3x1xf32>, %e: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %o = arith.constant dense<1.0> : tensor<3x4xf32>
  // expected-remark @+1 {{from 'linalg.generic': expected a body that yields an element of a tensor}}
  %r = linalg.generic {indexing_maps = [#id, #unit, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%o, %x : tensor<3x4xf32>, tensor<3x1xf32>) outs(%e : tensor<3x4xf32>) {
  ^bb0(%one: f32, %v: f32, %out: f32):
    %m = arith.divf %one, %v : f32
    linalg.yield %m : f32
  } -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// What lies out of bounds is NaN; nothing does.
func.func @select_in_bounds(%x: tensor<3x1xf32>, %e: tensor<3x4xf32>, %m: tensor<3x4xi1>) -> tensor<3x4xf32> {
  %nan = arith.constant 0x7FC00000 : f32
  %c4 = arith.constant 4 : index
  %mask = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%m : tensor<3x4xi1>) {
  ^bb0(%out: i1):
    %j = linalg.index 1 : index
    %in = arith.cmpi slt, %j, %c4 : index
    linalg.yield %in : i1
  } -> tensor<3x4xi1>
  // expected-remark @+1 {{[s0:3] [count:4] from argument 0}}
  %r = linalg.generic {indexing_maps = [#id, #unit, #id], iterator_types = ["parallel", "parallel"], test.layout} ins(%mask, %x : tensor<3x4xi1>, tensor<3x1xf32>) outs(%e : tensor<3x4xf32>) {
  ^bb0(%in: i1, %v: f32, %out: f32):
    %s = arith.select %in, %v, %nan : f32
    linalg.yield %s : f32
  } -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}
