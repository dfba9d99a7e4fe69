// RUN: %check_idiom %s
//
// Concatenation with a part of the value at the end.
//
// VALUE @pattern(2x2x5): part(repeat(x, [1, 3, 1]), 1, 0, 5)
// RAISED @pattern: nothing
// LEFT @pattern: tensor.concat

func.func @pattern(%x: tensor<2x2x5xf32>) -> tensor<2x5x5xf32> {
  %t = tensor.extract_slice %x[0, 0, 0] [2, 1, 5] [1, 1, 1] : tensor<2x2x5xf32> to tensor<2x1x5xf32>
  %r = tensor.concat dim(1) %x, %x, %t : (tensor<2x2x5xf32>, tensor<2x2x5xf32>, tensor<2x1x5xf32>) -> tensor<2x5x5xf32>
  return %r : tensor<2x5x5xf32>
}
