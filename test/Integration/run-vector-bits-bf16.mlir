// Products of bf16 with vectors of every width, which add up pairs where the CPU does.
// RUN: ditto-run %s --fill=random --seed=3 --vector-bits=0 --keep-order --output=%t.dot.npy --output=%t.product.npy
// DEFINE: %{bits} =
// DEFINE: %{compare} = ditto-run %s --fill=random --seed=3 --vector-bits=%{bits} --rtol=1e-4 --atol=1e-4 --expect=%t.dot.npy --expect=%t.product.npy

// REDEFINE: %{bits} = 128
// RUN: %{compare}
// REDEFINE: %{bits} = 256
// RUN: %{compare}
// REDEFINE: %{bits} = 512
// RUN: %{compare}
// REDEFINE: %{bits} = 1024
// RUN: %{compare}
func.func @main(%a: tensor<5x77xbf16>, %b: tensor<19x77xbf16>, %w: tensor<77x40xbf16>, %dots: tensor<5x19xf32>, %sums: tensor<5x40xf32>) -> (tensor<5x19xf32>, tensor<5x40xf32>) {
  %dot = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : tensor<5x77xbf16>, tensor<19x77xbf16>) outs(%dots : tensor<5x19xf32>) -> tensor<5x19xf32>
  %product = linalg.matmul ins(%a, %w : tensor<5x77xbf16>, tensor<77x40xbf16>) outs(%sums : tensor<5x40xf32>) -> tensor<5x40xf32>
  return %dot, %product : tensor<5x19xf32>, tensor<5x40xf32>
}
