// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-sink-repeats))' | FileCheck %s

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

// CHECK-LABEL: func.func @negative_result_outgrows_the_repeat
// CHECK: %[[R:.*]] = ditto.repeat
// CHECK: tosa.add %[[R]],
func.func @negative_result_outgrows_the_repeat(%x: tensor<1x2xf32>, %y: tensor<5x1xf32>) -> tensor<5x8xf32> {
  %r = ditto.repeat %x by [1, 4] : tensor<1x2xf32> -> tensor<1x8xf32>
  %s = tosa.add %r, %y : (tensor<1x8xf32>, tensor<5x1xf32>) -> tensor<5x8xf32>
  return %s : tensor<5x8xf32>
}

//===----------------------------------------------------------------------===//
// Extents that types do not tell
//===----------------------------------------------------------------------===//

// The type of %x knows more than that of the result.
// CHECK-LABEL: @extent_that_is_not_told
// CHECK: %[[E:.*]] = math.exp %{{.*}} : tensor<?x8xf32>
// CHECK: ditto.repeat_interleave %[[E]] by 4 dim(1)
func.func @extent_that_is_not_told(%x: tensor<2x8xf32>) -> tensor<?x32xf32> {
  %a = tensor.cast %x : tensor<2x8xf32> to tensor<?x8xf32>
  %r = ditto.repeat_interleave %a by 4 dim(1) : tensor<?x8xf32> -> tensor<?x32xf32>
  %e = math.exp %r : tensor<?x32xf32>
  return %e : tensor<?x32xf32>
}

// CHECK-LABEL: @one_operand_tells
// CHECK: arith.addf %{{.*}}, %{{.*}} : tensor<2x8xf32>
func.func @one_operand_tells(%x: tensor<2x8xf32>, %y: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %a = tensor.cast %x : tensor<2x8xf32> to tensor<?x8xf32>
  %r = ditto.repeat_interleave %a by 4 dim(0) : tensor<?x8xf32> -> tensor<?x8xf32>
  %s = ditto.repeat_interleave %y by 4 dim(0) : tensor<?x8xf32> -> tensor<?x8xf32>
  %c = arith.addf %s, %r : tensor<?x8xf32>
  return %c : tensor<?x8xf32>
}

// CHECK-LABEL: @sum_of_2_and_3_rows
// CHECK: arith.addf %{{.*}}, %{{.*}} : tensor<?x?xf32>
func.func @sum_of_2_and_3_rows(%x: tensor<2x?xf32>, %y: tensor<3x?xf32>) -> tensor<?x?xf32> {
  %a = tensor.cast %x : tensor<2x?xf32> to tensor<?x?xf32>
  %b = tensor.cast %y : tensor<3x?xf32> to tensor<?x?xf32>
  %r = ditto.repeat_interleave %a by 4 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  %s = ditto.repeat_interleave %b by 4 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  %c = arith.addf %r, %s : tensor<?x?xf32>
  return %c : tensor<?x?xf32>
}

// CHECK-LABEL: @tosa_of_2_and_3_rows
// CHECK: tosa.add %{{.*}}, %{{.*}} : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<3x?xf32>
func.func @tosa_of_2_and_3_rows(%x: tensor<2x?xf32>, %y: tensor<3x?xf32>) -> tensor<3x?xf32> {
  %a = tensor.cast %x : tensor<2x?xf32> to tensor<?x?xf32>
  %b = tensor.cast %y : tensor<3x?xf32> to tensor<?x?xf32>
  %r = ditto.repeat_interleave %a by 4 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  %s = ditto.repeat_interleave %b by 4 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  %c = tosa.add %r, %s : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<3x?xf32>
  return %c : tensor<3x?xf32>
}

