// Attention of eight query heads over two key/value heads, as a frontend writes it:
// keys and values are repeated for all query heads, and the copies are four times as
// large. ditto folds the repeats into the products:
//
//   ditto-opt examples/attention.mlir --ditto-optimize --ditto-report
func.func @attention(%query: tensor<8x5x16xf32>, %key: tensor<2x9x16xf32>, %value: tensor<2x9x16xf32>) -> tensor<8x5x16xf32> {
  %zero = arith.constant 0.0 : f32
  %e0 = tensor.empty() : tensor<2x4x9x16xf32>
  %key_groups = linalg.broadcast ins(%key : tensor<2x9x16xf32>) outs(%e0 : tensor<2x4x9x16xf32>) dimensions = [1]
  %value_groups = linalg.broadcast ins(%value : tensor<2x9x16xf32>) outs(%e0 : tensor<2x4x9x16xf32>) dimensions = [1]
  %keys = tensor.collapse_shape %key_groups [[0, 1], [2], [3]] : tensor<2x4x9x16xf32> into tensor<8x9x16xf32>
  %values = tensor.collapse_shape %value_groups [[0, 1], [2], [3]] : tensor<2x4x9x16xf32> into tensor<8x9x16xf32>
  %e1 = tensor.empty() : tensor<8x16x9xf32>
  %keys_t = linalg.transpose ins(%keys : tensor<8x9x16xf32>) outs(%e1 : tensor<8x16x9xf32>) permutation = [0, 2, 1]
  %e2 = tensor.empty() : tensor<8x5x9xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%e2 : tensor<8x5x9xf32>) -> tensor<8x5x9xf32>
  %scores = linalg.batch_matmul ins(%query, %keys_t : tensor<8x5x16xf32>, tensor<8x16x9xf32>) outs(%zeros : tensor<8x5x9xf32>) -> tensor<8x5x9xf32>
  %probabilities = linalg.softmax dimension(2) ins(%scores : tensor<8x5x9xf32>) outs(%e2 : tensor<8x5x9xf32>) -> tensor<8x5x9xf32>
  %e3 = tensor.empty() : tensor<8x5x16xf32>
  %zeros2 = linalg.fill ins(%zero : f32) outs(%e3 : tensor<8x5x16xf32>) -> tensor<8x5x16xf32>
  %result = linalg.batch_matmul ins(%probabilities, %values : tensor<8x5x9xf32>, tensor<8x9x16xf32>) outs(%zeros2 : tensor<8x5x16xf32>) -> tensor<8x5x16xf32>
  return %result : tensor<8x5x16xf32>
}
