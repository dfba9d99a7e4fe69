// RUN: %check_idiom %s
//
// Attention in TOSA: tosa.matmul has rank 3.
//
// VALUE @pattern(12x5x6, 3x7x6) small:
//     matmul(x, transpose(interleave(y, 4, 0), [0, 2, 1]))
// RAISED @pattern: ditto.repeat_interleave by 4 dim(0)
// LEFT @pattern: linalg.transpose; tosa.matmul

func.func @pattern(%q: tensor<12x5x6xf32>, %k: tensor<3x7x6xf32>) -> tensor<12x5x7xf32> {
  %s0 = tosa.const_shape {values = dense<[3, 1, 7, 6]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %u = tosa.reshape %k, %s0 : (tensor<3x7x6xf32>, !tosa.shape<4>) -> tensor<3x1x7x6xf32>
  %m = tosa.const_shape {values = dense<[1, 4, 1, 1]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %t = tosa.tile %u, %m : (tensor<3x1x7x6xf32>, !tosa.shape<4>) -> tensor<3x4x7x6xf32>
  %s1 = tosa.const_shape {values = dense<[12, 7, 6]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %kr = tosa.reshape %t, %s1 : (tensor<3x4x7x6xf32>, !tosa.shape<3>) -> tensor<12x7x6xf32>
  %kt = tosa.transpose %kr {perms = array<i32: 0, 2, 1>} : (tensor<12x7x6xf32>) -> tensor<12x6x7xf32>
  %zp = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %r = tosa.matmul %q, %kt, %zp, %zp : (tensor<12x5x6xf32>, tensor<12x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<12x5x7xf32>
  return %r : tensor<12x5x7xf32>
}
