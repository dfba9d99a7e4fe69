// RUN: %check_idiom %s
//
// Concatenation of different values: rotate_half, and [x, x, y, y], which is no
// interleave unless x and y are single slices.
//
// VALUE @rotate_half(2x6): concat([scale(part(x, 1, 3, 6), -1), part(x, 1, 0, 3)], 1)
// RAISED @rotate_half: nothing
// LEFT @rotate_half: arith.negf; tensor.concat
// VALUE @adjacent_pairs(3x5, 3x5): concat([x, x, y, y], 0)
// RAISED @adjacent_pairs: nothing
// LEFT @adjacent_pairs: tensor.concat

func.func @rotate_half(%x: tensor<2x6xf32>) -> tensor<2x6xf32> {
  %x1 = tensor.extract_slice %x[0, 0] [2, 3] [1, 1] : tensor<2x6xf32> to tensor<2x3xf32>
  %x2 = tensor.extract_slice %x[0, 3] [2, 3] [1, 1] : tensor<2x6xf32> to tensor<2x3xf32>
  %n = arith.negf %x2 : tensor<2x3xf32>
  %r = tensor.concat dim(1) %n, %x1 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x6xf32>
  return %r : tensor<2x6xf32>
}
func.func @adjacent_pairs(%x: tensor<3x5xf32>, %y: tensor<3x5xf32>) -> tensor<12x5xf32> {
  %r = tensor.concat dim(0) %x, %x, %y, %y : (tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x5xf32>) -> tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}
