// RUN: %check_idiom %s
//
// Sequence before heads, as in Meta's Llama, ChatGLM and Flax; the transpose follows.
//
// VALUE @pattern(2x5x3x6): transpose(interleave(x, 4, 2), [0, 2, 1, 3])
// RAISED @pattern: ditto.repeat_interleave by 4 dim(2)
// LEFT @pattern: linalg.transpose; ditto.repeat_interleave by 4 dim(1)

#in  = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d4)>
#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @pattern(%x: tensor<2x5x3x6xf32>) -> tensor<2x12x5x6xf32> {
  %e = tensor.empty() : tensor<2x5x3x4x6xf32>
  %b = linalg.generic {indexing_maps = [#in, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x5x3x6xf32>) outs(%e : tensor<2x5x3x4x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x5x3x4x6xf32>
  %c = tensor.collapse_shape %b [[0], [1], [2, 3], [4]] : tensor<2x5x3x4x6xf32> into tensor<2x5x12x6xf32>
  %te = tensor.empty() : tensor<2x12x5x6xf32>
  %t = linalg.transpose ins(%c : tensor<2x5x12x6xf32>) outs(%te : tensor<2x12x5x6xf32>) permutation = [0, 2, 1, 3]
  return %t : tensor<2x12x5x6xf32>
}
