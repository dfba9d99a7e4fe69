// Copies that are brought into a form in which they are repeats.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s
// RUN: %ditto_opt_test %s --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=raise})' -o /dev/null

#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#unit = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>

//===----------------------------------------------------------------------===//
// Concatenations of the same values
//===----------------------------------------------------------------------===//

// CHECK-LABEL: @pairs
// CHECK-SAME: %[[X:.*]]: tensor<3x5xf32>, %[[Y:.*]]: tensor<2x5xf32>
// CHECK: %[[P:.*]] = tensor.concat dim(0) %[[X]], %[[Y]] : {{.*}} -> tensor<5x5xf32>
// CHECK: ditto.repeat %[[P]] by [3, 1] : tensor<5x5xf32> -> tensor<15x5xf32>
func.func @pairs(%x: tensor<3x5xf32>, %y: tensor<2x5xf32>) -> tensor<15x5xf32> {
  %r = tensor.concat dim(0) %x, %y, %x, %y, %x, %y : (tensor<3x5xf32>, tensor<2x5xf32>, tensor<3x5xf32>, tensor<2x5xf32>, tensor<3x5xf32>, tensor<2x5xf32>) -> tensor<15x5xf32>
  return %r : tensor<15x5xf32>
}

// CHECK-LABEL: @pairs_dynamic
// CHECK: %[[P:.*]] = tensor.concat dim(0) %{{.*}}, %{{.*}} : (tensor<?x5xf32>, tensor<2x5xf32>) -> tensor<?x5xf32>
// CHECK: ditto.repeat %[[P]] by [2, 1] : tensor<?x5xf32> -> tensor<?x5xf32>
func.func @pairs_dynamic(%x: tensor<?x5xf32>, %y: tensor<2x5xf32>) -> tensor<?x5xf32> {
  %r = tensor.concat dim(0) %x, %y, %x, %y : (tensor<?x5xf32>, tensor<2x5xf32>, tensor<?x5xf32>, tensor<2x5xf32>) -> tensor<?x5xf32>
  return %r : tensor<?x5xf32>
}

// CHECK-LABEL: @pairs_of_tosa
// CHECK: %[[P:.*]] = tosa.concat %{{.*}}, %{{.*}} {axis = 1 : i32} : (tensor<3x5xf32>, tensor<3x2xf32>) -> tensor<3x7xf32>
// CHECK: ditto.repeat %[[P]] by [1, 2] : tensor<3x7xf32> -> tensor<3x14xf32>
func.func @pairs_of_tosa(%x: tensor<3x5xf32>, %y: tensor<3x2xf32>) -> tensor<3x14xf32> {
  %r = tosa.concat %x, %y, %x, %y {axis = 1 : i32} : (tensor<3x5xf32>, tensor<3x2xf32>, tensor<3x5xf32>, tensor<3x2xf32>) -> tensor<3x14xf32>
  return %r : tensor<3x14xf32>
}

// CHECK-LABEL: @negative_no_period
// CHECK-NOT: ditto
// CHECK: tensor.concat dim(0) %[[X:.*]], %[[Y:.*]], %[[X]], %[[Y]], %[[X]] :
func.func @negative_no_period(%x: tensor<3x5xf32>, %y: tensor<2x5xf32>) -> tensor<13x5xf32> {
  %r = tensor.concat dim(0) %x, %y, %x, %y, %x : (tensor<3x5xf32>, tensor<2x5xf32>, tensor<3x5xf32>, tensor<2x5xf32>, tensor<3x5xf32>) -> tensor<13x5xf32>
  return %r : tensor<13x5xf32>
}

// Never run to an end: 15 is no multiple of 2.
// CHECK-LABEL: @negative_odd_extent
// CHECK-NOT: ditto
// CHECK: tensor.concat dim(0) %[[X:.*]], %[[Y:.*]], %[[X]], %[[Y]] :
func.func @negative_odd_extent(%x: tensor<?x5xf32>, %y: tensor<2x5xf32>) -> tensor<15x5xf32> {
  %r = tensor.concat dim(0) %x, %y, %x, %y : (tensor<?x5xf32>, tensor<2x5xf32>, tensor<?x5xf32>, tensor<2x5xf32>) -> tensor<15x5xf32>
  return %r : tensor<15x5xf32>
}

