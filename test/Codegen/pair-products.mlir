// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{bf16-dot},canonicalize,cse))' --split-input-file | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen,canonicalize,cse))' --split-input-file | FileCheck %s --check-prefix=NONE
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{bf16-dot reassociate=false},canonicalize,cse))' --split-input-file | FileCheck %s --check-prefix=NONE
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

// Pairs of the right-hand side are not next to each other.
// CHECK-LABEL: func @negative_columns
// CHECK-NOT:     x86vector
// CHECK:         return
func.func @negative_columns(%a: memref<4x64xbf16>, %b: memref<64x512xbf16>, %c: memref<4x512xf32>) {
  linalg.matmul ins(%a, %b : memref<4x64xbf16>, memref<64x512xbf16>) outs(%c : memref<4x512xf32>)
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
