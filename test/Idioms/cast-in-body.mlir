// RUN: %check_idiom %s
//
// A cast that has been fused into the broadcast.
//
// VALUE @pattern(2x3x5): interleave(x, 4, 1)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: linalg.generic; ditto.repeat_interleave by 4 dim(1)

#in  = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#id4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
func.func @pattern(%x: tensor<2x3x5xf16>) -> tensor<2x12x5xf32> {
  %e = tensor.empty() : tensor<2x3x4x5xf32>
  %b = linalg.generic {indexing_maps = [#in, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x3x5xf16>) outs(%e : tensor<2x3x4x5xf32>) {
  ^bb0(%v: f16, %o: f32):
    %w = arith.extf %v : f16 to f32
    linalg.yield %w : f32
  } -> tensor<2x3x4x5xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}