//===----------------------------------------------------------------------===//
// Concatenations of broadcasts
//===----------------------------------------------------------------------===//

// A cache and what comes new; the unit dimension goes.
// CHECK-LABEL: @cache
// CHECK-SAME: %[[P:.*]]: tensor<2x1x?x5xf32>, %[[N:.*]]: tensor<2x1x5xf32>
// CHECK: %[[S:.*]] = tensor.collapse_shape %[[P]] {{\[\[}}0], [1, 2], [3]]
// CHECK: %[[C:.*]] = tensor.concat dim(1) %[[S]], %[[N]] : (tensor<2x?x5xf32>, tensor<2x1x5xf32>) -> tensor<2x?x5xf32>
// CHECK-NOT: linalg.broadcast
// CHECK: ditto.repeat_interleave %[[C]] by 3 dim(0) : tensor<2x?x5xf32> -> tensor<6x?x5xf32>
func.func @cache(%past: tensor<2x1x?x5xf32>, %new: tensor<2x1x5xf32>) -> tensor<6x?x5xf32> {
  %c2 = arith.constant 2 : index
  %n = tensor.dim %past, %c2 : tensor<2x1x?x5xf32>
  %pe = tensor.empty(%n) : tensor<2x3x?x5xf32>
  %p = linalg.generic {indexing_maps = [#unit, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%past : tensor<2x1x?x5xf32>) outs(%pe : tensor<2x3x?x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x?x5xf32>
  %ne = tensor.empty() : tensor<2x3x1x5xf32>
  %b = linalg.broadcast ins(%new : tensor<2x1x5xf32>) outs(%ne : tensor<2x3x1x5xf32>) dimensions = [1]
  %c = tensor.concat dim(2) %p, %b : (tensor<2x3x?x5xf32>, tensor<2x3x1x5xf32>) -> tensor<2x3x?x5xf32>
  %r = tensor.collapse_shape %c [[0, 1], [2], [3]] : tensor<2x3x?x5xf32> into tensor<6x?x5xf32>
  return %r : tensor<6x?x5xf32>
}

// The broadcasts' types do not tell that these are 2 and 3 rows.
// CHECK-LABEL: @rows_that_types_do_not_tell
// CHECK: tensor.concat dim(1) %{{.*}}, %{{.*}} : (tensor<?x6xf32>, tensor<?x1xf32>) -> tensor<?x7xf32>
func.func @rows_that_types_do_not_tell(%x: tensor<2x6xf32>, %y: tensor<3x1xf32>, %e: tensor<?x3x6xf32>, %f: tensor<?x3x1xf32>) -> tensor<?x7xf32> {
  %a = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (i, j, k)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x : tensor<2x6xf32>) outs(%e : tensor<?x3x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<?x3x6xf32>
  %b = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (i, j, k)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%y : tensor<3x1xf32>) outs(%f : tensor<?x3x1xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<?x3x1xf32>
  %c = tensor.concat dim(2) %a, %b : (tensor<?x3x6xf32>, tensor<?x3x1xf32>) -> tensor<?x3x7xf32>
  %r = tensor.collapse_shape %c [[0, 1], [2]] : tensor<?x3x7xf32> into tensor<?x7xf32>
  return %r : tensor<?x7xf32>
}

// Three copies, of which the result's type says that they are four.
// CHECK-LABEL: @negative_count_contradicts
// CHECK: tensor.concat dim(2)
func.func @negative_count_contradicts(%x: tensor<2x6xf32>, %y: tensor<2x1xf32>) -> tensor<8x7xf32> {
  %c3 = arith.constant 3 : index
  %e = tensor.empty(%c3) : tensor<2x?x6xf32>
  %f = tensor.empty(%c3) : tensor<2x?x1xf32>
  %a = linalg.broadcast ins(%x : tensor<2x6xf32>) outs(%e : tensor<2x?x6xf32>) dimensions = [1]
  %b = linalg.broadcast ins(%y : tensor<2x1xf32>) outs(%f : tensor<2x?x1xf32>) dimensions = [1]
  %c = tensor.concat dim(2) %a, %b : (tensor<2x?x6xf32>, tensor<2x?x1xf32>) -> tensor<2x4x7xf32>
  %r = tensor.collapse_shape %c [[0, 1], [2]] : tensor<2x4x7xf32> into tensor<8x7xf32>
  return %r : tensor<8x7xf32>
}

// CHECK-LABEL: @negative_concat_not_joined
// CHECK-COUNT-2: linalg.broadcast
// CHECK: tensor.concat
func.func @negative_concat_not_joined(%x: tensor<2x6x5xf32>, %y: tensor<2x1x5xf32>) -> tensor<2x3x7x5xf32> {
  %e = tensor.empty() : tensor<2x3x6x5xf32>
  %p = linalg.broadcast ins(%x : tensor<2x6x5xf32>) outs(%e : tensor<2x3x6x5xf32>) dimensions = [1]
  %f = tensor.empty() : tensor<2x3x1x5xf32>
  %n = linalg.broadcast ins(%y : tensor<2x1x5xf32>) outs(%f : tensor<2x3x1x5xf32>) dimensions = [1]
  %c = tensor.concat dim(2) %p, %n : (tensor<2x3x6x5xf32>, tensor<2x3x1x5xf32>) -> tensor<2x3x7x5xf32>
  return %c : tensor<2x3x7x5xf32>
}

// CHECK-LABEL: @negative_concat_along_the_broadcast
// CHECK-COUNT-2: linalg.broadcast
// CHECK: tensor.concat
func.func @negative_concat_along_the_broadcast(%x: tensor<2x5xf32>, %y: tensor<2x5xf32>) -> tensor<14x5xf32> {
  %e = tensor.empty() : tensor<2x3x5xf32>
  %p = linalg.broadcast ins(%x : tensor<2x5xf32>) outs(%e : tensor<2x3x5xf32>) dimensions = [1]
  %f = tensor.empty() : tensor<2x4x5xf32>
  %n = linalg.broadcast ins(%y : tensor<2x5xf32>) outs(%f : tensor<2x4x5xf32>) dimensions = [1]
  %c = tensor.concat dim(1) %p, %n : (tensor<2x3x5xf32>, tensor<2x4x5xf32>) -> tensor<2x7x5xf32>
  %r = tensor.collapse_shape %c [[0, 1], [2]] : tensor<2x7x5xf32> into tensor<14x5xf32>
  return %r : tensor<14x5xf32>
}

// The second value differs along dimension 1.
// CHECK-LABEL: @negative_one_is_no_broadcast
// CHECK: linalg.broadcast
// CHECK: tensor.concat
func.func @negative_one_is_no_broadcast(%x: tensor<2x6x5xf32>, %y: tensor<2x3x1x5xf32>) -> tensor<6x7x5xf32> {
  %e = tensor.empty() : tensor<2x3x6x5xf32>
  %p = linalg.broadcast ins(%x : tensor<2x6x5xf32>) outs(%e : tensor<2x3x6x5xf32>) dimensions = [1]
  %c = tensor.concat dim(2) %p, %y : (tensor<2x3x6x5xf32>, tensor<2x3x1x5xf32>) -> tensor<2x3x7x5xf32>
  %r = tensor.collapse_shape %c [[0, 1], [2], [3]] : tensor<2x3x7x5xf32> into tensor<6x7x5xf32>
  return %r : tensor<6x7x5xf32>
}

// CHECK-LABEL: @negative_other_dims
// CHECK-COUNT-2: linalg.broadcast
// CHECK: tensor.concat
func.func @negative_other_dims(%x: tensor<2x6x5xf32>, %y: tensor<3x1x5xf32>) -> tensor<6x7x5xf32> {
  %e = tensor.empty() : tensor<2x3x6x5xf32>
  %p = linalg.broadcast ins(%x : tensor<2x6x5xf32>) outs(%e : tensor<2x3x6x5xf32>) dimensions = [1]
  %f = tensor.empty() : tensor<2x3x1x5xf32>
  %n = linalg.broadcast ins(%y : tensor<3x1x5xf32>) outs(%f : tensor<2x3x1x5xf32>) dimensions = [0]
  %c = tensor.concat dim(2) %p, %n : (tensor<2x3x6x5xf32>, tensor<2x3x1x5xf32>) -> tensor<2x3x7x5xf32>
  %r = tensor.collapse_shape %c [[0, 1], [2], [3]] : tensor<2x3x7x5xf32> into tensor<6x7x5xf32>
  return %r : tensor<6x7x5xf32>
}

// The broadcast would be made all the same.
// CHECK-LABEL: @negative_broadcast_with_other_users
// CHECK-COUNT-2: linalg.broadcast
// CHECK: tensor.concat
func.func @negative_broadcast_with_other_users(%x: tensor<2x6x5xf32>, %y: tensor<2x1x5xf32>) -> (tensor<6x7x5xf32>, tensor<2x3x6x5xf32>) {
  %e = tensor.empty() : tensor<2x3x6x5xf32>
  %p = linalg.broadcast ins(%x : tensor<2x6x5xf32>) outs(%e : tensor<2x3x6x5xf32>) dimensions = [1]
  %f = tensor.empty() : tensor<2x3x1x5xf32>
  %n = linalg.broadcast ins(%y : tensor<2x1x5xf32>) outs(%f : tensor<2x3x1x5xf32>) dimensions = [1]
  %c = tensor.concat dim(2) %p, %n : (tensor<2x3x6x5xf32>, tensor<2x3x1x5xf32>) -> tensor<2x3x7x5xf32>
  %r = tensor.collapse_shape %c [[0, 1], [2], [3]] : tensor<2x3x7x5xf32> into tensor<6x7x5xf32>
  return %r, %p : tensor<6x7x5xf32>, tensor<2x3x6x5xf32>
}

//===----------------------------------------------------------------------===//
// Broadcasts along dimensions of extent 1
//===----------------------------------------------------------------------===//

// As many heads as query heads.
// CHECK-LABEL: @repeated_once
// CHECK-SAME: %[[K:.*]]: tensor<?x7xf32>
// CHECK: %[[N:.*]] = tensor.dim %[[K]]
// CHECK-NOT: linalg.broadcast
// CHECK: tensor.expand_shape %[[K]] {{.*}} output_shape [%[[N]], 1, 7] : tensor<?x7xf32> into tensor<?x1x7xf32>
func.func @repeated_once(%k: tensor<?x7xf32>) -> tensor<?x1x7xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %k, %c0 : tensor<?x7xf32>
  %e = tensor.empty(%n) : tensor<?x1x7xf32>
  %b = linalg.broadcast ins(%k : tensor<?x7xf32>) outs(%e : tensor<?x1x7xf32>) dimensions = [1]
  return %b : tensor<?x1x7xf32>
}

// CHECK-LABEL: @negative_count_at_run_time
// CHECK: linalg.broadcast
func.func @negative_count_at_run_time(%k: tensor<8x7xf32>, %n: index) -> tensor<8x?x7xf32> {
  %e = tensor.empty(%n) : tensor<8x?x7xf32>
  %b = linalg.broadcast ins(%k : tensor<8x7xf32>) outs(%e : tensor<8x?x7xf32>) dimensions = [1]
  return %b : tensor<8x?x7xf32>
}

// A copy of the same rank is no broadcast.
// CHECK-LABEL: @negative_copy
// CHECK: linalg.copy
func.func @negative_copy(%k: tensor<8x7xf32>) -> tensor<8x7xf32> {
  %e = tensor.empty() : tensor<8x7xf32>
  %b = linalg.copy ins(%k : tensor<8x7xf32>) outs(%e : tensor<8x7xf32>) -> tensor<8x7xf32>
  return %b : tensor<8x7xf32>
}
