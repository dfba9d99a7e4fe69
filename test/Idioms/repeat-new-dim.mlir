// RUN: %check_idiom %s
//
// A count that is a dimension of its own is a plain broadcast, which stays one: it may
// be a bias or a mask, whose users need no copy.
//
// VALUE @pattern(3x5): repeat(x, [4, 1, 1])
// RAISED @pattern: nothing
// LEFT @pattern: linalg.generic (copy)

#m   = affine_map<(d0, d1, d2) -> (d1, d2)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @pattern(%x: tensor<3x5xf32>) -> tensor<4x3x5xf32> {
  %e = tensor.empty() : tensor<4x3x5xf32>
  %b = linalg.generic {indexing_maps = [#m, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x : tensor<3x5xf32>) outs(%e : tensor<4x3x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<4x3x5xf32>
  return %b : tensor<4x3x5xf32>
}
