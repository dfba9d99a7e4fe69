// RUN: %check_idiom %s
//
// The scores times V: V is repeated and merged with the batch.
//
// VALUE @pattern(24x5x7, 2x3x7x6) small: matmul(x, reshape(interleave(y, 4, 1), [24, 7, 6]))
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: linalg.batch_matmul

#in  = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @pattern(%p: tensor<24x5x7xf32>, %v: tensor<2x3x7x6xf32>) -> tensor<24x5x6xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3x4x7x6xf32>
  %b = linalg.generic {indexing_maps = [#in, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%v : tensor<2x3x7x6xf32>) outs(%e : tensor<2x3x4x7x6xf32>) {
  ^bb0(%x: f32, %o: f32):
    linalg.yield %x : f32
  } -> tensor<2x3x4x7x6xf32>
  %c = tensor.collapse_shape %b [[0, 1, 2], [3], [4]] : tensor<2x3x4x7x6xf32> into tensor<24x7x6xf32>
  %oe = tensor.empty() : tensor<24x5x6xf32>
  %f = linalg.fill ins(%z : f32) outs(%oe : tensor<24x5x6xf32>) -> tensor<24x5x6xf32>
  %r = linalg.batch_matmul ins(%p, %c : tensor<24x5x7xf32>, tensor<24x7x6xf32>) outs(%f : tensor<24x5x6xf32>) -> tensor<24x5x6xf32>
  return %r : tensor<24x5x6xf32>
}
