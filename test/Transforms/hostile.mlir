// Modules that parse do no harm, however odd they are.
//
// RUN: ditto-opt %s --allow-unregistered-dialect --pass-pipeline='builtin.module(func.func(ditto-fold-repeats,ditto-sink-repeats,ditto-fold-repeats))' | FileCheck %s

#id2 = affine_map<(i, j) -> (i, j)>

// Group and rows would have more than 2^63 elements.
// CHECK-LABEL: func.func @negative_rows_overflow
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<4294967296x4294967296x0xf32>, tensor<4294967296x0x7xf32>)
func.func @negative_rows_overflow(%q: tensor<4294967296x4294967296x0xf32>, %k: tensor<2x0x7xf32>, %init: tensor<4294967296x4294967296x7xf32>) -> tensor<4294967296x4294967296x7xf32> {
  %r = ditto.repeat_interleave %k by 2147483648 dim(0) : tensor<2x0x7xf32> -> tensor<4294967296x0x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<4294967296x4294967296x0xf32>, tensor<4294967296x0x7xf32>) outs(%init : tensor<4294967296x4294967296x7xf32>) -> tensor<4294967296x4294967296x7xf32>
  return %s : tensor<4294967296x4294967296x7xf32>
}

// CHECK-LABEL: func.func @extent_near_2_63
// CHECK: linalg.elementwise {{.*}} ins(%{{.*}}, %{{.*}} : tensor<4611686018427387903x2x5xf32>, tensor<4611686018427387903x5xf32>)
func.func @extent_near_2_63(%x: tensor<9223372036854775806x5xf32>, %k: tensor<4611686018427387903x5xf32>, %e: tensor<9223372036854775806x5xf32>) -> tensor<9223372036854775806x5xf32> {
  %r = ditto.repeat_interleave %k by 2 dim(0) : tensor<4611686018427387903x5xf32> -> tensor<9223372036854775806x5xf32>
  %s = linalg.add ins(%x, %r : tensor<9223372036854775806x5xf32>, tensor<9223372036854775806x5xf32>) outs(%e : tensor<9223372036854775806x5xf32>) -> tensor<9223372036854775806x5xf32>
  return %s : tensor<9223372036854775806x5xf32>
}

// CHECK-LABEL: func.func @negative_count_0
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<0x5x8xf32>, tensor<0x8x7xf32>)
func.func @negative_count_0(%q: tensor<0x5x8xf32>, %k: tensor<6x8x7xf32>, %init: tensor<0x5x7xf32>) -> tensor<0x5x7xf32> {
  %r = ditto.repeat_interleave %k by 0 dim(0) : tensor<6x8x7xf32> -> tensor<0x8x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<0x5x8xf32>, tensor<0x8x7xf32>) outs(%init : tensor<0x5x7xf32>) -> tensor<0x5x7xf32>
  return %s : tensor<0x5x7xf32>
}

// CHECK-LABEL: func.func @negative_extent_0
// CHECK: ditto.repeat_interleave
func.func @negative_extent_0(%q: tensor<24x0x8xf32>, %k: tensor<6x8x0xf32>, %init: tensor<24x0x0xf32>) -> tensor<24x0x0xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<6x8x0xf32> -> tensor<24x8x0xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<24x0x8xf32>, tensor<24x8x0xf32>) outs(%init : tensor<24x0x0xf32>) -> tensor<24x0x0xf32>
  return %s : tensor<24x0x0xf32>
}

// CHECK-LABEL: func.func @all_extents_1
// CHECK: linalg.contract {{.*}} ins(%{{.*}}, %{{.*}} : tensor<4x1xf32>, tensor<1xf32>)
func.func @all_extents_1(%q: tensor<4x1x1xf32>, %k: tensor<1x1x1xf32>, %init: tensor<4x1x1xf32>) -> tensor<4x1x1xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<1x1x1xf32> -> tensor<4x1x1xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<4x1x1xf32>, tensor<4x1x1xf32>) outs(%init : tensor<4x1x1xf32>) -> tensor<4x1x1xf32>
  return %s : tensor<4x1x1xf32>
}

