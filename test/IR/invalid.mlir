// The constraints of docs/Spec.md in the order of their labels: of each, what is
// still accepted, then what is rejected.
//
// RUN: ditto-opt %s -split-input-file -verify-diagnostics

// repeat_c1: ranked tensors of one element type
func.func @repeat_c1_accepted(%x: tensor<2xf32>) -> tensor<4xf32> {
  %r = ditto.repeat %x by [2] : tensor<2xf32> -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

func.func @repeat_c1_element_type(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected result element type 'f32', the operand's, but got 'f64'}}
  %r = ditto.repeat %x by [2] : tensor<2xf32> -> tensor<4xf64>
  return
}

// -----

func.func @repeat_c1_signedness(%x: tensor<2xsi8>) {
  // expected-error@+1 {{expected result element type 'si8', the operand's, but got 'i8'}}
  %r = ditto.repeat %x by [2] : tensor<2xsi8> -> tensor<4xi8>
  return
}

// -----

func.func @repeat_c1_unranked_operand(%x: tensor<*xf32>) {
  // expected-error@+1 {{expected builtin.tensor, but found 'tensor<*xf32>'}}
  %r = ditto.repeat %x by [2] : tensor<*xf32> -> tensor<4xf32>
  return
}

// -----

func.func @repeat_c1_unranked_operand_generic(%x: tensor<*xf32>) {
  // expected-error@+1 {{operand #0 must be ranked tensor of any type values, but got 'tensor<*xf32>'}}
  %r = "ditto.repeat"(%x) <{static_counts = array<i64: 2>}> : (tensor<*xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @repeat_c1_unranked_result_generic(%x: tensor<2xf32>) {
  // expected-error@+1 {{result #0 must be ranked tensor of any type values, but got 'tensor<*xf32>'}}
  %r = "ditto.repeat"(%x) <{static_counts = array<i64: 2>}> : (tensor<2xf32>) -> tensor<*xf32>
  return
}

// -----

func.func @repeat_c1_memref_generic(%x: memref<2xf32>) {
  // expected-error@+1 {{operand #0 must be ranked tensor of any type values, but got 'memref<2xf32>'}}
  %r = "ditto.repeat"(%x) <{static_counts = array<i64: 2>}> : (memref<2xf32>) -> memref<4xf32>
  return
}

// -----

func.func @repeat_c1_no_operand() {
  // expected-error@+1 {{expected 1 or more operands, but found 0}}
  %r = "ditto.repeat"() <{static_counts = array<i64: 2>}> : () -> tensor<4xf32>
  return
}

// -----

func.func @repeat_c1_two_results(%x: tensor<2xf32>) {
  // expected-error@+1 {{requires one result}}
  %r:2 = "ditto.repeat"(%x) <{static_counts = array<i64: 2>}> : (tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return
}

// -----

func.func @repeat_c1_unranked_result(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected builtin.tensor, but found 'tensor<*xf32>'}}
  %r = ditto.repeat %x by [2] : tensor<2xf32> -> tensor<*xf32>
  return
}

// -----

func.func @repeat_c1_memref(%x: memref<2xf32>) {
  // expected-error@+1 {{expected builtin.tensor, but found 'memref<2xf32>'}}
  %r = ditto.repeat %x by [2] : memref<2xf32> -> tensor<4xf32>
  return
}

// -----

func.func @repeat_c1_vector(%x: vector<2xf32>) {
  // expected-error@+1 {{expected builtin.tensor, but found 'vector<2xf32>'}}
  %r = ditto.repeat %x by [2] : vector<2xf32> -> tensor<4xf32>
  return
}

// -----

// repeat_c2: at least one count per operand dimension
func.func @repeat_c2_accepted(%x: tensor<2x2xf32>, %s: tensor<f32>) -> tensor<f32> {
  %0 = ditto.repeat %x by [2, 1] : tensor<2x2xf32> -> tensor<4x2xf32>
  %1 = ditto.repeat %s by [] : tensor<f32> -> tensor<f32>
  return %1 : tensor<f32>
}

// -----

func.func @repeat_c2_fewer_counts(%x: tensor<2x2xf32>) {
  // expected-error@+1 {{expected at least 2 counts, one per operand dimension, but got 1}}
  %r = ditto.repeat %x by [2] : tensor<2x2xf32> -> tensor<4xf32>
  return
}

// -----

func.func @repeat_c2_no_counts(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected at least 1 counts, one per operand dimension, but got 0}}
  %r = ditto.repeat %x by [] : tensor<2xf32> -> tensor<2xf32>
  return
}

