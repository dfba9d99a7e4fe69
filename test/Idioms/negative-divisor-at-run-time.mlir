// RUN: %check_idiom %s
//
// A divisor known at run time: a repeat for 4, but not for 6.
//
// VALUE @pattern(3x5, 4): interleave(x, 4, 0)
// VALUE @pattern(3x5, 6): interleave(part(x, 0, 0, 2), 6, 0)
// RAISED @pattern: nothing
// LEFT @pattern: linalg.generic

#id2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @pattern(%x: tensor<3x5xf32>, %n: index) -> tensor<12x5xf32> {
  %e = tensor.empty() : tensor<12x5xf32>
  %r = linalg.generic {indexing_maps = [#id2], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<12x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %q = arith.divui %i, %n : index
    %v = tensor.extract %x[%q, %j] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}
