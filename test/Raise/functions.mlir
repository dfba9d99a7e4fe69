// Functions of elements on the way are computed first, where there are fewer.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s
// RUN: %ditto_opt_test %s --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=raise})' -o /dev/null

#in = affine_map<(d0, d1, d2) -> (d0, d2)>
#id = affine_map<(d0, d1, d2) -> (d0, d1, d2)>

// CHECK-LABEL: @cast_in_broadcast
// CHECK-SAME: (%[[X:.*]]: tensor<3x5xf16>
// CHECK: %[[F:.*]] = linalg.generic {{.*}} ins(%[[X]] : tensor<3x5xf16>) outs(%{{.*}} : tensor<3x5xf32>)
// CHECK: arith.extf
// CHECK: %[[R:.*]] = ditto.repeat_interleave %[[F]] by 4 dim(0)
// CHECK: return %[[R]]
func.func @cast_in_broadcast(%x: tensor<3x5xf16>, %e: tensor<3x4x5xf32>) -> tensor<12x5xf32> {
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x : tensor<3x5xf16>) outs(%e : tensor<3x4x5xf32>) {
  ^bb0(%v: f16, %o: f32):
    %w = arith.extf %v : f16 to f32
    linalg.yield %w : f32
  } -> tensor<3x4x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

// Two functions, with a scalar and run-time extents.
// CHECK-LABEL: @scale_after_broadcast
// CHECK-SAME: (%[[X:.*]]: tensor<?x5xf32>, %[[S:.*]]: f32
// CHECK: %[[E:.*]] = linalg.generic {{.*}} ins(%[[X]] : tensor<?x5xf32>)
// CHECK: math.exp
// CHECK: %[[M:.*]] = linalg.generic {{.*}} ins(%[[E]] : tensor<?x5xf32>)
// CHECK: arith.mulf %{{.*}}, %[[S]]
// CHECK: ditto.repeat_interleave %[[M]] by 4 dim(0)
func.func @scale_after_broadcast(%x: tensor<?x5xf32>, %s: f32, %n: index) -> tensor<?x5xf32> {
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?x5xf32>
  %e = tensor.empty(%d) : tensor<?x4x5xf32>
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x : tensor<?x5xf32>) outs(%e : tensor<?x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    %w = math.exp %v : f32
    linalg.yield %w : f32
  } -> tensor<?x4x5xf32>
  %m = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%b : tensor<?x4x5xf32>) outs(%e : tensor<?x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    %w = arith.mulf %v, %s : f32
    linalg.yield %w : f32
  } -> tensor<?x4x5xf32>
  %r = tensor.collapse_shape %m [[0, 1], [2]] : tensor<?x4x5xf32> into tensor<?x5xf32>
  return %r : tensor<?x5xf32>
}

// A slope for each head of the group.
// CHECK-LABEL: @negative_of_the_place
// CHECK-NOT: ditto.
func.func @negative_of_the_place(%x: tensor<3x5xindex>, %e: tensor<3x4x5xindex>) -> tensor<12x5xindex> {
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x : tensor<3x5xindex>) outs(%e : tensor<3x4x5xindex>) {
  ^bb0(%v: index, %o: index):
    %g = linalg.index 1 : index
    %w = arith.addi %v, %g : index
    linalg.yield %w : index
  } -> tensor<3x4x5xindex>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xindex> into tensor<12x5xindex>
  return %r : tensor<12x5xindex>
}

// CHECK-LABEL: @negative_accumulates
// CHECK-NOT: ditto.
func.func @negative_accumulates(%x: tensor<3x5xf32>, %acc: tensor<3x4x5xf32>) -> tensor<12x5xf32> {
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x : tensor<3x5xf32>) outs(%acc : tensor<3x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    %w = arith.addf %v, %o : f32
    linalg.yield %w : f32
  } -> tensor<3x4x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

// The small tensor may have elements where the large one has none: a division
// by them could trap.
// CHECK-LABEL: @negative_may_trap
// CHECK-NOT: ditto.
func.func @negative_may_trap(%x: tensor<3x5xi32>, %s: i32, %e: tensor<3x4x5xi32>) -> tensor<12x5xi32> {
  %b = linalg.generic {indexing_maps = [#in, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x : tensor<3x5xi32>) outs(%e : tensor<3x4x5xi32>) {
  ^bb0(%v: i32, %o: i32):
    %w = arith.divsi %s, %v : i32
    linalg.yield %w : i32
  } -> tensor<3x4x5xi32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xi32> into tensor<12x5xi32>
  return %r : tensor<12x5xi32>
}
