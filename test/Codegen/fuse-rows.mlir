// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fuse-rows,cse,canonicalize))' --split-input-file | FileCheck %s

#lhs = affine_map<(h, m, n, k) -> (h, m, k)>
#keys = affine_map<(h, m, n, k) -> (h, n, k)>
#values = affine_map<(h, m, n, k) -> (h, k, n)>
#out = affine_map<(h, m, n, k) -> (h, m, n)>
#id = affine_map<(h, m, n) -> (h, m, n)>
#row = affine_map<(h, m, n) -> (h, m)>

// Both products, and what is between them, one head and 64 rows at a time: 64
// rows of 2048 floats take 512 KiB.
// CHECK-LABEL: func @attention
// CHECK:         scf.forall (%[[H:.*]], %[[M:.*]]) = (0, 0) to (8, 256) step (1, 64)
// CHECK:           %[[Q:.*]] = tensor.extract_slice %{{.*}}[%[[H]], %[[M]], 0] [1, 64, 16]
// CHECK:           %[[K:.*]] = tensor.extract_slice %{{.*}}[%[[H]], 0, 0] [1, 2048, 16]
// CHECK:           tensor.empty() : tensor<1x64x2048xf32>
// CHECK:           linalg.batch_matmul {{.*}} ins(%[[Q]], %[[K]] :
// CHECK:           linalg.exp
// CHECK-NOT:       linalg.exp
// CHECK:           linalg.reduce
// CHECK:           arith.divf
// CHECK:           linalg.batch_matmul
// CHECK:           scf.forall.in_parallel
// CHECK:         return
func.func @attention(%q: tensor<8x256x16xf32>, %k: tensor<8x2048x16xf32>, %v: tensor<8x2048x16xf32>) -> tensor<8x256x16xf32> {
  %zero = arith.constant 0.0 : f32
  %es = tensor.empty() : tensor<8x256x2048xf32>
  %fs = linalg.fill ins(%zero : f32) outs(%es : tensor<8x256x2048xf32>) -> tensor<8x256x2048xf32>
  %s = linalg.batch_matmul indexing_maps = [#lhs, #keys, #out] ins(%q, %k : tensor<8x256x16xf32>, tensor<8x2048x16xf32>) outs(%fs : tensor<8x256x2048xf32>) -> tensor<8x256x2048xf32>
  %x = linalg.exp ins(%s : tensor<8x256x2048xf32>) outs(%es : tensor<8x256x2048xf32>) -> tensor<8x256x2048xf32>
  %er = tensor.empty() : tensor<8x256xf32>
  %fr = linalg.fill ins(%zero : f32) outs(%er : tensor<8x256xf32>) -> tensor<8x256xf32>
  %t = linalg.reduce {arith.addf} ins(%x : tensor<8x256x2048xf32>) outs(%fr : tensor<8x256xf32>) dimensions = [2]
  %p = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x, %t : tensor<8x256x2048xf32>, tensor<8x256xf32>) outs(%es : tensor<8x256x2048xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %d = arith.divf %a, %b : f32
      linalg.yield %d : f32
  } -> tensor<8x256x2048xf32>
  %eo = tensor.empty() : tensor<8x256x16xf32>
  %fo = linalg.fill ins(%zero : f32) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x256x2048xf32>, tensor<8x2048x16xf32>) outs(%fo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}

// -----

#id = affine_map<(h, m, n) -> (h, m, n)>

// What is done with each element of the result is done with the block.
// CHECK-LABEL: func @rounded
// CHECK:         scf.forall {{.*}} step (1, 128) shared_outs({{.*}}) -> (tensor<8x256x16xbf16>)
// CHECK:           linalg.batch_matmul
// CHECK:           linalg.batch_matmul
// CHECK:           arith.truncf
// CHECK:           scf.forall.in_parallel
// CHECK-NOT:     arith.truncf
// CHECK:         return
func.func @rounded(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>, %er: tensor<8x256x16xbf16>) -> tensor<8x256x16xbf16> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%s, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%o : tensor<8x256x16xf32>) outs(%er : tensor<8x256x16xbf16>) {
    ^bb0(%a: f32, %b: bf16):
      %t = arith.truncf %a : f32 to bf16
      linalg.yield %t : bf16
  } -> tensor<8x256x16xbf16>
  return %r : tensor<8x256x16xbf16>
}

