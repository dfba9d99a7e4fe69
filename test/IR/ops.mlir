// Round trips: the custom form, the generic form, and bytecode.
//
// RUN: ditto-opt %s | FileCheck %s
// RUN: ditto-opt %s | ditto-opt | FileCheck %s
// RUN: ditto-opt %s --mlir-print-op-generic | ditto-opt | FileCheck %s
// RUN: ditto-opt %s --emit-bytecode | ditto-opt | FileCheck %s

// CHECK-LABEL: func.func @repeat_static
// CHECK-SAME: (%[[X:.*]]: tensor<2x2xf32>)
func.func @repeat_static(%x: tensor<2x2xf32>) -> tensor<4x6xf32> {
  // CHECK: ditto.repeat %[[X]] by [2, 3] : tensor<2x2xf32> -> tensor<4x6xf32>
  %r = ditto.repeat %x by [2, 3] : tensor<2x2xf32> -> tensor<4x6xf32>
  return %r : tensor<4x6xf32>
}

// CHECK-LABEL: func.func @repeat_new_leading_dims
// CHECK: ditto.repeat %{{.*}} by [3, 4, 2] : tensor<3xi64> -> tensor<3x4x6xi64>
func.func @repeat_new_leading_dims(%x: tensor<3xi64>) -> tensor<3x4x6xi64> {
  %r = ditto.repeat %x by [3, 4, 2] : tensor<3xi64> -> tensor<3x4x6xi64>
  return %r : tensor<3x4x6xi64>
}

// CHECK-LABEL: func.func @repeat_mixed_counts
// CHECK-SAME: (%[[X:.*]]: tensor<?x8xbf16>, %[[N:.*]]: index, %[[M:.*]]: index)
func.func @repeat_mixed_counts(%x: tensor<?x8xbf16>, %n: index, %m: index)
    -> (tensor<?x8xbf16>, tensor<?x2x?x8xbf16>) {
  // CHECK: ditto.repeat %[[X]] by [%[[N]], 1] : tensor<?x8xbf16> -> tensor<?x8xbf16>
  %0 = ditto.repeat %x by [%n, 1] : tensor<?x8xbf16> -> tensor<?x8xbf16>
  // CHECK: ditto.repeat %[[X]] by [%[[M]], 2, %[[N]], 1] : tensor<?x8xbf16> -> tensor<?x2x?x8xbf16>
  %1 = ditto.repeat %x by [%m, 2, %n, 1] : tensor<?x8xbf16> -> tensor<?x2x?x8xbf16>
  return %0, %1 : tensor<?x8xbf16>, tensor<?x2x?x8xbf16>
}

// CHECK-LABEL: func.func @repeat_rank_zero
// CHECK: ditto.repeat %{{.*}} by [] : tensor<f32> -> tensor<f32>
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<f32> -> tensor<2xf32>
func.func @repeat_rank_zero(%s: tensor<f32>) -> (tensor<f32>, tensor<2xf32>) {
  %0 = ditto.repeat %s by [] : tensor<f32> -> tensor<f32>
  %1 = ditto.repeat %s by [2] : tensor<f32> -> tensor<2xf32>
  return %0, %1 : tensor<f32>, tensor<2xf32>
}

// CHECK-LABEL: func.func @repeat_zeros
// CHECK: ditto.repeat %{{.*}} by [0, 2] : tensor<2x2xf32> -> tensor<0x4xf32>
// CHECK: ditto.repeat %{{.*}} by [3] : tensor<0xf32> -> tensor<0xf32>
func.func @repeat_zeros(%x: tensor<2x2xf32>, %y: tensor<0xf32>)
    -> (tensor<0x4xf32>, tensor<0xf32>) {
  %0 = ditto.repeat %x by [0, 2] : tensor<2x2xf32> -> tensor<0x4xf32>
  %1 = ditto.repeat %y by [3] : tensor<0xf32> -> tensor<0xf32>
  return %0, %1 : tensor<0x4xf32>, tensor<0xf32>
}

// The result type may know more than can be inferred, or less.
// CHECK-LABEL: func.func @repeat_refined_result
// CHECK: ditto.repeat %{{.*}} by [2, 1] : tensor<?x8xf32> -> tensor<6x8xf32>
// CHECK: ditto.repeat %{{.*}} by [2, 1] : tensor<?x8xf32> -> tensor<?x?xf32>
func.func @repeat_refined_result(%x: tensor<?x8xf32>)
    -> (tensor<6x8xf32>, tensor<?x?xf32>) {
  %0 = ditto.repeat %x by [2, 1] : tensor<?x8xf32> -> tensor<6x8xf32>
  %1 = ditto.repeat %x by [2, 1] : tensor<?x8xf32> -> tensor<?x?xf32>
  return %0, %1 : tensor<6x8xf32>, tensor<?x?xf32>
}

