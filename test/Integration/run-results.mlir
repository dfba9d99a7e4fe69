// A result shares memory with no argument, no constant and no other result, and
// arguments keep their values: the second run of --time sees the same ones.
// RUN: ditto-run %s --entry=argument --fill=iota --print --time=2 | FileCheck %s --check-prefix=ARGUMENT
// RUN: ditto-run %s --entry=twice --fill=iota --print --time=2 | FileCheck %s --check-prefix=TWICE
// RUN: ditto-run %s --entry=constant --print --time=2 | FileCheck %s --check-prefix=CONSTANT
// RUN: ditto-run %s --entry=overwritten --fill=iota --print --time=2 | FileCheck %s --check-prefix=OVERWRITTEN
// RUN: ditto-run %s --entry=part --fill=iota --print --time=2 | FileCheck %s --check-prefix=PART
// RUN: ditto-run %s --entry=nothing --fill=iota --print --time=2 | FileCheck %s --check-prefix=NOTHING

// ARGUMENT: [0. 1. 2. 3.]
// ARGUMENT: time: min {{[0-9.]+}} {{[num]?}}s, median {{[0-9.]+}} {{[num]?}}s of 2 runs
func.func @argument(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// TWICE: [0 1 0 1]
// TWICE: [0 1 0 1]
// TWICE: time:
func.func @twice(%x: tensor<2xi8>) -> (tensor<4xi8>, tensor<4xi8>) {
  %r = ditto.repeat %x by [2] : tensor<2xi8> -> tensor<4xi8>
  return %r, %r : tensor<4xi8>, tensor<4xi8>
}

// CONSTANT: [1 2]
// CONSTANT: time:
func.func @constant() -> tensor<2xi8> {
  %0 = arith.constant dense<[1, 2]> : tensor<2xi8>
  return %0 : tensor<2xi8>
}

// OVERWRITTEN: [7. 7. 7. 7.]
// OVERWRITTEN: [0. 1. 2. 3.]
// OVERWRITTEN: time:
func.func @overwritten(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %0 = call @fill(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %x : tensor<4xf32>, tensor<4xf32>
}
func.func private @fill(%x: tensor<4xf32>) -> tensor<4xf32> {
  %c = arith.constant 7.0 : f32
  %0 = linalg.fill ins(%c : f32) outs(%x : tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// PART: {{\[\[}}1]
// PART-NEXT: [4]]
// PART: time:
func.func @part(%x: tensor<2x3xi8>) -> tensor<2x1xi8> {
  %0 = tensor.extract_slice %x[0, 1] [2, 1] [1, 1] : tensor<2x3xi8> to tensor<2x1xi8>
  return %0 : tensor<2x1xi8>
}

// NOTHING-NOT: result
// NOTHING: time:
func.func @nothing(%x: tensor<4xf32>) {
  return
}
