// RUN: %check_idiom %s
//
// One value concatenated with itself is a repeat, and so is a pair with itself.
//
// VALUE @pattern(2x3x5x6): repeat(x, [1, 4, 1, 1])
// RAISED @pattern: ditto.repeat by [1, 4, 1, 1]
// LEFT @pattern: ditto.repeat by [1, 4, 1, 1]
// VALUE @pairs(3x5, 2x5): repeat(concat([x, y], 0), [2, 1])
// RAISED @pairs: ditto.repeat by [2, 1]
// LEFT @pairs: tensor.concat; ditto.repeat by [2, 1]

func.func @pattern(%x: tensor<2x3x5x6xf32>) -> tensor<2x12x5x6xf32> {
  %r = tensor.concat dim(1) %x, %x, %x, %x : (tensor<2x3x5x6xf32>, tensor<2x3x5x6xf32>, tensor<2x3x5x6xf32>, tensor<2x3x5x6xf32>) -> tensor<2x12x5x6xf32>
  return %r : tensor<2x12x5x6xf32>
}
func.func @pairs(%x: tensor<3x5xf32>, %y: tensor<2x5xf32>) -> tensor<10x5xf32> {
  %r = tensor.concat dim(0) %x, %y, %x, %y : (tensor<3x5xf32>, tensor<2x5xf32>, tensor<3x5xf32>, tensor<2x5xf32>) -> tensor<10x5xf32>
  return %r : tensor<10x5xf32>
}
