// Each decision about a linalg op is a remark; one that leaves the op as it is, a
// missed one with the reasons.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{stream-bytes=4096}))' --remarks-filter=ditto-codegen -o /dev/null 2>&1 | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-pack-contractions))' --remarks-filter=ditto-codegen -o /dev/null 2>&1 | FileCheck %s --check-prefix=PACK
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fuse-rows))' --remarks-filter=ditto-codegen -o /dev/null 2>&1 | FileCheck %s --check-prefix=FUSE

// PACK-NOT: remark:
// FUSE-NOT: remark:

func.func @product(%a: memref<4x7xf32>, %b: memref<7x32xf32>, %c: memref<4x32xf32>) {
  // CHECK: remarks.mlir:[[#@LINE+2]]:{{.*}}[Passed] Vectorised | Category:ditto-codegen | Form="lanes along d1", Op=linalg.matmul, Tile="d0:4 d1:32"
  // PACK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Missed] Packed | Category:ditto-codegen | Op=linalg.matmul, Reason="too few rows to pay for a copy"
  linalg.matmul ins(%a, %b : memref<4x7xf32>, memref<7x32xf32>) outs(%c : memref<4x32xf32>)
  return
}

func.func @many_rows(%a: memref<64x100xf32>, %b: memref<100x64xf32>, %c: memref<64x64xf32>) {
  // CHECK: remarks.mlir:[[#@LINE+2]]:{{.*}}[Passed] Vectorised
  // PACK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Packed | Category:ditto-codegen | Form="in place", Op=linalg.matmul, Operand=1, Panel=256x32, Rows=32
  linalg.matmul ins(%a, %b : memref<64x100xf32>, memref<100x64xf32>) outs(%c : memref<64x64xf32>)
  return
}

func.func @dot_products(%a: memref<2x64xf32>, %b: memref<64x64xf32>, %c: memref<2x64xf32>) {
  // PACK: remarks.mlir:[[#@LINE+2]]:{{.*}}[Missed] Packed
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised | {{.*}}Form="lanes reduce d2", Op=linalg.matmul, Tile="d0:2 d1:4 d2:16"
  linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : memref<2x64xf32>, memref<64x64xf32>) outs(%c : memref<2x64xf32>)
  return
}

func.func @no_columns(%x: memref<2x0xf32>, %y: memref<2x0xf32>) {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised | {{.*}}Op=linalg.exp, Tile={{$}}
  linalg.exp ins(%x : memref<2x0xf32>) outs(%y : memref<2x0xf32>)
  return
}

func.func @few_columns(%a: memref<64x100xf32>, %b: memref<100x4xf32>, %c: memref<64x4xf32>) {
  // PACK: remarks.mlir:[[#@LINE+2]]:{{.*}}[Missed] Packed | {{.*}}Reason="too few columns for a panel"
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised
  linalg.matmul ins(%a, %b : memref<64x100xf32>, memref<100x4xf32>) outs(%c : memref<64x4xf32>)
  return
}

