// RUN: %check_idiom %s
//
// The count comes before the heads: a repeat, whose order of heads is another one than
// that of an interleave. Models have been wrong this way.
//
// VALUE @pattern(2x3x5x6): repeat(x, [1, 4, 1, 1])
// RAISED @pattern: ditto.repeat by [1, 4, 1, 1]
// LEFT @pattern: ditto.repeat by [1, 4, 1, 1]

#in  = affine_map<(d0, d1, d2, d3, d4) -> (d0, d2, d3, d4)>
#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @pattern(%x: tensor<2x3x5x6xf32>) -> tensor<2x12x5x6xf32> {
  %e = tensor.empty() : tensor<2x4x3x5x6xf32>
  %b = linalg.generic {indexing_maps = [#in, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x3x5x6xf32>) outs(%e : tensor<2x4x3x5x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x4x3x5x6xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3], [4]] : tensor<2x4x3x5x6xf32> into tensor<2x12x5x6xf32>
  return %r : tensor<2x12x5x6xf32>
}
