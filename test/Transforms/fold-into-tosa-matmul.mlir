// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats))' | FileCheck %s

// CHECK-LABEL: @group_becomes_rows
// CHECK: tosa.matmul %{{.*}} : (tensor<3x20x6xf32>, tensor<3x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<3x20x7xf32>
func.func @group_becomes_rows(%q: tensor<12x5x6xf32>, %k: tensor<3x6x7xf32>) -> tensor<12x5x7xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = ditto.repeat_interleave %k by 4 dim(0) : tensor<3x6x7xf32> -> tensor<12x6x7xf32>
  %1 = tosa.matmul %q, %0, %zero, %zero : (tensor<12x5x6xf32>, tensor<12x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<12x5x7xf32>
  return %1 : tensor<12x5x7xf32>
}

// Group and columns of the right operand are apart: it would have to be moved.
// CHECK-LABEL: @negative_group_away_from_columns
// CHECK: tosa.matmul %{{.*}} : (tensor<12x5x6xf32>, tensor<12x6x7xf32>,
func.func @negative_group_away_from_columns(%q: tensor<3x5x6xf32>, %k: tensor<12x6x7xf32>) -> tensor<12x5x7xf32> {
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

// The count is outermost: it would be a second batch dimension.
// CHECK-LABEL: @negative_repeat
// CHECK: tosa.matmul %{{.*}} : (tensor<12x5x6xf32>, tensor<12x6x7xf32>,
func.func @negative_repeat(%q: tensor<12x5x6xf32>, %k: tensor<3x6x7xf32>) -> tensor<12x5x7xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %0 = ditto.repeat %k by [4, 1, 1] : tensor<3x6x7xf32> -> tensor<12x6x7xf32>
  %1 = tosa.matmul %q, %0, %zero, %zero : (tensor<12x5x6xf32>, tensor<12x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<12x5x7xf32>
  return %1 : tensor<12x5x7xf32>
}
