// RUN: %check_idiom %s
//
// A count on either side of the data: both ops. One of them with the product of the
// counts would be wrong.
//
// VALUE @pattern(3x5): repeat(interleave(x, 4, 0), [2, 1])
// RAISED @pattern: ditto.repeat_interleave by 4 dim(0), ditto.repeat by [2, 1]
// LEFT @pattern: ditto.repeat_interleave by 4 dim(0); ditto.repeat by [2, 1]

#in  = affine_map<(d0, d1, d2, d3) -> (d1, d3)>
#id4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
func.func @pattern(%x: tensor<3x5xf32>) -> tensor<24x5xf32> {
  %e = tensor.empty() : tensor<2x3x4x5xf32>
  %b = linalg.generic {indexing_maps = [#in, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%x : tensor<3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x5xf32>
  %r = tensor.collapse_shape %b [[0, 1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<24x5xf32>
  return %r : tensor<24x5xf32>
}