// CHECK-LABEL: func.func @interleave_static
// CHECK: ditto.repeat_interleave %{{.*}} by 4 dim(1) : tensor<3x2x5x2xf32> -> tensor<3x8x5x2xf32>
func.func @interleave_static(%x: tensor<3x2x5x2xf32>) -> tensor<3x8x5x2xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(1)
      : tensor<3x2x5x2xf32> -> tensor<3x8x5x2xf32>
  return %r : tensor<3x8x5x2xf32>
}

// CHECK-LABEL: func.func @interleave_dynamic_count
// CHECK-SAME: (%[[X:.*]]: tensor<?x4xf32>, %[[N:.*]]: index)
// CHECK: ditto.repeat_interleave %[[X]] by %[[N]] dim(0) : tensor<?x4xf32> -> tensor<?x4xf32>
func.func @interleave_dynamic_count(%x: tensor<?x4xf32>, %n: index)
    -> tensor<?x4xf32> {
  %r = ditto.repeat_interleave %x by %n dim(0) : tensor<?x4xf32> -> tensor<?x4xf32>
  return %r : tensor<?x4xf32>
}

// CHECK-LABEL: func.func @interleave_flattened
// CHECK: ditto.repeat_interleave %{{.*}} by 2 : tensor<2x3xi8> -> tensor<12xi8>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 : tensor<f32> -> tensor<2xf32>
func.func @interleave_flattened(%x: tensor<2x3xi8>, %s: tensor<f32>)
    -> (tensor<12xi8>, tensor<2xf32>) {
  %0 = ditto.repeat_interleave %x by 2 : tensor<2x3xi8> -> tensor<12xi8>
  %1 = ditto.repeat_interleave %s by 2 : tensor<f32> -> tensor<2xf32>
  return %0, %1 : tensor<12xi8>, tensor<2xf32>
}

// CHECK-LABEL: func.func @interleave_counts_tensor
// CHECK-SAME: %[[X:[^:]*]]: tensor<3xf32>, %[[I64:[^:]*]]: tensor<3xi64>, %[[I32:[^:]*]]: tensor<?xi32>, %[[INDEX:[^:]*]]: tensor<index>
func.func @interleave_counts_tensor(%x: tensor<3xf32>, %c: tensor<3xi64>,
                                    %d: tensor<?xi32>, %e: tensor<index>)
    -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
  // CHECK: ditto.repeat_interleave %[[X]] by %[[I64]] dim(0) : tensor<3xf32>, tensor<3xi64> -> tensor<?xf32>
  %0 = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<3xi64> -> tensor<?xf32>
  // CHECK: ditto.repeat_interleave %[[X]] by %[[I32]] dim(0) : tensor<3xf32>, tensor<?xi32> -> tensor<?xf32>
  %1 = ditto.repeat_interleave %x by %d dim(0) : tensor<3xf32>, tensor<?xi32> -> tensor<?xf32>
  // CHECK: ditto.repeat_interleave %[[X]] by %[[INDEX]] : tensor<3xf32>, tensor<index> -> tensor<?xf32>
  %2 = ditto.repeat_interleave %x by %e : tensor<3xf32>, tensor<index> -> tensor<?xf32>
  return %0, %1, %2 : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}

// CHECK-LABEL: func.func @interleave_output_size
// CHECK-SAME: (%[[X:.*]]: tensor<?x2xf32>, %[[C:.*]]: tensor<?xi32>, %[[N:.*]]: index)
func.func @interleave_output_size(%x: tensor<?x2xf32>, %c: tensor<?xi32>, %n: index)
    -> (tensor<6x2xf32>, tensor<?xf32>, tensor<?x2xf32>, tensor<?x8xf32>) {
  // CHECK: ditto.repeat_interleave %[[X]] by %[[C]] dim(0) output_size(6) : tensor<?x2xf32>, tensor<?xi32> -> tensor<6x2xf32>
  %0 = ditto.repeat_interleave %x by %c dim(0) output_size(6) : tensor<?x2xf32>, tensor<?xi32> -> tensor<6x2xf32>
  // CHECK: ditto.repeat_interleave %[[X]] by %[[C]] output_size(%[[N]]) : tensor<?x2xf32>, tensor<?xi32> -> tensor<?xf32>
  %1 = ditto.repeat_interleave %x by %c output_size(%n) : tensor<?x2xf32>, tensor<?xi32> -> tensor<?xf32>
  // CHECK: ditto.repeat_interleave %[[X]] by %[[N]] dim(0) output_size(%[[N]]) : tensor<?x2xf32> -> tensor<?x2xf32>
  %2 = ditto.repeat_interleave %x by %n dim(0) output_size(%n) : tensor<?x2xf32> -> tensor<?x2xf32>
  // CHECK: ditto.repeat_interleave %[[X]] by 4 dim(1) output_size(8) : tensor<?x2xf32> -> tensor<?x8xf32>
  %3 = ditto.repeat_interleave %x by 4 dim(1) output_size(8) : tensor<?x2xf32> -> tensor<?x8xf32>
  return %0, %1, %2, %3 : tensor<6x2xf32>, tensor<?xf32>, tensor<?x2xf32>, tensor<?x8xf32>
}

