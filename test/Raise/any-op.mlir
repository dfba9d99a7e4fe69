// Chains begin with any op that repeats, not only with a broadcast; one that
// joins its counts itself is raised whatever its users.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s
// RUN: %ditto_opt_test %s --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=raise})' -o /dev/null

#id = affine_map<(d0, d1) -> (d0, d1)>
#div = affine_map<(d0, d1) -> (d0, d1 floordiv 4)>

// CHECK-LABEL: @tile_with_two_users
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>
// CHECK-NEXT: %[[R:.*]] = ditto.repeat %[[X]] by [1, 4]
// CHECK-NEXT: %[[E:.*]] = math.exp %[[R]]
// CHECK-NEXT: return %[[R]], %[[E]]
func.func @tile_with_two_users(%x: tensor<2x3xf32>) -> (tensor<2x12xf32>, tensor<2x12xf32>) {
  %m = tosa.const_shape {values = dense<[1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %t = tosa.tile %x, %m : (tensor<2x3xf32>, !tosa.shape<2>) -> tensor<2x12xf32>
  %e = math.exp %t : tensor<2x12xf32>
  return %t, %e : tensor<2x12xf32>, tensor<2x12xf32>
}

// CHECK-LABEL: @concat
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>
// CHECK-NEXT: %[[R:.*]] = ditto.repeat %[[X]] by [1, 2]
// CHECK-NEXT: return %[[R]]
func.func @concat(%x: tensor<2x3xf32>) -> tensor<2x6xf32> {
  %c = tensor.concat dim(1) %x, %x : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x6xf32>
  return %c : tensor<2x6xf32>
}

// CHECK-LABEL: @map
// CHECK: ditto.repeat_interleave %{{.*}} by 4 dim(1)
func.func @map(%x: tensor<2x3xf32>, %e: tensor<2x12xf32>) -> tensor<2x12xf32> {
  %r = linalg.generic {indexing_maps = [#div, #id], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x12xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x12xf32>
  return %r : tensor<2x12xf32>
}

// CHECK-LABEL: @inserts
// CHECK-NEXT: ditto.repeat %{{.*}} by [1, 2]
// CHECK-NOT: tensor.insert_slice %arg0 into %{{.*}}[0, 3]
func.func @inserts(%x: tensor<2x3xf32>, %e: tensor<2x6xf32>) -> tensor<2x6xf32> {
  %0 = tensor.insert_slice %x into %e[0, 0] [2, 3] [1, 1] : tensor<2x3xf32> into tensor<2x6xf32>
  %1 = tensor.insert_slice %x into %0[0, 3] [2, 3] [1, 1] : tensor<2x3xf32> into tensor<2x6xf32>
  return %1 : tensor<2x6xf32>
}

// CHECK-LABEL: @loop
// CHECK-NOT: scf.for
// CHECK: ditto.repeat %{{.*}} by [4, 1]
func.func @loop(%x: tensor<3x5xf32>, %e: tensor<12x5xf32>) -> tensor<12x5xf32> {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %c12 = arith.constant 12 : index
  %r = scf.for %at = %c0 to %c12 step %c3 iter_args(%acc = %e) -> (tensor<12x5xf32>) {
    %i = tensor.insert_slice %x into %acc[%at, 0] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<12x5xf32>
    scf.yield %i : tensor<12x5xf32>
  }
  return %r : tensor<12x5xf32>
}

// The last dimension is repeated as a whole, and read as if the one before it
// had been repeated in place.
// CHECK-LABEL: @repeat_last_then_reshape
// CHECK: ditto.repeat_interleave %{{.*}} by 4 dim(0) : tensor<3x5xf32> -> tensor<12x5xf32>
// CHECK-NEXT: return
func.func @repeat_last_then_reshape(%x: tensor<3x5xf32>) -> tensor<12x5xf32> {
  %m = tosa.const_shape {values = dense<[1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %s = tosa.const_shape {values = dense<[12, 5]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %t = tosa.tile %x, %m : (tensor<3x5xf32>, !tosa.shape<2>) -> tensor<3x20xf32>
  %r = tosa.reshape %t, %s : (tensor<3x20xf32>, !tosa.shape<2>) -> tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

// A unit dimension that becomes 4 is a plain broadcast.
// CHECK-LABEL: @negative_tile_of_a_unit_dimension
// CHECK-NOT: ditto.
// CHECK: tosa.tile
func.func @negative_tile_of_a_unit_dimension(%x: tensor<3x1xf32>) -> tensor<3x4xf32> {
  %m = tosa.const_shape {values = dense<[1, 4]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %t = tosa.tile %x, %m : (tensor<3x1xf32>, !tosa.shape<2>) -> tensor<3x4xf32>
  return %t : tensor<3x4xf32>
}

// CHECK-LABEL: @negative_rotate_half
// CHECK-NOT: ditto.
func.func @negative_rotate_half(%x: tensor<2x6xf32>) -> tensor<2x6xf32> {
  %a = tensor.extract_slice %x[0, 0] [2, 3] [1, 1] : tensor<2x6xf32> to tensor<2x3xf32>
  %b = tensor.extract_slice %x[0, 3] [2, 3] [1, 1] : tensor<2x6xf32> to tensor<2x3xf32>
  %n = arith.negf %b : tensor<2x3xf32>
  %r = tensor.concat dim(1) %n, %a : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x6xf32>
  return %r : tensor<2x6xf32>
}
