// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats))' | FileCheck %s
// RUN: %ditto_opt_test %s --pass-pipeline='builtin.module(test-pattern-hygiene{dialect=none patterns=fold-repeats})' -o /dev/null

// Zero points of groups of four columns.
// CHECK-LABEL: func.func @groups_in_place
// CHECK-SAME: %[[X:.*]]: tensor<10x16xf32>, %[[Z:.*]]: tensor<10x4xf32>
// CHECK: %[[T:.*]] = tensor.expand_shape %[[Z]] {{\[\[}}0], [1, 2]] output_shape [10, 4, 1]
// CHECK: %[[G:.*]] = tensor.expand_shape %[[X]] {{\[\[}}0], [1, 2]] output_shape [10, 4, 4]
// CHECK: %[[D:.*]] = tosa.sub %[[G]], %[[T]] : (tensor<10x4x4xf32>, tensor<10x4x1xf32>) -> tensor<10x4x4xf32>
// CHECK: %[[R:.*]] = tensor.collapse_shape %[[D]] {{\[\[}}0], [1, 2]]
// CHECK: return %[[R]] : tensor<10x16xf32>
func.func @groups_in_place(%x: tensor<10x16xf32>, %z: tensor<10x4xf32>) -> tensor<10x16xf32> {
  %r = ditto.repeat_interleave %z by 4 dim(1) : tensor<10x4xf32> -> tensor<10x16xf32>
  %d = tosa.sub %x, %r : (tensor<10x16xf32>, tensor<10x16xf32>) -> tensor<10x16xf32>
  return %d : tensor<10x16xf32>
}

// The tables of a rotary embedding: as a whole, and behind a reshape. What has extent 1
// keeps it; the shift is no operand of that kind.
// CHECK-LABEL: func.func @as_a_whole
// CHECK-SAME: %[[X:.*]]: tensor<2x6x5x8xf32>, %[[C:.*]]: tensor<5x4xf32>
// CHECK: %[[T:.*]] = tensor.expand_shape %{{.*}} into tensor<1x1x5x1x4xf32>
// CHECK: %[[G:.*]] = tensor.expand_shape %[[X]] {{.*}} into tensor<2x6x5x2x4xf32>
// CHECK: tosa.mul %[[G]], %[[T]], %{{.*}} : (tensor<2x6x5x2x4xf32>, tensor<1x1x5x1x4xf32>, tensor<1xi8>) -> tensor<2x6x5x2x4xf32>
func.func @as_a_whole(%x: tensor<2x6x5x8xf32>, %cos: tensor<5x4xf32>) -> tensor<2x6x5x8xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %shape = tosa.const_shape {values = dense<[1, 1, 5, 8]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %r = ditto.repeat %cos by [1, 2] : tensor<5x4xf32> -> tensor<5x8xf32>
  %u = tosa.reshape %r, %shape : (tensor<5x8xf32>, !tosa.shape<4>) -> tensor<1x1x5x8xf32>
  %m = tosa.mul %x, %u, %shift : (tensor<2x6x5x8xf32>, tensor<1x1x5x8xf32>, tensor<1xi8>) -> tensor<2x6x5x8xf32>
  return %m : tensor<2x6x5x8xf32>
}

// Both repeats are folded, one after the other; the element type of the result is its own.
// CHECK-LABEL: func.func @two_repeats
// CHECK-NOT: ditto.
// CHECK: tosa.select %{{.*}} : (tensor<3x2x5xi1>, tensor<3x1x5xf32>, tensor<3x1x5xf32>) -> tensor<3x2x5xf32>
// CHECK: tosa.greater %{{.*}} : (tensor<3x1x5xf32>, tensor<3x2x5xf32>) -> tensor<3x2x5xi1>
func.func @two_repeats(%c: tensor<6x5xi1>, %x: tensor<3x5xf32>, %y: tensor<3x5xf32>, %z: tensor<6x5xf32>) -> (tensor<6x5xf32>, tensor<6x5xi1>) {
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<3x5xf32> -> tensor<6x5xf32>
  %s = ditto.repeat_interleave %y by 2 dim(0) : tensor<3x5xf32> -> tensor<6x5xf32>
  %t = tosa.select %c, %r, %s : (tensor<6x5xi1>, tensor<6x5xf32>, tensor<6x5xf32>) -> tensor<6x5xf32>
  %g = tosa.greater %r, %z : (tensor<6x5xf32>, tensor<6x5xf32>) -> tensor<6x5xi1>
  return %t, %g : tensor<6x5xf32>, tensor<6x5xi1>
}

