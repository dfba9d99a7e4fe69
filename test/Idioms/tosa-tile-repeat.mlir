// RUN: %check_idiom %s
//
// tosa.tile is a repeat one to one.
//
// VALUE @pattern(2x3x5x6): repeat(x, [1, 4, 1, 1])
// RAISED @pattern: ditto.repeat by [1, 4, 1, 1]
// LEFT @pattern: ditto.repeat by [1, 4, 1, 1]

func.func @pattern(%x: tensor<2x3x5x6xf32>) -> tensor<2x12x5x6xf32> {
  %m = tosa.const_shape {values = dense<[1, 4, 1, 1]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %t = tosa.tile %x, %m : (tensor<2x3x5x6xf32>, !tosa.shape<4>) -> tensor<2x12x5x6xf32>
  return %t : tensor<2x12x5x6xf32>
}
