// RUN: %check_idiom %s
//
// The repeated value has other users: a second product, and a cache that the caller
// gets, of the heads as they were and of the repeated ones. What escapes is copied
// once, and every user sees the same values.
//
// VALUE @two_products(6x3x5, 6x4x5, 2x7x5) small:
//     (matmul(x, transpose(interleave(z, 3, 0), [0, 2, 1])),
//      matmul(y, transpose(interleave(z, 3, 0), [0, 2, 1])))
// RAISED @two_products: ditto.repeat_interleave by 3 dim(0)
// LEFT @two_products: linalg.batch_matmul; linalg.batch_matmul
// VALUE @escapes(6x3x7, 2x7x5) small: (matmul(x, interleave(y, 3, 0)), interleave(y, 3, 0))
// RAISED @escapes: ditto.repeat_interleave by 3 dim(0)
// LEFT @escapes: ditto.repeat_interleave by 3 dim(0); linalg.batch_matmul
// VALUE @cache(6x3x8, 2x7x5, 2x1x5) small:
//     (matmul(x, interleave(concat([y, z], 1), 3, 0)), concat([y, z], 1))
// RAISED @cache: ditto.repeat_interleave by 3 dim(0)
// LEFT @cache: tensor.concat; linalg.batch_matmul

func.func @two_products(%p: tensor<6x3x5xf32>, %q: tensor<6x4x5xf32>, %k: tensor<2x7x5xf32>) -> (tensor<6x3x7xf32>, tensor<6x4x7xf32>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3x7x5xf32>
  %b = linalg.broadcast ins(%k : tensor<2x7x5xf32>) outs(%e : tensor<2x3x7x5xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x3x7x5xf32> into tensor<6x7x5xf32>
  %te = tensor.empty() : tensor<6x5x7xf32>
  %t = linalg.transpose ins(%r : tensor<6x7x5xf32>) outs(%te : tensor<6x5x7xf32>) permutation = [0, 2, 1]
  %me = tensor.empty() : tensor<6x3x7xf32>
  %mf = linalg.fill ins(%zero : f32) outs(%me : tensor<6x3x7xf32>) -> tensor<6x3x7xf32>
  %m = linalg.batch_matmul ins(%p, %t : tensor<6x3x5xf32>, tensor<6x5x7xf32>) outs(%mf : tensor<6x3x7xf32>) -> tensor<6x3x7xf32>
  %ne = tensor.empty() : tensor<6x4x7xf32>
  %nf = linalg.fill ins(%zero : f32) outs(%ne : tensor<6x4x7xf32>) -> tensor<6x4x7xf32>
  %n = linalg.batch_matmul ins(%q, %t : tensor<6x4x5xf32>, tensor<6x5x7xf32>) outs(%nf : tensor<6x4x7xf32>) -> tensor<6x4x7xf32>
  return %m, %n : tensor<6x3x7xf32>, tensor<6x4x7xf32>
}
func.func @escapes(%s: tensor<6x3x7xf32>, %v: tensor<2x7x5xf32>) -> (tensor<6x3x5xf32>, tensor<6x7x5xf32>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3x7x5xf32>
  %b = linalg.broadcast ins(%v : tensor<2x7x5xf32>) outs(%e : tensor<2x3x7x5xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x3x7x5xf32> into tensor<6x7x5xf32>
  %oe = tensor.empty() : tensor<6x3x5xf32>
  %f = linalg.fill ins(%zero : f32) outs(%oe : tensor<6x3x5xf32>) -> tensor<6x3x5xf32>
  %o = linalg.batch_matmul ins(%s, %r : tensor<6x3x7xf32>, tensor<6x7x5xf32>) outs(%f : tensor<6x3x5xf32>) -> tensor<6x3x5xf32>
  return %o, %r : tensor<6x3x5xf32>, tensor<6x7x5xf32>
}
func.func @cache(%s: tensor<6x3x8xf32>, %past: tensor<2x7x5xf32>, %new: tensor<2x1x5xf32>) -> (tensor<6x3x5xf32>, tensor<2x8x5xf32>) {
  %zero = arith.constant 0.0 : f32
  %v = tensor.concat dim(1) %past, %new : (tensor<2x7x5xf32>, tensor<2x1x5xf32>) -> tensor<2x8x5xf32>
  %e = tensor.empty() : tensor<2x3x8x5xf32>
  %b = linalg.broadcast ins(%v : tensor<2x8x5xf32>) outs(%e : tensor<2x3x8x5xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x3x8x5xf32> into tensor<6x8x5xf32>
  %oe = tensor.empty() : tensor<6x3x5xf32>
  %f = linalg.fill ins(%zero : f32) outs(%oe : tensor<6x3x5xf32>) -> tensor<6x3x5xf32>
  %o = linalg.batch_matmul ins(%s, %r : tensor<6x3x8xf32>, tensor<6x8x5xf32>) outs(%f : tensor<6x3x5xf32>) -> tensor<6x3x5xf32>
  return %o, %v : tensor<6x3x5xf32>, tensor<2x8x5xf32>
}
