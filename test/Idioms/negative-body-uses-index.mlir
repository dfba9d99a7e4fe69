// RUN: %check_idiom %s
//
// Bodies that are no copy: one uses the index of the count, the other what is in the
// output.
//
// VALUE @uses_index(3x5): add(interleave(x, 4, 0), repeat(iota([4, 1], 0), [3, 1]))
// RAISED @uses_index: nothing
// LEFT @uses_index: linalg.generic
// VALUE @accumulates(3x5, 3x4x5): add(interleave(x, 4, 0), reshape(y, [12, 5]))
// RAISED @accumulates: nothing
// LEFT @accumulates: linalg.generic

#in  = affine_map<(d0, d1, d2) -> (d0, d2)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @uses_index(%x: tensor<3x5xf32>) -> tensor<12x5xf32> {
  %e = tensor.empty() : tensor<3x4x5xf32>
  %b = linalg.generic {indexing_maps = [#in, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    %g = linalg.index 1 : index
    %gi = arith.index_cast %g : index to i32
    %gf = arith.sitofp %gi : i32 to f32
    %w = arith.addf %v, %gf : f32
    linalg.yield %w : f32
  } -> tensor<3x4x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}
func.func @accumulates(%x: tensor<3x5xf32>, %acc: tensor<3x4x5xf32>) -> tensor<12x5xf32> {
  %b = linalg.generic {indexing_maps = [#in, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x : tensor<3x5xf32>) outs(%acc : tensor<3x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    %w = arith.addf %v, %o : f32
    linalg.yield %w : f32
  } -> tensor<3x4x5xf32>
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}