// -----

#id = affine_map<(h, m, n) -> (h, m, n)>

// The result itself is needed too.
// CHECK-LABEL: func @negative_rounded_and_read
// CHECK:         scf.forall {{.*}} shared_outs({{.*}}) -> (tensor<8x256x16xf32>)
// CHECK:         arith.truncf
func.func @negative_rounded_and_read(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>, %er: tensor<8x256x16xbf16>) -> (tensor<8x256x16xf32>, tensor<8x256x16xbf16>) {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%s, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%o : tensor<8x256x16xf32>) outs(%er : tensor<8x256x16xbf16>) {
    ^bb0(%a: f32, %b: bf16):
      %t = arith.truncf %a : f32 to bf16
      linalg.yield %t : bf16
  } -> tensor<8x256x16xbf16>
  return %o, %r : tensor<8x256x16xf32>, tensor<8x256x16xbf16>
}

// -----

// Rows of the result are added up, or are in another order.
// CHECK-LABEL: func @negative_summed
// CHECK:         scf.forall {{.*}} shared_outs({{.*}}) -> (tensor<8x256x16xf32>)
// CHECK:         linalg.reduce
func.func @negative_summed(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>, %er: tensor<8x16xf32>) -> tensor<8x16xf32> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%s, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  %r = linalg.reduce {arith.addf} ins(%o : tensor<8x256x16xf32>) outs(%er : tensor<8x16xf32>) dimensions = [1]
  return %r : tensor<8x16xf32>
}

// -----

// CHECK-LABEL: func @negative_transposed
// CHECK:         scf.forall {{.*}} shared_outs({{.*}}) -> (tensor<8x256x16xf32>)
// CHECK:         linalg.transpose
func.func @negative_transposed(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>, %er: tensor<256x8x16xf32>) -> tensor<256x8x16xf32> {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%s, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  %r = linalg.transpose ins(%o : tensor<8x256x16xf32>) outs(%er : tensor<256x8x16xf32>) permutation = [1, 0, 2]
  return %r : tensor<256x8x16xf32>
}

// -----

// The scores are a result too.
// CHECK-LABEL: func @negative_two_readers
// CHECK-NOT:     scf.forall
// CHECK:         return
func.func @negative_two_readers(%q: tensor<8x256x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %es: tensor<8x256x64xf32>, %eo: tensor<8x256x16xf32>) -> (tensor<8x256x16xf32>, tensor<8x256x64xf32>) {
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%es : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%s, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%eo : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o, %s : tensor<8x256x16xf32>, tensor<8x256x64xf32>
}

// -----

// The first product is the right-hand side of the second: every row needs it.
// CHECK-LABEL: func @negative_columns
// CHECK-NOT:     scf.forall
// CHECK:         return
func.func @negative_columns(%a: tensor<64x16xf32>, %b: tensor<16x64xf32>, %c: tensor<256x64xf32>, %e1: tensor<64x64xf32>, %e2: tensor<256x64xf32>) -> tensor<256x64xf32> {
  %s = linalg.matmul ins(%a, %b : tensor<64x16xf32>, tensor<16x64xf32>) outs(%e1 : tensor<64x64xf32>) -> tensor<64x64xf32>
  %o = linalg.matmul ins(%c, %s : tensor<256x64xf32>, tensor<64x64xf32>) outs(%e2 : tensor<256x64xf32>) -> tensor<256x64xf32>
  return %o : tensor<256x64xf32>
}

// -----

// CHECK-LABEL: func @negative_one_product
// CHECK-NOT:     scf.forall
// CHECK:         return
func.func @negative_one_product(%x: tensor<256x16xf32>, %w: tensor<16x64xf32>, %e1: tensor<256x16xf32>, %e2: tensor<256x64xf32>) -> tensor<256x64xf32> {
  %y = linalg.exp ins(%x : tensor<256x16xf32>) outs(%e1 : tensor<256x16xf32>) -> tensor<256x16xf32>
  %o = linalg.matmul ins(%y, %w : tensor<256x16xf32>, tensor<16x64xf32>) outs(%e2 : tensor<256x64xf32>) -> tensor<256x64xf32>
  return %o : tensor<256x64xf32>
}