// CHECK-LABEL: func.func @negative_encoding_of_the_other_operand
// CHECK: ditto.repeat_interleave
func.func @negative_encoding_of_the_other_operand(%q: tensor<8x5x16xf32, "an encoding">, %k: tensor<2x16x7xf32>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32, "an encoding">, tensor<8x16x7xf32>) outs(%init : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// CHECK-LABEL: func.func @negative_encoding_of_the_repeat
// CHECK: ditto.repeat_interleave
func.func @negative_encoding_of_the_repeat(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32, "an encoding">, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32, "an encoding"> -> tensor<8x16x7xf32, "an encoding">
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32, "an encoding">) outs(%init : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// CHECK-LABEL: func.func @negative_first_of_two_columns
// CHECK: ditto.repeat_interleave
func.func @negative_first_of_two_columns(%k: tensor<2x5xf32>, %x: tensor<8x2xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.generic {indexing_maps = [#id2, affine_map<(i, j) -> (i, 0)>, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r, %x : tensor<8x5xf32>, tensor<8x2xf32>) outs(%e : tensor<8x5xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    linalg.yield %m : f32
  } -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// CHECK-LABEL: func.func @only_column
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x5xf32>, tensor<2x4x1xf32>)
func.func @only_column(%k: tensor<2x5xf32>, %x: tensor<8x1xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.generic {indexing_maps = [#id2, affine_map<(i, j) -> (i, 0)>, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r, %x : tensor<8x5xf32>, tensor<8x1xf32>) outs(%e : tensor<8x5xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    linalg.yield %m : f32
  } -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// Loops that are not an index each.
// CHECK-LABEL: func.func @negative_convolution
// CHECK: ditto.repeat_interleave
func.func @negative_convolution(%k: tensor<2x9xf32>, %w: tensor<2xf32>, %e: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x9xf32> -> tensor<8x9xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, j + k)>, affine_map<(i, j, k) -> (k)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%r, %w : tensor<8x9xf32>, tensor<2xf32>) outs(%e : tensor<8x8xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    %p = arith.addf %c, %m : f32
    linalg.yield %p : f32
  } -> tensor<8x8xf32>
  return %s : tensor<8x8xf32>
}

// CHECK-LABEL: func.func @negative_diagonal
// CHECK: ditto.repeat_interleave
func.func @negative_diagonal(%k: tensor<2x8xf32>, %x: tensor<8xf32>, %e: tensor<8xf32>) -> tensor<8xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x8xf32> -> tensor<8x8xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i) -> (i, i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%r, %x : tensor<8x8xf32>, tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    linalg.yield %m : f32
  } -> tensor<8xf32>
  return %s : tensor<8xf32>
}

// CHECK-LABEL: func.func @negative_buffers
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : memref<8x5x16xf32>, memref<8x16x7xf32>)
func.func @negative_buffers(%q: memref<8x5x16xf32>, %k: memref<8x16x7xf32>, %init: memref<8x5x7xf32>, %x: tensor<2xf32>) -> tensor<8xf32> {
  linalg.batch_matmul ins(%q, %k : memref<8x5x16xf32>, memref<8x16x7xf32>) outs(%init : memref<8x5x7xf32>)
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2xf32> -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// Upstream's verifier compares no extents where one is dynamic: loop 0 has two.
// CHECK-LABEL: func.func @negative_extents_contradict
// CHECK: ditto.repeat_interleave
func.func @negative_extents_contradict(%q: tensor<8x?x16xf32>, %k: tensor<2x16x7xf32>, %init: tensor<12x?x7xf32>) -> tensor<12x?x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x?x16xf32>, tensor<8x16x7xf32>) outs(%init : tensor<12x?x7xf32>) -> tensor<12x?x7xf32>
  return %s : tensor<12x?x7xf32>
}

// An op that reads itself: there is no end to sinking.
// CHECK-LABEL: func.func @negative_graph_region
// CHECK: ditto.repeat_interleave
// CHECK: linalg.exp
func.func @negative_graph_region(%n: index, %e: tensor<?x5xf32>) {
  "test.graph"() ({
    %r = ditto.repeat_interleave %s by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
    %s = linalg.exp ins(%r : tensor<?x5xf32>) outs(%e : tensor<?x5xf32>) -> tensor<?x5xf32>
    %t = arith.negf %u : tensor<?x5xf32>
    %u = ditto.repeat_interleave %t by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
    "test.use"(%s, %t) : (tensor<?x5xf32>, tensor<?x5xf32>) -> ()
  }) : () -> ()
  return
}

// CHECK-LABEL: func.func @unreachable_cycle
// CHECK-NEXT: return
func.func @unreachable_cycle(%n: index, %e: tensor<?x5xf32>) {
  return
^bb1:
  %r = ditto.repeat_interleave %s by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %s = linalg.exp ins(%r : tensor<?x5xf32>) outs(%e : tensor<?x5xf32>) -> tensor<?x5xf32>
  "test.use"(%s) : (tensor<?x5xf32>) -> ()
  cf.br ^bb1
}