func.func @rows_overflow(%a: memref<4294967296x4294967296x2xf32>, %b: memref<2x32xf32>, %c: memref<4294967296x4294967296x32xf32>) {
  // PACK: remarks.mlir:[[#@LINE+2]]:{{.*}}[Missed] Packed | {{.*}}Reason="too many rows to count"
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised
  linalg.generic {indexing_maps = [affine_map<(b, m, n, k) -> (b, m, k)>, affine_map<(b, m, n, k) -> (k, n)>, affine_map<(b, m, n, k) -> (b, m, n)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<4294967296x4294967296x2xf32>, memref<2x32xf32>) outs(%c : memref<4294967296x4294967296x32xf32>) {
  ^bb0(%x: f32, %y: f32, %z: f32):
    %p = arith.mulf %x, %y : f32
    %s = arith.addf %z, %p : f32
    linalg.yield %s : f32
  }
  return
}

// Why other ops are no products is nothing to report.
// PACK-NOT: remark:

// No wider vector than the row is long.
func.func @short_row(%x: memref<8xf32>, %y: memref<8x8xf32>) {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised | {{.*}}Tile="d0:8 d1:8"
  linalg.broadcast ins(%x : memref<8xf32>) outs(%y : memref<8x8xf32>) dimensions = [0]
  return
}

func.func @unknown_row(%x: memref<?xf32>, %y: memref<?xf32>) {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised | {{.*}}Op=linalg.copy, Rest=masked, Tile=d0:16
  linalg.copy ins(%x : memref<?xf32>) outs(%y : memref<?xf32>)
  return
}

func.func @short_runs(%x: memref<64x3xi32>, %y: memref<64x2x3xi32>) {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised | {{.*}}Form="permuted lanes", Op=linalg.broadcast, Tile="8 runs of 3, written 2 times"
  linalg.broadcast ins(%x : memref<64x3xi32>) outs(%y : memref<64x2x3xi32>) dimensions = [1]
  return
}

func.func @transpose(%x: memref<32x16xf32>, %y: memref<16x32xf32>) {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised | {{.*}}Form="transposed blocks", Op=linalg.transpose, Tile="d0:16 d1:16"
  linalg.transpose ins(%x : memref<32x16xf32>) outs(%y : memref<16x32xf32>) permutation = [1, 0]
  return
}

// As large as stream-bytes or not, with and without streaming stores.
func.func @returned(%x: memref<?x64xf32>, %n: index) -> memref<?x4x64xf32> {
  %y = memref.alloc(%n) {alignment = 64 : i64} : memref<?x4x64xf32>
  // CHECK: remarks.mlir:[[#@LINE+2]]:{{.*}}[Passed] Vectorised | {{.*}}Form="lanes along d2", Op=linalg.broadcast, Stores=streaming, Tile="d1:4 d2:64"
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised | {{.*}}Form="lanes along d2", Op=linalg.broadcast, Tile="d1:4 d2:64"
  linalg.broadcast ins(%x : memref<?x64xf32>) outs(%y : memref<?x4x64xf32>) dimensions = [1]
  return %y : memref<?x4x64xf32>
}

// Large, but vectors of rows of 63 elements are not aligned.
func.func @returned_unaligned(%x: memref<32x63xf32>) -> memref<32x4x63xf32> {
  %y = memref.alloc() {alignment = 64 : i64} : memref<32x4x63xf32>
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised | {{.*}}Op=linalg.broadcast, Tile="d1:4 d2:32"
  linalg.broadcast ins(%x : memref<32x63xf32>) outs(%y : memref<32x4x63xf32>) dimensions = [1]
  return %y : memref<32x4x63xf32>
}

// Reasons are those of one op alone.
func.func @gathered(%x: memref<8x8x8xf32>, %y: memref<8x8x8xf32, strided<[128, 16, 2]>>, %s: memref<8x8xf32, strided<[1, 8]>>, %t: memref<8x8xf32>) {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | Category:ditto-codegen | Op=linalg.copy, Reason="no contiguous steps; no transpose of contiguous rows; the results are not contiguous in one dimension; no reduction to vectorise"
  linalg.copy ins(%x : memref<8x8x8xf32>) outs(%y : memref<8x8x8xf32, strided<[128, 16, 2]>>)
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | Category:ditto-codegen | Op=linalg.generic, Reason="an input has a stride along the vector dimension; no reduction to vectorise"
  linalg.generic {indexing_maps = [affine_map<(m, n) -> (m, n)>, affine_map<(m, n) -> (m, n)>], iterator_types = ["parallel", "parallel"]}
      ins(%s : memref<8x8xf32, strided<[1, 8]>>) outs(%t : memref<8x8xf32>) {
  ^bb0(%a: f32, %b: f32):
    %c = arith.negf %a : f32
    linalg.yield %c : f32
  }
  return
}

func.func @attention(%q: tensor<2x256x16xf32>, %k: tensor<2x16x256xf32>, %v: tensor<2x256x16xf32>, %s: tensor<2x256x256xf32>, %o: tensor<2x256x16xf32>) -> tensor<2x256x16xf32> {
  %p = linalg.batch_matmul ins(%q, %k : tensor<2x256x16xf32>, tensor<2x16x256xf32>) outs(%s : tensor<2x256x256xf32>) -> tensor<2x256x256xf32>
  // FUSE: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Fused | Category:ditto-codegen | Op=linalg.batch_matmul, Producers=1, Tile="d1:128 d2:all d3:all"
  %r = linalg.batch_matmul ins(%p, %v : tensor<2x256x256xf32>, tensor<2x256x16xf32>) outs(%o : tensor<2x256x16xf32>) -> tensor<2x256x16xf32>
  return %r : tensor<2x256x16xf32>
}

func.func @rounded(%q: tensor<2x256x16xf32>, %k: tensor<2x16x256xf32>, %v: tensor<2x256x16xf32>, %s: tensor<2x256x256xf32>, %o: tensor<2x256x16xf32>) -> tensor<2x256x16xf32> {
  %p = linalg.batch_matmul ins(%q, %k : tensor<2x256x16xf32>, tensor<2x16x256xf32>) outs(%s : tensor<2x256x256xf32>) -> tensor<2x256x256xf32>
  %r = linalg.batch_matmul ins(%p, %v : tensor<2x256x256xf32>, tensor<2x256x16xf32>) outs(%o : tensor<2x256x16xf32>) -> tensor<2x256x16xf32>
  // FUSE: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Fused | Category:ditto-codegen | Op=linalg.abs, Producers=2, Tile="d1:128 d2:all"
  %a = linalg.abs ins(%r : tensor<2x256x16xf32>) outs(%o : tensor<2x256x16xf32>) -> tensor<2x256x16xf32>
  return %a : tensor<2x256x16xf32>
}
