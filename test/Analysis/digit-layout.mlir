// The digit layout of each marked op, from its root.
//
// RUN: %ditto_opt_test %s -split-input-file -verify-diagnostics --pass-pipeline='builtin.module(func.func(test-digit-layout))' -o /dev/null

//===----------------------------------------------------------------------===//
// Reshapes and transposes: source digits only
//===----------------------------------------------------------------------===//

func.func @collapse(%x: tensor<2x3x5xf32>) -> tensor<6x5xf32> {
  // expected-remark @+1 {{[s0:2 s1:3] [s2:5] from argument 0}}
  %r = tensor.collapse_shape %x [[0, 1], [2]] {test.layout} : tensor<2x3x5xf32> into tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

func.func @expand_splits_a_digit(%x: tensor<24x5xf32>) -> tensor<2x3x4x5xf32> {
  // expected-remark @+1 {{[s0.0:2] [s0.1:3] [s0.2:4] [s1:5] from argument 0}}
  %r = tensor.expand_shape %x [[0, 1, 2], [3]] output_shape [2, 3, 4, 5] {test.layout} : tensor<24x5xf32> into tensor<2x3x4x5xf32>
  return %r : tensor<2x3x4x5xf32>
}

// 6 = 2 x 3 ends inside of the digit of 4.
func.func @expand_realigns(%x: tensor<4x3xf32>) -> tensor<2x6xf32> {
  %c = tensor.collapse_shape %x [[0, 1]] : tensor<4x3xf32> into tensor<12xf32>
  // expected-remark @+1 {{[s0.0:2] [s0.1:2 s1:3] from argument 0}}
  %r = tensor.expand_shape %c [[0, 1]] output_shape [2, 6] {test.layout} : tensor<12xf32> into tensor<2x6xf32>
  return %r : tensor<2x6xf32>
}

func.func @transpose(%x: tensor<2x3xf32>, %e: tensor<3x2xf32>) -> tensor<1x3x2xf32> {
  %t = linalg.transpose ins(%x : tensor<2x3xf32>) outs(%e : tensor<3x2xf32>) permutation = [1, 0]
  // A unit dimension has no digits.
  // expected-remark @+1 {{[] [s1:3] [s0:2] from argument 0}}
  %r = tensor.expand_shape %t [[0, 1], [2]] output_shape [1, 3, 2] {test.layout} : tensor<3x2xf32> into tensor<1x3x2xf32>
  return %r : tensor<1x3x2xf32>
}

func.func @rank_0(%x: tensor<1x1xf32>) -> tensor<1xf32> {
  %c = tensor.collapse_shape %x [] : tensor<1x1xf32> into tensor<f32>
  // expected-remark @+1 {{[] from argument 0}}
  %r = tensor.expand_shape %c [] output_shape [1] {test.layout} : tensor<f32> into tensor<1xf32>
  return %r : tensor<1xf32>
}

func.func @negative_misaligned(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %c = tensor.collapse_shape %x [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  // expected-remark @+1 {{[s0:3] [s1:2] from 'tensor.expand_shape': expected extents that line up with digits, but found 3 beside a digit of 2}}
  %r = tensor.expand_shape %c [[0, 1]] output_shape [3, 2] {test.layout} : tensor<6xf32> into tensor<3x2xf32>
  return %r : tensor<3x2xf32>
}

func.func @negative_extent_0(%x: tensor<0x4xf32>) -> tensor<2x0xf32> {
  %c = tensor.collapse_shape %x [[0, 1]] : tensor<0x4xf32> into tensor<0xf32>
  // expected-remark @+1 {{[s0:2] [s1:0] from 'tensor.expand_shape': expected no extent 0 where a dimension is split}}
  %r = tensor.expand_shape %c [[0, 1]] output_shape [2, 0] {test.layout} : tensor<0xf32> into tensor<2x0xf32>
  return %r : tensor<2x0xf32>
}

func.func @negative_not_a_movement(%x: tensor<2xf32>) -> tensor<2xf32> {
  // expected-remark @+1 {{[s0:2] from 'math.exp': expected a movement op, but found 'math.exp'}}
  %r = math.exp %x {test.layout} : tensor<2xf32>
  return %r : tensor<2xf32>
}

func.func @negative_encoding(%x: tensor<2xf32, "e">) -> tensor<2xf32, "e"> {
  // expected-remark @+1 {{no layout: expected a ranked tensor without encoding}}
  %r = math.exp %x {test.layout} : tensor<2xf32, "e">
  return %r : tensor<2xf32, "e">
}

func.func @negative_encoded_result(%x: tensor<2x1xf32>) -> tensor<2x1xf32, "e"> {
  // expected-remark @+1 {{no layout: expected a ranked tensor without encoding}}
  %r = tensor.cast %x {test.layout} : tensor<2x1xf32> to tensor<2x1xf32, "e">
  return %r : tensor<2x1xf32, "e">
}

func.func @negative_unranked_result(%x: tensor<2xf32>) -> tensor<*xf32> {
  // expected-remark @+1 {{no layout: expected a ranked tensor without encoding}}
  %r = tensor.cast %x {test.layout} : tensor<2xf32> to tensor<*xf32>
  return %r : tensor<*xf32>
}

func.func @negative_unranked(%x: tensor<*xf32>) -> tensor<2xf32> {
  // expected-remark @+1 {{[s0:2] from 'tensor.cast': expected a ranked tensor without encoding}}
  %r = tensor.cast %x {test.layout} : tensor<*xf32> to tensor<2xf32>
  return %r : tensor<2xf32>
}

// -----

//===----------------------------------------------------------------------===//
// Copies: linalg.generic and the named ops
//===----------------------------------------------------------------------===//

#in = affine_map<(d0, d1, d2) -> (d2, d0)>
#in_zero = affine_map<(d0, d1, d2) -> (d0, 0)>
#in_twice = affine_map<(d0, d1, d2) -> (d0, d0)>
#id = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#permuted = affine_map<(d0, d1, d2) -> (d2, d0, d1)>

// A loop that the input's map skips is a count; maps may permute.
func.func @generic(%x: tensor<5x2xf32>, %e: tensor<2x3x5xf32>) -> tensor<2x3x5xf32> {
  // expected-remark @+1 {{[s1:2] [count:3] [s0:5] from argument 0}}
  %r = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"], test.layout}
      ins(%x : tensor<5x2xf32>) outs(%e : tensor<2x3x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x5xf32>
  return %r : tensor<2x3x5xf32>
}

func.func @generic_permuted_result(%x: tensor<5x2xf32>, %e: tensor<5x2x3xf32>) -> tensor<5x2x3xf32> {
  // expected-remark @+1 {{[s0:5] [s1:2] [count:3] from argument 0}}
  %r = linalg.generic {indexing_maps = [#in, #permuted], iterator_types = ["parallel", "parallel", "parallel"], test.layout}
      ins(%x : tensor<5x2xf32>) outs(%e : tensor<5x2x3xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<5x2x3xf32>
  return %r : tensor<5x2x3xf32>
}

func.func @constant_0_in_a_unit_dimension(%x: tensor<2x1xf32>, %e: tensor<2x3x5xf32>) -> tensor<2x3x5xf32> {
  // expected-remark @+1 {{[s0:2] [count:3] [count:5] from argument 0}}
  %r = linalg.generic {indexing_maps = [#in_zero, #id], iterator_types = ["parallel", "parallel", "parallel"], test.layout}
      ins(%x : tensor<2x1xf32>) outs(%e : tensor<2x3x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x5xf32>
  return %r : tensor<2x3x5xf32>
}

// A slice, not a broadcast.
func.func @negative_constant_0(%x: tensor<2x7xf32>, %e: tensor<2x3x5xf32>) -> tensor<2x3x5xf32> {
  // expected-remark @+1 {{[s0:2] [s1:3] [s2:5] from 'linalg.generic': expected an index that takes 7 values, but found one of 1}}
  %r = linalg.generic {indexing_maps = [#in_zero, #id], iterator_types = ["parallel", "parallel", "parallel"], test.layout}
      ins(%x : tensor<2x7xf32>) outs(%e : tensor<2x3x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x5xf32>
  return %r : tensor<2x3x5xf32>
}

func.func @negative_diagonal(%x: tensor<2x2xf32>, %e: tensor<2x3x5xf32>) -> tensor<2x3x5xf32> {
  // expected-remark @+1 {{from 'linalg.generic': expected no part of a loop's index in two places}}
  %r = linalg.generic {indexing_maps = [#in_twice, #id], iterator_types = ["parallel", "parallel", "parallel"], test.layout}
      ins(%x : tensor<2x2xf32>) outs(%e : tensor<2x3x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x5xf32>
  return %r : tensor<2x3x5xf32>
}

func.func @negative_computes(%x: tensor<5x2xf32>, %e: tensor<2x3x5xf32>) -> tensor<2x3x5xf32> {
  // expected-remark @+1 {{from 'linalg.generic': expected a body that yields an element of a tensor}}
  %r = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"], test.layout}
      ins(%x : tensor<5x2xf32>) outs(%e : tensor<2x3x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    %n = arith.negf %v : f32
    linalg.yield %n : f32
  } -> tensor<2x3x5xf32>
  return %r : tensor<2x3x5xf32>
}

func.func @negative_yields_the_output(%x: tensor<5x2xf32>, %e: tensor<2x3x5xf32>) -> tensor<2x3x5xf32> {
  // expected-remark @+1 {{from 'linalg.generic': expected a body that yields an element of a tensor}}
  %r = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"], test.layout}
      ins(%x : tensor<5x2xf32>) outs(%e : tensor<2x3x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %o : f32
  } -> tensor<2x3x5xf32>
  return %r : tensor<2x3x5xf32>
}

// The last of three writes wins.
func.func @negative_reduction(%x: tensor<2x3xf32>, %e: tensor<2xf32>) -> tensor<2xf32> {
  // expected-remark @+1 {{[s0:2] from 'linalg.generic': expected each result element to be written once}}
  %r = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"], test.layout}
      ins(%x : tensor<2x3xf32>) outs(%e : tensor<2xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2xf32>
  return %r : tensor<2xf32>
}

func.func @negative_scalar_input(%x: f32, %e: tensor<2xf32>) -> tensor<2xf32> {
  // expected-remark @+1 {{[s0:2] from 'linalg.fill': expected a tensor as input, but found a scalar}}
  %r = linalg.fill {test.layout} ins(%x : f32) outs(%e : tensor<2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

func.func @named_ops(%x: tensor<2x3xf32>, %e: tensor<2x4x3xf32>) -> tensor<2x4x3xf32> {
  %b = linalg.broadcast ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x4x3xf32>) dimensions = [1]
  // expected-remark @+1 {{[s0:2] [count:4] [s1:3] from argument 0}}
  %r = linalg.copy {test.layout} ins(%b : tensor<2x4x3xf32>) outs(%e : tensor<2x4x3xf32>) -> tensor<2x4x3xf32>
  return %r : tensor<2x4x3xf32>
}

// The copy rounds.
func.func @negative_converting_copy(%x: tensor<2xf64>, %e: tensor<2xf32>) -> tensor<2xf32> {
  // expected-remark @+1 {{from 'linalg.copy': expected a body that yields an element of a tensor}}
  %r = linalg.copy {test.layout} ins(%x : tensor<2xf64>) outs(%e : tensor<2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// -----

//===----------------------------------------------------------------------===//
// The ditto ops
//===----------------------------------------------------------------------===//

func.func @repeat(%x: tensor<2x3xf32>) -> tensor<5x4x9xf32> {
  // expected-remark @+1 {{[count:5] [count:2 s0:2] [count:3 s1:3] from argument 0}}
  %r = ditto.repeat %x by [5, 2, 3] {test.layout} : tensor<2x3xf32> -> tensor<5x4x9xf32>
  return %r : tensor<5x4x9xf32>
}

func.func @repeat_interleave(%x: tensor<2x3xf32>, %n: index) -> tensor<2x?xf32> {
  // expected-remark @+1 {{[s0:2] [s1:3 count:?] from argument 0}}
  %r = ditto.repeat_interleave %x by %n dim(1) {test.layout} : tensor<2x3xf32> -> tensor<2x?xf32>
  return %r : tensor<2x?xf32>
}

func.func @repeat_interleave_flat(%x: tensor<2x3xf32>) -> tensor<24xf32> {
  // expected-remark @+1 {{[s0:2 s1:3 count:4] from argument 0}}
  %r = ditto.repeat_interleave %x by 4 {test.layout} : tensor<2x3xf32> -> tensor<24xf32>
  return %r : tensor<24xf32>
}

func.func @negative_counts_tensor(%x: tensor<2xf32>, %c: tensor<2xi64>) -> tensor<?xf32> {
  // expected-remark @+1 {{[s0:?] from 'ditto.repeat_interleave': expected one count for every element}}
  %r = ditto.repeat_interleave %x by %c dim(0) {test.layout} : tensor<2xf32>, tensor<2xi64> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

//===----------------------------------------------------------------------===//
// Symbolic sizes
//===----------------------------------------------------------------------===//

// The same dimension has one name: through tensor.dim, tensor.empty, outs.
func.func @same_dim(%x: tensor<?x3x?xf32>) -> tensor<?x3x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %d0 = tensor.dim %x, %c0 : tensor<?x3x?xf32>
  %d2 = tensor.dim %x, %c2 : tensor<?x3x?xf32>
  %c = tensor.collapse_shape %x [[0, 1], [2]] : tensor<?x3x?xf32> into tensor<?x?xf32>
  // expected-remark @+1 {{[s0:?] [s1:3] [s2:?] from argument 0}}
  %r = tensor.expand_shape %c [[0, 1], [2]] output_shape [%d0, 3, %d2] {test.layout} : tensor<?x?xf32> into tensor<?x3x?xf32>
  return %r : tensor<?x3x?xf32>
}

// One name is left over on either side of equal products of numbers > 0.
func.func @one_unknown(%x: tensor<?x6xf32>, %n: index) -> tensor<?x2x3xf32> {
  %c = tensor.collapse_shape %x [[0, 1]] : tensor<?x6xf32> into tensor<?xf32>
  // expected-remark @+1 {{[s0:?] [s1.0:2] [s1.1:3] from argument 0}}
  %r = tensor.expand_shape %c [[0, 1, 2]] output_shape [%n, 2, 3] {test.layout} : tensor<?xf32> into tensor<?x2x3xf32>
  return %r : tensor<?x2x3xf32>
}

func.func @split_of_a_name(%x: tensor<?xf32>, %n: index) -> tensor<?x4x2xf32> {
  // expected-remark @+1 {{[s0.0:?] [s0.1:4] [s0.2:2] from argument 0}}
  %r = tensor.expand_shape %x [[0, 1, 2]] output_shape [%n, 4, 2] {test.layout} : tensor<?xf32> into tensor<?x4x2xf32>
  return %r : tensor<?x4x2xf32>
}

// %x's extents as %m x %n or as %n x %m: not the same digits.
func.func @negative_swapped_names(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xf32>
  %n = tensor.dim %x, %c1 : tensor<?x?xf32>
  %c = tensor.collapse_shape %x [[0, 1]] : tensor<?x?xf32> into tensor<?xf32>
  // expected-remark @+1 {{[s0:?] [s1:?] from 'tensor.expand_shape': expected extents that are known to be equal}}
  %r = tensor.expand_shape %c [[0, 1]] output_shape [%n, %m] {test.layout} : tensor<?xf32> into tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// %m may be 0, and then %k anything.
func.func @negative_cancelled_name(%x: tensor<?x?xf32>, %k: index) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xf32>
  %c = tensor.collapse_shape %x [[0, 1]] : tensor<?x?xf32> into tensor<?xf32>
  // expected-remark @+1 {{from 'tensor.expand_shape': expected extents that are known to be equal}}
  %r = tensor.expand_shape %c [[0, 1]] output_shape [%m, %k] {test.layout} : tensor<?xf32> into tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// A cast forgets an extent, nothing else.
func.func @cast(%x: tensor<2x3xf32>, %n: index) -> tensor<?x3xf32> {
  %c = tensor.cast %x : tensor<2x3xf32> to tensor<?x?xf32>
  %f = tensor.collapse_shape %c [[0, 1]] : tensor<?x?xf32> into tensor<?xf32>
  // expected-remark @+1 {{[s0:2] [s1:3] from argument 0}}
  %r = tensor.expand_shape %f [[0, 1]] output_shape [%n, 3] {test.layout} : tensor<?xf32> into tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}

// -----

//===----------------------------------------------------------------------===//
// Copies by tensor.extract
//===----------------------------------------------------------------------===//

#id = affine_map<(d0, d1, d2) -> (d0, d1, d2)>

// select(dim == 1, 0, i) is i, as i runs up to dim.
func.func @extract(%x: tensor<?x1x5xf32>) -> tensor<?x4x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x1x5xf32>
  %e = tensor.empty(%n) : tensor<?x4x5xf32>
  // expected-remark @+1 {{[s0:?] [count:4] [s2:5] from argument 0}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"], test.layout} outs(%e : tensor<?x4x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 2 : index
    %is1 = arith.cmpi eq, %n, %c1 : index
    %s = arith.select %is1, %c0, %i : index
    %v = tensor.extract %x[%s, %c0, %k] : tensor<?x1x5xf32>
    linalg.yield %v : f32
  } -> tensor<?x4x5xf32>
  return %r : tensor<?x4x5xf32>
}

// A broadcast at run time, if %x's extent is 1 and %n is not.
func.func @negative_extract_other_extent(%x: tensor<?x1x5xf32>, %n: index) -> tensor<?x4x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d = tensor.dim %x, %c0 : tensor<?x1x5xf32>
  %e = tensor.empty(%n) : tensor<?x4x5xf32>
  // expected-remark @+1 {{from 'linalg.generic': expected few and static iterations of the loops that an index depends on}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"], test.layout} outs(%e : tensor<?x4x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 2 : index
    %is1 = arith.cmpi eq, %d, %c1 : index
    %s = arith.select %is1, %c0, %i : index
    %v = tensor.extract %x[%s, %c0, %k] : tensor<?x1x5xf32>
    linalg.yield %v : f32
  } -> tensor<?x4x5xf32>
  return %r : tensor<?x4x5xf32>
}

// The first 3 of 7.
func.func @negative_extract_slice(%x: tensor<7xf32>) -> tensor<3x4x5xf32> {
  %e = tensor.empty() : tensor<3x4x5xf32>
  // expected-remark @+1 {{from 'linalg.generic': expected an index that takes 7 values, but found one of 3}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"], test.layout} outs(%e : tensor<3x4x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %v = tensor.extract %x[%i] : tensor<7xf32>
    linalg.yield %v : f32
  } -> tensor<3x4x5xf32>
  return %r : tensor<3x4x5xf32>
}

func.func @negative_extract_diagonal(%x: tensor<3x3xf32>) -> tensor<3x4x5xf32> {
  %e = tensor.empty() : tensor<3x4x5xf32>
  // expected-remark @+1 {{from 'linalg.generic': expected no part of a loop's index in two places}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"], test.layout} outs(%e : tensor<3x4x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %v = tensor.extract %x[%i, %i] : tensor<3x3xf32>
    linalg.yield %v : f32
  } -> tensor<3x4x5xf32>
  return %r : tensor<3x4x5xf32>
}

func.func @negative_extract_from_a_tensor_of_the_body(%x: tensor<3xf32>) -> tensor<3x4x5xf32> {
  %e = tensor.empty() : tensor<3x4x5xf32>
  // expected-remark @+1 {{from 'linalg.generic': expected a tensor from outside of the body}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"], test.layout} outs(%e : tensor<3x4x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %n = arith.negf %x : tensor<3xf32>
    %v = tensor.extract %n[%i] : tensor<3xf32>
    linalg.yield %v : f32
  } -> tensor<3x4x5xf32>
  return %r : tensor<3x4x5xf32>
}

func.func private @f()

func.func @negative_extract_with_side_effects(%x: tensor<3xf32>) -> tensor<3x4x5xf32> {
  %e = tensor.empty() : tensor<3x4x5xf32>
  // expected-remark @+1 {{from 'linalg.generic': expected a body without side effects}}
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel"], test.layout} outs(%e : tensor<3x4x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    func.call @f() : () -> ()
    %v = tensor.extract %x[%i] : tensor<3xf32>
    linalg.yield %v : f32
  } -> tensor<3x4x5xf32>
  return %r : tensor<3x4x5xf32>
}

// -----

// The verifier looks at the lower half of an index.
func.func @indices_that_verify(%x: tensor<2x3x5xf32>) -> tensor<6x5xf32> {
  // expected-remark @+1 {{[s0:2 s1:3] [s2:5] from argument 0}}
  %r = "tensor.collapse_shape"(%x) <{reassociation = [[4611686018427387904, 1], [2]]}> {test.layout} : (tensor<2x3x5xf32>) -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}
