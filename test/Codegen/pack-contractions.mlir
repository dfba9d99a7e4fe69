// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-pack-contractions,canonicalize,cse))' --split-input-file | FileCheck %s

// CHECK-DAG:   #[[$LHS:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG:   #[[$RHS:.*]] = affine_map<(d0, d1, d2) -> (d2, d1)>
// CHECK-LABEL: func @transposed
// CHECK-SAME:    (%[[A:.*]]: memref<64x128xf32>, %[[B:.*]]: memref<512x128xf32>, %[[C:.*]]: memref<64x512xf32>)
// CHECK:         %[[PANEL:.*]] = memref.alloc() {alignment = 64 : i64} : memref<128x32xf32>
// CHECK:         scf.for %[[N:.*]] = %c0 to %c512 step %c32
// CHECK:           %[[BN:.*]] = memref.subview %[[B]][%[[N]], 0] [32, 128]
// CHECK:           linalg.transpose ins(%[[BN]] : {{.*}}) outs(%[[PANEL]] : memref<128x32xf32>) permutation = [1, 0]
// CHECK:           %[[CN:.*]] = memref.subview %[[C]][0, %[[N]]] [64, 32]
// CHECK:           linalg.generic {indexing_maps = [#[[$LHS]], #[[$RHS]], {{.*}} ins(%{{.*}}, %[[PANEL]] : {{.*}}) outs(%[[CN]] :
// CHECK:         memref.dealloc %[[PANEL]]
func.func @transposed(%a: memref<64x128xf32>, %b: memref<512x128xf32>, %c: memref<64x512xf32>) {
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<64x128xf32>, memref<512x128xf32>) outs(%c : memref<64x512xf32>)
  return
}

// -----

// A panel has 256 x 32 elements: the reduction and the columns are cut, and what
// is left has loops of its own.
// CHECK-DAG:   #[[$MIN:.*]] = affine_map<()[s0] -> (-s0 + 700, 256)>
// CHECK-LABEL: func @long_reduction
// CHECK:         memref.alloc() {{.*}} : memref<256x32xf32>
// CHECK:         scf.for %[[B:.*]] = %c0 to %c3 step %c1
// CHECK:           scf.for %[[K:.*]] = %c0 to %c700 step %c256
// CHECK:             affine.min #[[$MIN]]()[%[[K]]]
// CHECK:             scf.for %{{.*}} = %c0 to %c64 step %c32
// CHECK:               linalg.copy
// CHECK:               linalg.generic
// CHECK:             linalg.copy ins({{.*}} memref<?x8xf32,
func.func @long_reduction(%a: memref<3x64x700xf32>, %b: memref<3x700x72xf32, strided<[716800, 1024, 1]>>, %c: memref<3x64x72xf32>) {
  linalg.batch_matmul ins(%a, %b : memref<3x64x700xf32>, memref<3x700x72xf32, strided<[716800, 1024, 1]>>) outs(%c : memref<3x64x72xf32>)
  return
}

// -----

