// RUN: %check_idiom %s
//
// Scales of weights, one for a group of columns, for an elementwise product.
//
// VALUE @pattern(5x12, 5x3) small: mul(x, interleave(y, 4, 1))
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: linalg.elementwise

#in  = affine_map<(d0, d1, d2) -> (d0, d1)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @pattern(%w: tensor<5x12xf32>, %s: tensor<5x3xf32>) -> tensor<5x12xf32> {
  %e = tensor.empty() : tensor<5x3x4xf32>
  %b = linalg.generic {indexing_maps = [#in, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%s : tensor<5x3xf32>) outs(%e : tensor<5x3x4xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<5x3x4xf32>
  %sr = tensor.collapse_shape %b [[0], [1, 2]] : tensor<5x3x4xf32> into tensor<5x12xf32>
  %oe = tensor.empty() : tensor<5x12xf32>
  %r = linalg.mul ins(%w, %sr : tensor<5x12xf32>, tensor<5x12xf32>) outs(%oe : tensor<5x12xf32>) -> tensor<5x12xf32>
  return %r : tensor<5x12xf32>
}
