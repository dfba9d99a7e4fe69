// The same bits with vectors of every width and with none, if sums keep their order.
// RUN: ditto-run %s --fill=random --seed=3 --vector-bits=0 --output=%t.copy.npy --output=%t.sum.npy --output=%t.product.npy
// RUN: ditto-run %s --fill=random --seed=3 --vector-bits=128 --keep-order --rtol=0 --atol=0 --expect=%t.copy.npy --expect=%t.sum.npy --expect=%t.product.npy
// RUN: ditto-run %s --fill=random --seed=3 --vector-bits=512 --keep-order --rtol=0 --atol=0 --expect=%t.copy.npy --expect=%t.sum.npy --expect=%t.product.npy
// RUN: ditto-run %s --emit=llvm -O0 --vector-bits=0 | FileCheck %s --check-prefix=SCALAR
// RUN: ditto-run %s --emit=llvm -O0 --vector-bits=128 | FileCheck %s --check-prefix=NARROW

// SCALAR-LABEL: define {{.*}} @main
// SCALAR-NOT: x float>
// NARROW-LABEL: define {{.*}} @main
// NARROW-NOT: <8 x float>
// NARROW: <4 x float>
func.func @main(%x: tensor<7x37xf32>, %y: tensor<37x21xf32>) -> (tensor<21x37xf32>, tensor<37xf32>, tensor<7x21xf32>) {
  %zero = arith.constant 0.0 : f32
  %copy = ditto.repeat_interleave %x by 3 dim(0) : tensor<7x37xf32> -> tensor<21x37xf32>
  %e = tensor.empty() : tensor<37xf32>
  %e0 = linalg.fill ins(%zero : f32) outs(%e : tensor<37xf32>) -> tensor<37xf32>
  %sum = linalg.reduce {arith.addf} ins(%x : tensor<7x37xf32>) outs(%e0 : tensor<37xf32>) dimensions = [0]
  %p = tensor.empty() : tensor<7x21xf32>
  %p0 = linalg.fill ins(%zero : f32) outs(%p : tensor<7x21xf32>) -> tensor<7x21xf32>
  %product = linalg.matmul ins(%x, %y : tensor<7x37xf32>, tensor<37x21xf32>) outs(%p0 : tensor<7x21xf32>) -> tensor<7x21xf32>
  return %copy, %sum, %product : tensor<21x37xf32>, tensor<37xf32>, tensor<7x21xf32>
}