// -----

// repeat_c3: one result dimension per count
func.func @repeat_c3_accepted(%x: tensor<3xf32>) -> tensor<3x4x6xf32> {
  %r = ditto.repeat %x by [3, 4, 2] : tensor<3xf32> -> tensor<3x4x6xf32>
  return %r : tensor<3x4x6xf32>
}

// -----

func.func @repeat_c3_result_rank(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected result rank 2, one dimension per count, but got 1}}
  %r = ditto.repeat %x by [4, 2] : tensor<3xf32> -> tensor<24xf32>
  return
}

// -----

// repeat_c4: static counts >= 0
func.func @repeat_c4_accepted(%x: tensor<3xf32>) -> tensor<0xf32> {
  %r = ditto.repeat %x by [0] : tensor<3xf32> -> tensor<0xf32>
  return %r : tensor<0xf32>
}

// -----

// A negative constant operand is no invalid IR: the run-time check fires.
func.func @repeat_c4_constant_operand_accepted(%x: tensor<3xf32>) -> tensor<?xf32> {
  %n = arith.constant -1 : index
  %r = ditto.repeat %x by [%n] : tensor<3xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

func.func @repeat_c4_negative(%x: tensor<3x2xf32>) {
  // expected-error@+1 {{expected the count of dimension 1 to be >= 0, but got -1}}
  %r = ditto.repeat %x by [2, -1] : tensor<3x2xf32> -> tensor<6x?xf32>
  return
}

// -----

func.func @repeat_c4_most_negative_but_one(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected the count of dimension 0 to be >= 0, but got -9223372036854775807}}
  %r = ditto.repeat %x by [-9223372036854775807] : tensor<3xf32> -> tensor<?xf32>
  return
}

// -----

// The most negative number stands for a count that is an operand.
func.func @repeat_c4_marker_without_operand(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected 1 count operands, one per dynamic entry of static_counts, but got 0}}
  %r = "ditto.repeat"(%x) <{static_counts = array<i64: -9223372036854775808>}> : (tensor<3xf32>) -> tensor<?xf32>
  return
}

// -----

func.func @repeat_c4_operand_without_marker(%x: tensor<3xf32>, %n: index) {
  // expected-error@+1 {{expected 0 count operands, one per dynamic entry of static_counts, but got 1}}
  %r = "ditto.repeat"(%x, %n) <{static_counts = array<i64: 2>}> : (tensor<3xf32>, index) -> tensor<6xf32>
  return
}

// -----

func.func @repeat_c4_count_not_index(%x: tensor<3xf32>, %n: i64) {
  // expected-error@+1 {{operand #1 must be variadic of index, but got 'i64'}}
  %r = "ditto.repeat"(%x, %n) <{static_counts = array<i64: -9223372036854775808>}> : (tensor<3xf32>, i64) -> tensor<?xf32>
  return
}

// -----

