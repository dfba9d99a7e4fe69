// The outermost loops, for threads to share.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{parallel=true}),canonicalize,cse)' --split-input-file | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-pack-contractions{parallel=true}),canonicalize,cse)' --split-input-file | FileCheck %s --check-prefix=PACK

// Loops that are walked step by step, if there are many turns.
// CHECK-LABEL: func @copy
// CHECK:         scf.forall (%[[I:.*]], %[[J:.*]]) in (8, 100)
// CHECK:           scf.for %[[V:.*]] = %c0 to %c128 step %c64
// CHECK:             vector.load %{{.*}}[%[[I]], %[[J]], %[[V]]]
// CHECK-COUNT-4:     vector.store
// CHECK-NOT:     scf.forall
func.func @copy(%x: memref<8x100x128xf32>, %y: memref<8x4x100x128xf32>) {
  linalg.broadcast ins(%x : memref<8x100x128xf32>) outs(%y : memref<8x4x100x128xf32>) dimensions = [1]
  return
}

// -----

// Few of them: the next one too, part by part.
// CHECK-LABEL: func @few_batches
// CHECK:         scf.forall (%[[B:.*]], %[[N:.*]]) = (0, 0) to (2, 192) step (1, 64)
// CHECK:           scf.for {{.*}} iter_args
// CHECK:             vector<64xf32>
// CHECK:         scf.forall (%[[B:.*]]) in (2)
// CHECK:           scf.for {{.*}} iter_args
// CHECK:             vector<8xf32>
// CHECK-NOT:     scf.forall
func.func @few_batches(%a: memref<2x4x7xf32>, %b: memref<2x7x200xf32>, %c: memref<2x4x200xf32>) {
  linalg.batch_matmul ins(%a, %b : memref<2x4x7xf32>, memref<2x7x200xf32>) outs(%c : memref<2x4x200xf32>)
  return
}

// -----

// One row times a matrix: threads share the columns, not the sums.
// CHECK-LABEL: func @one_row
// CHECK:         scf.forall (%[[N:.*]]) = (0) to (4096) step (8)
// CHECK:           scf.for {{.*}} iter_args
// CHECK-NOT:     scf.forall
func.func @one_row(%a: memref<1x512xf32>, %b: memref<4096x512xf32>, %c: memref<1x4096xf32>) {
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<1x512xf32>, memref<4096x512xf32>) outs(%c : memref<1x4096xf32>)
  return
}

// -----

// CHECK-LABEL: func @permuted
// CHECK:         scf.forall (%[[I:.*]]) = (0) to (4096) step (8)
// CHECK:           vector.shuffle
// CHECK-NOT:     scf.forall
func.func @permuted(%x: memref<4099x3xi32>, %y: memref<4099x2x3xi32>) {
  linalg.broadcast ins(%x : memref<4099x3xi32>) outs(%y : memref<4099x2x3xi32>) dimensions = [1]
  return
}

// -----

// Blocks of rows of the result, and what is left of them.
// CHECK-LABEL: func @transpose
// CHECK:         scf.forall (%[[I:.*]], %[[J:.*]]) = (0, 0) to (3, 64) step (1, 16)
// CHECK:           vector.shuffle
// CHECK:         scf.forall (%[[I:.*]], %[[J:.*]]) = (0, 64) to (3, 67) step (1, 1)
// CHECK:           memref.load
// CHECK-NOT:     scf.forall
func.func @transpose(%x: memref<3x32x67xf32>, %y: memref<3x67x32xf32>) {
  linalg.transpose ins(%x : memref<3x32x67xf32>) outs(%y : memref<3x67x32xf32>) permutation = [0, 2, 1]
  return
}

// -----

// Threads run the iterations of the outer loop already.
// CHECK-LABEL: func @negative_inside
// CHECK:         scf.forall
// CHECK-NOT:     scf.forall
// PACK-LABEL: func @negative_inside
// PACK:         scf.forall
// PACK-NOT:     scf.forall
// PACK:           memref.alloc
func.func @negative_inside(%a: memref<8x64x128xf32>, %b: memref<128x256xf32>, %c: memref<8x64x256xf32>) {
  scf.forall (%i) in (8) {
    %ai = memref.subview %a[%i, 0, 0] [1, 64, 128] [1, 1, 1] : memref<8x64x128xf32> to memref<64x128xf32, strided<[128, 1], offset: ?>>
    %ci = memref.subview %c[%i, 0, 0] [1, 64, 256] [1, 1, 1] : memref<8x64x256xf32> to memref<64x256xf32, strided<[256, 1], offset: ?>>
    linalg.matmul ins(%ai, %b : memref<64x128xf32, strided<[128, 1], offset: ?>>, memref<128x256xf32>) outs(%ci : memref<64x256xf32, strided<[256, 1], offset: ?>>)
  }
  return
}

// -----

// A panel for each turn, as threads must not share one.
// CHECK-LABEL: func @panels
// PACK-LABEL: func @panels
// PACK-NOT:     memref.alloc
// PACK:         scf.for %{{.*}} = %c0 to %c512 step %c256
// PACK:           scf.forall (%{{.*}}) = (0) to (1024) step (32)
// PACK:             %[[PANEL:.*]] = memref.alloc
// PACK:             linalg.generic
// PACK:             memref.dealloc %[[PANEL]]
func.func @panels(%a: memref<64x512xf32>, %b: memref<512x1024xf32>, %c: memref<64x1024xf32>) {
  linalg.matmul ins(%a, %b : memref<64x512xf32>, memref<512x1024xf32>) outs(%c : memref<64x1024xf32>)
  return
}

// -----

// Many batches are shared instead.
// CHECK-LABEL: func @batches
// PACK-LABEL: func @batches
// PACK:         scf.forall (%{{.*}}) in (64)
// PACK:           memref.alloc
// PACK-NOT:       scf.forall
func.func @batches(%a: memref<64x64x512xf32>, %b: memref<64x512x1024xf32>, %c: memref<64x64x1024xf32>) {
  linalg.batch_matmul ins(%a, %b : memref<64x64x512xf32>, memref<64x512x1024xf32>) outs(%c : memref<64x64x1024xf32>)
  return
}

// -----

// An outer reduction adds up into the same elements.
// CHECK-LABEL: func @outer_reduction
// PACK-LABEL: func @outer_reduction
// PACK:         scf.for %{{.*}} = %c0 to %c100 step %c1
// PACK:           scf.forall (%{{.*}}) = (0) to (128) step (32)
func.func @outer_reduction(%a: memref<64x100x64xf32>, %b: memref<100x64x128xf32>, %c: memref<64x128xf32>) {
  linalg.contract indexing_maps = [affine_map<(m, n, h, k) -> (m, h, k)>, affine_map<(m, n, h, k) -> (h, k, n)>, affine_map<(m, n, h, k) -> (m, n)>]
      ins(%a, %b : memref<64x100x64xf32>, memref<100x64x128xf32>) outs(%c : memref<64x128xf32>)
  return
}
