// Gathers, and ops that may move nothing.
//
// RUN: %ditto_opt_test %s -split-input-file -verify-diagnostics --pass-pipeline='builtin.module(func.func(test-digit-layout))' -o /dev/null

func.func @gather(%x: tensor<2x3x5xf32>) -> tensor<6x2x5xf32> {
  %i = arith.constant dense<[[0], [0], [1], [1], [2], [2]]> : tensor<6x1xindex>
  // expected-remark @+1 {{[s1:3 count:2] [s0:2] [s2:5] from argument 0}}
  %g = tensor.gather %x[%i] gather_dims([1]) {test.layout} : (tensor<2x3x5xf32>, tensor<6x1xindex>) -> tensor<6x2x5xf32>
  return %g : tensor<6x2x5xf32>
}

// Two dimensions, which stay as unit dimensions.
func.func @gather_two_dims(%x: tensor<2x3x?xf32>, %i: tensor<6x2xi64>) -> tensor<6x1x1x?xf32> {
  %c = arith.constant dense<[[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]> : tensor<6x2xi64>
  // expected-remark @+1 {{[s0:2 s1:3] [] [] [s2:?] from argument 0}}
  %g = tensor.gather %x[%c] gather_dims([0, 1]) {test.layout} : (tensor<2x3x?xf32>, tensor<6x2xi64>) -> tensor<6x1x1x?xf32>
  return %g : tensor<6x1x1x?xf32>
}

func.func @negative_gather_of_the_first(%x: tensor<2x3x5xf32>) -> tensor<4x2x5xf32> {
  %i = arith.constant dense<[[0], [0], [1], [1]]> : tensor<4x1xindex>
  // expected-remark @+1 {{from 'tensor.gather': expected an index that takes 3 values, but found one of 2}}
  %g = tensor.gather %x[%i] gather_dims([1]) {test.layout} : (tensor<2x3x5xf32>, tensor<4x1xindex>) -> tensor<4x2x5xf32>
  return %g : tensor<4x2x5xf32>
}

func.func @negative_gather_at_run_time(%x: tensor<2x3x5xf32>, %i: tensor<6x1xindex>) -> tensor<6x2x5xf32> {
  // expected-remark @+1 {{from 'tensor.gather': expected constant indices}}
  %g = tensor.gather %x[%i] gather_dims([1]) {test.layout} : (tensor<2x3x5xf32>, tensor<6x1xindex>) -> tensor<6x2x5xf32>
  return %g : tensor<6x2x5xf32>
}

func.func @whole_slice(%x: tensor<1x?x5xf32>) -> tensor<?x5xf32> {
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c1 : tensor<1x?x5xf32>
  // expected-remark @+1 {{[s1:?] [s2:5] from argument 0}}
  %s = tensor.extract_slice %x[0, 0, 0] [1, %n, 5] [1, 1, 1] {test.layout} : tensor<1x?x5xf32> to tensor<?x5xf32>
  return %s : tensor<?x5xf32>
}

func.func @negative_slice_at_run_time(%x: tensor<?x5xf32>, %n: index) -> tensor<?x5xf32> {
  // expected-remark @+1 {{from 'tensor.extract_slice': expected a slice of the whole tensor}}
  %s = tensor.extract_slice %x[0, 0] [%n, 5] [1, 1] {test.layout} : tensor<?x5xf32> to tensor<?x5xf32>
  return %s : tensor<?x5xf32>
}

func.func @pad_of_nothing(%x: tensor<3x5xf32>, %v: f32) -> tensor<3x5xf32> {
  // expected-remark @+1 {{[s0:3] [s1:5] from argument 0}}
  %p = tensor.pad %x low[0, 0] high[0, 0] {
  ^bb0(%i: index, %j: index):
    tensor.yield %v : f32
  } {test.layout} : tensor<3x5xf32> to tensor<3x5xf32>
  return %p : tensor<3x5xf32>
}

func.func @negative_pad(%x: tensor<3x5xf32>, %v: f32) -> tensor<3x6xf32> {
  // expected-remark @+1 {{from 'tensor.pad': expected padding by nothing}}
  %p = tensor.pad %x low[0, 0] high[0, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %v : f32
  } {test.layout} : tensor<3x5xf32> to tensor<3x6xf32>
  return %p : tensor<3x6xf32>
}
