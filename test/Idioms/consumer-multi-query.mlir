// RUN: %check_idiom %s
//
// Multi-query attention: the one head is broadcast over all of them.
//
// VALUE @pattern(2x12x5x6, 2x1x6x7) small: matmul(x, repeat(y, [1, 12, 1, 1]))
// RAISED @pattern: ditto.repeat_interleave by 12 dim(0)
// LEFT @pattern: linalg.batch_matmul

#drop = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
#id4  = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
func.func @pattern(%q: tensor<2x12x5x6xf32>, %k: tensor<2x1x6x7xf32>) -> tensor<2x12x5x7xf32> {
  %z = arith.constant 0.0 : f32
  %s = tensor.collapse_shape %k [[0, 1], [2], [3]] : tensor<2x1x6x7xf32> into tensor<2x6x7xf32>
  %e = tensor.empty() : tensor<2x12x6x7xf32>
  %b = linalg.generic {indexing_maps = [#drop, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%s : tensor<2x6x7xf32>) outs(%e : tensor<2x12x6x7xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x12x6x7xf32>
  %qc = tensor.collapse_shape %q [[0, 1], [2], [3]] : tensor<2x12x5x6xf32> into tensor<24x5x6xf32>
  %kc = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x12x6x7xf32> into tensor<24x6x7xf32>
  %oe = tensor.empty() : tensor<24x5x7xf32>
  %f = linalg.fill ins(%z : f32) outs(%oe : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  %m = linalg.batch_matmul ins(%qc, %kc : tensor<24x5x6xf32>, tensor<24x6x7xf32>) outs(%f : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  %r = tensor.expand_shape %m [[0, 1], [2], [3]] output_shape [2, 12, 5, 7] : tensor<24x5x7xf32> into tensor<2x12x5x7xf32>
  return %r : tensor<2x12x5x7xf32>
}
