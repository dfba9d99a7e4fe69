// RUN: ditto-opt %s --ditto-verify-cpu-support --split-input-file --verify-diagnostics

func.func @tf32(%x: tensor<4xtf32>, %e: tensor<2x4xtf32>) -> tensor<2x4xtf32> {
  // expected-error @+1 {{has element type 'tf32', which the CPU lowering does not support}}
  %r = linalg.broadcast ins(%x : tensor<4xtf32>) outs(%e : tensor<2x4xtf32>) dimensions = [0]
  return %r : tensor<2x4xtf32>
}

// -----

func.func @f8_arithmetic(%x: f8E5M2) -> f8E5M2 {
  // expected-error @+1 {{computes with 'f8E5M2', which the CPU lowering can only move}}
  %r = arith.addf %x, %x : f8E5M2
  return %r : f8E5M2
}

// -----

func.func @f8_movement(%x: tensor<4xf8E5M2>) -> tensor<8xf8E5M2> {
  %r = ditto.repeat %x by [2] : tensor<4xf8E5M2> -> tensor<8xf8E5M2>
  return %r : tensor<8xf8E5M2>
}

// -----

func.func @encoding(%x: tensor<4xf32, "sparse">, %i: index) -> f32 {
  // expected-error @+1 {{has type 'tensor<4xf32, "sparse">', whose encoding the CPU lowering does not support}}
  %r = tensor.extract %x[%i] : tensor<4xf32, "sparse">
  return %r : f32
}
