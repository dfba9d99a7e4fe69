func.func @fewer_counts() -> tensor<2xi64> {
  %x = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
  %r = ditto.repeat %x by [2] : tensor<2x2xi64> -> tensor<4xi64>
  return %r : tensor<4xi64>
}
