// RUN: %check_idiom %s
//
// tosa.concat of one value.
//
// VALUE @pattern(3x5): repeat(x, [1, 3])
// RAISED @pattern: ditto.repeat by [1, 3]
// LEFT @pattern: ditto.repeat by [1, 3]

func.func @pattern(%x: tensor<3x5xf32>) -> tensor<3x15xf32> {
  %r = tosa.concat %x, %x, %x {axis = 1 : i32} : (tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x5xf32>) -> tensor<3x15xf32>
  return %r : tensor<3x15xf32>
}
