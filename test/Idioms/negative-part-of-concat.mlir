// RUN: %check_idiom %s
//
// DeepSeek's latent attention repeats a part of each key only, beside another part.
//
// VALUE @pattern(2x3x5x4, 2x1x5x2): concat([x, repeat(y, [1, 3, 1, 1])], 3)
// RAISED @pattern: nothing
// LEFT @pattern: linalg.generic (copy); tensor.concat

#zero = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#id4  = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
func.func @pattern(%nope: tensor<2x3x5x4xf32>, %rope: tensor<2x1x5x2xf32>) -> tensor<2x3x5x6xf32> {
  %e = tensor.empty() : tensor<2x3x5x2xf32>
  %b = linalg.generic {indexing_maps = [#zero, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%rope : tensor<2x1x5x2xf32>) outs(%e : tensor<2x3x5x2xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x5x2xf32>
  %r = tensor.concat dim(3) %nope, %b : (tensor<2x3x5x4xf32>, tensor<2x3x5x2xf32>) -> tensor<2x3x5x6xf32>
  return %r : tensor<2x3x5x6xf32>
}
