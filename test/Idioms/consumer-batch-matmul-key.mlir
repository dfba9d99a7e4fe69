// RUN: %check_idiom %s
//
// Q times K as torch-mlir writes it: K is repeated, transposed and merged with the batch.
//
// VALUE @pattern(24x5x6, 2x3x7x6) small:
//     matmul(x, reshape(transpose(interleave(y, 4, 1), [0, 1, 3, 2]), [24, 6, 7]))
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: linalg.batch_matmul

#in  = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @pattern(%q: tensor<24x5x6xf32>, %k: tensor<2x3x7x6xf32>) -> tensor<24x5x7xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3x4x7x6xf32>
  %b = linalg.generic {indexing_maps = [#in, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%k : tensor<2x3x7x6xf32>) outs(%e : tensor<2x3x4x7x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x7x6xf32>
  %c = tensor.collapse_shape %b [[0], [1, 2], [3], [4]] : tensor<2x3x4x7x6xf32> into tensor<2x12x7x6xf32>
  %te = tensor.empty() : tensor<2x12x6x7xf32>
  %t = linalg.transpose ins(%c : tensor<2x12x7x6xf32>) outs(%te : tensor<2x12x6x7xf32>) permutation = [0, 1, 3, 2]
  %kc = tensor.collapse_shape %t [[0, 1], [2], [3]] : tensor<2x12x6x7xf32> into tensor<24x6x7xf32>
  %oe = tensor.empty() : tensor<24x5x7xf32>
  %f = linalg.fill ins(%z : f32) outs(%oe : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  %r = linalg.batch_matmul ins(%q, %kc : tensor<24x5x6xf32>, tensor<24x6x7xf32>) outs(%f : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %r : tensor<24x5x7xf32>
}
