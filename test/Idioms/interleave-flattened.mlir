// RUN: %check_idiom %s
//
// repeat_interleave without a dim: everything is merged.
//
// VALUE @pattern(3x5): interleave(reshape(x, [15]), 4, 0)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 4 dim(1)

#m   = affine_map<(d0, d1, d2) -> (d0, d1)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @pattern(%x: tensor<3x5xf32>) -> tensor<60xf32> {
  %e = tensor.empty() : tensor<3x5x4xf32>
  %b = linalg.generic {indexing_maps = [#m, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x5x4xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<3x5x4xf32>
  %r = tensor.collapse_shape %b [[0, 1, 2]] : tensor<3x5x4xf32> into tensor<60xf32>
  return %r : tensor<60xf32>
}
