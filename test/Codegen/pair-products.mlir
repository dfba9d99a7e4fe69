// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{bf16-dot},canonicalize,cse))' --split-input-file | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen,canonicalize,cse))' --split-input-file | FileCheck %s --check-prefix=NONE
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{bf16-dot reassociate=false},canonicalize,cse))' --split-input-file | FileCheck %s --check-prefix=NONE
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{bf16-dot vector-bits=64},canonicalize,cse))' --split-input-file | FileCheck %s --check-prefix=NONE
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{bf16-dot vector-bits=256},canonicalize,cse))' --split-input-file | FileCheck %s --check-prefix=NARROW
// NONE-NOT: x86vector

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (n, k)>
#out = affine_map<(m, n, k) -> (m, n)>

// 32 products at once make 16 sums; the 8 that are left over are widened.
// CHECK-LABEL: func @pairs
// CHECK:         scf.for %{{.*}} = %c0 to %c64 step %c32 iter_args(%[[SUM:[a-z0-9]+]] = %{{.*}}, {{.*}}) -> (vector<16xf32>,
// CHECK:           %[[A:.*]] = vector.load {{.*}}, vector<32xbf16>
// CHECK:           %[[B:.*]] = vector.load {{.*}}, vector<32xbf16>
// CHECK:           x86vector.avx512.dot %[[SUM]], %[[A]], %[[B]] : vector<32xbf16> -> vector<16xf32>
// CHECK:         arith.extf %{{.*}} : vector<8xbf16> to vector<8xf32>
// CHECK:         return
//
// NARROW-LABEL: func @pairs
// NARROW:         x86vector.avx512.dot {{.*}} : vector<16xbf16> -> vector<8xf32>
func.func @pairs(%a: memref<4x72xbf16>, %b: memref<512x72xbf16>, %c: memref<4x512xf32>) {
  linalg.matmul indexing_maps = [#lhs, #rhs, #out] ins(%a, %b : memref<4x72xbf16>, memref<512x72xbf16>) outs(%c : memref<4x512xf32>)
  return
}

// -----

// Rounded after each addition.
// CHECK-LABEL: func @negative_narrow_sum
// CHECK-NOT:     x86vector
// CHECK:         return
func.func @negative_narrow_sum(%a: memref<4x64xbf16>, %b: memref<512x64xbf16>, %c: memref<4x512xbf16>) {
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<4x64xbf16>, memref<512x64xbf16>) outs(%c : memref<4x512xbf16>)
  return
}

// -----

// No pairs of f16.
// CHECK-LABEL: func @negative_f16
// CHECK-NOT:     x86vector
// CHECK:         return
func.func @negative_f16(%a: memref<4x64xf16>, %b: memref<512x64xf16>, %c: memref<4x512xf32>) {
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<4x64xf16>, memref<512x64xf16>) outs(%c : memref<4x512xf32>)
  return
}

// -----

