// RUN: %check_idiom %s
//
// Heads repeated for grouped-query attention as torch-mlir spells it, from Hugging
// Face's repeat_kv, repeat_interleave with a number and scaled_dot_product_attention
// with enable_gqa: the count is the innermost dimension of its group.
//
// VALUE @pattern(2x3x5x6): interleave(x, 4, 1)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 4 dim(1)

#in  = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#out = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @pattern(%x: tensor<2x3x5x6xf32>) -> tensor<2x12x5x6xf32> {
  %init = tensor.empty() : tensor<2x3x4x5x6xf32>
  %b = linalg.generic {indexing_maps = [#in, #out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x3x5x6xf32>) outs(%init : tensor<2x3x4x5x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x5x6xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3], [4]] : tensor<2x3x4x5x6xf32> into tensor<2x12x5x6xf32>
  return %r : tensor<2x12x5x6xf32>
}
