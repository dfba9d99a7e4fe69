// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-sink-repeats))' | FileCheck %s

// CHECK-LABEL: @concat_of_cache
// CHECK: %[[C:.*]] = tensor.concat dim(2) %{{.*}}, %{{.*}} : (tensor<1x2x3x4xf32>, tensor<1x2x1x4xf32>)
// CHECK: %[[R:.*]] = ditto.repeat_interleave %[[C]] by 3 dim(1)
// CHECK: return %[[R]]
func.func @concat_of_cache(%past: tensor<1x2x3x4xf32>, %new: tensor<1x2x1x4xf32>) -> tensor<1x6x4x4xf32> {
  %0 = ditto.repeat_interleave %past by 3 dim(1) : tensor<1x2x3x4xf32> -> tensor<1x6x3x4xf32>
  %1 = ditto.repeat_interleave %new by 3 dim(1) : tensor<1x2x1x4xf32> -> tensor<1x6x1x4xf32>
  %2 = tensor.concat dim(2) %0, %1 : (tensor<1x6x3x4xf32>, tensor<1x6x1x4xf32>) -> tensor<1x6x4x4xf32>
  return %2 : tensor<1x6x4x4xf32>
}

// In place, repeats commute with concat along the same dimension.
// CHECK-LABEL: @concat_along_interleaved_dim
// CHECK: %[[C:.*]] = tensor.concat dim(0)
// CHECK: ditto.repeat_interleave %[[C]] by 3 dim(0) : tensor<7xf32> -> tensor<21xf32>
func.func @concat_along_interleaved_dim(%x: tensor<3xf32>, %y: tensor<4xf32>) -> tensor<21xf32> {
  %0 = ditto.repeat_interleave %x by 3 dim(0) : tensor<3xf32> -> tensor<9xf32>
  %1 = ditto.repeat_interleave %y by 3 dim(0) : tensor<4xf32> -> tensor<12xf32>
  %2 = tensor.concat dim(0) %0, %1 : (tensor<9xf32>, tensor<12xf32>) -> tensor<21xf32>
  return %2 : tensor<21xf32>
}

// x x x y y y is no repeat of x y.
// CHECK-LABEL: @negative_concat_along_repeated_dim
// CHECK: tensor.concat dim(0) %{{.*}} : (tensor<9xf32>, tensor<12xf32>)
func.func @negative_concat_along_repeated_dim(%x: tensor<3xf32>, %y: tensor<4xf32>) -> tensor<21xf32> {
  %0 = ditto.repeat %x by [3] : tensor<3xf32> -> tensor<9xf32>
  %1 = ditto.repeat %y by [3] : tensor<4xf32> -> tensor<12xf32>
  %2 = tensor.concat dim(0) %0, %1 : (tensor<9xf32>, tensor<12xf32>) -> tensor<21xf32>
  return %2 : tensor<21xf32>
}

// CHECK-LABEL: @negative_concat_of_different_counts
// CHECK: tensor.concat dim(1) %{{.*}} : (tensor<6x2xf32>, tensor<6x2xf32>)
func.func @negative_concat_of_different_counts(%x: tensor<3x2xf32>, %y: tensor<2x2xf32>) -> tensor<6x4xf32> {
  %0 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3x2xf32> -> tensor<6x2xf32>
  %1 = ditto.repeat_interleave %y by 3 dim(0) : tensor<2x2xf32> -> tensor<6x2xf32>
  %2 = tensor.concat dim(1) %0, %1 : (tensor<6x2xf32>, tensor<6x2xf32>) -> tensor<6x4xf32>
  return %2 : tensor<6x4xf32>
}

// CHECK-LABEL: @slice_of_other_dim
// CHECK: %[[S:.*]] = tensor.extract_slice %{{.*}}[0, 2] [3, 4] [1, 1] : tensor<3x8xf32> to tensor<3x4xf32>
// CHECK: ditto.repeat_interleave %[[S]] by 2 dim(0)
func.func @slice_of_other_dim(%x: tensor<3x8xf32>) -> tensor<6x4xf32> {
  %0 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3x8xf32> -> tensor<6x8xf32>
  %1 = tensor.extract_slice %0[0, 2] [6, 4] [1, 1] : tensor<6x8xf32> to tensor<6x4xf32>
  return %1 : tensor<6x4xf32>
}