// CHECK-LABEL: @negative_select_of_2_and_3_rows_repeated
// CHECK: arith.select %{{.*}}, %{{.*}}, %{{.*}} : tensor<?x?xi1>, tensor<?x?xf32>
func.func @negative_select_of_2_and_3_rows_repeated(%x: tensor<2x?xf32>, %y: tensor<3x?xi1>) -> tensor<?x?xf32> {
  %a = tensor.cast %x : tensor<2x?xf32> to tensor<?x?xf32>
  %b = tensor.cast %y : tensor<3x?xi1> to tensor<?x?xi1>
  %r = ditto.repeat_interleave %a by 4 dim(0) : tensor<?x?xf32> -> tensor<?x?xf32>
  %s = ditto.repeat_interleave %b by 4 dim(0) : tensor<?x?xi1> -> tensor<?x?xi1>
  %c = arith.select %s, %r, %r : tensor<?x?xi1>, tensor<?x?xf32>
  return %c : tensor<?x?xf32>
}

// 4 * 2 rows are no 12.
// CHECK-LABEL: @negative_another_result
// CHECK: tosa.exp %{{.*}} : (tensor<?x5xf32>) -> tensor<12x5xf32>
func.func @negative_another_result(%x: tensor<2x5xf32>) -> tensor<12x5xf32> {
  %a = tensor.cast %x : tensor<2x5xf32> to tensor<?x5xf32>
  %r = ditto.repeat_interleave %a by 4 dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %e = tosa.exp %r : (tensor<?x5xf32>) -> tensor<12x5xf32>
  return %e : tensor<12x5xf32>
}

// Both have no rows where %n is 0, however many %x and %y have.
// CHECK-LABEL: @negative_0_hides_extents
// CHECK: arith.addf %{{.*}}, %{{.*}} : tensor<?x5xf32>
// CHECK-NOT: ditto.
func.func @negative_0_hides_extents(%x: tensor<?x5xf32>, %y: tensor<?x5xf32>, %n: index) -> tensor<?x5xf32> {
  %r = ditto.repeat_interleave %x by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %s = ditto.repeat_interleave %y by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %c = arith.addf %r, %s : tensor<?x5xf32>
  return %c : tensor<?x5xf32>
}

// CHECK-LABEL: @count_of_any_value
// CHECK: %[[S:.*]] = arith.addf %{{.*}}, %{{.*}} : tensor<?x5xf32>
// CHECK: ditto.repeat_interleave %[[S]] by %{{.*}} dim(0)
func.func @count_of_any_value(%x: tensor<?x5xf32>, %n: index) -> tensor<?x5xf32> {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x5xf32>
  %e = tensor.empty(%rows) : tensor<?x5xf32>
  %z = linalg.exp ins(%x : tensor<?x5xf32>) outs(%e : tensor<?x5xf32>) -> tensor<?x5xf32>
  %r = ditto.repeat_interleave %x by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %s = ditto.repeat_interleave %z by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %c = arith.addf %r, %s : tensor<?x5xf32>
  return %c : tensor<?x5xf32>
}

// One element is no repeat of one.
// CHECK-LABEL: @negative_single_element
// CHECK: tosa.add
// CHECK-NOT: ditto.
func.func @negative_single_element(%x: tensor<?xf32>, %y: tensor<3x5xf32>, %n: index) -> tensor<3x5xf32> {
  %r = ditto.repeat_interleave %x by %n dim(0) : tensor<?xf32> -> tensor<?xf32>
  %s = tensor.expand_shape %r [[0, 1]] output_shape [1, %n] : tensor<?xf32> into tensor<1x?xf32>
  %t = tensor.cast %s : tensor<1x?xf32> to tensor<1x1xf32>
  %c = tosa.add %t, %y : (tensor<1x1xf32>, tensor<3x5xf32>) -> tensor<3x5xf32>
  return %c : tensor<3x5xf32>
}

// TOSA has no extents of 0.
// CHECK-LABEL: @negative_tosa_of_nothing
// CHECK:         tosa.add {{.*}} : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<3x?xf32>
func.func @negative_tosa_of_nothing(%x: tensor<?x0xf32>, %y: tensor<?x?xf32>) -> tensor<3x?xf32> {
  %rx = ditto.repeat_interleave %x by 4 dim(1) : tensor<?x0xf32> -> tensor<?x?xf32>
  %ry = ditto.repeat_interleave %y by 4 dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  %r = tosa.add %rx, %ry : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<3x?xf32>
  return %r : tensor<3x?xf32>
}
