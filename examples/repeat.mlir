// torch.tensor([[1, 2], [3, 4]]): repeated as a whole, and element by element.

func.func @whole(%n: index) -> tensor<?x6xi64> {
  %x = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
  %r = ditto.repeat %x by [%n, 3] : tensor<2x2xi64> -> tensor<?x6xi64>
  return %r : tensor<?x6xi64>
}

func.func @elements(%counts: tensor<?xi64>) -> tensor<?x2xi64> {
  %x = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
  %r = ditto.repeat_interleave %x by %counts dim(0)
      : tensor<2x2xi64>, tensor<?xi64> -> tensor<?x2xi64>
  return %r : tensor<?x2xi64>
}
