// RUN: %check_idiom %s
//
// A matrix product of a repeat: the group is the outer part of the batch and cannot
// become rows without a transpose, but it can become a loop that K does not depend on.
//
// VALUE @pattern(12x5x6, 3x7x6) small:
//     matmul(x, transpose(repeat(y, [4, 1, 1]), [0, 2, 1]))
// RAISED @pattern: ditto.repeat by [4, 1, 1]
// LEFT @pattern: linalg.contract

#in  = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#id4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#a = affine_map<(b, m, n, k) -> (b, m, k)>
#b = affine_map<(b, m, n, k) -> (b, n, k)>
#c = affine_map<(b, m, n, k) -> (b, m, n)>
func.func @pattern(%q: tensor<12x5x6xf32>, %k: tensor<3x7x6xf32>) -> tensor<12x5x7xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x3x7x6xf32>
  %bc = linalg.generic {indexing_maps = [#in, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%k : tensor<3x7x6xf32>) outs(%e : tensor<4x3x7x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<4x3x7x6xf32>
  %kr = tensor.collapse_shape %bc [[0, 1], [2], [3]] : tensor<4x3x7x6xf32> into tensor<12x7x6xf32>
  %oe = tensor.empty() : tensor<12x5x7xf32>
  %f = linalg.fill ins(%z : f32) outs(%oe : tensor<12x5x7xf32>) -> tensor<12x5x7xf32>
  %r = linalg.batch_matmul indexing_maps = [#a, #b, #c] ins(%q, %kr : tensor<12x5x6xf32>, tensor<12x7x6xf32>) outs(%f : tensor<12x5x7xf32>) -> tensor<12x5x7xf32>
  return %r : tensor<12x5x7xf32>
}