func.func @repeat_c4_no_static_counts(%x: tensor<3xf32>) {
  // expected-error@+1 {{requires attribute 'static_counts'}}
  %r = "ditto.repeat"(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @repeat_c4_static_counts_not_i64(%x: tensor<3xf32>) {
  // expected-error@+1 {{Invalid attribute `static_counts` in property conversion: array<i32: 1>}}
  %r = "ditto.repeat"(%x) <{static_counts = array<i32: 1>}> : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

// repeat_c5: static extents are count x extent, checked for overflow
func.func @repeat_c5_accepted(%x: tensor<?x4xf32>, %y: tensor<1xi8>, %n: index)
    -> tensor<9223372036854775807xi8> {
  %0 = ditto.repeat %x by [3, %n] : tensor<?x4xf32> -> tensor<6x12xf32>
  %1 = ditto.repeat %y by [9223372036854775807] : tensor<1xi8> -> tensor<9223372036854775807xi8>
  return %1 : tensor<9223372036854775807xi8>
}

// -----

func.func @repeat_c5_extent(%x: tensor<2x2xf32>) {
  // expected-error@+1 {{expected result extent 6 in dimension 1 (count 3 x operand extent 2), but got 5}}
  %r = ditto.repeat %x by [2, 3] : tensor<2x2xf32> -> tensor<4x5xf32>
  return
}

// -----

func.func @repeat_c5_new_dim_extent(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected result extent 4 in dimension 0 (count 4), but got 8}}
  %r = ditto.repeat %x by [4, 1] : tensor<2xf32> -> tensor<8x2xf32>
  return
}

// -----

func.func @repeat_c5_overflow(%x: tensor<4611686018427387904xi8>) {
  // expected-error@+1 {{expected the result extent in dimension 0 to fit in 64 bits, but count 2 x operand extent 4611686018427387904 does not}}
  %r = ditto.repeat %x by [2] : tensor<4611686018427387904xi8> -> tensor<?xi8>
  return
}

// -----

// 2^32 x 2^32 is 0 modulo 2^64.
func.func @repeat_c5_overflow_to_zero(%x: tensor<4294967296xi8>) {
  // expected-error@+1 {{expected the result extent in dimension 0 to fit in 64 bits, but count 4294967296 x operand extent 4294967296 does not}}
  %r = ditto.repeat %x by [4294967296] : tensor<4294967296xi8> -> tensor<0xi8>
  return
}

// -----

// repeat_c6: one encoding
func.func @repeat_c6_accepted(%x: tensor<2xf32, "a">) -> tensor<4xf32, "a"> {
  %r = ditto.repeat %x by [2] : tensor<2xf32, "a"> -> tensor<4xf32, "a">
  return %r : tensor<4xf32, "a">
}

// -----

func.func @repeat_c6_dropped(%x: tensor<2xf32, "a">) {
  // expected-error@+1 {{expected the result to have encoding "a", like the operand, but got no encoding}}
  %r = ditto.repeat %x by [2] : tensor<2xf32, "a"> -> tensor<4xf32>
  return
}

// -----

func.func @repeat_c6_added(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected the result to have no encoding, like the operand, but got encoding "a"}}
  %r = ditto.repeat %x by [2] : tensor<2xf32> -> tensor<4xf32, "a">
  return
}

// -----

// ri_c1: ranked tensors of one element type
func.func @ri_c1_accepted(%x: tensor<2xcomplex<f32>>) -> tensor<4xcomplex<f32>> {
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<2xcomplex<f32>> -> tensor<4xcomplex<f32>>
  return %r : tensor<4xcomplex<f32>>
}

// -----

func.func @ri_c1_element_type(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected result element type 'f32', the operand's, but got 'i32'}}
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<2xf32> -> tensor<4xi32>
  return
}

// -----

