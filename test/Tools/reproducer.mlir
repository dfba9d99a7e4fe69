// A failure leaves a file that fails alike, whatever the pipeline is made of.
//
// RUN: not ditto-opt %s --mlir-pass-pipeline-crash-reproducer=%t.mlir --pass-pipeline='builtin.module(ditto-optimize,ditto-lower-to-llvm{vector-bits=256})' 2>&1 | FileCheck %s
// RUN: FileCheck %s --input-file=%t.mlir --check-prefix=FILE
// RUN: not ditto-opt %t.mlir --run-reproducer 2>&1 | FileCheck %s
//
// CHECK: error: {{.*}}encoding
// FILE: func.func @encoding
// FILE: pipeline: "builtin.module({{.*}}composite-fixed-point-pass

func.func @encoding(%x: tensor<2xf32, "columns">) -> tensor<4xf32, "columns"> {
  %r = ditto.repeat %x by [2] : tensor<2xf32, "columns"> -> tensor<4xf32, "columns">
  return %r : tensor<4xf32, "columns">
}
