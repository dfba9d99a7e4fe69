// RUN: %check_idiom %s
//
// Rotary tables, doubled as in Llama and as in GPT-J.
//
// VALUE @neox(5x3): repeat(x, [1, 2])
// RAISED @neox: ditto.repeat by [1, 2]
// LEFT @neox: ditto.repeat by [1, 2]
// VALUE @gptj(5x3): interleave(x, 2, 1)
// RAISED @gptj: ditto.repeat_interleave by 2 dim(1)
// LEFT @gptj: ditto.repeat_interleave by 2 dim(1)

#in  = affine_map<(d0, d1, d2) -> (d0, d1)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @neox(%f: tensor<5x3xf32>) -> tensor<5x6xf32> {
  %r = tensor.concat dim(1) %f, %f : (tensor<5x3xf32>, tensor<5x3xf32>) -> tensor<5x6xf32>
  return %r : tensor<5x6xf32>
}
func.func @gptj(%f: tensor<5x3xf32>) -> tensor<5x6xf32> {
  %e = tensor.empty() : tensor<5x3x2xf32>
  %b = linalg.generic {indexing_maps = [#in, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%f : tensor<5x3xf32>) outs(%e : tensor<5x3x2xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<5x3x2xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2]] : tensor<5x3x2xf32> into tensor<5x6xf32>
  return %r : tensor<5x6xf32>
}
