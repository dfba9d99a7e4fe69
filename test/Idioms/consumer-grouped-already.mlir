// RUN: %check_idiom %s
//
// Grouped attention without a repeat (JAX's dot_product_attention): nothing to do.
//
// VALUE @pattern(2x5x3x4x6, 2x7x3x6) small:
//     matmul(transpose(x, [0, 2, 3, 1, 4]), transpose(
//         repeat(reshape(y, [2, 7, 3, 1, 6]), [1, 1, 1, 4, 1]), [0, 2, 3, 4, 1]))
// RAISED @pattern: nothing
// LEFT @pattern: linalg.contract

#mq = affine_map<(b, h, g, m, n, k) -> (b, m, h, g, k)>
#mk = affine_map<(b, h, g, m, n, k) -> (b, n, h, k)>
#mo = affine_map<(b, h, g, m, n, k) -> (b, h, g, m, n)>
func.func @pattern(%q: tensor<2x5x3x4x6xf32>, %k: tensor<2x7x3x6xf32>) -> tensor<2x3x4x5x7xf32> {
  %z = arith.constant 0.0 : f32
  %oe = tensor.empty() : tensor<2x3x4x5x7xf32>
  %f = linalg.fill ins(%z : f32) outs(%oe : tensor<2x3x4x5x7xf32>) -> tensor<2x3x4x5x7xf32>
  %m = linalg.contract indexing_maps = [#mq, #mk, #mo] ins(%q, %k : tensor<2x5x3x4x6xf32>, tensor<2x7x3x6xf32>) outs(%f : tensor<2x3x4x5x7xf32>) -> tensor<2x3x4x5x7xf32>
  return %m : tensor<2x3x4x5x7xf32>
}
