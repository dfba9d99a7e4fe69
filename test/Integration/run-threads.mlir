// The same bits on any number of threads. Only what is long enough is handed to
// them.
// RUN: ditto-run %s --fill=random --seed=3 --output=%t.copy.npy --output=%t.product.npy --output=%t.row.npy
// RUN: ditto-run %s --fill=random --seed=3 --num-threads=1 --rtol=0 --atol=0 --expect=%t.copy.npy --expect=%t.product.npy --expect=%t.row.npy
// RUN: ditto-run %s --fill=random --seed=3 --num-threads=2 --rtol=0 --atol=0 --expect=%t.copy.npy --expect=%t.product.npy --expect=%t.row.npy
// RUN: ditto-run %s --fill=random --seed=3 --num-threads=4 --rtol=0 --atol=0 --expect=%t.copy.npy --expect=%t.product.npy --expect=%t.row.npy
// RUN: ditto-run %s --fill=random --seed=3 --num-threads=0 --rtol=0 --atol=0 --expect=%t.copy.npy --expect=%t.product.npy --expect=%t.row.npy
// RUN: ditto-run %s --emit=llvm -O0 | FileCheck %s --check-prefix=ONE
// RUN: ditto-run %s --emit=llvm -O0 --num-threads=2 | FileCheck %s

// ONE-NOT: dittoRuntimeParallelFor

// The copy, the product, one row of it; the rest is shorter.
// CHECK-LABEL: define {{.*}} @main
// CHECK:         call void @dittoRuntimeParallelFor(
// CHECK:         call void @dittoRuntimeParallelFor(
// CHECK:         call void @dittoRuntimeParallelFor(
// CHECK-NOT:     call void @dittoRuntimeParallelFor(
// CHECK:       define
func.func @main(%x: tensor<64x512xf32>, %y: tensor<512x1024xf32>) -> (tensor<2048x512xf32>, tensor<64x1024xf32>, tensor<1x1024xf32>) {
  %zero = arith.constant 0.0 : f32
  %copy = ditto.repeat_interleave %x by 32 dim(0) : tensor<64x512xf32> -> tensor<2048x512xf32>
  %p = tensor.empty() : tensor<64x1024xf32>
  %p0 = linalg.fill ins(%zero : f32) outs(%p : tensor<64x1024xf32>) -> tensor<64x1024xf32>
  %product = linalg.matmul ins(%x, %y : tensor<64x512xf32>, tensor<512x1024xf32>) outs(%p0 : tensor<64x1024xf32>) -> tensor<64x1024xf32>
  %first = tensor.extract_slice %x[0, 0] [1, 512] [1, 1] : tensor<64x512xf32> to tensor<1x512xf32>
  %r = tensor.empty() : tensor<1x1024xf32>
  %r0 = linalg.fill ins(%zero : f32) outs(%r : tensor<1x1024xf32>) -> tensor<1x1024xf32>
  %row = linalg.matmul ins(%first, %y : tensor<1x512xf32>, tensor<512x1024xf32>) outs(%r0 : tensor<1x1024xf32>) -> tensor<1x1024xf32>
  return %copy, %product, %row : tensor<2048x512xf32>, tensor<64x1024xf32>, tensor<1x1024xf32>
}
