// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fuse-elementwise,canonicalize))' --split-input-file | FileCheck %s

// CHECK-DAG:   #[[$ROW:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG:   #[[$COLUMN:.*]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-LABEL: func @transposed_weight
// CHECK-SAME:    (%[[X:.*]]: tensor<4x8xf32>, %[[W:.*]]: tensor<32x8xf32>
// CHECK:         linalg.generic {indexing_maps = [#[[$ROW]], #[[$COLUMN]], {{.*}} ins(%[[X]], %[[W]] :
func.func @transposed_weight(%x: tensor<4x8xf32>, %w: tensor<32x8xf32>, %init: tensor<4x32xf32>) -> tensor<4x32xf32> {
  %e = tensor.empty() : tensor<8x32xf32>
  %t = linalg.transpose ins(%w : tensor<32x8xf32>) outs(%e : tensor<8x32xf32>) permutation = [1, 0]
  %y = linalg.matmul ins(%x, %t : tensor<4x8xf32>, tensor<8x32xf32>) outs(%init : tensor<4x32xf32>) -> tensor<4x32xf32>
  return %y : tensor<4x32xf32>
}

// -----

// Vectors could not run along the operand.
// CHECK-LABEL: func @negative_transpose_of_rows
// CHECK:         linalg.generic
// CHECK:         linalg.generic
func.func @negative_transpose_of_rows(%x: tensor<8x32xf32>) -> tensor<32x8xf32> {
  %e = tensor.empty() : tensor<32x8xf32>
  %t = linalg.transpose ins(%x : tensor<8x32xf32>) outs(%e : tensor<32x8xf32>) permutation = [1, 0]
  %y = linalg.exp ins(%t : tensor<32x8xf32>) outs(%e : tensor<32x8xf32>) -> tensor<32x8xf32>
  return %y : tensor<32x8xf32>
}

// -----

// CHECK-LABEL: func @read_once
// CHECK-COUNT-1: linalg.generic
// CHECK:           math.exp
// CHECK:           arith.addf
// CHECK-NOT:     linalg.generic
func.func @read_once(%x: tensor<8x32xf32>, %init: tensor<8xf32>) -> tensor<8xf32> {
  %e = tensor.empty() : tensor<8x32xf32>
  %y = linalg.exp ins(%x : tensor<8x32xf32>) outs(%e : tensor<8x32xf32>) -> tensor<8x32xf32>
  %s = linalg.reduce {arith.addf} ins(%y : tensor<8x32xf32>) outs(%init : tensor<8xf32>) dimensions = [1]
  return %s : tensor<8xf32>
}

// -----

// The exponential would be computed for each of the columns.
// CHECK-LABEL: func @negative_read_often
// CHECK:         math.exp
// CHECK:         linalg.generic
// CHECK:         arith.mulf
func.func @negative_read_often(%x: tensor<4x8xf32>, %w: tensor<8x32xf32>, %init: tensor<4x32xf32>) -> tensor<4x32xf32> {
  %e = tensor.empty() : tensor<4x8xf32>
  %y = linalg.exp ins(%x : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %r = linalg.matmul ins(%y, %w : tensor<4x8xf32>, tensor<8x32xf32>) outs(%init : tensor<4x32xf32>) -> tensor<4x32xf32>
  return %r : tensor<4x32xf32>
}

// -----

// Rows may be split: the mask does not depend on the head.
// CHECK-LABEL: func @split_rows
// CHECK:         %[[S:.*]] = linalg.generic {{{.*}}["parallel", "parallel", "parallel", "parallel", "reduction"]}
// CHECK:         } -> tensor<2x4x3x32xf32>
// CHECK-NEXT:    tensor.empty
// CHECK-NEXT:    linalg.generic {{.*}} ins(%[[S]], %{{.*}} : tensor<2x4x3x32xf32>, tensor<3x32xf32>)
func.func @split_rows(%q: tensor<2x12x8xf32>, %k: tensor<2x8x32xf32>, %mask: tensor<3x32xf32>, %init: tensor<2x12x32xf32>) -> tensor<2x4x3x32xf32> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<2x12x8xf32>, tensor<2x8x32xf32>) outs(%init : tensor<2x12x32xf32>) -> tensor<2x12x32xf32>
  %s4 = tensor.expand_shape %s [[0], [1, 2], [3]] output_shape [2, 4, 3, 32] : tensor<2x12x32xf32> into tensor<2x4x3x32xf32>
  %e = tensor.empty() : tensor<2x4x3x32xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(h, g, m, s) -> (h, g, m, s)>, affine_map<(h, g, m, s) -> (m, s)>, affine_map<(h, g, m, s) -> (h, g, m, s)>],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%s4, %mask : tensor<2x4x3x32xf32>, tensor<3x32xf32>) outs(%e : tensor<2x4x3x32xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %sum = arith.addf %a, %b : f32
      linalg.yield %sum : f32
  } -> tensor<2x4x3x32xf32>
  return %y : tensor<2x4x3x32xf32>
}

