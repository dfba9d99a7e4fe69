// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen,canonicalize,cse))' --split-input-file | FileCheck %s

// Sixteen rows of sixteen elements at a time through registers; the last rows and
// columns one by one.
// CHECK-LABEL: func @transpose
// CHECK:         scf.for %{{.*}} = %c0 to %c32 step %c16
// CHECK:           scf.for %{{.*}} = %c0 to %c32 step %c16
// CHECK-COUNT-16:    vector.load {{.*}} vector<16xf32>
// CHECK-COUNT-64:    vector.shuffle
// CHECK-COUNT-16:    vector.store {{.*}} vector<16xf32>
// CHECK:           memref.load
// CHECK:         memref.load
// CHECK-NOT:     linalg
func.func @transpose(%x: memref<3x34x33xf32>, %y: memref<3x33x34xf32>) {
  linalg.transpose ins(%x : memref<3x34x33xf32>) outs(%y : memref<3x33x34xf32>) permutation = [0, 2, 1]
  return
}

// -----

// CHECK-LABEL: func @negative_transpose_of_columns
// CHECK:         linalg.transpose
func.func @negative_transpose_of_columns(%x: memref<16x16xf32, strided<[32, 2]>>, %y: memref<16x16xf32>) {
  linalg.transpose ins(%x : memref<16x16xf32, strided<[32, 2]>>) outs(%y : memref<16x16xf32>) permutation = [1, 0]
  return
}

// -----

// Pairs are lanes of 32 bits.
// CHECK-LABEL: func @pairs
// CHECK-SAME:    (%[[X:.*]]: memref<32x17x2xbf16>, %[[Y:.*]]: memref<17x32x2xbf16>)
// CHECK:         scf.for %[[J:.*]] = %c0 to %c32 step %c16
// CHECK-DAG:       %[[XS:.*]] = memref.collapse_shape %[[X]] {{\[\[}}0], [1, 2]] : memref<32x17x2xbf16> into memref<32x34xbf16>
// CHECK-DAG:       %[[YS:.*]] = memref.collapse_shape %[[Y]] {{\[\[}}0], [1, 2]] : memref<17x32x2xbf16> into memref<17x64xbf16>
// CHECK:           %[[ROW:.*]] = vector.load %[[XS]][%[[J]], %c0] : memref<32x34xbf16>, vector<32xbf16>
// CHECK:           vector.bitcast %[[ROW]] : vector<32xbf16> to vector<16xi32>
// CHECK-COUNT-64:  vector.shuffle {{.*}} : vector<16xi32>
// CHECK:           %[[AT:.*]] = arith.muli %[[J]], %c2
// CHECK:           vector.store %{{.*}}, %[[YS]][%c0, %[[AT]]] : memref<17x64xbf16>, vector<32xbf16>
// CHECK:         scf.for %[[J:.*]] = %c0 to %c32 step %c1
// CHECK:           %[[PAIR:.*]] = vector.load %{{.*}}[%[[J]], %{{.*}}] : memref<32x34xbf16>, vector<2xbf16>
// CHECK:           vector.store %[[PAIR]], %{{.*}} : memref<17x64xbf16>, vector<2xbf16>
func.func @pairs(%x: memref<32x17x2xbf16>, %y: memref<17x32x2xbf16>) {
  linalg.transpose ins(%x : memref<32x17x2xbf16>) outs(%y : memref<17x32x2xbf16>) permutation = [1, 0, 2]
  return
}

// -----

// No lane has 24 or 128 bits, a block has more groups, and groups that are apart or
// unknown are none: each is moved by itself.
// CHECK-LABEL: func @negative_groups
// CHECK-NOT:     vector.shuffle
// CHECK:         vector.load {{.*}} vector<2xi64>
// CHECK:         vector.load {{.*}} vector<8xi8>
// CHECK:         vector.load {{.*}} vector<2xbf16>
// CHECK-NOT:     vector.shuffle
// CHECK:         return
func.func @negative_groups(%x: memref<32x16x3xi8>, %y: memref<16x32x3xi8>, %x64: memref<32x16x2xi64>, %y64: memref<16x32x2xi64>,
                           %few: memref<32x4x4x8xi8>, %f: memref<32x4x4x8xi8>,
                           %apart: memref<32x16x2xbf16, strided<[64, 4, 1]>>, %z: memref<16x32x2xbf16>,
                           %unknown: memref<32x16x?xbf16>, %u: memref<16x32x?xbf16>) {
  linalg.transpose ins(%x : memref<32x16x3xi8>) outs(%y : memref<16x32x3xi8>) permutation = [1, 0, 2]
  linalg.transpose ins(%x64 : memref<32x16x2xi64>) outs(%y64 : memref<16x32x2xi64>) permutation = [1, 0, 2]
  linalg.transpose ins(%few : memref<32x4x4x8xi8>) outs(%f : memref<32x4x4x8xi8>) permutation = [0, 2, 1, 3]
  linalg.transpose ins(%apart : memref<32x16x2xbf16, strided<[64, 4, 1]>>) outs(%z : memref<16x32x2xbf16>) permutation = [1, 0, 2]
  linalg.transpose ins(%unknown : memref<32x16x?xbf16>) outs(%u : memref<16x32x?xbf16>) permutation = [1, 0, 2]
  return
}

