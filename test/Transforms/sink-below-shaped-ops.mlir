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

// Dividing by zero is undefined: it must not begin where no element was divided.
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

// Sizes that are constants, but no attributes.
// CHECK-LABEL: @slice_of_a_constant_size
// CHECK: tensor.extract_slice %{{.*}}[0, 0] [2, %{{.*}}] [1, 1] : tensor<2x5xf32> to tensor<2x?xf32>
func.func @slice_of_a_constant_size(%x: tensor<2x5xf32>) -> tensor<8x?xf32> {
  %c3 = arith.constant 3 : index
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = tensor.extract_slice %r[0, 0] [8, %c3] [1, 1] : tensor<8x5xf32> to tensor<8x?xf32>
  return %s : tensor<8x?xf32>
}

//===----------------------------------------------------------------------===//
// Extents that types do not tell
//===----------------------------------------------------------------------===//

// Rows 1 and 2 of two.
// CHECK-LABEL: @negative_slice_beyond_the_end
// CHECK: tensor.extract_slice %{{.*}}[4, 0] [8, 5]
func.func @negative_slice_beyond_the_end(%x: tensor<2x5xf32>) -> tensor<8x5xf32> {
  %u = tensor.cast %x : tensor<2x5xf32> to tensor<?x5xf32>
  %r = ditto.repeat_interleave %u by 4 dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %s = tensor.extract_slice %r[4, 0] [8, 5] [1, 1] : tensor<?x5xf32> to tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// Seven columns of five, as before.
// CHECK-LABEL: @slice_of_too_many_columns
// CHECK: tensor.extract_slice %{{.*}}[0, 0] [2, 7] [1, 1] : tensor<2x?xf32> to tensor<2x7xf32>
func.func @slice_of_too_many_columns(%x: tensor<2x5xf32>) -> tensor<8x7xf32> {
  %u = tensor.cast %x : tensor<2x5xf32> to tensor<2x?xf32>
  %r = ditto.repeat_interleave %u by 4 dim(0) : tensor<2x?xf32> -> tensor<8x?xf32>
  %s = tensor.extract_slice %r[0, 0] [8, 7] [1, 1] : tensor<8x?xf32> to tensor<8x7xf32>
  return %s : tensor<8x7xf32>
}

// CHECK-LABEL: @concat_of_2_and_3_rows
// CHECK: tensor.concat dim(1) %{{.*}}, %{{.*}} : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
func.func @concat_of_2_and_3_rows(%x: tensor<2x?xf32>, %y: tensor<3x?xf32>) -> tensor<?x?xf32> {
  %a = tensor.cast %x : tensor<2x?xf32> to tensor<?x?xf32>
  %b = tensor.cast %y : tensor<3x?xf32> to tensor<?x?xf32>
  %r = ditto.repeat_interleave %a by 4 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  %s = ditto.repeat_interleave %b by 4 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  %c = tensor.concat dim(1) %r, %s : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
  return %c : tensor<?x?xf32>
}

// CHECK-LABEL: @negative_concat_of_2_and_3_rows_repeated
// CHECK: tensor.concat dim(1) %{{.*}}, %{{.*}} : (tensor<?x5xf32>, tensor<?x5xf32>)
func.func @negative_concat_of_2_and_3_rows_repeated(%x: tensor<2x5xf32>, %y: tensor<3x5xf32>) -> tensor<?x10xf32> {
  %a = tensor.cast %x : tensor<2x5xf32> to tensor<?x5xf32>
  %b = tensor.cast %y : tensor<3x5xf32> to tensor<?x5xf32>
  %r = ditto.repeat_interleave %a by 4 dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %s = ditto.repeat_interleave %b by 4 dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %c = tensor.concat dim(1) %r, %s : (tensor<?x5xf32>, tensor<?x5xf32>) -> tensor<?x10xf32>
  return %c : tensor<?x10xf32>
}

// 4 * 2 rows are no 12.
// CHECK-LABEL: @negative_concat_of_another_result
// CHECK: tensor.concat dim(1) %{{.*}}, %{{.*}} : (tensor<?x5xf32>, tensor<?x5xf32>) -> tensor<12x10xf32>
func.func @negative_concat_of_another_result(%x: tensor<2x5xf32>) -> tensor<12x10xf32> {
  %a = tensor.cast %x : tensor<2x5xf32> to tensor<?x5xf32>
  %r = ditto.repeat_interleave %a by 4 dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %c = tensor.concat dim(1) %r, %r : (tensor<?x5xf32>, tensor<?x5xf32>) -> tensor<12x10xf32>
  return %c : tensor<12x10xf32>
}

// The sum does not fit in 64 bits.
// CHECK-LABEL: @concat_of_many_rows
// CHECK: tensor.concat {{.*}} : (tensor<?x0xf32>, tensor<?x0xf32>, tensor<?x0xf32>) -> tensor<?x0xf32>
func.func @concat_of_many_rows(%x: tensor<4611686018427387904x0xf32>) -> tensor<?x?xf32> {
  %a = tensor.cast %x : tensor<4611686018427387904x0xf32> to tensor<?x?xf32>
  %r = ditto.repeat_interleave %a by 4 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  %c = tensor.concat dim(0) %r, %r, %r : (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
  return %c : tensor<?x?xf32>
}

// Both have no rows where %n is 0, however many %x and %y have.
// CHECK-LABEL: @negative_concat_where_0_hides_extents
// CHECK: tensor.concat dim(1) %{{.*}}, %{{.*}} : (tensor<?x5xf32>, tensor<?x5xf32>)
// CHECK-NOT: ditto.
func.func @negative_concat_where_0_hides_extents(%x: tensor<?x5xf32>, %y: tensor<?x5xf32>, %n: index) -> tensor<?x10xf32> {
  %r = ditto.repeat_interleave %x by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %s = ditto.repeat_interleave %y by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %c = tensor.concat dim(1) %r, %s : (tensor<?x5xf32>, tensor<?x5xf32>) -> tensor<?x10xf32>
  return %c : tensor<?x10xf32>
}
