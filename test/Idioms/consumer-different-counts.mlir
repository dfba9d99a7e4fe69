// RUN: %check_idiom %s
//
// K has four heads and V has two, for eight query heads: each has its own count. And
// as many heads as query heads need no repeat.
//
// VALUE @pattern(8x3x5, 4x7x5, 2x7x6) small:
//     matmul(matmul(x, transpose(interleave(y, 2, 0), [0, 2, 1])), interleave(z, 4, 0))
// RAISED @pattern: ditto.repeat_interleave by 2 dim(0); ditto.repeat_interleave by 4 dim(0)
// LEFT @pattern: linalg.batch_matmul; linalg.batch_matmul
// VALUE @equal_heads(8x3x5, 8x7x5) small: matmul(x, transpose(y, [0, 2, 1]))
// RAISED @equal_heads: nothing
// LEFT @equal_heads: linalg.transpose; linalg.batch_matmul

func.func @pattern(%q: tensor<8x3x5xf32>, %k: tensor<4x7x5xf32>, %v: tensor<2x7x6xf32>) -> tensor<8x3x6xf32> {
  %zero = arith.constant 0.0 : f32
  %ke = tensor.empty() : tensor<4x2x7x5xf32>
  %kb = linalg.broadcast ins(%k : tensor<4x7x5xf32>) outs(%ke : tensor<4x2x7x5xf32>) dimensions = [1]
  %kr = tensor.collapse_shape %kb [[0, 1], [2], [3]] : tensor<4x2x7x5xf32> into tensor<8x7x5xf32>
  %te = tensor.empty() : tensor<8x5x7xf32>
  %kt = linalg.transpose ins(%kr : tensor<8x7x5xf32>) outs(%te : tensor<8x5x7xf32>) permutation = [0, 2, 1]
  %se = tensor.empty() : tensor<8x3x7xf32>
  %sf = linalg.fill ins(%zero : f32) outs(%se : tensor<8x3x7xf32>) -> tensor<8x3x7xf32>
  %s = linalg.batch_matmul ins(%q, %kt : tensor<8x3x5xf32>, tensor<8x5x7xf32>) outs(%sf : tensor<8x3x7xf32>) -> tensor<8x3x7xf32>
  %ve = tensor.empty() : tensor<2x4x7x6xf32>
  %vb = linalg.broadcast ins(%v : tensor<2x7x6xf32>) outs(%ve : tensor<2x4x7x6xf32>) dimensions = [1]
  %vr = tensor.collapse_shape %vb [[0, 1], [2], [3]] : tensor<2x4x7x6xf32> into tensor<8x7x6xf32>
  %oe = tensor.empty() : tensor<8x3x6xf32>
  %of = linalg.fill ins(%zero : f32) outs(%oe : tensor<8x3x6xf32>) -> tensor<8x3x6xf32>
  %o = linalg.batch_matmul ins(%s, %vr : tensor<8x3x7xf32>, tensor<8x7x6xf32>) outs(%of : tensor<8x3x6xf32>) -> tensor<8x3x6xf32>
  return %o : tensor<8x3x6xf32>
}
func.func @equal_heads(%q: tensor<8x3x5xf32>, %k: tensor<8x7x5xf32>) -> tensor<8x3x7xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8x1x7x5xf32>
  %b = linalg.broadcast ins(%k : tensor<8x7x5xf32>) outs(%e : tensor<8x1x7x5xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<8x1x7x5xf32> into tensor<8x7x5xf32>
  %te = tensor.empty() : tensor<8x5x7xf32>
  %t = linalg.transpose ins(%r : tensor<8x7x5xf32>) outs(%te : tensor<8x5x7xf32>) permutation = [0, 2, 1]
  %se = tensor.empty() : tensor<8x3x7xf32>
  %f = linalg.fill ins(%zero : f32) outs(%se : tensor<8x3x7xf32>) -> tensor<8x3x7xf32>
  %s = linalg.batch_matmul ins(%q, %t : tensor<8x3x5xf32>, tensor<8x5x7xf32>) outs(%f : tensor<8x3x7xf32>) -> tensor<8x3x7xf32>
  return %s : tensor<8x3x7xf32>
}
