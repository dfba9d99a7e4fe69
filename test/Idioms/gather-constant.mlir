// RUN: %check_idiom %s
//
// tensor.gather with a constant index. The index dimension comes first, so a transpose
// brings it back. (There is no lowering of tensor.gather, so nothing is run.)
//
// RAISED @pattern: ditto.repeat_interleave by 2 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 2 dim(1)

func.func @pattern(%x: tensor<2x3x5xf32>) -> tensor<2x6x5xf32> {
  %idx = arith.constant dense<[[0], [0], [1], [1], [2], [2]]> : tensor<6x1xindex>
  %g = tensor.gather %x[%idx] gather_dims([1]) : (tensor<2x3x5xf32>, tensor<6x1xindex>) -> tensor<6x2x5xf32>
  %e = tensor.empty() : tensor<2x6x5xf32>
  %t = linalg.transpose ins(%g : tensor<6x2x5xf32>) outs(%e : tensor<2x6x5xf32>) permutation = [1, 0, 2]
  return %t : tensor<2x6x5xf32>
}