// CHECK-LABEL: @slice_of_whole_groups
// CHECK: %[[S:.*]] = tensor.extract_slice %{{.*}}[1] [3] [1] : tensor<8xf32> to tensor<3xf32>
// CHECK: ditto.repeat_interleave %[[S]] by 3 dim(0)
func.func @slice_of_whole_groups(%x: tensor<8xf32>) -> tensor<9xf32> {
  %0 = ditto.repeat_interleave %x by 3 dim(0) : tensor<8xf32> -> tensor<24xf32>
  %1 = tensor.extract_slice %0[3] [9] [1] : tensor<24xf32> to tensor<9xf32>
  return %1 : tensor<9xf32>
}

// CHECK-LABEL: @negative_slice_of_parts_of_groups
// CHECK: tensor.extract_slice %{{.*}}[2] [9] [1] : tensor<24xf32>
func.func @negative_slice_of_parts_of_groups(%x: tensor<8xf32>) -> tensor<9xf32> {
  %0 = ditto.repeat_interleave %x by 3 dim(0) : tensor<8xf32> -> tensor<24xf32>
  %1 = tensor.extract_slice %0[2] [9] [1] : tensor<24xf32> to tensor<9xf32>
  return %1 : tensor<9xf32>
}

// CHECK-LABEL: @slice_within_one_copy
// CHECK: %[[S:.*]] = tensor.extract_slice %{{.*}}[1] [4] [1] : tensor<8xf32> to tensor<4xf32>
// CHECK: return %[[S]]
func.func @slice_within_one_copy(%x: tensor<8xf32>) -> tensor<4xf32> {
  %0 = ditto.repeat %x by [3] : tensor<8xf32> -> tensor<24xf32>
  %1 = tensor.extract_slice %0[17] [4] [1] : tensor<24xf32> to tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: @negative_slice_across_copies
// CHECK: tensor.extract_slice %{{.*}}[6] [4] [1] : tensor<24xf32>
func.func @negative_slice_across_copies(%x: tensor<8xf32>) -> tensor<4xf32> {
  %0 = ditto.repeat %x by [3] : tensor<8xf32> -> tensor<24xf32>
  %1 = tensor.extract_slice %0[6] [4] [1] : tensor<24xf32> to tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: @slice_that_drops_other_dim
// CHECK: %[[S:.*]] = tensor.extract_slice %{{.*}}[5, 0] [1, 3] [1, 1] : tensor<8x3xf32> to tensor<3xf32>
// CHECK: ditto.repeat_interleave %[[S]] by 2 dim(0)
func.func @slice_that_drops_other_dim(%x: tensor<8x3xf32>) -> tensor<6xf32> {
  %0 = ditto.repeat_interleave %x by 2 dim(1) : tensor<8x3xf32> -> tensor<8x6xf32>
  %1 = tensor.extract_slice %0[5, 0] [1, 6] [1, 1] : tensor<8x6xf32> to tensor<6xf32>
  return %1 : tensor<6xf32>
}

// CHECK-LABEL: @elementwise_with_constant
// CHECK: %[[C:.*]] = arith.constant dense<2.000000e+00> : tensor<8xf32>
// CHECK: %[[M:.*]] = arith.mulf %{{.*}}, %[[C]] : tensor<8xf32>
// CHECK: ditto.repeat_interleave %[[M]] by 3 dim(0)
func.func @elementwise_with_constant(%x: tensor<8xf32>) -> tensor<24xf32> {
  %two = arith.constant dense<2.0> : tensor<24xf32>
  %0 = ditto.repeat_interleave %x by 3 dim(0) : tensor<8xf32> -> tensor<24xf32>
  %1 = arith.mulf %0, %two : tensor<24xf32>
  return %1 : tensor<24xf32>
}

// CHECK-LABEL: @elementwise_of_two_repeats
// CHECK: %[[A:.*]] = arith.addf %{{.*}}, %{{.*}} : tensor<8xf32>
// CHECK: ditto.repeat %[[A]] by [3]
func.func @elementwise_of_two_repeats(%x: tensor<8xf32>, %y: tensor<8xf32>) -> tensor<24xf32> {
  %0 = ditto.repeat %x by [3] : tensor<8xf32> -> tensor<24xf32>
  %1 = ditto.repeat %y by [3] : tensor<8xf32> -> tensor<24xf32>
  %2 = arith.addf %0, %1 : tensor<24xf32>
  return %2 : tensor<24xf32>
}

// CHECK-LABEL: @negative_elementwise_of_repeat_and_interleave
// CHECK: arith.addf %{{.*}}, %{{.*}} : tensor<24xf32>
func.func @negative_elementwise_of_repeat_and_interleave(%x: tensor<8xf32>, %y: tensor<8xf32>) -> tensor<24xf32> {
  %0 = ditto.repeat %x by [3] : tensor<8xf32> -> tensor<24xf32>
  %1 = ditto.repeat_interleave %y by 3 dim(0) : tensor<8xf32> -> tensor<24xf32>
  %2 = arith.addf %0, %1 : tensor<24xf32>
  return %2 : tensor<24xf32>
}

// CHECK-LABEL: @tosa_with_broadcast_operand
// CHECK: %[[M:.*]] = tosa.mul %{{.*}} : (tensor<2x5x8xf32>, tensor<1x5x8xf32>, tensor<1xi8>) -> tensor<2x5x8xf32>
// CHECK: ditto.repeat_interleave %[[M]] by 3 dim(0)
func.func @tosa_with_broadcast_operand(%k: tensor<2x5x8xf32>, %cos: tensor<1x5x8xf32>) -> tensor<6x5x8xf32> {
  %shift = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %0 = ditto.repeat_interleave %k by 3 dim(0) : tensor<2x5x8xf32> -> tensor<6x5x8xf32>
  %1 = tosa.mul %0, %cos, %shift : (tensor<6x5x8xf32>, tensor<1x5x8xf32>, tensor<1xi8>) -> tensor<6x5x8xf32>
  return %1 : tensor<6x5x8xf32>
}

// CHECK-LABEL: @negative_operand_depends_on_repeated_dim
// CHECK: arith.mulf %{{.*}}, %{{.*}} : tensor<24xf32>
func.func @negative_operand_depends_on_repeated_dim(%x: tensor<8xf32>, %y: tensor<24xf32>) -> tensor<24xf32> {
  %0 = ditto.repeat_interleave %x by 3 dim(0) : tensor<8xf32> -> tensor<24xf32>
  %1 = arith.mulf %0, %y : tensor<24xf32>
  return %1 : tensor<24xf32>
}

// Dividing by zero is undefined: it must not begin where no element was divided.
// CHECK-LABEL: @negative_division_of_nothing
// CHECK: arith.divsi %{{.*}}, %{{.*}} : tensor<?xi32>
func.func @negative_division_of_nothing(%x: tensor<8xi32>, %y: tensor<8xi32>, %n: index) -> tensor<?xi32> {
  %0 = ditto.repeat %x by [%n] : tensor<8xi32> -> tensor<?xi32>
  %1 = ditto.repeat %y by [%n] : tensor<8xi32> -> tensor<?xi32>
  %2 = arith.divsi %0, %1 : tensor<?xi32>
  return %2 : tensor<?xi32>
}

// CHECK-LABEL: @count_of_unknown_sign
// CHECK: cf.assert
// CHECK: %[[E:.*]] = math.exp %{{.*}} : tensor<8xf32>
// CHECK: ditto.repeat %[[E]] by [%{{.*}}]
func.func @count_of_unknown_sign(%x: tensor<8xf32>, %n: index) -> tensor<?xf32> {
  %0 = ditto.repeat %x by [%n] : tensor<8xf32> -> tensor<?xf32>
  %1 = math.exp %0 : tensor<?xf32>
  return %1 : tensor<?xf32>
}

// The repeat is copied anyhow; its slice is a view that costs nothing.
// CHECK-LABEL: func.func @negative_slice_of_a_repeat_that_stays
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: %[[S:.*]] = tensor.extract_slice %[[R]]
// CHECK: return %[[R]], %[[S]]
func.func @negative_slice_of_a_repeat_that_stays(%k: tensor<2x6xf32>) -> (tensor<8x6xf32>, tensor<8x5xf32>) {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x6xf32> -> tensor<8x6xf32>
  %s = tensor.extract_slice %r[0, 1] [8, 5] [1, 1] : tensor<8x6xf32> to tensor<8x5xf32>
  return %r, %s : tensor<8x6xf32>, tensor<8x5xf32>
}

// 40 additions and a copy of 8 against 10 additions and a copy of 40.
// CHECK-LABEL: func.func @negative_result_outgrows_the_repeat
// CHECK: %[[R:.*]] = ditto.repeat
// CHECK: tosa.add %[[R]],
func.func @negative_result_outgrows_the_repeat(%x: tensor<1x2xf32>, %y: tensor<5x1xf32>) -> tensor<5x8xf32> {
  %r = ditto.repeat %x by [1, 4] : tensor<1x2xf32> -> tensor<1x8xf32>
  %s = tosa.add %r, %y : (tensor<1x8xf32>, tensor<5x1xf32>) -> tensor<5x8xf32>
  return %s : tensor<5x8xf32>
}