// -----

// Columns stay whole.
// CHECK-LABEL: func @negative_split_columns
// CHECK:         %[[Y:.*]] = linalg.generic
// CHECK:         tensor.expand_shape %[[Y]]
func.func @negative_split_columns(%x: tensor<4x8xf32>, %w: tensor<8x32xf32>, %init: tensor<4x32xf32>) -> tensor<4x2x16xf32> {
  %y = linalg.matmul ins(%x, %w : tensor<4x8xf32>, tensor<8x32xf32>) outs(%init : tensor<4x32xf32>) -> tensor<4x32xf32>
  %h = tensor.expand_shape %y [[0], [1, 2]] output_shape [4, 2, 16] : tensor<4x32xf32> into tensor<4x2x16xf32>
  %e = tensor.empty() : tensor<4x2x16xf32>
  %r = linalg.exp ins(%h : tensor<4x2x16xf32>) outs(%e : tensor<4x2x16xf32>) -> tensor<4x2x16xf32>
  return %r : tensor<4x2x16xf32>
}

// -----

// A reduction to rows may be split as the rows are: nothing runs along them.
// CHECK-LABEL: func @split_row_reduction
// CHECK:         linalg.generic {{{.*}}["parallel", "parallel", "reduction"]} ins(%{{.*}} : tensor<8x4x64xf32>)
func.func @split_row_reduction(%x: tensor<8x4x64xf32>, %init: tensor<32xf32>) -> tensor<32xf32> {
  %c = tensor.collapse_shape %x [[0, 1], [2]] : tensor<8x4x64xf32> into tensor<32x64xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(m, k) -> (m, k)>, affine_map<(m, k) -> (m)>], iterator_types = ["parallel", "reduction"]}
      ins(%c : tensor<32x64xf32>) outs(%init : tensor<32xf32>) {
    ^bb0(%a: f32, %o: f32):
      %s = arith.addf %o, %a : f32
      linalg.yield %s : f32
  } -> tensor<32xf32>
  return %y : tensor<32xf32>
}

// -----

// The op that checks has to stay, so its reader would check a second time.
// CHECK-LABEL: func @negative_assert
// CHECK:         cf.assert
// CHECK-NOT:     cf.assert
// CHECK:         linalg.generic
// CHECK-NOT:     cf.assert
// CHECK:         return
func.func @negative_assert(%x: tensor<8xf32>) -> tensor<8xf32> {
  %e = tensor.empty() : tensor<8xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<8xf32>) outs(%e : tensor<8xf32>) {
    ^bb0(%a: f32, %o: f32):
      %ordered = arith.cmpf ord, %a, %a : f32
      cf.assert %ordered, "not a number"
      linalg.yield %a : f32
  } -> tensor<8xf32>
  %z = linalg.exp ins(%y : tensor<8xf32>) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  return %z : tensor<8xf32>
}

// -----

// CHECK-LABEL: func @element_of_a_row
// CHECK:         linalg.generic {{.*}} ins(%arg0 : tensor<1xf32>) outs(%arg2 : tensor<8xf32>)
// CHECK-NOT:     linalg.generic
// CHECK:         return
func.func @element_of_a_row(%x: tensor<1xf32>, %e: tensor<f32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %s = linalg.generic {indexing_maps = [affine_map<() -> (0)>, affine_map<() -> ()>], iterator_types = []}
      ins(%x : tensor<1xf32>) outs(%e : tensor<f32>) {
    ^bb0(%a: f32, %o: f32):
      linalg.yield %a : f32
  } -> tensor<f32>
  %z = linalg.generic {indexing_maps = [affine_map<(i) -> ()>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%s : tensor<f32>) outs(%y : tensor<8xf32>) {
    ^bb0(%a: f32, %o: f32):
      %r = arith.addf %a, %o : f32
      linalg.yield %r : f32
  } -> tensor<8xf32>
  return %z : tensor<8xf32>
}
