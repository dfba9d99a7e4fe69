// RUN: %check_idiom %s
//
// A broadcast spelled as arithmetic with a neutral operand: -0.0 is added (TensorFlow),
// or 1 is multiplied with (TensorFlow Lite, MIGraphX). +0.0 would not be neutral.
//
// VALUE @add_negzero(2x3x5): interleave(x, 4, 1)
// RAISED @add_negzero: ditto.repeat_interleave by 4 dim(1)
// LEFT @add_negzero: ditto.repeat_interleave by 4 dim(1)
// VALUE @mul_one(2x3x5): interleave(x, 4, 1)
// RAISED @mul_one: ditto.repeat_interleave by 4 dim(1)
// LEFT @mul_one: ditto.repeat_interleave by 4 dim(1)

func.func @add_negzero(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %s = tosa.const_shape {values = dense<[2, 3, 1, 5]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %u = tosa.reshape %x, %s : (tensor<2x3x5xf32>, !tosa.shape<4>) -> tensor<2x3x1x5xf32>
  %z = "tosa.const"() {values = dense<-0.000000e+00> : tensor<2x3x4x5xf32>} : () -> tensor<2x3x4x5xf32>
  %b = tosa.add %u, %z : (tensor<2x3x1x5xf32>, tensor<2x3x4x5xf32>) -> tensor<2x3x4x5xf32>
  %s2 = tosa.const_shape {values = dense<[2, 12, 5]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %r = tosa.reshape %b, %s2 : (tensor<2x3x4x5xf32>, !tosa.shape<3>) -> tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}
func.func @mul_one(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %s = tosa.const_shape {values = dense<[2, 3, 1, 5]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %u = tosa.reshape %x, %s : (tensor<2x3x5xf32>, !tosa.shape<4>) -> tensor<2x3x1x5xf32>
  %o = "tosa.const"() {values = dense<1.000000e+00> : tensor<2x3x4x5xf32>} : () -> tensor<2x3x4x5xf32>
  %sh = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %b = tosa.mul %u, %o, %sh : (tensor<2x3x1x5xf32>, tensor<2x3x4x5xf32>, tensor<1xi8>) -> tensor<2x3x4x5xf32>
  %s2 = tosa.const_shape {values = dense<[2, 12, 5]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %r = tosa.reshape %b, %s2 : (tensor<2x3x4x5xf32>, !tosa.shape<3>) -> tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}
