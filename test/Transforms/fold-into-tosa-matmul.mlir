// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats))' | FileCheck %s

// CHECK-LABEL: @group_becomes_rows
// CHECK: tosa.matmul %{{.*}} : (tensor<3x20x6xf32>, tensor<3x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<3x20x7xf32>
func.func @group_becomes_rows(%q: tensor<12x5x6xf32>, %k: tensor<3x6x7xf32>) -> tensor<12x5x7xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = ditto.repeat_interleave %k by 4 dim(0) : tensor<3x6x7xf32> -> tensor<12x6x7xf32>
  %1 = tosa.matmul %q, %0, %zero, %zero : (tensor<12x5x6xf32>, tensor<12x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<12x5x7xf32>
  return %1 : tensor<12x5x7xf32>
}

// Group and columns of the right operand are apart: two loops.
// CHECK-LABEL: @group_away_from_columns
// CHECK-SAME: %[[Q:.*]]: tensor<3x5x6xf32>
// CHECK: linalg.contract {{.*}} ins(%[[Q]], %{{.*}} : tensor<3x5x6xf32>, tensor<3x4x6x7xf32>)
func.func @group_away_from_columns(%q: tensor<3x5x6xf32>, %k: tensor<12x6x7xf32>) -> tensor<12x5x7xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = ditto.repeat_interleave %q by 4 dim(0) : tensor<3x5x6xf32> -> tensor<12x5x6xf32>
  %1 = tosa.matmul %0, %k, %zero, %zero : (tensor<12x5x6xf32>, tensor<12x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<12x5x7xf32>
  return %1 : tensor<12x5x7xf32>
}

// The transpose is of what was repeated.
// CHECK-LABEL: @transpose_between
// CHECK: %[[T:.*]] = linalg.transpose ins(%{{.*}} : tensor<3x7x6xf32>)
// CHECK: tosa.matmul %{{.*}}, %[[T]],
func.func @transpose_between(%q: tensor<12x5x6xf32>, %k: tensor<3x7x6xf32>, %e: tensor<12x6x7xf32>) -> tensor<12x5x7xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = ditto.repeat_interleave %k by 4 dim(0) : tensor<3x7x6xf32> -> tensor<12x7x6xf32>
  %1 = linalg.transpose ins(%0 : tensor<12x7x6xf32>) outs(%e : tensor<12x6x7xf32>) permutation = [0, 2, 1]
  %2 = tosa.matmul %q, %1, %zero, %zero : (tensor<12x5x6xf32>, tensor<12x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<12x5x7xf32>
  return %2 : tensor<12x5x7xf32>
}

// The count is outermost: a second batch dimension, which tosa.matmul has not.
// CHECK-LABEL: @repeat_becomes_contract
// CHECK-SAME: tensor<12x5x6xf32>, %[[K:.*]]: tensor<3x6x7xf32>
// CHECK-NOT: ditto.
// CHECK: linalg.contract {{.*}} ins(%{{.*}}, %[[K]] : tensor<4x3x5x6xf32>, tensor<3x6x7xf32>)
func.func @repeat_becomes_contract(%q: tensor<12x5x6xf32>, %k: tensor<3x6x7xf32>) -> tensor<12x5x7xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = ditto.repeat %k by [4, 1, 1] : tensor<3x6x7xf32> -> tensor<12x6x7xf32>
  %1 = tosa.matmul %q, %0, %zero, %zero : (tensor<12x5x6xf32>, tensor<12x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<12x5x7xf32>
  return %1 : tensor<12x5x7xf32>
}

// linalg.contract knows no zero points.
// CHECK-LABEL: @negative_repeat_with_zero_points
// CHECK: tosa.matmul %{{.*}} : (tensor<12x5x6xi8>, tensor<12x6x7xi8>,
func.func @negative_repeat_with_zero_points(%q: tensor<12x5x6xi8>, %k: tensor<3x6x7xi8>) -> tensor<12x5x7xi32> {
  %three = "tosa.const"() {values = dense<3> : tensor<1xi8>} : () -> tensor<1xi8>
  %0 = ditto.repeat %k by [4, 1, 1] : tensor<3x6x7xi8> -> tensor<12x6x7xi8>
  %1 = tosa.matmul %q, %0, %three, %three : (tensor<12x5x6xi8>, tensor<12x6x7xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<12x5x7xi32>
  return %1 : tensor<12x5x7xi32>
}

// linalg.contract wants something to add up.
// CHECK-LABEL: @negative_repeat_of_outer_product
// CHECK: tosa.matmul %{{.*}} : (tensor<12x5x1xf32>, tensor<12x1x7xf32>,
func.func @negative_repeat_of_outer_product(%q: tensor<12x5x1xf32>, %k: tensor<3x1x7xf32>) -> tensor<12x5x7xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = ditto.repeat %k by [4, 1, 1] : tensor<3x1x7xf32> -> tensor<12x1x7xf32>
  %1 = tosa.matmul %q, %0, %zero, %zero : (tensor<12x5x1xf32>, tensor<12x1x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<12x5x7xf32>
  return %1 : tensor<12x5x7xf32>
}

// TOSA has no extent 0.
// CHECK-LABEL: @negative_count_0
// CHECK: tosa.matmul %{{.*}} : (tensor<?x5x6xf32>, tensor<?x6x7xf32>,
func.func @negative_count_0(%q: tensor<?x5x6xf32>, %k: tensor<3x6x7xf32>) -> tensor<?x5x7xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = ditto.repeat_interleave %k by 0 dim(0) : tensor<3x6x7xf32> -> tensor<?x6x7xf32>
  %1 = tosa.matmul %q, %0, %zero, %zero : (tensor<?x5x6xf32>, tensor<?x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<?x5x7xf32>
  return %1 : tensor<?x5x7xf32>
}

// The group would become the columns, of which there is one, and its result a
// transpose.
// CHECK-LABEL: @group_before_rows_of_one_column
// CHECK: linalg.contract
// CHECK-SAME: ins(%{{.*}}, %{{.*}} : tensor<3x4x6xf32>, tensor<3x4x6xf32>)
// CHECK-SAME: outs(%{{.*}} : tensor<3x4x4xf32>)
func.func @group_before_rows_of_one_column(%q: tensor<3x4x6xf32>, %k: tensor<12x6x1xf32>) -> tensor<12x4x1xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = ditto.repeat_interleave %q by 4 dim(0) : tensor<3x4x6xf32> -> tensor<12x4x6xf32>
  %1 = tosa.matmul %0, %k, %zero, %zero : (tensor<12x4x6xf32>, tensor<12x6x1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<12x4x1xf32>
  return %1 : tensor<12x4x1xf32>
}

// The sum over what %q repeats is one of %k alone.
// CHECK-LABEL: @negative_repeat_of_what_is_summed
// CHECK: tosa.matmul
func.func @negative_repeat_of_what_is_summed(%q: tensor<1x5x3xf32>, %k: tensor<1x12x7xf32>) -> tensor<1x5x7xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = ditto.repeat %q by [1, 1, 4] : tensor<1x5x3xf32> -> tensor<1x5x12xf32>
  %1 = tosa.matmul %0, %k, %zero, %zero : (tensor<1x5x12xf32>, tensor<1x12x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x5x7xf32>
  return %1 : tensor<1x5x7xf32>
}
