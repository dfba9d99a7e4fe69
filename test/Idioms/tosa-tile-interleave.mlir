// RUN: %check_idiom %s
//
// TOSA: a tile of a unit dimension that a reshape merges with the dimension before it
// (torch-mlir's expand, TensorFlow Lite's tf.repeat).
//
// VALUE @pattern(2x3x5x6): interleave(x, 4, 1)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 4 dim(1)

func.func @pattern(%x: tensor<2x3x5x6xf32>) -> tensor<2x12x5x6xf32> {
  %s5 = tosa.const_shape {values = dense<[2, 3, 1, 5, 6]> : tensor<5xindex>} : () -> !tosa.shape<5>
  %u = tosa.reshape %x, %s5 : (tensor<2x3x5x6xf32>, !tosa.shape<5>) -> tensor<2x3x1x5x6xf32>
  %m = tosa.const_shape {values = dense<[1, 1, 4, 1, 1]> : tensor<5xindex>} : () -> !tosa.shape<5>
  %t = tosa.tile %u, %m : (tensor<2x3x1x5x6xf32>, !tosa.shape<5>) -> tensor<2x3x4x5x6xf32>
  %s4 = tosa.const_shape {values = dense<[2, 12, 5, 6]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %r = tosa.reshape %t, %s4 : (tensor<2x3x4x5x6xf32>, !tosa.shape<4>) -> tensor<2x12x5x6xf32>
  return %r : tensor<2x12x5x6xf32>
}
