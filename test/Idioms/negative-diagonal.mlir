// RUN: %check_idiom %s
//
// One index for two dimensions: a skewed gather.
//
// VALUE @pattern(3x12): elementwise(lambda i, j: 12 * (i // 4) + i + 1,
//     iota([12, 12], 0), iota([12, 12], 1))
// RAISED @pattern: nothing
// LEFT @pattern: linalg.generic

#id2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @pattern(%x: tensor<3x12xf32>) -> tensor<12x12xf32> {
  %c4 = arith.constant 4 : index
  %e = tensor.empty() : tensor<12x12xf32>
  %r = linalg.generic {indexing_maps = [#id2], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<12x12xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %q = arith.divui %i, %c4 : index
    %v = tensor.extract %x[%q, %i] : tensor<3x12xf32>
    linalg.yield %v : f32
  } -> tensor<12x12xf32>
  return %r : tensor<12x12xf32>
}