// CHECK-LABEL: func.func @interleave_zeros
// CHECK: ditto.repeat_interleave %{{.*}} by 0 dim(0) : tensor<3xf32> -> tensor<0xf32>
// CHECK: ditto.repeat_interleave %{{.*}} by 5 : tensor<?x0xf32> -> tensor<0xf32>
func.func @interleave_zeros(%x: tensor<3xf32>, %y: tensor<?x0xf32>)
    -> (tensor<0xf32>, tensor<0xf32>) {
  %0 = ditto.repeat_interleave %x by 0 dim(0) : tensor<3xf32> -> tensor<0xf32>
  %1 = ditto.repeat_interleave %y by 5 : tensor<?x0xf32> -> tensor<0xf32>
  return %0, %1 : tensor<0xf32>, tensor<0xf32>
}

// Attributes that are not the ops' own pass through, properties stay inherent.
// CHECK-LABEL: func.func @extra_attributes
// CHECK: ditto.repeat %{{.*}} by [2] {note = "kept", test.unit} : tensor<3xf32>
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0) {note = "kept", test.unit} : tensor<3xf32>
func.func @extra_attributes(%x: tensor<3xf32>) -> (tensor<6xf32>, tensor<6xf32>) {
  %0 = ditto.repeat %x by [2] {note = "kept", test.unit} : tensor<3xf32> -> tensor<6xf32>
  %1 = ditto.repeat_interleave %x by 2 dim(0) {note = "kept", test.unit} : tensor<3xf32> -> tensor<6xf32>
  return %0, %1 : tensor<6xf32>, tensor<6xf32>
}

// CHECK-LABEL: func.func @encoding
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf32, "layout"> -> tensor<6xf32, "layout">
// CHECK: ditto.repeat_interleave %{{.*}} by 2 : tensor<3xf32, "layout"> -> tensor<6xf32, "layout">
func.func @encoding(%x: tensor<3xf32, "layout">)
    -> (tensor<6xf32, "layout">, tensor<6xf32, "layout">) {
  %0 = ditto.repeat %x by [2] : tensor<3xf32, "layout"> -> tensor<6xf32, "layout">
  %1 = ditto.repeat_interleave %x by 2 : tensor<3xf32, "layout"> -> tensor<6xf32, "layout">
  return %0, %1 : tensor<6xf32, "layout">, tensor<6xf32, "layout">
}

// Extents and counts at the edge of 64 bits, and beyond it where an extent of 0
// makes the size 0.
// CHECK-LABEL: func.func @huge
// CHECK: ditto.repeat %{{.*}} by [1] : tensor<9223372036854775807xi8> -> tensor<9223372036854775807xi8>
// CHECK: ditto.repeat %{{.*}} by [9223372036854775807] : tensor<1xi8> -> tensor<9223372036854775807xi8>
// CHECK: ditto.repeat_interleave %{{.*}} by 9223372036854775807 dim(0) : tensor<1xi8> -> tensor<9223372036854775807xi8>
// CHECK: ditto.repeat_interleave %{{.*}} by 9223372036854775807 : tensor<0x9223372036854775807x9223372036854775807xi8> -> tensor<0xi8>
func.func @huge(%x: tensor<9223372036854775807xi8>, %one: tensor<1xi8>,
                %none: tensor<0x9223372036854775807x9223372036854775807xi8>)
    -> (tensor<9223372036854775807xi8>, tensor<9223372036854775807xi8>,
        tensor<9223372036854775807xi8>, tensor<0xi8>) {
  %0 = ditto.repeat %x by [1] : tensor<9223372036854775807xi8> -> tensor<9223372036854775807xi8>
  %1 = ditto.repeat %one by [9223372036854775807] : tensor<1xi8> -> tensor<9223372036854775807xi8>
  %2 = ditto.repeat_interleave %one by 9223372036854775807 dim(0) : tensor<1xi8> -> tensor<9223372036854775807xi8>
  %3 = ditto.repeat_interleave %none by 9223372036854775807 : tensor<0x9223372036854775807x9223372036854775807xi8> -> tensor<0xi8>
  return %0, %1, %2, %3 : tensor<9223372036854775807xi8>, tensor<9223372036854775807xi8>, tensor<9223372036854775807xi8>, tensor<0xi8>
}
