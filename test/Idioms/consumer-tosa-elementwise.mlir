// RUN: %check_idiom %s
//
// TOSA broadcasts dimensions of extent 1 only: scales of groups of columns, and the
// tables of a rotary embedding, doubled as in Llama.
//
// VALUE @scales(5x12, 5x3) small: mul(x, interleave(y, 4, 1))
// RAISED @scales: ditto.repeat_interleave by 4 dim(1)
// LEFT @scales: tosa.mul
// VALUE @tables(2x2x5x6, 5x3) small: mul(x, reshape(repeat(y, [1, 2]), [1, 1, 5, 6]))
// RAISED @tables: ditto.repeat by [1, 2]
// LEFT @tables: tosa.mul

func.func @scales(%w: tensor<5x12xf32>, %s: tensor<5x3xf32>) -> tensor<5x12xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %apart = tosa.const_shape {values = dense<[5, 3, 1]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %counts = tosa.const_shape {values = dense<[1, 1, 4]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %joined = tosa.const_shape {values = dense<[5, 12]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %u = tosa.reshape %s, %apart : (tensor<5x3xf32>, !tosa.shape<3>) -> tensor<5x3x1xf32>
  %t = tosa.tile %u, %counts : (tensor<5x3x1xf32>, !tosa.shape<3>) -> tensor<5x3x4xf32>
  %r = tosa.reshape %t, %joined : (tensor<5x3x4xf32>, !tosa.shape<2>) -> tensor<5x12xf32>
  %m = tosa.mul %w, %r, %shift : (tensor<5x12xf32>, tensor<5x12xf32>, tensor<1xi8>) -> tensor<5x12xf32>
  return %m : tensor<5x12xf32>
}
func.func @tables(%x: tensor<2x2x5x6xf32>, %f: tensor<5x3xf32>) -> tensor<2x2x5x6xf32> {
  %shift = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %shape = tosa.const_shape {values = dense<[1, 1, 5, 6]> : tensor<4xindex>} : () -> !tosa.shape<4>
  %c = tosa.concat %f, %f {axis = 1 : i32} : (tensor<5x3xf32>, tensor<5x3xf32>) -> tensor<5x6xf32>
  %u = tosa.reshape %c, %shape : (tensor<5x6xf32>, !tosa.shape<4>) -> tensor<1x1x5x6xf32>
  %m = tosa.mul %x, %u, %shift : (tensor<2x2x5x6xf32>, tensor<1x1x5x6xf32>, tensor<1xi8>) -> tensor<2x2x5x6xf32>
  return %m : tensor<2x2x5x6xf32>
}
