// RUN: %check_idiom %s
//
// index_select with a constant index: [0, 0, 1, 1, ..] or [0, 1, .., 0, 1, ..].
//
// VALUE @interleave(2x3x5): interleave(x, 2, 1)
// RAISED @interleave: ditto.repeat_interleave by 2 dim(1)
// LEFT @interleave: ditto.repeat_interleave by 2 dim(1)
// VALUE @tiled(2x3x5): repeat(x, [1, 2, 1])
// RAISED @tiled: ditto.repeat by [1, 2, 1]
// LEFT @tiled: ditto.repeat by [1, 2, 1]

#ix  = affine_map<(d0, d1, d2) -> (d1)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @interleave(%x: tensor<2x3x5xf32>) -> tensor<2x6x5xf32> {
  %idx = arith.constant dense<[0, 0, 1, 1, 2, 2]> : tensor<6xi64>
  %e = tensor.empty() : tensor<2x6x5xf32>
  %r = linalg.generic {indexing_maps = [#ix, #id3], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%idx : tensor<6xi64>) outs(%e : tensor<2x6x5xf32>) {
  ^bb0(%i: i64, %o: f32):
    %h = arith.index_cast %i : i64 to index
    %b = linalg.index 0 : index
    %d = linalg.index 2 : index
    %v = tensor.extract %x[%b, %h, %d] : tensor<2x3x5xf32>
    linalg.yield %v : f32
  } -> tensor<2x6x5xf32>
  return %r : tensor<2x6x5xf32>
}
func.func @tiled(%x: tensor<2x3x5xf32>) -> tensor<2x6x5xf32> {
  %idx = arith.constant dense<[0, 1, 2, 0, 1, 2]> : tensor<6xi64>
  %e = tensor.empty() : tensor<2x6x5xf32>
  %r = linalg.generic {indexing_maps = [#ix, #id3], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%idx : tensor<6xi64>) outs(%e : tensor<2x6x5xf32>) {
  ^bb0(%i: i64, %o: f32):
    %h = arith.index_cast %i : i64 to index
    %b = linalg.index 0 : index
    %d = linalg.index 2 : index
    %v = tensor.extract %x[%b, %h, %d] : tensor<2x3x5xf32>
    linalg.yield %v : f32
  } -> tensor<2x6x5xf32>
  return %r : tensor<2x6x5xf32>
}