// Two rows of the right-hand side make pairs; the 63rd is added by itself, and so
// are products with the last 8 columns.
// CHECK-LABEL: func @rows
// CHECK:           scf.for %[[K:.*]] = %c0 to %c62 step %c2 iter_args(%[[SUM:[a-z0-9]+]] = %{{.*}}, {{.*}}) -> (vector<64xf32>,
// CHECK:             %[[PAIR:.*]] = vector.load %{{.*}}[%{{.*}}, %[[K]]] : memref<4x63xbf16>, vector<2xbf16>
// CHECK:             %[[BITS:.*]] = vector.bitcast %[[PAIR]] : vector<2xbf16> to vector<1xi32>
// CHECK:             %[[SAME:.*]] = vector.broadcast %[[BITS]] : vector<1xi32> to vector<16xi32>
// CHECK:             %[[A:.*]] = vector.bitcast %[[SAME]] : vector<16xi32> to vector<32xbf16>
// CHECK:             %[[FIRST:.*]] = vector.load %{{.*}}[%[[K]], %{{.*}}] : memref<63x72xbf16>, vector<64xbf16>
// CHECK:             %[[NEXT:.*]] = arith.addi %[[K]], %c1
// CHECK:             %[[SECOND:.*]] = vector.load %{{.*}}[%[[NEXT]], %{{.*}}] : memref<63x72xbf16>, vector<64xbf16>
// CHECK:             %[[ROWS:.*]] = vector.interleave %[[FIRST]], %[[SECOND]] : vector<64xbf16> -> vector<128xbf16>
// CHECK:             %[[LOW:.*]] = vector.extract_strided_slice %[[SUM]] {offsets = [0]
// CHECK:             %[[B:.*]] = vector.extract_strided_slice %[[ROWS]] {offsets = [0]
// CHECK:             x86vector.avx512.dot %[[LOW]], %[[A]], %[[B]] : vector<32xbf16> -> vector<16xf32>
// CHECK:           arith.extf %{{.*}} : vector<64xbf16> to vector<64xf32>
// CHECK-NOT:     x86vector
// CHECK:           arith.extf %{{.*}} : vector<8xbf16> to vector<8xf32>
// CHECK:         return
//
// Vectors are half as long, and the last 8 columns are enough for pairs.
// NARROW-LABEL: func @rows
// NARROW:         scf.for {{.*}} step %c2 iter_args({{.*}}) -> (vector<16xf32>,
// NARROW:           %[[SAME:.*]] = vector.broadcast %{{.*}} : vector<1xi32> to vector<8xi32>
// NARROW:           vector.bitcast %[[SAME]] : vector<8xi32> to vector<16xbf16>
// NARROW:           x86vector.avx512.dot {{.*}} : vector<16xbf16> -> vector<8xf32>
// NARROW:         scf.for {{.*}} step %c2 iter_args({{.*}}) -> (vector<8xf32>,
// NARROW:           x86vector.avx512.dot {{.*}} : vector<16xbf16> -> vector<8xf32>
func.func @rows(%a: memref<4x63xbf16>, %b: memref<63x72xbf16>, %c: memref<4x72xf32>) {
  linalg.matmul ins(%a, %b : memref<4x63xbf16>, memref<63x72xbf16>) outs(%c : memref<4x72xf32>)
  return
}

// -----

// CHECK-LABEL: func @rows_dynamic
// CHECK:         %[[EVEN:.*]] = arith.subi %[[K:.*]], %{{.*}}
// CHECK:         scf.for %{{.*}} = %c0 to %[[EVEN]] step %c2
// CHECK:           x86vector.avx512.dot
// CHECK:         scf.for %{{.*}} = %[[EVEN]] to %[[K]] step %c1
// CHECK-NOT:     x86vector
// CHECK:           arith.extf
func.func @rows_dynamic(%a: memref<4x?xbf16>, %b: memref<?x64xbf16>, %c: memref<4x64xf32>) {
  linalg.matmul ins(%a, %b : memref<4x?xbf16>, memref<?x64xbf16>) outs(%c : memref<4x64xf32>)
  return
}

// -----

// Pairs of the left-hand side are not next to each other.
// CHECK-LABEL: func @negative_strided_pairs
// CHECK-NOT:     x86vector
// CHECK:         return
func.func @negative_strided_pairs(%a: memref<4x64xbf16, strided<[128, 2]>>, %b: memref<64x512xbf16>, %c: memref<4x512xf32>) {
  linalg.matmul ins(%a, %b : memref<4x64xbf16, strided<[128, 2]>>, memref<64x512xbf16>) outs(%c : memref<4x512xf32>)
  return
}

// -----

// CHECK-LABEL: func @negative_columns_first
// CHECK-NOT:     x86vector
// CHECK:         return
func.func @negative_columns_first(%a: memref<64x4xbf16>, %b: memref<64x512xbf16>, %c: memref<4x512xf32>) {
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (k, m)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<64x4xbf16>, memref<64x512xbf16>) outs(%c : memref<4x512xf32>)
  return
}

// -----

// More than products: absolute values are multiplied.
// CHECK-LABEL: func @negative_more
// CHECK-NOT:     x86vector
// CHECK:         return
func.func @negative_more(%a: memref<4x64xbf16>, %b: memref<512x64xbf16>, %c: memref<4x512xf32>) {
  linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<4x64xbf16>, memref<512x64xbf16>) outs(%c : memref<4x512xf32>) {
    ^bb0(%x: bf16, %y: bf16, %o: f32):
      %xw = arith.extf %x : bf16 to f32
      %yw = arith.extf %y : bf16 to f32
      %xa = math.absf %xw : f32
      %p = arith.mulf %xa, %yw : f32
      %s = arith.addf %o, %p : f32
      linalg.yield %s : f32
  }
  return
}

// -----

