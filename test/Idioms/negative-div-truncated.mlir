// RUN: %check_idiom %s
//
// Slices of a repeat: a division whose last group is not full, and one that is shifted.
//
// VALUE @truncated(3x5): part(interleave(x, 4, 0), 0, 0, 11)
// RAISED @truncated: nothing
// LEFT @truncated: linalg.generic
// VALUE @shifted(4x5): part(interleave(x, 4, 0), 0, 1, 13)
// RAISED @shifted: nothing
// LEFT @shifted: linalg.generic

#id2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @truncated(%x: tensor<3x5xf32>) -> tensor<11x5xf32> {
  %c4 = arith.constant 4 : index
  %e = tensor.empty() : tensor<11x5xf32>
  %r = linalg.generic {indexing_maps = [#id2], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<11x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %q = arith.divui %i, %c4 : index
    %v = tensor.extract %x[%q, %j] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<11x5xf32>
  return %r : tensor<11x5xf32>
}
func.func @shifted(%x: tensor<4x5xf32>) -> tensor<12x5xf32> {
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %e = tensor.empty() : tensor<12x5xf32>
  %r = linalg.generic {indexing_maps = [#id2], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<12x5xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %s = arith.addi %i, %c1 : index
    %q = arith.divui %s, %c4 : index
    %v = tensor.extract %x[%q, %j] : tensor<4x5xf32>
    linalg.yield %v : f32
  } -> tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}
