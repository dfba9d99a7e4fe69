// RUN: ditto-opt %s --canonicalize="test-convergence" --split-input-file | FileCheck %s

// CHECK-LABEL: @identity
// CHECK-SAME:    %[[X:.*]]: tensor<?x3xf32>
// CHECK-NEXT:    return %[[X]]
func.func @identity(%x: tensor<?x3xf32>) -> tensor<?x3xf32> {
  %r = ditto.repeat_interleave %x by 1 dim(0) : tensor<?x3xf32> -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}

// -----

// output_size is a check.
// CHECK-LABEL: @negative_identity_with_check
// CHECK:         ditto.repeat_interleave
func.func @negative_identity_with_check(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %r = ditto.repeat_interleave %x by 1 dim(0) output_size(%n) : tensor<?xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @flatten_only
// CHECK-SAME:    %[[X:.*]]: tensor<?x3xf32>
// CHECK-NEXT:    %[[R:.*]] = tensor.collapse_shape %[[X]] {{\[}}[0, 1]] : tensor<?x3xf32> into tensor<?xf32>
// CHECK-NEXT:    return %[[R]]
func.func @flatten_only(%x: tensor<?x3xf32>) -> tensor<?xf32> {
  %r = ditto.repeat_interleave %x by 1 : tensor<?x3xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// A static output_size too, where the extent is not known.
// CHECK-LABEL: @negative_identity_with_static_check
// CHECK:         ditto.repeat_interleave %{{.*}} by 1 dim(0) output_size(4)
func.func @negative_identity_with_static_check(%x: tensor<?xf32>) -> tensor<4xf32> {
  %r = ditto.repeat_interleave %x by 1 dim(0) output_size(4) : tensor<?xf32> -> tensor<?xf32>
  %s = tensor.cast %r : tensor<?xf32> to tensor<4xf32>
  return %s : tensor<4xf32>
}

// -----

// An empty tensor has nothing to reshape.
// CHECK-LABEL: @negative_flatten_empty
// CHECK:         ditto.repeat_interleave %{{.*}} by 1 : tensor<0x?xf32> -> tensor<0xf32>
func.func @negative_flatten_empty(%x: tensor<0x?xf32>) -> tensor<0xf32> {
  %r = ditto.repeat_interleave %x by 1 : tensor<0x?xf32> -> tensor<0xf32>
  return %r : tensor<0xf32>
}

// -----

// CHECK-LABEL: @flattened_rank_1
// CHECK:         ditto.repeat_interleave %{{.*}} by 2 dim(0) : tensor<3xf32> -> tensor<6xf32>
func.func @flattened_rank_1(%x: tensor<3xf32>) -> tensor<6xf32> {
  %r = ditto.repeat_interleave %x by 2 : tensor<3xf32> -> tensor<6xf32>
  return %r : tensor<6xf32>
}

// -----

// CHECK-LABEL: @negative_flattened_rank_2
// CHECK:         ditto.repeat_interleave %{{.*}} by 2 : tensor<3x1xf32> -> tensor<6xf32>
func.func @negative_flattened_rank_2(%x: tensor<3x1xf32>) -> tensor<6xf32> {
  %r = ditto.repeat_interleave %x by 2 : tensor<3x1xf32> -> tensor<6xf32>
  return %r : tensor<6xf32>
}

// -----

// CHECK-LABEL: @compose
// CHECK-SAME:    %[[X:.*]]: tensor<?x2xf32>
// CHECK-NEXT:    %[[R:.*]] = ditto.repeat_interleave %[[X]] by 6 dim(0) : tensor<?x2xf32> -> tensor<?x2xf32>
// CHECK-NEXT:    return %[[R]]
func.func @compose(%x: tensor<?x2xf32>) -> tensor<?x2xf32> {
  %a = ditto.repeat_interleave %x by 2 dim(0) : tensor<?x2xf32> -> tensor<?x2xf32>
  %r = ditto.repeat_interleave %a by 3 dim(0) : tensor<?x2xf32> -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

// -----

// CHECK-LABEL: @compose_flattened
// CHECK:         ditto.repeat_interleave %{{.*}} by 6 : tensor<5x2xf32> -> tensor<60xf32>
func.func @compose_flattened(%x: tensor<5x2xf32>) -> tensor<60xf32> {
  %a = ditto.repeat_interleave %x by 2 : tensor<5x2xf32> -> tensor<20xf32>
  %r = ditto.repeat_interleave %a by 3 dim(0) : tensor<20xf32> -> tensor<60xf32>
  return %r : tensor<60xf32>
}

// -----

// CHECK-LABEL: @negative_compose_other_dim
// CHECK-COUNT-2: ditto.repeat_interleave
func.func @negative_compose_other_dim(%x: tensor<5x2xf32>) -> tensor<10x6xf32> {
  %a = ditto.repeat_interleave %x by 2 dim(0) : tensor<5x2xf32> -> tensor<10x2xf32>
  %r = ditto.repeat_interleave %a by 3 dim(1) : tensor<10x2xf32> -> tensor<10x6xf32>
  return %r : tensor<10x6xf32>
}

// -----

// No type says that it is another one.
// CHECK-LABEL: @negative_compose_other_dim_dynamic
// CHECK-COUNT-2: ditto.repeat_interleave
func.func @negative_compose_other_dim_dynamic(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %a = ditto.repeat_interleave %x by 2 dim(0) : tensor<?x?xf32> -> tensor<?x?xf32>
  %r = ditto.repeat_interleave %a by 3 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// -----

// CHECK-LABEL: @negative_compose_inner_output_size
// CHECK-COUNT-2: ditto.repeat_interleave
func.func @negative_compose_inner_output_size(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %a = ditto.repeat_interleave %x by 2 dim(0) output_size(%n) : tensor<?xf32> -> tensor<?xf32>
  %r = ditto.repeat_interleave %a by 3 dim(0) : tensor<?xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// repeat is no repeat_interleave.
// CHECK-LABEL: @negative_compose_repeat
// CHECK:         ditto.repeat %
// CHECK:         ditto.repeat_interleave
func.func @negative_compose_repeat(%x: tensor<5xf32>) -> tensor<30xf32> {
  %a = ditto.repeat %x by [2] : tensor<5xf32> -> tensor<10xf32>
  %r = ditto.repeat_interleave %a by 3 dim(0) : tensor<10xf32> -> tensor<30xf32>
  return %r : tensor<30xf32>
}

// -----

// CHECK-LABEL: @constant_count
// CHECK:         ditto.repeat_interleave %{{.*}} by 4 dim(1) : tensor<3x2x5xf32> -> tensor<3x8x5xf32>
func.func @constant_count(%x: tensor<3x2x5xf32>) -> tensor<3x8x5xf32> {
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  %r = ditto.repeat_interleave %x by %c4 dim(1) output_size(%c8) : tensor<3x2x5xf32> -> tensor<3x8x5xf32>
  return %r : tensor<3x8x5xf32>
}

// -----

// CHECK-LABEL: @negative_constant_count_below_zero
// CHECK:         %[[C:.*]] = arith.constant -1 : index
// CHECK:         ditto.repeat_interleave %{{.*}} by %[[C]] dim(0)
func.func @negative_constant_count_below_zero(%x: tensor<3xf32>) -> tensor<?xf32> {
  %c = arith.constant -1 : index
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// A wrong output_size is an error of the run.
// CHECK-LABEL: @negative_constant_output_size_wrong
// CHECK:         %[[S:.*]] = arith.constant 7 : index
// CHECK:         ditto.repeat_interleave %{{.*}} by 2 dim(0) output_size(%[[S]])
func.func @negative_constant_output_size_wrong(%x: tensor<3xf32>) -> tensor<?xf32> {
  %c7 = arith.constant 7 : index
  %r = ditto.repeat_interleave %x by 2 dim(0) output_size(%c7) : tensor<3xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @uniform_counts_tensor
// CHECK:         ditto.repeat_interleave %{{.*}} by 4 dim(0) : tensor<2xf32> -> tensor<8xf32>
func.func @uniform_counts_tensor(%x: tensor<2xf32>) -> tensor<?xf32> {
  %c = arith.constant dense<4> : tensor<2xi64>
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<2xf32>, tensor<2xi64> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// One count serves every element, whatever their number.
// CHECK-LABEL: @shared_count_tensor
// CHECK:         ditto.repeat_interleave %{{.*}} by 4 dim(0) : tensor<?xf32> -> tensor<?xf32>
func.func @shared_count_tensor(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c = arith.constant dense<4> : tensor<i32>
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<?xf32>, tensor<i32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// Two counts for an unknown number of elements: that is checked at run time.
// CHECK-LABEL: @negative_uniform_counts_unknown_extent
// CHECK:         ditto.repeat_interleave %{{.*}} by %{{.*}} dim(0) : tensor<?xf32>, tensor<2xi64> -> tensor<?xf32>
func.func @negative_uniform_counts_unknown_extent(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c = arith.constant dense<4> : tensor<2xi64>
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<?xf32>, tensor<2xi64> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @negative_uniform_counts_below_zero
// CHECK:         ditto.repeat_interleave %{{.*}} by %{{.*}} dim(0) : tensor<2xf32>, tensor<2xi64> -> tensor<?xf32>
func.func @negative_uniform_counts_below_zero(%x: tensor<2xf32>) -> tensor<?xf32> {
  %c = arith.constant dense<-4> : tensor<2xi64>
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<2xf32>, tensor<2xi64> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @constant_counts_give_total
// CHECK:         %[[R:.*]] = ditto.repeat_interleave %{{.*}} by %{{.*}} dim(0) output_size(6) : tensor<3xf32>, tensor<3xi64> -> tensor<6xf32>
// CHECK:         tensor.cast %[[R]] : tensor<6xf32> to tensor<?xf32>
func.func @constant_counts_give_total(%x: tensor<3xf32>) -> tensor<?xf32> {
  %c = arith.constant dense<[1, 2, 3]> : tensor<3xi64>
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<3xi64> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @negative_constant_counts_one_below_zero
// CHECK-NOT:     output_size
func.func @negative_constant_counts_one_below_zero(%x: tensor<3xf32>) -> tensor<?xf32> {
  %c = arith.constant dense<[1, -2, 3]> : tensor<3xi64>
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<3xi64> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @negative_constant_counts_overflow
// CHECK-NOT:     output_size
func.func @negative_constant_counts_overflow(%x: tensor<2xf32>) -> tensor<?xf32> {
  %c = arith.constant dense<[9223372036854775807, 1]> : tensor<2xi64>
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<2xf32>, tensor<2xi64> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @unit_dim
// CHECK-SAME:    %[[X:.*]]: tensor<8x1xf32>
// CHECK:         ditto.repeat %[[X]] by [1, 4] : tensor<8x1xf32> -> tensor<8x4xf32>
func.func @unit_dim(%x: tensor<8x1xf32>) -> tensor<8x4xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(1) : tensor<8x1xf32> -> tensor<8x4xf32>
  return %r : tensor<8x4xf32>
}

// -----

// The error of a negative count names the op.
// CHECK-LABEL: @negative_unit_dim_dynamic_count
// CHECK:         ditto.repeat_interleave
func.func @negative_unit_dim_dynamic_count(%x: tensor<8x1xf32>, %n: index) -> tensor<8x?xf32> {
  %r = ditto.repeat_interleave %x by %n dim(1) : tensor<8x1xf32> -> tensor<8x?xf32>
  return %r : tensor<8x?xf32>
}

// -----

// CHECK-LABEL: @scalar
// CHECK:         ditto.repeat %{{.*}} by [3] : tensor<f32> -> tensor<3xf32>
func.func @scalar(%x: tensor<f32>) -> tensor<3xf32> {
  %r = ditto.repeat_interleave %x by 3 : tensor<f32> -> tensor<3xf32>
  return %r : tensor<3xf32>
}

// -----

// The group size may equal the number of heads; only an extent of 1 counts.
// CHECK-LABEL: @negative_unit_dim_elsewhere
// CHECK:         ditto.repeat_interleave
func.func @negative_unit_dim_elsewhere(%x: tensor<1x4xf32>) -> tensor<1x16xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(1) : tensor<1x4xf32> -> tensor<1x16xf32>
  return %r : tensor<1x16xf32>
}

// -----

// CHECK-LABEL: @casts
// CHECK-SAME:    %[[X:.*]]: tensor<3x4xf32>
// CHECK-NEXT:    %[[R:.*]] = ditto.repeat_interleave %[[X]] by 2 dim(1) : tensor<3x4xf32> -> tensor<3x8xf32>
// CHECK-NEXT:    return %[[R]]
func.func @casts(%x: tensor<3x4xf32>) -> tensor<3x8xf32> {
  %c = tensor.cast %x : tensor<3x4xf32> to tensor<?x?xf32>
  %r = ditto.repeat_interleave %c by 2 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  %d = tensor.cast %r : tensor<?x?xf32> to tensor<3x8xf32>
  return %d : tensor<3x8xf32>
}

// -----

// CHECK-LABEL: @splat_of_any_size
// CHECK-NEXT:    arith.constant dense<1.000000e+00> : tensor<2305843009213693952xbf16>
func.func @splat_of_any_size() -> tensor<2305843009213693952xbf16> {
  %x = arith.constant dense<1.0> : tensor<2xbf16>
  %r = ditto.repeat_interleave %x by 1152921504606846976 dim(0) : tensor<2xbf16> -> tensor<2305843009213693952xbf16>
  return %r : tensor<2305843009213693952xbf16>
}

// -----

// CHECK-LABEL: @small_constant
// CHECK-DAG:     arith.constant dense<{{\[}}true, true, false, false]> : tensor<4xi1>
// CHECK-DAG:     arith.constant dense<{{\[}}[1, 1, 2, 2], [3, 3, 4, 4]]> : tensor<2x4xi32>
// CHECK-DAG:     arith.constant dense<{{\[}}1, 1, 2, 2, 3, 3, 4, 4]> : tensor<8xi32>
func.func @small_constant() -> (tensor<4xi1>, tensor<2x4xi32>, tensor<8xi32>) {
  %b = arith.constant dense<[true, false]> : tensor<2xi1>
  %x = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>
  %0 = ditto.repeat_interleave %b by 2 dim(0) : tensor<2xi1> -> tensor<4xi1>
  %1 = ditto.repeat_interleave %x by 2 dim(1) : tensor<2x2xi32> -> tensor<2x4xi32>
  %2 = ditto.repeat_interleave %x by 2 : tensor<2x2xi32> -> tensor<8xi32>
  return %0, %1, %2 : tensor<4xi1>, tensor<2x4xi32>, tensor<8xi32>
}

// -----

// CHECK-LABEL: @negative_large_constant
// CHECK:         ditto.repeat_interleave
func.func @negative_large_constant() -> tensor<1000xi32> {
  %x = arith.constant dense<[1, 2]> : tensor<2xi32>
  %r = ditto.repeat_interleave %x by 500 dim(0) : tensor<2xi32> -> tensor<1000xi32>
  return %r : tensor<1000xi32>
}
