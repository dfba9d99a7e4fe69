// Two key/value heads for eight query heads, as torch-mlir writes
// key.repeat_interleave(4, dim=1): head q reads key/value head q / 4.

#copied = affine_map<(b, kv, group, s, d) -> (b, kv, s, d)>
#result = affine_map<(b, kv, group, s, d) -> (b, kv, group, s, d)>

func.func @repeat_heads(%key: tensor<3x2x5x2xf32>) -> tensor<3x8x5x2xf32> {
  %empty = tensor.empty() : tensor<3x2x4x5x2xf32>
  %groups = linalg.generic {
      indexing_maps = [#copied, #result],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%key : tensor<3x2x5x2xf32>) outs(%empty : tensor<3x2x4x5x2xf32>) {
  ^bb0(%element: f32, %old: f32):
    linalg.yield %element : f32
  } -> tensor<3x2x4x5x2xf32>
  %heads = tensor.collapse_shape %groups [[0], [1, 2], [3], [4]]
      : tensor<3x2x4x5x2xf32> into tensor<3x8x5x2xf32>
  return %heads : tensor<3x8x5x2xf32>
}
