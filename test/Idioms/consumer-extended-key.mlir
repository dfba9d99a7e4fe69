// RUN: %check_idiom %s
//
// K is extended to f32, repeated and multiplied with: the small tensor is extended,
// and nothing of the size of the repeated one is written.
//
// VALUE @before(6x3x5, 2x7x5) small: matmul(x, transpose(interleave(y, 3, 0), [0, 2, 1]))
// RAISED @before: ditto.repeat_interleave by 3 dim(0)
// LEFT @before: linalg.generic; linalg.batch_matmul
// VALUE @after(6x3x5, 2x7x5) small: matmul(x, transpose(interleave(y, 3, 0), [0, 2, 1]))
// RAISED @after: ditto.repeat_interleave by 3 dim(0)
// LEFT @after: linalg.generic; linalg.batch_matmul

#id = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @before(%q: tensor<6x3x5xf32>, %k: tensor<2x7x5xf16>) -> tensor<6x3x7xf32> {
  %zero = arith.constant 0.0 : f32
  %xe = tensor.empty() : tensor<2x7x5xf32>
  %x = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%k : tensor<2x7x5xf16>) outs(%xe : tensor<2x7x5xf32>) {
  ^bb0(%in: f16, %out: f32):
    %wide = arith.extf %in : f16 to f32
    linalg.yield %wide : f32
  } -> tensor<2x7x5xf32>
  %e = tensor.empty() : tensor<2x3x7x5xf32>
  %b = linalg.broadcast ins(%x : tensor<2x7x5xf32>) outs(%e : tensor<2x3x7x5xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x3x7x5xf32> into tensor<6x7x5xf32>
  %te = tensor.empty() : tensor<6x5x7xf32>
  %t = linalg.transpose ins(%r : tensor<6x7x5xf32>) outs(%te : tensor<6x5x7xf32>) permutation = [0, 2, 1]
  %se = tensor.empty() : tensor<6x3x7xf32>
  %f = linalg.fill ins(%zero : f32) outs(%se : tensor<6x3x7xf32>) -> tensor<6x3x7xf32>
  %s = linalg.batch_matmul ins(%q, %t : tensor<6x3x5xf32>, tensor<6x5x7xf32>) outs(%f : tensor<6x3x7xf32>) -> tensor<6x3x7xf32>
  return %s : tensor<6x3x7xf32>
}
func.func @after(%q: tensor<6x3x5xf32>, %k: tensor<2x7x5xf16>) -> tensor<6x3x7xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3x7x5xf16>
  %b = linalg.broadcast ins(%k : tensor<2x7x5xf16>) outs(%e : tensor<2x3x7x5xf16>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x3x7x5xf16> into tensor<6x7x5xf16>
  %xe = tensor.empty() : tensor<6x7x5xf32>
  %x = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%r : tensor<6x7x5xf16>) outs(%xe : tensor<6x7x5xf32>) {
  ^bb0(%in: f16, %out: f32):
    %wide = arith.extf %in : f16 to f32
    linalg.yield %wide : f32
  } -> tensor<6x7x5xf32>
  %te = tensor.empty() : tensor<6x5x7xf32>
  %t = linalg.transpose ins(%x : tensor<6x7x5xf32>) outs(%te : tensor<6x5x7xf32>) permutation = [0, 2, 1]
  %se = tensor.empty() : tensor<6x3x7xf32>
  %f = linalg.fill ins(%zero : f32) outs(%se : tensor<6x3x7xf32>) -> tensor<6x3x7xf32>
  %s = linalg.batch_matmul ins(%q, %t : tensor<6x3x5xf32>, tensor<6x5x7xf32>) outs(%f : tensor<6x3x7xf32>) -> tensor<6x3x7xf32>
  return %s : tensor<6x3x7xf32>
}
