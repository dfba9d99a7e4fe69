// RUN: %check_idiom %s
//
// The count is the size of the broadcast dimension, known at run time.
//
// VALUE @pattern(2x3x5, 4): interleave(x, 4, 1)
// VALUE @pattern(2x3x5, 0): interleave(x, 0, 1)
// RAISED @pattern: ditto.repeat_interleave by ? dim(1)
// LEFT @pattern: ditto.repeat_interleave by ? dim(1)

#in  = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#id4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
func.func @pattern(%x: tensor<2x3x5xf32>, %n: index) -> tensor<2x?x5xf32> {
  %e = tensor.empty(%n) : tensor<2x3x?x5xf32>
  %b = linalg.generic {indexing_maps = [#in, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%x : tensor<2x3x5xf32>) outs(%e : tensor<2x3x?x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x?x5xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3]] : tensor<2x3x?x5xf32> into tensor<2x?x5xf32>
  return %r : tensor<2x?x5xf32>
}
