// RUN: %check_idiom %s
//
// A mask broadcast over heads for an addition: elementwise users need no copy.
//
// VALUE @pattern(2x1x5x6, 2x12x5x6) small: add(x, y)
// RAISED @pattern: nothing
// LEFT @pattern: linalg.generic (copy); linalg.add

#zero = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#id4  = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
func.func @pattern(%mask: tensor<2x1x5x6xf32>, %scores: tensor<2x12x5x6xf32>) -> tensor<2x12x5x6xf32> {
  %e = tensor.empty() : tensor<2x12x5x6xf32>
  %b = linalg.generic {indexing_maps = [#zero, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%mask : tensor<2x1x5x6xf32>) outs(%e : tensor<2x12x5x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x12x5x6xf32>
  %r = linalg.add ins(%scores, %b : tensor<2x12x5x6xf32>, tensor<2x12x5x6xf32>) outs(%e : tensor<2x12x5x6xf32>) -> tensor<2x12x5x6xf32>
  return %r : tensor<2x12x5x6xf32>
}
