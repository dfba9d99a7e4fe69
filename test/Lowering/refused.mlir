// RUN: ditto-opt %s --convert-ditto-to-linalg --split-input-file --verify-diagnostics
// RUN: not ditto-opt %s --one-shot-bufferize=bufferize-function-boundaries --split-input-file 2>&1 | FileCheck %s

func.func @encoding(%x: tensor<2xf32, "columns">) -> tensor<4xf32, "columns"> {
  // expected-error @+2 {{cannot be lowered to linalg: expected an operand without encoding}}
  // CHECK: error: 'ditto.repeat' op cannot be lowered to linalg for bufferization
  %r = ditto.repeat %x by [2] : tensor<2xf32, "columns"> -> tensor<4xf32, "columns">
  return %r : tensor<4xf32, "columns">
}

// -----

func.func private @dittoRuntimeFail(i64)

func.func @other_function(%x: tensor<3xf32>, %n: index) -> tensor<?xf32> {
  // expected-error @+2 {{cannot be lowered to linalg: expected @dittoRuntimeFail to be a function of four i64}}
  // CHECK: error: 'ditto.repeat_interleave' op cannot be lowered to linalg for bufferization
  %r = ditto.repeat_interleave %x by %n dim(0) : tensor<3xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}