func.func @ri_c1_unranked(%x: tensor<*xf32>) {
  // expected-error@+1 {{operand #0 must be ranked tensor of any type values, but got 'tensor<*xf32>'}}
  %r = ditto.repeat_interleave %x by 2 : tensor<*xf32> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c1_memref(%x: tensor<2xf32>) {
  // expected-error@+1 {{result #0 must be ranked tensor of any type values, but got 'memref<4xf32>'}}
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<2xf32> -> memref<4xf32>
  return
}

// -----

// ri_c2: dim in [0, rank)
func.func @ri_c2_accepted(%x: tensor<2x3xf32>) -> tensor<2x6xf32> {
  %0 = ditto.repeat_interleave %x by 2 dim(0) : tensor<2x3xf32> -> tensor<4x3xf32>
  %1 = ditto.repeat_interleave %x by 2 dim(1) : tensor<2x3xf32> -> tensor<2x6xf32>
  return %1 : tensor<2x6xf32>
}

// -----

func.func @ri_c2_too_large(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected dim in [0, 2), but got 2}}
  %r = ditto.repeat_interleave %x by 2 dim(2) : tensor<2x3xf32> -> tensor<2x6xf32>
  return
}

// -----

func.func @ri_c2_negative(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected dim in [0, 2), but got -1}}
  %r = ditto.repeat_interleave %x by 2 dim(-1) : tensor<2x3xf32> -> tensor<2x6xf32>
  return
}

// -----

func.func @ri_c2_most_negative(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected dim in [0, 2), but got -9223372036854775808}}
  %r = ditto.repeat_interleave %x by 2 dim(-9223372036854775808) : tensor<2x3xf32> -> tensor<2x6xf32>
  return
}

// -----

