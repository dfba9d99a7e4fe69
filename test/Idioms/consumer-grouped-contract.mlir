// RUN: %check_idiom %s
//
// Query heads are grouped already, and K is broadcast along the group for a
// contraction with three batch dimensions: without the copy, the group is no batch
// dimension of K any more, and the others stay what they are.
//
// VALUE @pattern(2x3x4x5x6, 2x3x7x6) small:
//     matmul(x, transpose(reshape(interleave(y, 4, 1), [2, 3, 4, 7, 6]), [0, 1, 2, 4, 3]))
// RAISED @pattern: nothing
// LEFT @pattern: linalg.contract

#q = affine_map<(b, h, g, m, n, k) -> (b, h, g, m, k)>
#k = affine_map<(b, h, g, m, n, k) -> (b, h, g, n, k)>
#s = affine_map<(b, h, g, m, n, k) -> (b, h, g, m, n)>
func.func @pattern(%q: tensor<2x3x4x5x6xf32>, %k: tensor<2x3x7x6xf32>) -> tensor<2x3x4x5x7xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3x4x7x6xf32>
  %b = linalg.broadcast ins(%k : tensor<2x3x7x6xf32>) outs(%e : tensor<2x3x4x7x6xf32>) dimensions = [2]
  %se = tensor.empty() : tensor<2x3x4x5x7xf32>
  %f = linalg.fill ins(%zero : f32) outs(%se : tensor<2x3x4x5x7xf32>) -> tensor<2x3x4x5x7xf32>
  %s = linalg.contract indexing_maps = [#q, #k, #s] ins(%q, %b : tensor<2x3x4x5x6xf32>, tensor<2x3x4x7x6xf32>) outs(%f : tensor<2x3x4x5x7xf32>) -> tensor<2x3x4x5x7xf32>
  return %s : tensor<2x3x4x5x7xf32>
}
