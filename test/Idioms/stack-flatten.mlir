// RUN: %check_idiom %s
//
// torch.stack of one value, flattened: where the new dimension is decides about the op.
//
// VALUE @stack_after(2x3x5): interleave(x, 4, 1)
// RAISED @stack_after: ditto.repeat_interleave by 4 dim(1)
// LEFT @stack_after: ditto.repeat_interleave by 4 dim(1)
// VALUE @stack_before(2x3x5): repeat(x, [1, 4, 1])
// RAISED @stack_before: ditto.repeat by [1, 4, 1]
// LEFT @stack_before: ditto.repeat by [1, 4, 1]

func.func @stack_after(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %u = tensor.expand_shape %x [[0], [1, 2], [3]] output_shape [2, 3, 1, 5] : tensor<2x3x5xf32> into tensor<2x3x1x5xf32>
  %c = tensor.concat dim(2) %u, %u, %u, %u : (tensor<2x3x1x5xf32>, tensor<2x3x1x5xf32>, tensor<2x3x1x5xf32>, tensor<2x3x1x5xf32>) -> tensor<2x3x4x5xf32>
  %r = tensor.collapse_shape %c [[0], [1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}
func.func @stack_before(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %u = tensor.expand_shape %x [[0, 1], [2], [3]] output_shape [2, 1, 3, 5] : tensor<2x3x5xf32> into tensor<2x1x3x5xf32>
  %c = tensor.concat dim(1) %u, %u, %u, %u : (tensor<2x1x3x5xf32>, tensor<2x1x3x5xf32>, tensor<2x1x3x5xf32>, tensor<2x1x3x5xf32>) -> tensor<2x4x3x5xf32>
  %r = tensor.collapse_shape %c [[0], [1, 2], [3]] : tensor<2x4x3x5xf32> into tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}
