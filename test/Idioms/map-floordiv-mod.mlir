// RUN: %check_idiom %s
//
// Indexing maps that divide or wrap; both at once are an interleave and a repeat.
//
// VALUE @interleave(2x3): interleave(x, 4, 1)
// RAISED @interleave: ditto.repeat_interleave by 4 dim(1)
// LEFT @interleave: ditto.repeat_interleave by 4 dim(1)
// VALUE @tiled(2x3): repeat(x, [1, 4])
// RAISED @tiled: ditto.repeat by [1, 4]
// LEFT @tiled: ditto.repeat by [1, 4]
// VALUE @both(2x3): repeat(interleave(x, 2, 1), [1, 3])
// RAISED @both: ditto.repeat_interleave by 2 dim(1), ditto.repeat by [1, 3]
// LEFT @both: ditto.repeat_interleave by 2 dim(1); ditto.repeat by [1, 3]

#fd  = affine_map<(d0, d1) -> (d0, d1 floordiv 4)>
#md  = affine_map<(d0, d1) -> (d0, d1 mod 3)>
#fm  = affine_map<(d0, d1) -> (d0, (d1 floordiv 2) mod 3)>
#id2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @interleave(%x: tensor<2x3xf32>) -> tensor<2x12xf32> {
  %e = tensor.empty() : tensor<2x12xf32>
  %r = linalg.generic {indexing_maps = [#fd, #id2], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x12xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x12xf32>
  return %r : tensor<2x12xf32>
}
func.func @tiled(%x: tensor<2x3xf32>) -> tensor<2x12xf32> {
  %e = tensor.empty() : tensor<2x12xf32>
  %r = linalg.generic {indexing_maps = [#md, #id2], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x12xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x12xf32>
  return %r : tensor<2x12xf32>
}
func.func @both(%x: tensor<2x3xf32>) -> tensor<2x18xf32> {
  %e = tensor.empty() : tensor<2x18xf32>
  %r = linalg.generic {indexing_maps = [#fm, #id2], iterator_types = ["parallel", "parallel"]} ins(%x : tensor<2x3xf32>) outs(%e : tensor<2x18xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x18xf32>
  return %r : tensor<2x18xf32>
}
