// RUN: %check_idiom %s
//
// Two heads and a count of two: all types are the same, whatever the order of the
// repeated heads, and only the place of the count tells 0, 0, 1, 1 from 0, 1, 0, 1.
//
// VALUE @interleaved(4x3x5, 2x7x5) small: matmul(x, transpose(interleave(y, 2, 0), [0, 2, 1]))
// RAISED @interleaved: ditto.repeat_interleave by 2 dim(0)
// LEFT @interleaved: linalg.batch_matmul
// VALUE @repeated(4x3x5, 2x7x5) small: matmul(x, transpose(repeat(y, [2, 1, 1]), [0, 2, 1]))
// RAISED @repeated: ditto.repeat by [2, 1, 1]
// LEFT @repeated: linalg.contract

func.func @interleaved(%q: tensor<4x3x5xf32>, %k: tensor<2x7x5xf32>) -> tensor<4x3x7xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x2x7x5xf32>
  %b = linalg.broadcast ins(%k : tensor<2x7x5xf32>) outs(%e : tensor<2x2x7x5xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x2x7x5xf32> into tensor<4x7x5xf32>
  %te = tensor.empty() : tensor<4x5x7xf32>
  %t = linalg.transpose ins(%r : tensor<4x7x5xf32>) outs(%te : tensor<4x5x7xf32>) permutation = [0, 2, 1]
  %se = tensor.empty() : tensor<4x3x7xf32>
  %f = linalg.fill ins(%zero : f32) outs(%se : tensor<4x3x7xf32>) -> tensor<4x3x7xf32>
  %s = linalg.batch_matmul ins(%q, %t : tensor<4x3x5xf32>, tensor<4x5x7xf32>) outs(%f : tensor<4x3x7xf32>) -> tensor<4x3x7xf32>
  return %s : tensor<4x3x7xf32>
}
func.func @repeated(%q: tensor<4x3x5xf32>, %k: tensor<2x7x5xf32>) -> tensor<4x3x7xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x2x7x5xf32>
  %b = linalg.broadcast ins(%k : tensor<2x7x5xf32>) outs(%e : tensor<2x2x7x5xf32>) dimensions = [0]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x2x7x5xf32> into tensor<4x7x5xf32>
  %te = tensor.empty() : tensor<4x5x7xf32>
  %t = linalg.transpose ins(%r : tensor<4x7x5xf32>) outs(%te : tensor<4x5x7xf32>) permutation = [0, 2, 1]
  %se = tensor.empty() : tensor<4x3x7xf32>
  %f = linalg.fill ins(%zero : f32) outs(%se : tensor<4x3x7xf32>) -> tensor<4x3x7xf32>
  %s = linalg.batch_matmul ins(%q, %t : tensor<4x3x5xf32>, tensor<4x5x7xf32>) outs(%f : tensor<4x3x7xf32>) -> tensor<4x3x7xf32>
  return %s : tensor<4x3x7xf32>
}
