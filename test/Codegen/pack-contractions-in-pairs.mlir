// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-pack-contractions{bf16-dot},canonicalize,cse))' --split-input-file | FileCheck %s

// The last 8 columns are no whole panel.
// CHECK-DAG:   #[[$A:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
// CHECK-DAG:   #[[$B:.*]] = affine_map<(d0, d1, d2, d3) -> (d2, d1 * 2 + d3)>
// CHECK-LABEL: func @transposed
// CHECK-SAME:    (%[[A:.*]]: memref<64x72xbf16>, %[[B:.*]]: memref<136x72xbf16>,
// CHECK:         %[[SCRATCH:.*]] = memref.alloc() {alignment = 64 : i64} : memref<72x64xbf16>
// CHECK:         scf.for %[[N:.*]] = %c0 to %c128 step %c64
// CHECK:           %[[FLAT:.*]] = memref.collapse_shape %[[SCRATCH]] {{\[\[}}0, 1]]
// CHECK:           %[[PANEL:.*]] = memref.expand_shape %[[FLAT]] {{\[\[}}0, 1]] output_shape [36, 128]
// CHECK:           %[[BN:.*]] = memref.subview %[[B]][%[[N]], 0] [64, 72]
// CHECK:           %[[BS:.*]] = memref.expand_shape %[[BN]] {{\[\[}}0], [1, 2]] output_shape [64, 36, 2]
// CHECK:           %[[PAIRS:.*]] = memref.expand_shape %[[FLAT]] {{\[\[}}0, 1, 2]] output_shape [36, 64, 2]
// CHECK:           linalg.transpose ins(%[[BS]] : {{.*}}) outs(%[[PAIRS]] : {{.*}}) permutation = [1, 0, 2]
// CHECK:           %[[AS:.*]] = memref.expand_shape %[[A]] {{\[\[}}0], [1, 2]] output_shape [64, 36, 2]
// CHECK:           linalg.generic {indexing_maps = [#[[$A]], #[[$B]], {{.*}} ins(%[[AS]], %[[PANEL]] :
// CHECK:         linalg.transpose {{.*}} outs(%{{.*}} : memref<72x8xbf16, strided<[64, 1]>>) permutation = [1, 0]
func.func @transposed(%a: memref<64x72xbf16>, %b: memref<136x72xbf16>, %c: memref<64x136xf32>) {
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<64x72xbf16>, memref<136x72xbf16>) outs(%c : memref<64x136xf32>)
  return
}

// -----

// Of an odd number of rows the last one is multiplied where it is.
// CHECK-LABEL: func @dynamic
// CHECK-SAME:    (%{{.*}}, %[[B:.*]]: memref<?x64xbf16>,
// CHECK:         scf.for %[[K:.*]] = %c0 to %[[ALL:.*]] step %c256
// CHECK:           %[[COUNT:[a-z0-9]+]] = affine.min
// CHECK:           %[[EVEN:.*]] = affine.apply #{{.*}}()[%[[COUNT]]]
// CHECK:           memref.subview %[[B]][%[[K]], 0] [%[[EVEN]], 64]
// CHECK:           linalg.transpose {{.*}} permutation = [0, 2, 1]
// CHECK:           linalg.generic {{.*}} ["parallel", "parallel", "reduction", "reduction"]
// CHECK:           %[[FROM:.*]] = affine.apply #{{.*}}()[%[[COUNT]], %[[K]]]
// CHECK:           scf.for %[[LAST:.*]] = %[[FROM]] to %{{.*}} step %c1
// CHECK:             %[[ROW:.*]] = memref.subview %[[B]][%[[LAST]], 0] [1, 64]
// CHECK:             linalg.generic {{.*}} ins(%{{.*}}, %[[ROW]] :
func.func @dynamic(%a: memref<64x?xbf16>, %b: memref<?x64xbf16>, %c: memref<64x64xf32>) {
  linalg.matmul ins(%a, %b : memref<64x?xbf16>, memref<?x64xbf16>) outs(%c : memref<64x64xf32>)
  return
}

// -----

// The last one of many is a row of the panel.
// CHECK-LABEL: func @odd_transposed
// CHECK:         linalg.transpose {{.*}} permutation = [1, 0, 2]
// CHECK:         scf.for
// CHECK:           linalg.transpose {{.*}} outs(%[[ROW:.*]] : memref<1x64xbf16, {{.*}}) permutation = [1, 0]
// CHECK:           linalg.generic {{.*}} ins(%{{.*}}, %[[ROW]] :
func.func @odd_transposed(%a: memref<64x?xbf16>, %b: memref<64x?xbf16>, %c: memref<64x64xf32>) {
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<64x?xbf16>, memref<64x?xbf16>) outs(%c : memref<64x64xf32>)
  return
}

// -----

// Few rows of which one has no other.
// CHECK-LABEL: func @negative_odd
// CHECK-NOT:     memref.expand_shape
// CHECK:         return
func.func @negative_odd(%a: memref<64x65xbf16>, %b: memref<64x65xbf16>, %c: memref<64x64xf32>) {
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<64x65xbf16>, memref<64x65xbf16>) outs(%c : memref<64x64xf32>)
  return
}

// -----

// Sums of bf16, and operands whose pairs are apart.
// CHECK-LABEL: func @negative_pairs
// CHECK-NOT:     memref.expand_shape
// CHECK:         return
func.func @negative_pairs(%a: memref<64x64xbf16>, %b: memref<64x64xbf16>, %narrow: memref<64x64xbf16>,
                          %apart: memref<64x64xbf16, strided<[128, 2]>>, %c: memref<64x64xf32>) {
  linalg.matmul ins(%a, %b : memref<64x64xbf16>, memref<64x64xbf16>) outs(%narrow : memref<64x64xbf16>)
  linalg.matmul ins(%apart, %b : memref<64x64xbf16, strided<[128, 2]>>, memref<64x64xbf16>) outs(%c : memref<64x64xf32>)
  linalg.matmul ins(%a, %apart : memref<64x64xbf16>, memref<64x64xbf16, strided<[128, 2]>>) outs(%c : memref<64x64xf32>)
  return
}
