// RUN: %check_idiom %s
//
// StableHLO's broadcast_in_dim keeps the unit dimension in the operand: the input map
// has a constant 0.
//
// VALUE @pattern(2x3x5x6): interleave(x, 4, 1)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 4 dim(1)

#in  = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, d3, d4)>
#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @pattern(%x: tensor<2x3x5x6xf32>) -> tensor<2x12x5x6xf32> {
  %u = tensor.expand_shape %x [[0], [1, 2], [3], [4]] output_shape [2, 3, 1, 5, 6] : tensor<2x3x5x6xf32> into tensor<2x3x1x5x6xf32>
  %e = tensor.empty() : tensor<2x3x4x5x6xf32>
  %b = linalg.generic {indexing_maps = [#in, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%u : tensor<2x3x1x5x6xf32>) outs(%e : tensor<2x3x4x5x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x5x6xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3], [4]] : tensor<2x3x4x5x6xf32> into tensor<2x12x5x6xf32>
  return %r : tensor<2x12x5x6xf32>
}
