// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-decompose-ops))' --split-input-file --verify-diagnostics
// RUN: ditto-opt %s --pass-pipeline='builtin.module(canonicalize,func.func(ditto-decompose-ops))' --split-input-file --verify-diagnostics

func.func @sum_of_extents(%x: tensor<4611686018427387904x0xf32>) -> tensor<?x0xf32> {
  // expected-error @+1 {{has more than 2^63 - 1 elements along dimension 0}}
  %c = tensor.concat dim(0) %x, %x, %x : (tensor<4611686018427387904x0xf32>, tensor<4611686018427387904x0xf32>, tensor<4611686018427387904x0xf32>) -> tensor<?x0xf32>
  return %c : tensor<?x0xf32>
}

// -----

func.func @extents_that_types_do_not_tell(%x: tensor<4611686018427387904x0xf32>) -> tensor<?x0xf32> {
  %a = tensor.cast %x : tensor<4611686018427387904x0xf32> to tensor<?x0xf32>
  // expected-error @+1 {{has more than 2^63 - 1 elements along dimension 0}}
  %c = tensor.concat dim(0) %a, %a, %a : (tensor<?x0xf32>, tensor<?x0xf32>, tensor<?x0xf32>) -> tensor<?x0xf32>
  return %c : tensor<?x0xf32>
}

// -----

func.func @no_dimension(%x: tensor<0x5xi32>) -> tensor<0x5xi32> {
  // expected-error @+1 {{has no dimension -9223372036854775808}}
  %c = "tensor.concat"(%x, %x) <{dim = -9223372036854775808 : i64}> : (tensor<0x5xi32>, tensor<0x5xi32>) -> tensor<0x5xi32>
  return %c : tensor<0x5xi32>
}
