// The arithmetic of each op that takes in a repeat, and how much of it is saved.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats{contractions-only remark-kept=false},ditto-sink-repeats,ditto-fold-repeats{remark-kept=false}))' --remarks-filter=ditto --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s

// 8 x 5 x 7 x 16 turns of a multiplication and an addition; the conversions do not count.
func.func @product(%q: tensor<8x5x16xf16>, %k: tensor<2x16x7xf16>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Removed {{.*}} Flops=8960, FlopsSaved=0
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf16> -> tensor<8x16x7xf16>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf16>, tensor<8x16x7xf16>) outs(%init : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// The loops are split, whatever their extents.
func.func @product_dynamic(%q: tensor<?x?x16xf32>, %k: tensor<?x16x?xf32>, %init: tensor<?x?x?xf32>) -> tensor<?x?x?xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Removed {{.*}} Flops=?, FlopsSaved=0
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<?x16x?xf32> -> tensor<?x16x?xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<?x?x16xf32>, tensor<?x16x?xf32>) outs(%init : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  return %s : tensor<?x?x?xf32>
}

// The free dimension is repeated: 3 x 8 x 16 turns become 3 x 2 x 16.
func.func @hoisted(%q: tensor<3x16xf32>, %k: tensor<16x2xf32>, %init: tensor<3x8xf32>) -> tensor<3x8xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Sunk {{.*}} Flops=768, FlopsSaved=576
  %r = ditto.repeat_interleave %k by 4 dim(1) : tensor<16x2xf32> -> tensor<16x8xf32>
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%init : tensor<3x8xf32>) -> tensor<3x8xf32>
  %s = linalg.matmul ins(%q, %r : tensor<3x16xf32>, tensor<16x8xf32>) outs(%f : tensor<3x8xf32>) -> tensor<3x8xf32>
  return %s : tensor<3x8xf32>
}

func.func @sunk_dynamic(%x: tensor<?xf32>, %init: tensor<?xf32>) -> tensor<?xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Sunk {{.*}} Flops=?, FlopsSaved=?
  %r = ditto.repeat_interleave %x by 3 dim(0) : tensor<?xf32> -> tensor<?xf32>
  %s = linalg.exp ins(%r : tensor<?xf32>) outs(%init : tensor<?xf32>) -> tensor<?xf32>
  return %s : tensor<?xf32>
}

// A transpose has none, whatever its extents.
func.func @moved(%x: tensor<?x5xf32>, %init: tensor<5x?xf32>) -> tensor<5x?xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Sunk {{.*}} Flops=0, FlopsSaved=0
  %r = ditto.repeat_interleave %x by 3 dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %s = linalg.transpose ins(%r : tensor<?x5xf32>) outs(%init : tensor<5x?xf32>) permutation = [1, 0]
  return %s : tensor<5x?xf32>
}

// Of the body only the product counts: not the constant, the index or the conversion.
func.func @indexed(%x: tensor<2xf32>, %y: tensor<8xf16>, %init: tensor<8xf32>) -> tensor<8xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Removed {{.*}} Flops=8, FlopsSaved=0
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2xf32> -> tensor<8xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%r, %y : tensor<8xf32>, tensor<8xf16>) outs(%init : tensor<8xf32>) {
  ^bb0(%a: f32, %b: f16, %o: f32):
    %c1 = arith.constant 1 : index
    %i = linalg.index 0 : index
    %j = arith.muli %i, %c1 : index
    %e = tensor.extract %y[%j] : tensor<8xf16>
    %w = arith.extf %e : f16 to f32
    %p = arith.mulf %a, %w : f32
    linalg.yield %p : f32
  } -> tensor<8xf32>
  return %s : tensor<8xf32>
}

// How often the inner loop turns is not asked.
func.func @negative_loop_in_body(%x: tensor<2xf32>, %y: tensor<8xf32>, %n: index, %init: tensor<8xf32>) -> tensor<8xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Removed {{.*}} Flops=?, FlopsSaved=?
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2xf32> -> tensor<8xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %s = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%r, %y : tensor<8xf32>, tensor<8xf32>) outs(%init : tensor<8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %p = scf.for %k = %c0 to %n step %c1 iter_args(%acc = %a) -> (f32) {
      %m = arith.mulf %acc, %b : f32
      scf.yield %m : f32
    }
    linalg.yield %p : f32
  } -> tensor<8xf32>
  return %s : tensor<8xf32>
}

// 2^62 turns of two operations.
func.func @negative_too_many(%q: tensor<1073741824x2xf32>, %k: tensor<2x1073741824xf32>, %init: tensor<1073741824x2147483648xf32>) -> tensor<1073741824x2147483648xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Flops=?, FlopsSaved=?
  %r = ditto.repeat_interleave %k by 2 dim(1) : tensor<2x1073741824xf32> -> tensor<2x2147483648xf32>
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%init : tensor<1073741824x2147483648xf32>) -> tensor<1073741824x2147483648xf32>
  %s = linalg.matmul ins(%q, %r : tensor<1073741824x2xf32>, tensor<2x2147483648xf32>) outs(%f : tensor<1073741824x2147483648xf32>) -> tensor<1073741824x2147483648xf32>
  return %s : tensor<1073741824x2147483648xf32>
}

func.func @on_tensors(%x: tensor<2x5xf32>) -> tensor<8x5xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Sunk {{.*}} Flops=40, FlopsSaved=30
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = arith.mulf %r, %r : tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

func.func @tosa_cast(%x: tensor<2x5xf32>) -> tensor<8x5xf16> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Sunk {{.*}} Flops=0, FlopsSaved=0
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = tosa.cast %r : (tensor<8x5xf32>) -> tensor<8x5xf16>
  return %s : tensor<8x5xf16>
}

func.func @tosa_sub(%x: tensor<10x16xf32>, %s: tensor<10x4xf32>) -> tensor<10x16xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Removed {{.*}} Flops=160, FlopsSaved=0
  %r = ditto.repeat_interleave %s by 4 dim(1) : tensor<10x4xf32> -> tensor<10x16xf32>
  %d = tosa.sub %x, %r : (tensor<10x16xf32>, tensor<10x16xf32>) -> tensor<10x16xf32>
  return %d : tensor<10x16xf32>
}

func.func @tosa_matmul(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>) -> tensor<8x5x7xf32> {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Removed {{.*}} Flops=8960, FlopsSaved=0
  %r = ditto.repeat %k by [4, 1, 1] : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %s = tosa.matmul %q, %r, %zp, %zp : (tensor<8x5x16xf32>, tensor<8x16x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

func.func @extracted(%k: tensor<2xf32>, %i: index) -> f32 {
  // CHECK: flops.mlir:[[#@LINE+1]]:{{.*}}Removed {{.*}} Flops=0, FlopsSaved=0
  %r = ditto.repeat %k by [4] : tensor<2xf32> -> tensor<8xf32>
  %e = tensor.extract %r[%i] : tensor<8xf32>
  return %e : f32
}
