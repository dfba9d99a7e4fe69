// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen),canonicalize,cse)' --split-input-file | FileCheck %s

// Four rows share the loads of two columns; each load announces the one 16 rows
// of 512 bytes later.
// CHECK-LABEL: func @lanes_reduce
// CHECK-SAME:    %{{.*}}: memref<4x128xf32>, %[[B:.*]]: memref<4096x128xf32>
// CHECK-DAG:     %[[C16:.*]] = arith.constant 16 : index
// CHECK:         scf.for %[[N:.*]] = %c0 to %c4096 step %c2
// CHECK:           scf.for %[[K:.*]] = %c0 to %c128 step %[[C16]]
// CHECK:             %[[LATER:.*]] = arith.addi %[[N]], %[[C16]]
// CHECK:             memref.prefetch %[[B]][%[[LATER]], %[[K]]], read, locality<2>, data
// CHECK:             vector.load %[[B]][%[[N]], %[[K]]]
// CHECK:             memref.prefetch %[[B]]
// CHECK-NOT:         memref.prefetch
// CHECK:         return
func.func @lanes_reduce(%a: memref<4x128xf32>, %b: memref<4096x128xf32>, %c: memref<4x4096xf32>) {
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<4x128xf32>, memref<4096x128xf32>) outs(%c : memref<4x4096xf32>)
  return
}

// -----

// A row of a tile is four lines.
// CHECK-LABEL: func @lanes_along_columns
// CHECK-SAME:    %{{.*}}: memref<4x?xf32>, %[[B:.*]]: memref<?x128xf32>
// CHECK:         scf.for %[[N:.*]] = %c0 to %c128 step %c64
// CHECK:           scf.for %[[K:.*]] = %c0 to %{{.*}} step %c1
// CHECK:             %[[LATER:.*]] = arith.addi %[[K]], %c16
// CHECK:             memref.prefetch %[[B]][%[[LATER]], %[[N]]]
// CHECK:             memref.prefetch %[[B]][%[[LATER]], %{{.*}}]
// CHECK:             memref.prefetch
// CHECK:             memref.prefetch
// CHECK:             vector.load %[[B]][%[[K]], %[[N]]]
// CHECK-NOT:         memref.prefetch
// CHECK:         return
func.func @lanes_along_columns(%a: memref<4x?xf32>, %b: memref<?x128xf32>, %c: memref<4x128xf32>) {
  linalg.matmul ins(%a, %b : memref<4x?xf32>, memref<?x128xf32>) outs(%c : memref<4x128xf32>)
  return
}

// -----

// Two tiles of rows read each line twice.
// CHECK-LABEL: func @negative_many_rows
// CHECK-NOT:     memref.prefetch
// CHECK:         return
func.func @negative_many_rows(%a: memref<16x4096xf32>, %b: memref<4096x128xf32>, %c: memref<16x128xf32>) {
  linalg.matmul ins(%a, %b : memref<16x4096xf32>, memref<4096x128xf32>) outs(%c : memref<16x128xf32>)
  return
}

// -----

// Not known to be few.
// CHECK-LABEL: func @negative_any_rows
// CHECK-NOT:     memref.prefetch
// CHECK:         return
func.func @negative_any_rows(%a: memref<?x4096xf32>, %b: memref<4096x128xf32>, %c: memref<?x128xf32>) {
  linalg.matmul ins(%a, %b : memref<?x4096xf32>, memref<4096x128xf32>) outs(%c : memref<?x128xf32>)
  return
}

// -----

// The first cache may have it.
// CHECK-LABEL: func @negative_small
// CHECK-NOT:     memref.prefetch
// CHECK:         return
func.func @negative_small(%a: memref<4x64xf32>, %b: memref<64x128xf32>, %c: memref<4x128xf32>) {
  linalg.matmul ins(%a, %b : memref<4x64xf32>, memref<64x128xf32>) outs(%c : memref<4x128xf32>)
  return
}

// -----

// Of two operands that are read once, the first fits in the first cache.
// CHECK-LABEL: func @second_operand
// CHECK-SAME:    %{{.*}}: memref<4x128xf32>, %[[B:.*]]: memref<256x128xi8>, %[[C:.*]]: memref<256x128xf32>
// CHECK-NOT:     memref.prefetch %[[B]]
// CHECK:         memref.prefetch %[[C]]
// CHECK-NOT:     memref.prefetch %[[B]]
// CHECK:         return
func.func @second_operand(%a: memref<4x128xf32>, %b: memref<256x128xi8>, %c: memref<256x128xf32>, %r: memref<4x256xf32>) {
  linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b, %c : memref<4x128xf32>, memref<256x128xi8>, memref<256x128xf32>) outs(%r : memref<4x256xf32>) {
  ^bb0(%x: f32, %y: i8, %z: f32, %o: f32):
    %f = arith.sitofp %y : i8 to f32
    %p = arith.mulf %f, %z : f32
    %q = arith.mulf %p, %x : f32
    %s = arith.addf %o, %q : f32
    linalg.yield %s : f32
  }
  return
}
