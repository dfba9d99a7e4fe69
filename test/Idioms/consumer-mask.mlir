// RUN: %check_idiom %s
//
// Masks between the products keep their meaning: one of the caller's for all heads,
// and one that lets a row see the columns up to its own.
//
// VALUE @given(6x3x5, 2x7x5, 3x7) small:
//     add(matmul(x, transpose(interleave(y, 3, 0), [0, 2, 1])), z)
// RAISED @given: ditto.repeat_interleave by 3 dim(0)
// LEFT @given: linalg.batch_matmul; linalg.generic
// VALUE @causal(6x3x5, 2x3x5) small:
//     elementwise(lambda s, i, j: s if j <= i else -100,
//     matmul(x, transpose(interleave(y, 3, 0), [0, 2, 1])), iota([3, 3], 0), iota([3, 3], 1))
// RAISED @causal: ditto.repeat_interleave by 3 dim(0)
// LEFT @causal: linalg.batch_matmul; linalg.generic

#scores = affine_map<(h, m, n) -> (h, m, n)>
#mask = affine_map<(h, m, n) -> (m, n)>
func.func @given(%q: tensor<6x3x5xf32>, %k: tensor<2x7x5xf32>, %mask: tensor<3x7xf32>) -> tensor<6x3x7xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3x7x5xf32>
  %b = linalg.broadcast ins(%k : tensor<2x7x5xf32>) outs(%e : tensor<2x3x7x5xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x3x7x5xf32> into tensor<6x7x5xf32>
  %te = tensor.empty() : tensor<6x5x7xf32>
  %t = linalg.transpose ins(%r : tensor<6x7x5xf32>) outs(%te : tensor<6x5x7xf32>) permutation = [0, 2, 1]
  %se = tensor.empty() : tensor<6x3x7xf32>
  %f = linalg.fill ins(%zero : f32) outs(%se : tensor<6x3x7xf32>) -> tensor<6x3x7xf32>
  %s = linalg.batch_matmul ins(%q, %t : tensor<6x3x5xf32>, tensor<6x5x7xf32>) outs(%f : tensor<6x3x7xf32>) -> tensor<6x3x7xf32>
  %m = linalg.generic {indexing_maps = [#scores, #mask, #scores], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%s, %mask : tensor<6x3x7xf32>, tensor<3x7xf32>) outs(%se : tensor<6x3x7xf32>) {
  ^bb0(%x: f32, %y: f32, %out: f32):
    %sum = arith.addf %x, %y : f32
    linalg.yield %sum : f32
  } -> tensor<6x3x7xf32>
  return %m : tensor<6x3x7xf32>
}
func.func @causal(%q: tensor<6x3x5xf32>, %k: tensor<2x3x5xf32>) -> tensor<6x3x3xf32> {
  %zero = arith.constant 0.0 : f32
  %low = arith.constant -100.0 : f32
  %e = tensor.empty() : tensor<2x3x3x5xf32>
  %b = linalg.broadcast ins(%k : tensor<2x3x5xf32>) outs(%e : tensor<2x3x3x5xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x3x3x5xf32> into tensor<6x3x5xf32>
  %te = tensor.empty() : tensor<6x5x3xf32>
  %t = linalg.transpose ins(%r : tensor<6x3x5xf32>) outs(%te : tensor<6x5x3xf32>) permutation = [0, 2, 1]
  %se = tensor.empty() : tensor<6x3x3xf32>
  %f = linalg.fill ins(%zero : f32) outs(%se : tensor<6x3x3xf32>) -> tensor<6x3x3xf32>
  %s = linalg.batch_matmul ins(%q, %t : tensor<6x3x5xf32>, tensor<6x5x3xf32>) outs(%f : tensor<6x3x3xf32>) -> tensor<6x3x3xf32>
  %m = linalg.generic {indexing_maps = [#scores, #scores], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%s : tensor<6x3x3xf32>) outs(%se : tensor<6x3x3xf32>) {
  ^bb0(%x: f32, %out: f32):
    %i = linalg.index 1 : index
    %j = linalg.index 2 : index
    %seen = arith.cmpi ule, %j, %i : index
    %masked = arith.select %seen, %x, %low : f32
    linalg.yield %masked : f32
  } -> tensor<6x3x3xf32>
  return %m : tensor<6x3x3xf32>
}
