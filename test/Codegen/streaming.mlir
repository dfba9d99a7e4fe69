// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{stream-bytes=8192}),canonicalize,cse)' --split-input-file | FileCheck %s

// CHECK-LABEL: func @large
// CHECK:         vector.store {{.*}}{alignment = 64 : i64, nontemporal = true} : memref<8x4x128xf32>, vector<64xf32>
// CHECK:         llvm.fence seq_cst
func.func @large(%x: memref<8x128xf32>) -> memref<32x128xf32> {
  %y = memref.alloc() {alignment = 64 : i64} : memref<8x4x128xf32>
  linalg.broadcast ins(%x : memref<8x128xf32>) outs(%y : memref<8x4x128xf32>) dimensions = [1]
  %r = memref.collapse_shape %y [[0, 1], [2]] : memref<8x4x128xf32> into memref<32x128xf32>
  return %r : memref<32x128xf32>
}

// -----

// CHECK-LABEL: func @shuffled
// CHECK:         vector.store {{.*}}nontemporal = true{{.*}} vector<16xf32>
// CHECK:         llvm.fence seq_cst
func.func @shuffled(%x: memref<1024xf32>) -> memref<4096xf32> {
  %y = memref.alloc() {alignment = 64 : i64} : memref<1024x4xf32>
  linalg.broadcast ins(%x : memref<1024xf32>) outs(%y : memref<1024x4xf32>) dimensions = [1]
  %r = memref.collapse_shape %y [[0, 1]] : memref<1024x4xf32> into memref<4096xf32>
  return %r : memref<4096xf32>
}

// -----

// CHECK-LABEL: func @decided_at_run_time
// CHECK:         %[[SIZE:.*]] = arith.muli %{{.*}}, %c2048
// CHECK:         %[[LARGE:.*]] = arith.cmpi uge, %[[SIZE]], %c8192
// CHECK:         scf.if %[[LARGE]] {
// CHECK:           nontemporal
// CHECK:           llvm.fence
// CHECK:         } else {
// CHECK-NOT:       nontemporal
// CHECK:           return
func.func @decided_at_run_time(%x: memref<?x128xf32>, %n: index) -> memref<?x4x128xf32> {
  %y = memref.alloc(%n) {alignment = 64 : i64} : memref<?x4x128xf32>
  linalg.broadcast ins(%x : memref<?x128xf32>) outs(%y : memref<?x4x128xf32>) dimensions = [1]
  return %y : memref<?x4x128xf32>
}

// -----

// Rows of the source that lie apart; each of the result's is 4096 bytes.
// CHECK-LABEL: func @shuffled_rows
// CHECK:         vector.store {{.*}}nontemporal = true{{.*}} vector<16xf32>
func.func @shuffled_rows(%x: memref<8x256xf32, strided<[512, 1]>>) -> memref<8x256x4xf32> {
  %y = memref.alloc() {alignment = 64 : i64} : memref<8x256x4xf32>
  linalg.broadcast ins(%x : memref<8x256xf32, strided<[512, 1]>>) outs(%y : memref<8x256x4xf32>) dimensions = [2]
  return %y : memref<8x256x4xf32>
}

// -----

// 4080 bytes.
// CHECK-LABEL: func @negative_shuffled_rows
// CHECK-NOT:     nontemporal
func.func @negative_shuffled_rows(%x: memref<8x255xf32, strided<[512, 1]>>) -> memref<8x255x4xf32> {
  %y = memref.alloc() {alignment = 64 : i64} : memref<8x255x4xf32>
  linalg.broadcast ins(%x : memref<8x255xf32, strided<[512, 1]>>) outs(%y : memref<8x255x4xf32>) dimensions = [2]
  return %y : memref<8x255x4xf32>
}

// -----

// CHECK-LABEL: func @negative_small
// CHECK-NOT:     nontemporal
func.func @negative_small(%x: memref<128xf32>) -> memref<4x128xf32> {
  %y = memref.alloc() {alignment = 64 : i64} : memref<4x128xf32>
  linalg.broadcast ins(%x : memref<128xf32>) outs(%y : memref<4x128xf32>) dimensions = [0]
  return %y : memref<4x128xf32>
}

// -----

// Rows of 400 bytes begin anywhere in a line.
// CHECK-LABEL: func @negative_unaligned_rows
// CHECK-NOT:     nontemporal
func.func @negative_unaligned_rows(%x: memref<8x100xf32>) -> memref<8x4x100xf32> {
  %y = memref.alloc() {alignment = 64 : i64} : memref<8x4x100xf32>
  linalg.broadcast ins(%x : memref<8x100xf32>) outs(%y : memref<8x4x100xf32>) dimensions = [1]
  return %y : memref<8x4x100xf32>
}

// -----

// CHECK-LABEL: func @negative_read_later
// CHECK-NOT:     nontemporal
func.func @negative_read_later(%x: memref<8x128xf32>, %i: index) -> f32 {
  %y = memref.alloc() {alignment = 64 : i64} : memref<8x4x128xf32>
  linalg.broadcast ins(%x : memref<8x128xf32>) outs(%y : memref<8x4x128xf32>) dimensions = [1]
  %e = memref.load %y[%i, %i, %i] : memref<8x4x128xf32>
  return %e : f32
}

// -----

// Nobody knows how the caller's memory is aligned.
// CHECK-LABEL: func @negative_argument
// CHECK-NOT:     nontemporal
func.func @negative_argument(%x: memref<8x128xf32>, %y: memref<8x4x128xf32>) {
  linalg.broadcast ins(%x : memref<8x128xf32>) outs(%y : memref<8x4x128xf32>) dimensions = [1]
  return
}

// -----

// As malloc aligns: a streaming store would fault.
// CHECK-LABEL: func @negative_unaligned_result
// CHECK-NOT:     nontemporal
func.func @negative_unaligned_result(%x: memref<8x128xf32>) -> memref<8x4x128xf32> {
  %y = memref.alloc() : memref<8x4x128xf32>
  linalg.broadcast ins(%x : memref<8x128xf32>) outs(%y : memref<8x4x128xf32>) dimensions = [1]
  return %y : memref<8x4x128xf32>
}