// A whole dimension that is one element.
// CHECK-LABEL: func.func @broadcast
// CHECK-SAME: %[[X:.*]]: tensor<6x5xf32>, %[[Y:.*]]: tensor<1x5xf32>
// CHECK-NEXT: %[[S:.*]] = tosa.add %[[X]], %[[Y]] : (tensor<6x5xf32>, tensor<1x5xf32>) -> tensor<6x5xf32>
// CHECK-NEXT: return %[[S]]
func.func @broadcast(%x: tensor<6x5xf32>, %y: tensor<1x5xf32>) -> tensor<6x5xf32> {
  %r = ditto.repeat %y by [6, 1] : tensor<1x5xf32> -> tensor<6x5xf32>
  %s = tosa.add %x, %r : (tensor<6x5xf32>, tensor<6x5xf32>) -> tensor<6x5xf32>
  return %s : tensor<6x5xf32>
}

// The result would lose the dimension: such repeats sink.
// CHECK-LABEL: func.func @negative_nothing_depends_on_it
// CHECK: tosa.add %{{.*}} : (tensor<6x5xf32>, tensor<1x5xf32>)
func.func @negative_nothing_depends_on_it(%x: tensor<3x5xf32>, %y: tensor<1x5xf32>) -> tensor<6x5xf32> {
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<3x5xf32> -> tensor<6x5xf32>
  %s = tosa.add %r, %y : (tensor<6x5xf32>, tensor<1x5xf32>) -> tensor<6x5xf32>
  return %s : tensor<6x5xf32>
}

// TOSA would broadcast an extent that is 1 at run time.
// CHECK-LABEL: func.func @negative_dynamic_extent
// CHECK: tosa.add %{{.*}} : (tensor<6x?xf32>, tensor<6x?xf32>)
func.func @negative_dynamic_extent(%x: tensor<3x?xf32>, %y: tensor<6x?xf32>) -> tensor<6x?xf32> {
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<3x?xf32> -> tensor<6x?xf32>
  %s = tosa.add %r, %y : (tensor<6x?xf32>, tensor<6x?xf32>) -> tensor<6x?xf32>
  return %s : tensor<6x?xf32>
}

// No elementwise op.
// CHECK-LABEL: func.func @negative_reduction
// CHECK: tosa.reduce_sum %{{.*}} : (tensor<6x5xf32>)
func.func @negative_reduction(%x: tensor<3x5xf32>) -> tensor<6x1xf32> {
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<3x5xf32> -> tensor<6x5xf32>
  %s = tosa.reduce_sum %r {axis = 1 : i32} : (tensor<6x5xf32>) -> tensor<6x1xf32>
  return %s : tensor<6x1xf32>
}

// Nobody else depends on columns.
// CHECK-LABEL: @negative_repeated_along_more_dimensions
// CHECK: %[[R:.*]] = ditto.repeat
// CHECK: tosa.sub %[[R]],
func.func @negative_repeated_along_more_dimensions(%x: tensor<1x1xf32>, %y: tensor<2x1xf32>) -> tensor<2x3xf32> {
  %r = ditto.repeat %x by [2, 3] : tensor<1x1xf32> -> tensor<2x3xf32>
  %s = tosa.sub %r, %y : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  return %s : tensor<2x3xf32>
}