// -----

// CHECK-LABEL: func @negative_empty
// CHECK-NOT:     scf.forall
// CHECK:         return
func.func @negative_empty(%q: tensor<64x16xf32>, %k: tensor<16x0xf32>, %v: tensor<0x16xf32>, %e1: tensor<64x0xf32>, %e2: tensor<64x16xf32>) -> tensor<64x16xf32> {
  %s = linalg.matmul ins(%q, %k : tensor<64x16xf32>, tensor<16x0xf32>) outs(%e1 : tensor<64x0xf32>) -> tensor<64x0xf32>
  %o = linalg.matmul ins(%s, %v : tensor<64x0xf32>, tensor<0x16xf32>) outs(%e2 : tensor<64x16xf32>) -> tensor<64x16xf32>
  return %o : tensor<64x16xf32>
}

// -----

// Products that never run may read each other.
// CHECK-LABEL: func @negative_unreachable
// CHECK-NOT:     scf.forall
// CHECK:         return
func.func @negative_unreachable(%x: tensor<64x64xf32>) -> tensor<64x64xf32> {
  return %x : tensor<64x64xf32>
^loop:
  %a = linalg.matmul ins(%b, %x : tensor<64x64xf32>, tensor<64x64xf32>) outs(%x : tensor<64x64xf32>) -> tensor<64x64xf32>
  %b = linalg.matmul ins(%a, %x : tensor<64x64xf32>, tensor<64x64xf32>) outs(%x : tensor<64x64xf32>) -> tensor<64x64xf32>
  cf.br ^loop
}

// -----

// Every block of rows would read all weights.
// CHECK-LABEL: func @negative_linear_layers
// CHECK-NOT:     scf.forall
// CHECK:         return
func.func @negative_linear_layers(%x: tensor<512x64xf32>, %up: tensor<64x256xf32>, %down: tensor<256x64xf32>, %e1: tensor<512x256xf32>, %e2: tensor<512x64xf32>) -> tensor<512x64xf32> {
  %h = linalg.matmul ins(%x, %up : tensor<512x64xf32>, tensor<64x256xf32>) outs(%e1 : tensor<512x256xf32>) -> tensor<512x256xf32>
  %a = linalg.exp ins(%h : tensor<512x256xf32>) outs(%e1 : tensor<512x256xf32>) -> tensor<512x256xf32>
  %o = linalg.matmul ins(%a, %down : tensor<512x256xf32>, tensor<256x64xf32>) outs(%e2 : tensor<512x64xf32>) -> tensor<512x64xf32>
  return %o : tensor<512x64xf32>
}

// -----

// A third product stays outside: chains end at the second.
// CHECK-LABEL: func @negative_three_products
// CHECK:         linalg.batch_matmul ins(%arg0, %arg1
// CHECK:         scf.forall
// CHECK:           linalg.batch_matmul
// CHECK:           linalg.batch_matmul
func.func @negative_three_products(%x: tensor<8x256x16xf32>, %w: tensor<8x16x16xf32>, %k: tensor<8x16x64xf32>, %v: tensor<8x64x16xf32>, %e1: tensor<8x256x16xf32>, %e2: tensor<8x256x64xf32>, %e3: tensor<8x256x16xf32>) -> tensor<8x256x16xf32> {
  %q = linalg.batch_matmul ins(%x, %w : tensor<8x256x16xf32>, tensor<8x16x16xf32>) outs(%e1 : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x256x16xf32>, tensor<8x16x64xf32>) outs(%e2 : tensor<8x256x64xf32>) -> tensor<8x256x64xf32>
  %o = linalg.batch_matmul ins(%s, %v : tensor<8x256x64xf32>, tensor<8x64x16xf32>) outs(%e3 : tensor<8x256x16xf32>) -> tensor<8x256x16xf32>
  return %o : tensor<8x256x16xf32>
}
