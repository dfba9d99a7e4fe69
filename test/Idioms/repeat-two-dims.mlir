// RUN: %check_idiom %s
//
// aten.repeat with two counts: each count is the outermost of its group.
//
// VALUE @pattern(3x5): repeat(x, [2, 4])
// RAISED @pattern: ditto.repeat by [2, 4]
// LEFT @pattern: ditto.repeat by [2, 4]

#m   = affine_map<(d0, d1, d2, d3) -> (d1, d3)>
#id4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
func.func @pattern(%x: tensor<3x5xf32>) -> tensor<6x20xf32> {
  %e = tensor.empty() : tensor<2x3x4x5xf32>
  %b = linalg.generic {indexing_maps = [#m, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2, 3]] : tensor<2x3x4x5xf32> into tensor<6x20xf32>
  return %r : tensor<6x20xf32>
}
