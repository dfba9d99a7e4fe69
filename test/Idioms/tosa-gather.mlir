// RUN: %check_idiom %s
//
// tosa.gather with a constant index.
//
// VALUE @pattern(2x3x5): interleave(x, 2, 1)
// RAISED @pattern: ditto.repeat_interleave by 2 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 2 dim(1)

func.func @pattern(%x: tensor<2x3x5xf32>) -> tensor<2x6x5xf32> {
  %idx = "tosa.const"() {values = dense<[[0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 2, 2]]> : tensor<2x6xi32>} : () -> tensor<2x6xi32>
  %r = tosa.gather %x, %idx : (tensor<2x3x5xf32>, tensor<2x6xi32>) -> tensor<2x6x5xf32>
  return %r : tensor<2x6x5xf32>
}