// Decided when the number of rows is known; the group is not counted twice.
// CHECK-LABEL: func @dynamic_rows
// CHECK:         %[[M:.*]] = memref.dim %arg0, %c1
// CHECK:         %[[BOUNDED:.*]] = arith.minui %[[M]], %c32
// CHECK:         %[[ROWS:.*]] = arith.muli %[[BOUNDED]], %c4
// CHECK:         %[[ENOUGH:.*]] = arith.minui %[[ROWS]], %c32
// CHECK:         %[[MANY:.*]] = arith.cmpi eq, %[[ENOUGH]], %c32
// CHECK:         scf.if %[[MANY]] {
// CHECK:           linalg.transpose
// CHECK:         } else {
// CHECK-NEXT:      linalg.generic {{.*}} ins(%arg0, %arg1 :
func.func @dynamic_rows(%a: memref<4x?x128xf32>, %b: memref<512x128xf32>, %c: memref<4x?x512xf32>) {
  linalg.generic {indexing_maps = [affine_map<(g, m, n, k) -> (g, m, k)>, affine_map<(g, m, n, k) -> (n, k)>, affine_map<(g, m, n, k) -> (g, m, n)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<4x?x128xf32>, memref<512x128xf32>) outs(%c : memref<4x?x512xf32>) {
    ^bb0(%x: f32, %y: f32, %o: f32):
      %p = arith.mulf %x, %y : f32
      %s = arith.addf %o, %p : f32
      linalg.yield %s : f32
  }
  return
}

// -----

// CHECK-LABEL: func @negative_few_rows
// CHECK-NEXT:    linalg.matmul
func.func @negative_few_rows(%a: memref<4x128xf32>, %b: memref<128x512xf32>, %c: memref<4x512xf32>) {
  linalg.matmul ins(%a, %b : memref<4x128xf32>, memref<128x512xf32>) outs(%c : memref<4x512xf32>)
  return
}

// -----

// CHECK-LABEL: func @negative_few_columns
// CHECK-NEXT:    linalg.matmul
func.func @negative_few_columns(%a: memref<64x128xf32>, %b: memref<128x8xf32>, %c: memref<64x8xf32>) {
  linalg.matmul ins(%a, %b : memref<64x128xf32>, memref<128x8xf32>) outs(%c : memref<64x8xf32>)
  return
}

// -----

// Nothing is read more than once.
// CHECK-LABEL: func @negative_row_sums
// CHECK-NEXT:    linalg.reduce
func.func @negative_row_sums(%x: memref<64x128xf32>, %y: memref<64xf32>) {
  linalg.reduce {arith.addf} ins(%x : memref<64x128xf32>) outs(%y : memref<64xf32>) dimensions = [1]
  return
}

// -----

// CHECK-LABEL: func @negative_scalar_operand
// CHECK-NEXT:    linalg.generic
func.func @negative_scalar_operand(%a: f32, %b: memref<128x64xf32>, %c: memref<64x64xf32>) {
  linalg.generic {indexing_maps = [affine_map<(m, n, k) -> ()>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>],
                  iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : f32, memref<128x64xf32>) outs(%c : memref<64x64xf32>) {
    ^bb0(%x: f32, %y: f32, %o: f32):
      %p = arith.mulf %x, %y : f32
      %s = arith.addf %o, %p : f32
      linalg.yield %s : f32
  }
  return
}

// -----

// CHECK-LABEL: func @negative_not_strided
// CHECK-NEXT:    linalg.matmul
#tiled = affine_map<(i, j) -> (i floordiv 8, j, i mod 8)>
func.func @negative_not_strided(%a: memref<64x128xf32>, %b: memref<128x64xf32, #tiled>, %c: memref<64x64xf32>) {
  linalg.matmul ins(%a, %b : memref<64x128xf32>, memref<128x64xf32, #tiled>) outs(%c : memref<64x64xf32>)
  return
}

// -----

// CHECK-LABEL: func @negative_complex
// CHECK-NEXT:    linalg.matmul
func.func @negative_complex(%a: memref<64x128xcomplex<f32>>, %b: memref<128x64xcomplex<f32>>, %c: memref<64x64xcomplex<f32>>) {
  linalg.matmul ins(%a, %b : memref<64x128xcomplex<f32>>, memref<128x64xcomplex<f32>>) outs(%c : memref<64x64xcomplex<f32>>)
  return
}

// -----

// Nor do sizes overflow that no buffer has.
// CHECK-LABEL: func @huge
// CHECK:         memref.alloc() {{.*}} : memref<256x32xf32>
func.func @huge(%a: memref<64x9223372036854775807xf32>, %b: memref<9223372036854775807x4611686018427387904xf32>, %c: memref<64x4611686018427387904xf32>) {
  linalg.matmul ins(%a, %b : memref<64x9223372036854775807xf32>, memref<9223372036854775807x4611686018427387904xf32>) outs(%c : memref<64x4611686018427387904xf32>)
  return
}

// -----

// 256 rows of 256 bytes are a panel already.
// CHECK-LABEL: func @in_place
// CHECK-SAME:    (%{{.*}}, %[[B:.*]]: memref<300x64xf32>,
// CHECK-NOT:     memref.alloc
// CHECK-NOT:     linalg.copy
// CHECK:         scf.for %[[K:.*]] = %c0 to %c300 step %c256
// CHECK:           scf.for %[[N:.*]] = %c0 to %c64 step %c32
// CHECK:             %[[BKN:.*]] = memref.subview %[[B]][%[[K]], %[[N]]]
// CHECK:             linalg.generic {{.*}} ins(%{{.*}}, %[[BKN]] :
func.func @in_place(%a: memref<64x300xf32>, %b: memref<300x64xf32>, %c: memref<64x64xf32>) {
  linalg.matmul ins(%a, %b : memref<64x300xf32>, memref<300x64xf32>) outs(%c : memref<64x64xf32>)
  return
}

// -----

// Rows that are far from each other, those that nobody knows about, and columns
// that are apart.
// CHECK-LABEL: func @negative_in_place
// CHECK-COUNT-3: linalg.copy
func.func @negative_in_place(%a: memref<64x64xf32>, %far: memref<64x64xf32, strided<[4096, 1]>>, %unknown: memref<64x64xf32, strided<[?, 1]>>, %c: memref<64x64xf32>,
                             %batches: memref<2x64x64xf32>, %apart: memref<64x64x2xf32>, %d: memref<2x64x64xf32>) {
  linalg.matmul ins(%a, %far : memref<64x64xf32>, memref<64x64xf32, strided<[4096, 1]>>) outs(%c : memref<64x64xf32>)
  linalg.matmul ins(%a, %unknown : memref<64x64xf32>, memref<64x64xf32, strided<[?, 1]>>) outs(%c : memref<64x64xf32>)
  linalg.contract indexing_maps = [affine_map<(h, m, n, k) -> (h, m, k)>, affine_map<(h, m, n, k) -> (k, n, h)>, affine_map<(h, m, n, k) -> (h, m, n)>]
      ins(%batches, %apart : memref<2x64x64xf32>, memref<64x64x2xf32>) outs(%d : memref<2x64x64xf32>)
  return
}
