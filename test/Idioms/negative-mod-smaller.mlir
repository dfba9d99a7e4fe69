// RUN: %check_idiom %s
//
// The modulus is smaller than the size: a repeat of a part of the source only.
//
// VALUE @pattern(3x5): repeat(part(x, 0, 0, 2), [3, 1])
// RAISED @pattern: nothing
// LEFT @pattern: linalg.generic

#id2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @pattern(%x: tensor<3x5xf32>) -> tensor<6x5xf32> {
  %c2 = arith.constant 2 : index
  %e = tensor.empty() : tensor<6x5xf32>
  %r = linalg.generic {indexing_maps = [#id2], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<6x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %q = arith.remui %i, %c2 : index
    %v = tensor.extract %x[%q, %j] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}
