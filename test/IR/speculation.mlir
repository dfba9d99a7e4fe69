// A repeat whose run-time checks may fail must stay behind the branch or loop that
// guards it; one that cannot fail is hoisted.
//
// RUN: ditto-opt %s --allow-unregistered-dialect --loop-invariant-code-motion --cse | FileCheck %s

// CHECK-LABEL: func.func @static_is_hoisted
// CHECK-DAG: ditto.repeat %{{.*}} by [2]
// CHECK-DAG: ditto.repeat_interleave %{{.*}} by 2 dim(0)
// CHECK: scf.for
func.func @static_is_hoisted(%x: tensor<3xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %0 = ditto.repeat %x by [2] : tensor<3xf32> -> tensor<6xf32>
    %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3xf32> -> tensor<6xf32>
    "test.use"(%0, %1) : (tensor<6xf32>, tensor<6xf32>) -> ()
  }
  return
}

// The extent times the count may not fit in 64 bits.
// CHECK-LABEL: func.func @negative_dynamic_extent
// CHECK: scf.for
// CHECK-NEXT: ditto.repeat
// CHECK-NEXT: ditto.repeat_interleave
func.func @negative_dynamic_extent(%x: tensor<?xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %0 = ditto.repeat %x by [2] : tensor<?xf32> -> tensor<?xf32>
    %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<?xf32> -> tensor<?xf32>
    "test.use"(%0, %1) : (tensor<?xf32>, tensor<?xf32>) -> ()
  }
  return
}

// CHECK-LABEL: func.func @negative_dynamic_count
// CHECK: scf.for
// CHECK-NEXT: ditto.repeat
// CHECK-NEXT: ditto.repeat_interleave
// CHECK-NEXT: ditto.repeat_interleave
func.func @negative_dynamic_count(%x: tensor<3xf32>, %n: index, %c: tensor<3xi64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %0 = ditto.repeat %x by [%n] : tensor<3xf32> -> tensor<?xf32>
    %1 = ditto.repeat_interleave %x by %n dim(0) : tensor<3xf32> -> tensor<?xf32>
    %2 = ditto.repeat_interleave %x by %c dim(0) : tensor<3xf32>, tensor<3xi64> -> tensor<?xf32>
    "test.use"(%0, %1, %2) : (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) -> ()
  }
  return
}

// CHECK-LABEL: func.func @negative_dynamic_output_size
// CHECK: scf.for
// CHECK-NEXT: ditto.repeat_interleave
func.func @negative_dynamic_output_size(%x: tensor<3xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %0 = ditto.repeat_interleave %x by 2 dim(0) output_size(%n) : tensor<3xf32> -> tensor<6xf32>
    "test.use"(%0) : (tensor<6xf32>) -> ()
  }
  return
}

// The extents fit in 64 bits, the size in bytes does not.
// CHECK-LABEL: func.func @negative_huge_static
// CHECK: scf.for
// CHECK-NEXT: ditto.repeat
// CHECK-NEXT: ditto.repeat_interleave
func.func @negative_huge_static(%x: tensor<3x4611686018427387904xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %0 = ditto.repeat %x by [1, 1] : tensor<3x4611686018427387904xf32> -> tensor<3x4611686018427387904xf32>
    %1 = ditto.repeat_interleave %x by 2 dim(0) : tensor<3x4611686018427387904xf32> -> tensor<6x4611686018427387904xf32>
    "test.use"(%0, %1) : (tensor<3x4611686018427387904xf32>, tensor<6x4611686018427387904xf32>) -> ()
  }
  return
}

// Nobody asks for the result: then nobody asks for the check either.
// CHECK-LABEL: func.func @unused
// CHECK-NOT: ditto.
// CHECK: return
func.func @unused(%x: tensor<?xf32>, %n: index) {
  %0 = ditto.repeat %x by [%n] : tensor<?xf32> -> tensor<?xf32>
  return
}
