// How the digits of a tensor are split among the extents of a tensor.reshape,
// which knows no groups of dimensions.
//
// RUN: %ditto_opt_test %s -split-input-file -verify-diagnostics --pass-pipeline='builtin.module(func.func(test-digit-layout))' -o /dev/null

func.func @constant_shape(%x: tensor<2x3x4xf32>) -> tensor<6x2x2xf32> {
  %shape = arith.constant dense<[6, 2, 2]> : tensor<3xi64>
  // expected-remark @+1 {{[s0:2 s1:3] [s2.0:2] [s2.1:2] from argument 0}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<2x3x4xf32>, tensor<3xi64>) -> tensor<6x2x2xf32>
  return %r : tensor<6x2x2xf32>
}

// Constants in the shape are known whatever the type says.
func.func @constant_shape_dynamic_type(%x: tensor<2x3x4xf32>) -> tensor<?x?xf32> {
  %shape = arith.constant dense<[6, 4]> : tensor<2xi32>
  // expected-remark @+1 {{[s0:2 s1:3] [s2:4] from argument 0}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<2x3x4xf32>, tensor<2xi32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// How torch merges heads where batch and sequence are dynamic.
func.func @from_elements(%x: tensor<?x2x3x?x8xf32>) -> tensor<?x6x?x8xf32> {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x3x?x8xf32>
  %s = tensor.dim %x, %c3 : tensor<?x2x3x?x8xf32>
  %bi = arith.index_cast %b : index to i64
  %si = arith.index_cast %s : index to i64
  %c6 = arith.constant 6 : i64
  %c8 = arith.constant 8 : i64
  %shape = tensor.from_elements %bi, %c6, %si, %c8 : tensor<4xi64>
  // expected-remark @+1 {{[s0:?] [s1:2 s2:3] [s3:?] [s4:8] from argument 0}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x2x3x?x8xf32>, tensor<4xi64>) -> tensor<?x6x?x8xf32>
  return %r : tensor<?x6x?x8xf32>
}

// The extent 6 * %b joins digits of numbers and of a name, in any order.
func.func @product(%x: tensor<2x?x3x?xf32>) -> tensor<?x?xf32> {
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %b = tensor.dim %x, %c1 : tensor<2x?x3x?xf32>
  %s = tensor.dim %x, %c3 : tensor<2x?x3x?xf32>
  %c6 = arith.constant 6 : index
  %p = arith.muli %b, %c6 : index
  %shape = tensor.from_elements %p, %s : tensor<2xindex>
  // expected-remark @+1 {{[s0:2 s1:? s2:3] [s3:?] from argument 0}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<2x?x3x?xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// A digit of two names is split between them.
func.func @split_of_a_product(%m: index, %n: index) -> tensor<?x2x?xf32> {
  %c2 = arith.constant 2 : index
  %p = arith.muli %m, %c2 : index
  %q = arith.muli %p, %n : index
  %x = tensor.empty(%q) : tensor<?xf32>
  %shape = tensor.from_elements %m, %c2, %n : tensor<3xindex>
  // expected-remark @+1 {{[s0.0:?] [s0.1:2] [s0.2:?] from 'tensor.empty'}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?xf32>, tensor<3xindex>) -> tensor<?x2x?xf32>
  return %r : tensor<?x2x?xf32>
}

// What is left over on both sides is equal as only numbers were divided by.
func.func @one_unknown(%x: tensor<2x?x4xf32>, %n: index) -> tensor<2x?x2x2xf32> {
  %c2 = arith.constant 2 : index
  %shape = tensor.from_elements %c2, %n, %c2, %c2 : tensor<4xindex>
  // expected-remark @+1 {{[s0:2] [s1:?] [s2.0:2] [s2.1:2] from argument 0}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<2x?x4xf32>, tensor<4xindex>) -> tensor<2x?x2x2xf32>
  return %r : tensor<2x?x2x2xf32>
}

// %b may be 0, and then %n anything.
func.func @negative_unknown_beside_a_name(%x: tensor<?x?x4xf32>, %n: index) -> tensor<?x?x4xf32> {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %b = tensor.dim %x, %c0 : tensor<?x?x4xf32>
  %shape = tensor.from_elements %b, %n, %c4 : tensor<3xindex>
  // expected-remark @+1 {{from 'tensor.reshape': expected extents that are known to be equal}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x?x4xf32>, tensor<3xindex>) -> tensor<?x?x4xf32>
  return %r : tensor<?x?x4xf32>
}

// %n is 6 unless %b is 0.
func.func @negative_join_beside_a_name(%x: tensor<?x2x3xf32>, %n: index) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %b = tensor.dim %x, %c0 : tensor<?x2x3xf32>
  %shape = tensor.from_elements %b, %n : tensor<2xindex>
  // expected-remark @+1 {{from 'tensor.reshape': expected extents that are known to be equal}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x2x3xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// %m * %n is 6 * %x's extent, no more is known.
func.func @negative_join_beside_a_pair(%x: tensor<?x2x3xf32>, %m: index, %n: index) -> tensor<?x?xf32> {
  %shape = tensor.from_elements %m, %n : tensor<2xindex>
  // expected-remark @+1 {{from 'tensor.reshape': expected extents that are known to be equal}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x2x3xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// The number of elements is the same, the order of the extents is not.
func.func @negative_swapped(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xf32>
  %n = tensor.dim %x, %c1 : tensor<?x?xf32>
  %shape = tensor.from_elements %n, %m : tensor<2xindex>
  // expected-remark @+1 {{from 'tensor.reshape': expected extents that are known to be equal}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x?xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

func.func @negative_shape_at_run_time(%x: tensor<?x?xf32>, %shape: tensor<2xindex>) -> tensor<?x?xf32> {
  // expected-remark @+1 {{from 'tensor.reshape': expected extents that are known to be equal}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x?xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

func.func @negative_digits_left_over(%x: tensor<2x3xf32>, %m: index, %n: index) -> tensor<?x?xf32> {
  %shape = tensor.from_elements %m, %n : tensor<2xindex>
  // expected-remark @+1 {{from 'tensor.reshape': expected extents that are known to line up with digits}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<2x3xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

func.func @negative_unranked(%x: tensor<*xf32>, %shape: tensor<1xindex>) -> tensor<?xf32> {
  // expected-remark @+1 {{[s0:?] from 'tensor.reshape'}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<*xf32>, tensor<1xindex>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

//===----------------------------------------------------------------------===//
// Extents that a loop makes equal
//===----------------------------------------------------------------------===//

#in = affine_map<(d0, d1, d2) -> (d0, d2)>
#id = affine_map<(d0, d1, d2) -> (d0, d1, d2)>

// The loop that walks along %x's first dimension runs up to %n.
func.func @loop(%x: tensor<?x2xf32>, %n: index) -> tensor<?xf32> {
  %e = tensor.empty(%n) : tensor<?x3x2xf32>
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x : tensor<?x2xf32>) outs(%e : tensor<?x3x2xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<?x3x2xf32>
  %c6 = arith.constant 6 : index
  %p = arith.muli %c6, %n : index
  %shape = tensor.from_elements %p : tensor<1xindex>
  // expected-remark @+1 {{[s0:? count:3 s1:2] from argument 0}}
  %r = tensor.reshape %b(%shape) {test.layout} : (tensor<?x3x2xf32>, tensor<1xindex>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @loop_over_a_number(%x: tensor<?x2xf32>, %e: tensor<4x3x2xf32>) -> tensor<4x3x2xf32> {
  // expected-remark @+1 {{[s0:4] [count:3] [s1:2] from argument 0}}
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"], test.layout}
      ins(%x : tensor<?x2xf32>) outs(%e : tensor<4x3x2xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<4x3x2xf32>
  return %b : tensor<4x3x2xf32>
}

// An extent that turns out to be 1 has no digit.
func.func @loop_over_one(%x: tensor<?x2xf32>, %e: tensor<1x3x2xf32>) -> tensor<1x3x2xf32> {
  // expected-remark @+1 {{[] [count:3] [s1:2] from argument 0}}
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"], test.layout}
      ins(%x : tensor<?x2xf32>) outs(%e : tensor<1x3x2xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<1x3x2xf32>
  return %b : tensor<1x3x2xf32>
}

// A slice that begins at the beginning: %n may be less than %x's extent.
func.func @negative_extract_is_not_a_loop_over_the_source(%x: tensor<?x2xf32>, %n: index) -> tensor<?x3x2xf32> {
  %e = tensor.empty(%n) : tensor<?x3x2xf32>
  // expected-remark @+1 {{from 'linalg.generic': expected extents that are known to be equal}}
  %b = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"], test.layout}
      outs(%e : tensor<?x3x2xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 2 : index
    %v = tensor.extract %x[%i, %j] : tensor<?x2xf32>
    linalg.yield %v : f32
  } -> tensor<?x3x2xf32>
  return %b : tensor<?x3x2xf32>
}

// -----

//===----------------------------------------------------------------------===//
// Extents that asserts make equal
//===----------------------------------------------------------------------===//

func.func @asserted(%x: tensor<?x?x6xf32>, %m: index, %n: index) -> tensor<?x?x2x3xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %d0 = tensor.dim %x, %c0 : tensor<?x?x6xf32>
  %d1 = tensor.dim %x, %c1 : tensor<?x?x6xf32>
  %is0 = arith.cmpi eq, %d0, %m : index
  cf.assert %is0, "0"
  %is1 = arith.cmpi eq, %n, %d1 : index
  cf.assert %is1, "1"
  %shape = tensor.from_elements %m, %n, %c2, %c3 : tensor<4xindex>
  // expected-remark @+1 {{[s0:?] [s1:?] [s2.0:2] [s2.1:3] from argument 0}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x?x6xf32>, tensor<4xindex>) -> tensor<?x?x2x3xf32>
  return %r : tensor<?x?x2x3xf32>
}

// Whatever runs the loop's body has passed the assert.
func.func @asserted_outside(%x: tensor<?x?xf32>, %m: index, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d0 = tensor.dim %x, %c0 : tensor<?x?xf32>
  %d1 = tensor.dim %x, %c1 : tensor<?x?xf32>
  %is0 = arith.cmpi eq, %d0, %m : index
  cf.assert %is0, "0"
  %is1 = arith.cmpi eq, %d1, %n : index
  cf.assert %is1, "1"
  scf.for %i = %c0 to %m step %c1 {
    %shape = tensor.from_elements %m, %n : tensor<2xindex>
    // expected-remark @+1 {{[s0:?] [s1:?] from argument 0}}
    %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x?xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  }
  return
}

// The assert comes too late: what is in between has been run without it.
func.func @negative_asserted_after(%x: tensor<?x?xf32>, %m: index, %n: index) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d0 = tensor.dim %x, %c0 : tensor<?x?xf32>
  %d1 = tensor.dim %x, %c1 : tensor<?x?xf32>
  %shape = tensor.from_elements %m, %n : tensor<2xindex>
  // expected-remark @+1 {{from 'tensor.reshape': expected extents that are known to be equal}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x?xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  %is0 = arith.cmpi eq, %d0, %m : index
  cf.assert %is0, "0"
  %is1 = arith.cmpi eq, %d1, %n : index
  cf.assert %is1, "1"
  return %r : tensor<?x?xf32>
}

func.func @negative_asserted_elsewhere(%x: tensor<?x?xf32>, %m: index, %n: index, %p: i1) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d0 = tensor.dim %x, %c0 : tensor<?x?xf32>
  %d1 = tensor.dim %x, %c1 : tensor<?x?xf32>
  %is0 = arith.cmpi eq, %d0, %m : index
  %is1 = arith.cmpi eq, %d1, %n : index
  scf.if %p {
    cf.assert %is0, "0"
    cf.assert %is1, "1"
  }
  %shape = tensor.from_elements %m, %n : tensor<2xindex>
  // expected-remark @+1 {{from 'tensor.reshape': expected extents that are known to be equal}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x?xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

func.func @negative_asserted_different(%x: tensor<?x?xf32>, %m: index, %n: index) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d0 = tensor.dim %x, %c0 : tensor<?x?xf32>
  %d1 = tensor.dim %x, %c1 : tensor<?x?xf32>
  %is0 = arith.cmpi eq, %d0, %m : index
  cf.assert %is0, "0"
  %is1 = arith.cmpi ne, %d1, %n : index
  cf.assert %is1, "1"
  %shape = tensor.from_elements %m, %n : tensor<2xindex>
  // expected-remark @+1 {{from 'tensor.reshape': expected extents that are known to be equal}}
  %r = tensor.reshape %x(%shape) {test.layout} : (tensor<?x?xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// All of it is one extent, whatever its name.
func.func @one_extent_of_another_name(%x: tensor<?xf32>, %n: index, %m: index) -> tensor<1x1x?xf32> {
  %y = ditto.repeat_interleave %x by %n dim(0) : tensor<?xf32> -> tensor<?xf32>
  %size = arith.muli %m, %n : index
  // expected-remark @+1 {{[] [] [s0:? count:?] from argument 0}}
  %r = tensor.expand_shape %y [[0, 1, 2]] output_shape [1, 1, %size] {test.layout} : tensor<?xf32> into tensor<1x1x?xf32>
  return %r : tensor<1x1x?xf32>
}

// %n may be 0, and %m anything then.
func.func @negative_two_extents_of_other_names(%x: tensor<?xf32>, %n: index, %m: index) -> tensor<2x?xf32> {
  %y = ditto.repeat_interleave %x by %n dim(0) : tensor<?xf32> -> tensor<?xf32>
  %size = arith.muli %m, %n : index
  // expected-remark @+1 {{from 'tensor.expand_shape': expected extents that are known to be equal}}
  %r = tensor.expand_shape %y [[0, 1]] output_shape [2, %size] {test.layout} : tensor<?xf32> into tensor<2x?xf32>
  return %r : tensor<2x?xf32>
}
