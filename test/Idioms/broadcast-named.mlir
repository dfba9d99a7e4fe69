// RUN: %check_idiom %s
//
// linalg.broadcast: StableHLO lowered with primitive ops, or written by hand.
//
// VALUE @pattern(2x3x5x6): interleave(x, 4, 1)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 4 dim(1)

func.func @pattern(%x: tensor<2x3x5x6xf32>) -> tensor<2x12x5x6xf32> {
  %e = tensor.empty() : tensor<2x3x4x5x6xf32>
  %b = linalg.broadcast ins(%x : tensor<2x3x5x6xf32>) outs(%e : tensor<2x3x4x5x6xf32>) dimensions = [2]
  %r = tensor.collapse_shape %b [[0], [1, 2], [3], [4]] : tensor<2x3x4x5x6xf32> into tensor<2x12x5x6xf32>
  return %r : tensor<2x12x5x6xf32>
}
