// RUN: %check_idiom %s
//
// Small differences of the usual spelling: a conversion in between, heads without a
// batch, a reshape where others unsqueeze, a concatenation with a cache in front, a
// broadcast along the last dimension of a matrix that is unsqueezed only then.
//
// VALUE @conversion(2x7x5): interleave(x, 3, 0)
// RAISED @conversion: ditto.repeat_interleave by 3 dim(0)
// LEFT @conversion: linalg.generic; ditto.repeat_interleave by 3 dim(0)
// VALUE @no_batch(2x7x5): interleave(x, 3, 0)
// RAISED @no_batch: ditto.repeat_interleave by 3 dim(0)
// LEFT @no_batch: ditto.repeat_interleave by 3 dim(0)
// VALUE @reshape(1x14x5): interleave(reshape(x, [1, 2, 7, 5]), 3, 1)
// RAISED @reshape: ditto.repeat_interleave by 3 dim(1)
// LEFT @reshape: ditto.repeat_interleave by 3 dim(1)
// VALUE @concat(2x6x5, 2x1x5): interleave(concat([x, y], 1), 3, 0)
// RAISED @concat: ditto.repeat_interleave by 3 dim(0)
// LEFT @concat: tensor.concat; ditto.repeat_interleave by 3 dim(0)
// VALUE @last_dim(2x5): reshape(interleave(reshape(x, [2, 5, 1]), 3, 2), [2, 15, 1])
// RAISED @last_dim: ditto.repeat_interleave by 3 dim(1)
// LEFT @last_dim: ditto.repeat_interleave by 3 dim(1)

#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
func.func @conversion(%k: tensor<2x7x5xf16>) -> tensor<6x7x5xf32> {
  %e = tensor.empty() : tensor<2x3x7x5xf16>
  %b = linalg.broadcast ins(%k : tensor<2x7x5xf16>) outs(%e : tensor<2x3x7x5xf16>) dimensions = [1]
  %xe = tensor.empty() : tensor<2x3x7x5xf32>
  %x = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%b : tensor<2x3x7x5xf16>) outs(%xe : tensor<2x3x7x5xf32>) {
  ^bb0(%in: f16, %out: f32):
    %wide = arith.extf %in : f16 to f32
    linalg.yield %wide : f32
  } -> tensor<2x3x7x5xf32>
  %r = tensor.collapse_shape %x [[0, 1], [2], [3]] : tensor<2x3x7x5xf32> into tensor<6x7x5xf32>
  return %r : tensor<6x7x5xf32>
}
func.func @no_batch(%k: tensor<2x7x5xf32>) -> tensor<6x7x5xf32> {
  %e = tensor.empty() : tensor<2x3x7x5xf32>
  %b = linalg.broadcast ins(%k : tensor<2x7x5xf32>) outs(%e : tensor<2x3x7x5xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x3x7x5xf32> into tensor<6x7x5xf32>
  return %r : tensor<6x7x5xf32>
}
func.func @reshape(%k: tensor<1x14x5xf32>) -> tensor<1x6x7x5xf32> {
  %shape = arith.constant dense<[1, 2, 1, 7, 5]> : tensor<5xindex>
  %u = tensor.reshape %k(%shape) : (tensor<1x14x5xf32>, tensor<5xindex>) -> tensor<1x2x1x7x5xf32>
  %s = tensor.collapse_shape %u [[0], [1, 2], [3], [4]] : tensor<1x2x1x7x5xf32> into tensor<1x2x7x5xf32>
  %e = tensor.empty() : tensor<1x2x3x7x5xf32>
  %b = linalg.broadcast ins(%s : tensor<1x2x7x5xf32>) outs(%e : tensor<1x2x3x7x5xf32>) dimensions = [2]
  %merged = arith.constant dense<[1, 6, 7, 5]> : tensor<4xindex>
  %r = tensor.reshape %b(%merged) : (tensor<1x2x3x7x5xf32>, tensor<4xindex>) -> tensor<1x6x7x5xf32>
  return %r : tensor<1x6x7x5xf32>
}
func.func @concat(%past: tensor<2x6x5xf32>, %new: tensor<2x1x5xf32>) -> tensor<6x7x5xf32> {
  %pe = tensor.empty() : tensor<2x3x6x5xf32>
  %p = linalg.broadcast ins(%past : tensor<2x6x5xf32>) outs(%pe : tensor<2x3x6x5xf32>) dimensions = [1]
  %ne = tensor.empty() : tensor<2x3x1x5xf32>
  %n = linalg.broadcast ins(%new : tensor<2x1x5xf32>) outs(%ne : tensor<2x3x1x5xf32>) dimensions = [1]
  %c = tensor.concat dim(2) %p, %n : (tensor<2x3x6x5xf32>, tensor<2x3x1x5xf32>) -> tensor<2x3x7x5xf32>
  %r = tensor.collapse_shape %c [[0, 1], [2], [3]] : tensor<2x3x7x5xf32> into tensor<6x7x5xf32>
  return %r : tensor<6x7x5xf32>
}
func.func @last_dim(%x: tensor<2x5xf32>) -> tensor<2x15x1xf32> {
  %e = tensor.empty() : tensor<2x5x3xf32>
  %b = linalg.broadcast ins(%x : tensor<2x5xf32>) outs(%e : tensor<2x5x3xf32>) dimensions = [2]
  %u = tensor.expand_shape %b [[0], [1], [2, 3]] output_shape [2, 5, 3, 1] : tensor<2x5x3xf32> into tensor<2x5x3x1xf32>
  %r = tensor.collapse_shape %u [[0], [1, 2], [3]] : tensor<2x5x3x1xf32> into tensor<2x15x1xf32>
  return %r : tensor<2x15x1xf32>
}