// Products are rounded before they are widened.
// CHECK-LABEL: func @negative_rounded_products
// CHECK-NOT:     x86vector
// CHECK:         return
func.func @negative_rounded_products(%a: memref<4x64xbf16>, %b: memref<512x64xbf16>, %c: memref<4x512xf32>) {
  linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<4x64xbf16>, memref<512x64xbf16>) outs(%c : memref<4x512xf32>) {
    ^bb0(%x: bf16, %y: bf16, %o: f32):
      %unused = arith.extf %x : bf16 to f32
      %p = arith.mulf %x, %y : bf16
      %w = arith.extf %p : bf16 to f32
      %s = arith.addf %o, %w : f32
      linalg.yield %s : f32
  }
  return
}

// -----

// Rows that take turns in memory are loaded so.
// CHECK-LABEL: func @interleaved
// CHECK-SAME:    (%[[A:.*]]: memref<8x36x2xbf16>, %[[B:.*]]: memref<36x128xbf16>,
// CHECK:         scf.for %[[N:.*]] = %c0 to %c64 step %c32
// CHECK:           scf.for %[[K:.*]] = %c0 to %c36 step %c1 iter_args(%[[SUM:[a-z0-9]+]] = %{{.*}}, {{.*}}) -> (vector<32xf32>,
// CHECK:             %[[PAIR:.*]] = vector.load %[[A]][%c0, %[[K]], %c0] : memref<8x36x2xbf16>, vector<2xbf16>
// CHECK:             %[[AT:.*]] = affine.apply #{{.*}}(%[[N]])
// CHECK:             %[[ROWS:.*]] = vector.load %[[B]][%[[K]], %[[AT]]] : memref<36x128xbf16>, vector<64xbf16>
// CHECK-NOT:         vector.interleave
// CHECK:             x86vector.avx512.dot
//
// NARROW-LABEL: func @interleaved
// NARROW:         vector.load %{{.*}} : memref<36x128xbf16>, vector<32xbf16>
// NARROW:         x86vector.avx512.dot {{.*}} : vector<16xbf16> -> vector<8xf32>
func.func @interleaved(%a: memref<8x36x2xbf16>, %b: memref<36x128xbf16>, %c: memref<8x64xf32>) {
  linalg.generic {indexing_maps = [affine_map<(m, n, k, p) -> (m, k, p)>, affine_map<(m, n, k, p) -> (k, n * 2 + p)>, affine_map<(m, n, k, p) -> (m, n)>],
                  iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
      ins(%a, %b : memref<8x36x2xbf16>, memref<36x128xbf16>) outs(%c : memref<8x64xf32>) {
    ^bb0(%x: bf16, %y: bf16, %z: f32):
      %u = arith.extf %x : bf16 to f32
      %v = arith.extf %y : bf16 to f32
      %p = arith.mulf %u, %v : f32
      %s = arith.addf %z, %p : f32
      linalg.yield %s : f32
  }
  return
}

// -----

// Fewer columns than an instruction has sums, and rows by threes.
// CHECK-LABEL: func @negative_interleaved
// CHECK-NOT:     x86vector
// CHECK:         return
func.func @negative_interleaved(%a: memref<8x36x2xbf16>, %b: memref<36x40xbf16>, %c: memref<8x20xf32>, %a3: memref<8x36x3xbf16>, %b3: memref<36x192xbf16>, %c3: memref<8x64xf32>) {
  linalg.generic {indexing_maps = [affine_map<(m, n, k, p) -> (m, k, p)>, affine_map<(m, n, k, p) -> (k, n * 2 + p)>, affine_map<(m, n, k, p) -> (m, n)>],
                  iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
      ins(%a, %b : memref<8x36x2xbf16>, memref<36x40xbf16>) outs(%c : memref<8x20xf32>) {
    ^bb0(%x: bf16, %y: bf16, %z: f32):
      %u = arith.extf %x : bf16 to f32
      %v = arith.extf %y : bf16 to f32
      %p = arith.mulf %u, %v : f32
      %s = arith.addf %z, %p : f32
      linalg.yield %s : f32
  }
  linalg.generic {indexing_maps = [affine_map<(m, n, k, p) -> (m, k, p)>, affine_map<(m, n, k, p) -> (k, n * 3 + p)>, affine_map<(m, n, k, p) -> (m, n)>],
                  iterator_types = ["parallel", "parallel", "reduction", "reduction"]}
      ins(%a3, %b3 : memref<8x36x3xbf16>, memref<36x192xbf16>) outs(%c3 : memref<8x64xf32>) {
    ^bb0(%x: bf16, %y: bf16, %z: f32):
      %u = arith.extf %x : bf16 to f32
      %v = arith.extf %y : bf16 to f32
      %p = arith.mulf %u, %v : f32
      %s = arith.addf %z, %p : f32
      linalg.yield %s : f32
  }
  return
}