// -----

// Groups of nothing, groups whose buffer does not know that it has them, and more
// of them than a dimension has elements.
// CHECK-LABEL: func @negative_views
// CHECK-NOT:     memref.collapse_shape
// CHECK:         return
func.func @negative_views(%none: memref<4x5x0xf32, strided<[0, 0, 1]>>, %n: memref<5x4x0xf32, strided<[0, 0, 1]>>,
                          %known: memref<16x16x2xf32, strided<[32, 2, 1]>>, %k: memref<?x?x?xf32, strided<[?, 2, 1]>>,
                          %many: memref<9223372036854775807x16x2xf32, strided<[2, 2, 1]>>, %m: memref<16x9223372036854775807x2xf32, strided<[0, 2, 1]>>,
                          %row: memref<2x?xf32>, %r: memref<?x?xf32, strided<[2, 1]>>) {
  linalg.transpose ins(%none : memref<4x5x0xf32, strided<[0, 0, 1]>>) outs(%n : memref<5x4x0xf32, strided<[0, 0, 1]>>) permutation = [1, 0, 2]
  linalg.generic {indexing_maps = [affine_map<(a, b, c) -> (b, a, c)>, affine_map<(a, b, c) -> (a, b, c)>], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%known : memref<16x16x2xf32, strided<[32, 2, 1]>>) outs(%k : memref<?x?x?xf32, strided<[?, 2, 1]>>) {
    ^bb0(%a: f32, %b: f32):
      linalg.yield %a : f32
  }
  linalg.transpose ins(%many : memref<9223372036854775807x16x2xf32, strided<[2, 2, 1]>>) outs(%m : memref<16x9223372036854775807x2xf32, strided<[0, 2, 1]>>) permutation = [1, 0, 2]
  linalg.generic {indexing_maps = [affine_map<(a, b) -> (b, a)>, affine_map<(a, b) -> (a, b)>], iterator_types = ["parallel", "parallel"]}
      ins(%row : memref<2x?xf32>) outs(%r : memref<?x?xf32, strided<[2, 1]>>) {
    ^bb0(%a: f32, %b: f32):
      linalg.yield %a : f32
  }
  return
}

// -----

// CHECK-LABEL: func @interleave
// CHECK-SAME:    (%[[X:.*]]: memref<3x2x40xbf16>, %[[Y:.*]]: memref<3x40x2xbf16>)
// CHECK:         scf.for %[[I:.*]] = %c0 to %c3 step %c1
// CHECK:           %[[A:.*]] = vector.load %[[X]][%[[I]], %c0, %c0] : memref<3x2x40xbf16>, vector<32xbf16>
// CHECK:           %[[B:.*]] = vector.load %[[X]][%[[I]], %c1, %c0] : memref<3x2x40xbf16>, vector<32xbf16>
// CHECK:           %[[AB:.*]] = vector.interleave %[[A]], %[[B]] : vector<32xbf16> -> vector<64xbf16>
// CHECK:           %[[YS:.*]] = memref.collapse_shape %[[Y]]
// CHECK:           vector.store %[[AB]], %[[YS]][%[[I]], %c0] : memref<3x80xbf16>, vector<64xbf16>
// CHECK:         scf.for %[[I:.*]] = %c0 to %c3 step %c1
// CHECK:           scf.for %[[J:.*]] = %c32 to %c40 step %c1
// CHECK:             %[[E:.*]] = memref.load %[[X]][%[[I]], %c1, %[[J]]]
// CHECK:             memref.store %[[E]], %[[Y]][%[[I]], %[[J]], %c1]
func.func @interleave(%x: memref<3x2x40xbf16>, %y: memref<3x40x2xbf16>) {
  linalg.transpose ins(%x : memref<3x2x40xbf16>) outs(%y : memref<3x40x2xbf16>) permutation = [0, 2, 1]
  return
}

// -----

// CHECK-LABEL: func @interleave_four
// CHECK-COUNT-4: vector.load {{.*}} vector<16xf32>
// CHECK-COUNT-2: vector.interleave {{.*}} : vector<16xf32> -> vector<32xf32>
// CHECK:         vector.interleave {{.*}} : vector<32xf32> -> vector<64xf32>
func.func @interleave_four(%x: memref<4x64xf32>, %y: memref<64x4xf32>) {
  linalg.transpose ins(%x : memref<4x64xf32>) outs(%y : memref<64x4xf32>) permutation = [1, 0]
  return
}

// -----

// Three rows, and rows of the result with room between them.
// CHECK-LABEL: func @negative_interleave
// CHECK-NOT:     vector.interleave
// CHECK:         return
func.func @negative_interleave(%x3: memref<3x64xf32>, %y3: memref<64x3xf32>, %x: memref<2x64xf32>, %y: memref<64x2xf32, strided<[4, 1]>>) {
  linalg.transpose ins(%x3 : memref<3x64xf32>) outs(%y3 : memref<64x3xf32>) permutation = [1, 0]
  linalg.transpose ins(%x : memref<2x64xf32>) outs(%y : memref<64x2xf32, strided<[4, 1]>>) permutation = [1, 0]
  return
}