func.func @ri_c2_rank_zero_accepted(%x: tensor<f32>) -> tensor<2xf32> {
  %r = ditto.repeat_interleave %x by 2 : tensor<f32> -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// -----

func.func @ri_c2_rank_zero(%x: tensor<f32>) {
  // expected-error@+1 {{expected no dim for an operand of rank 0, but got 0}}
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<f32> -> tensor<2xf32>
  return
}

// -----

// ri_c3: the operand's rank with dim, rank 1 without it
func.func @ri_c3_accepted(%x: tensor<2x3xf32>) -> tensor<12xf32> {
  %r = ditto.repeat_interleave %x by 2 : tensor<2x3xf32> -> tensor<12xf32>
  return %r : tensor<12xf32>
}

// -----

func.func @ri_c3_with_dim(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected result rank 2, the operand's, but got 1}}
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<2x3xf32> -> tensor<12xf32>
  return
}

// -----

func.func @ri_c3_without_dim(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected result rank 1, the flattened operand's, but got 2}}
  %r = ditto.repeat_interleave %x by 2 : tensor<2x3xf32> -> tensor<4x3xf32>
  return
}

// -----

// ri_c4: a static count >= 0
func.func @ri_c4_accepted(%x: tensor<3xf32>) -> tensor<0xf32> {
  %r = ditto.repeat_interleave %x by 0 dim(0) : tensor<3xf32> -> tensor<0xf32>
  return %r : tensor<0xf32>
}

// -----

func.func @ri_c4_constant_operand_accepted(%x: tensor<3xf32>) -> tensor<?xf32> {
  %n = arith.constant -1 : index
  %r = ditto.repeat_interleave %x by %n dim(0) : tensor<3xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

func.func @ri_c4_negative(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected the count to be >= 0, but got -2}}
  %r = ditto.repeat_interleave %x by -2 dim(0) : tensor<3xf32> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c4_most_negative(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected the count to be >= 0, but got -9223372036854775808}}
  %r = ditto.repeat_interleave %x by -9223372036854775808 dim(0) : tensor<3xf32> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c4_both_counts(%x: tensor<3xf32>, %n: index) {
  // expected-error@+1 {{expected a count operand or a static_count, but got both}}
  %r = "ditto.repeat_interleave"(%x, %n) <{dim = 0 : i64, operandSegmentSizes = array<i32: 1, 1, 0>, static_count = 2 : i64}> : (tensor<3xf32>, index) -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_no_count(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected a count operand or a static_count, but got neither}}
  %r = "ditto.repeat_interleave"(%x) <{dim = 0 : i64, operandSegmentSizes = array<i32: 1, 0, 0>}> : (tensor<3xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_segments_too_many(%x: tensor<3xf32>) {
  // expected-error@+1 {{operand count (1) does not match with the total size (2)}}
  %r = "ditto.repeat_interleave"(%x) <{dim = 0 : i64, operandSegmentSizes = array<i32: 1, 1, 0>}> : (tensor<3xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_segments_negative(%x: tensor<3xf32>) {
  // expected-error@+1 {{'operandSegmentSizes' attribute cannot have negative elements}}
  %r = "ditto.repeat_interleave"(%x) <{dim = 0 : i64, operandSegmentSizes = array<i32: 1, -1, 1>, static_count = 2 : i64}> : (tensor<3xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_segments_two_inputs(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected 1 input operand, but got 2}}
  %r = "ditto.repeat_interleave"(%x, %x) <{dim = 0 : i64, operandSegmentSizes = array<i32: 2, 0, 0>, static_count = 2 : i64}> : (tensor<3xf32>, tensor<3xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_segments_no_input_but_size(%n: index) {
  // expected-error@+1 {{expected 1 input operand, but got 0}}
  %r = "ditto.repeat_interleave"(%n) <{dim = 0 : i64, operandSegmentSizes = array<i32: 0, 0, 1>, static_count = 2 : i64}> : (index) -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_segments_two_counts(%x: tensor<3xf32>, %n: index) {
  // expected-error@+1 {{operand group starting at #1 requires 0 or 1 element, but found 2}}
  %r = "ditto.repeat_interleave"(%x, %n, %n) <{dim = 0 : i64, operandSegmentSizes = array<i32: 1, 2, 0>}> : (tensor<3xf32>, index, index) -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_segments_missing(%x: tensor<3xf32>) {
  // expected-error@+1 {{operand count (1) does not match with the total size (0)}}
  %r = "ditto.repeat_interleave"(%x) <{dim = 0 : i64, static_count = 2 : i64}> : (tensor<3xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_segments_no_input(%n: index) {
  // expected-error@+1 {{expected 1 input operand, but got 0}}
  %r = "ditto.repeat_interleave"(%n) <{dim = 0 : i64, operandSegmentSizes = array<i32: 0, 1, 0>}> : (index) -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_static_count_not_i64(%x: tensor<3xf32>) {
  // expected-error@+1 {{attribute 'static_count' failed to satisfy constraint: 64-bit signless integer attribute}}
  %r = "ditto.repeat_interleave"(%x) <{dim = 0 : i64, operandSegmentSizes = array<i32: 1, 0, 0>, static_count = 2 : i32}> : (tensor<3xf32>) -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_property_among_attributes(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected 'static_count' in its own place of the syntax, not among the attributes}}
  %r = ditto.repeat_interleave %x by 2 dim(0) {static_count = 3 : i64} : tensor<3xf32> -> tensor<6xf32>
  return
}

// -----

func.func @ri_c4_type_of_static_count(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected no counts type for a static count}}
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf32>, index -> tensor<6xf32>
  return
}

// -----

// ri_c5: counts tensors of rank 0 or 1 and type i32, i64 or index
func.func @ri_c5_accepted(%x: tensor<3xf32>, %a: tensor<i32>, %b: tensor<3xi64>,
                          %c: tensor<?xindex>) -> tensor<?xf32> {
  %0 = ditto.repeat_interleave %x by %a dim(0) : tensor<3xf32>, tensor<i32> -> tensor<?xf32>
  %1 = ditto.repeat_interleave %x by %b dim(0) : tensor<3xf32>, tensor<3xi64> -> tensor<?xf32>
  %2 = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<?xindex> -> tensor<?xf32>
  return %2 : tensor<?xf32>
}

// -----

func.func @ri_c5_rank(%x: tensor<3xf32>, %c: tensor<3x1xi64>) {
  // expected-error@+1 {{expected a counts tensor of rank 0 or 1, but got rank 2}}
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<3x1xi64> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c5_element_type(%x: tensor<3xf32>, %c: tensor<3xi16>) {
  // expected-error@+1 {{expected counts of type i32, i64 or index, but got i16}}
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<3xi16> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c5_unsigned(%x: tensor<3xf32>, %c: tensor<3xui32>) {
  // expected-error@+1 {{expected counts of type i32, i64 or index, but got ui32}}
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<3xui32> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c5_unranked(%x: tensor<3xf32>, %c: tensor<*xi64>) {
  // expected-error@+1 {{operand #1 must be index or ranked tensor of any type values, but got 'tensor<*xi64>'}}
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<*xi64> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c5_scalar(%x: tensor<3xf32>, %c: i64) {
  // expected-error@+1 {{operand #1 must be index or ranked tensor of any type values, but got 'i64'}}
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, i64 -> tensor<?xf32>
  return
}

// -----

// ri_c6: one count, or one per element
func.func @ri_c6_accepted(%x: tensor<2x3xf32>, %one: tensor<1xi64>,
                          %two: tensor<2xi64>, %six: tensor<6xi64>) -> tensor<?xf32> {
  %0 = ditto.repeat_interleave %x by %one dim(0) : tensor<2x3xf32>, tensor<1xi64> -> tensor<?x3xf32>
  %1 = ditto.repeat_interleave %x by %two dim(0) : tensor<2x3xf32>, tensor<2xi64> -> tensor<?x3xf32>
  %2 = ditto.repeat_interleave %x by %six : tensor<2x3xf32>, tensor<6xi64> -> tensor<?xf32>
  return %2 : tensor<?xf32>
}

// -----

func.func @ri_c6_length(%x: tensor<3xf32>, %c: tensor<2xi64>) {
  // expected-error@+1 {{expected 1 or 3 counts, one per repeated element, but got 2}}
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<2xi64> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c6_flattened_length(%x: tensor<2x3xf32>, %c: tensor<3xi64>) {
  // expected-error@+1 {{expected 1 or 6 counts, one per repeated element, but got 3}}
  %r = ditto.repeat_interleave %x by %c : tensor<2x3xf32>, tensor<3xi64> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c6_no_counts(%x: tensor<3xf32>, %c: tensor<0xi64>) {
  // expected-error@+1 {{expected 1 or 3 counts, one per repeated element, but got 0}}
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<0xi64> -> tensor<?xf32>
  return
}

// -----

// ri_c7: result extents
func.func @ri_c7_accepted(%x: tensor<?x4xf32>, %y: tensor<1xi8>, %n: index)
    -> tensor<9223372036854775807xi8> {
  %0 = ditto.repeat_interleave %x by %n dim(0) : tensor<?x4xf32> -> tensor<12x4xf32>
  %1 = ditto.repeat_interleave %y by 9223372036854775807 dim(0) : tensor<1xi8> -> tensor<9223372036854775807xi8>
  return %1 : tensor<9223372036854775807xi8>
}

// -----

func.func @ri_c7_repeated_extent(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected result extent 6 in dimension 1 (count 2 x extent 3), but got 5}}
  %r = ditto.repeat_interleave %x by 2 dim(1) : tensor<2x3xf32> -> tensor<2x5xf32>
  return
}

// -----

func.func @ri_c7_other_extent(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expected result extent 2 in dimension 0, the operand's, but got 4}}
  %r = ditto.repeat_interleave %x by 2 dim(1) : tensor<2x3xf32> -> tensor<4x6xf32>
  return
}

// -----

func.func @ri_c7_output_size(%x: tensor<3xf32>, %c: tensor<3xi64>) {
  // expected-error@+1 {{expected result extent 6 in dimension 0 (output_size), but got 5}}
  %r = ditto.repeat_interleave %x by %c dim(0) output_size(6) : tensor<3xf32>, tensor<3xi64> -> tensor<5xf32>
  return
}

// -----

func.func @ri_c7_overflow(%x: tensor<4611686018427387904xi8>) {
  // expected-error@+1 {{expected the repeated extent to fit in 64 bits, but count 2 x extent 4611686018427387904 does not}}
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<4611686018427387904xi8> -> tensor<?xi8>
  return
}

// -----

func.func @ri_c7_flattened_overflow(%x: tensor<4294967296x4294967296xi8>) {
  // expected-error@+1 {{expected the flattened operand's extent to fit in 64 bits, but that of tensor<4294967296x4294967296xi8> does not}}
  %r = ditto.repeat_interleave %x by 2 : tensor<4294967296x4294967296xi8> -> tensor<?xi8>
  return
}

// -----

// ri_c8: output_size >= 0 and equal to a static total
func.func @ri_c8_accepted(%x: tensor<3xf32>, %c: tensor<3xi64>) -> tensor<0xf32> {
  %0 = ditto.repeat_interleave %x by 2 dim(0) output_size(6) : tensor<3xf32> -> tensor<6xf32>
  %1 = ditto.repeat_interleave %x by %c dim(0) output_size(0) : tensor<3xf32>, tensor<3xi64> -> tensor<0xf32>
  return %1 : tensor<0xf32>
}

// -----

func.func @ri_c8_negative(%x: tensor<3xf32>, %c: tensor<3xi64>) {
  // expected-error@+1 {{expected output_size to be >= 0, but got -6}}
  %r = ditto.repeat_interleave %x by %c dim(0) output_size(-6) : tensor<3xf32>, tensor<3xi64> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c8_most_negative(%x: tensor<3xf32>, %c: tensor<3xi64>) {
  // expected-error@+1 {{expected output_size to be >= 0, but got -9223372036854775808}}
  %r = ditto.repeat_interleave %x by %c dim(0) output_size(-9223372036854775808) : tensor<3xf32>, tensor<3xi64> -> tensor<?xf32>
  return
}

// -----

func.func @ri_c8_total(%x: tensor<3xf32>) {
  // expected-error@+1 {{expected output_size 6 (count 2 x extent 3), but got 7}}
  %r = ditto.repeat_interleave %x by 2 dim(0) output_size(7) : tensor<3xf32> -> tensor<7xf32>
  return
}

// -----

func.func @ri_c8_both_sizes(%x: tensor<3xf32>, %n: index) {
  // expected-error@+1 {{expected an output_size operand or a static_output_size, but got both}}
  %r = "ditto.repeat_interleave"(%x, %n) <{dim = 0 : i64, operandSegmentSizes = array<i32: 1, 0, 1>, static_count = 2 : i64, static_output_size = 6 : i64}> : (tensor<3xf32>, index) -> tensor<6xf32>
  return
}

// -----

// ri_c9: one encoding
func.func @ri_c9_accepted(%x: tensor<2x3xf32, "a">) -> tensor<12xf32, "a"> {
  %r = ditto.repeat_interleave %x by 2 : tensor<2x3xf32, "a"> -> tensor<12xf32, "a">
  return %r : tensor<12xf32, "a">
}

// -----

func.func @ri_c9_changed(%x: tensor<2xf32, "a">) {
  // expected-error@+1 {{expected the result to have encoding "a", like the operand, but got encoding "b"}}
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<2xf32, "a"> -> tensor<4xf32, "b">
  return
}

// -----

// The custom forms without their parts.

func.func @repeat_without_by(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected 'by'}}
  %r = ditto.repeat %x [2] : tensor<2xf32> -> tensor<4xf32>
  return
}

// -----

func.func @interleave_without_count(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected SSA operand}}
  %r = ditto.repeat_interleave %x by dim(0) : tensor<2xf32> -> tensor<4xf32>
  return
}

// -----

func.func @interleave_dim_not_integer(%x: tensor<2xf32>) {
  // expected-error@+1 {{expected integer value}}
  %r = ditto.repeat_interleave %x by 2 dim(%x) : tensor<2xf32> -> tensor<4xf32>
  return
}
