// The pass that checks patterns catches those that break the rules, and lets the
// well-behaved one through.
//
// RUN: not %ditto_opt_test %s -split-input-file --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=bad})' 2>&1 | FileCheck %s

// CHECK: error: pattern 'test.failure_after_change' returned failure but changed the IR
func.func @failure_after_change(%x: tensor<3xf32>) -> tensor<6xf32> {
  %r = ditto.repeat %x by [2] {test.failure_after_change} : tensor<3xf32> -> tensor<6xf32>
  return %r : tensor<6xf32>
}

// -----

// CHECK: error: pattern 'test.success_without_change' returned success but did not change the IR
func.func @success_without_change(%x: tensor<3xf32>) -> tensor<6xf32> {
  %r = ditto.repeat %x by [2] {test.success_without_change} : tensor<3xf32> -> tensor<6xf32>
  return %r : tensor<6xf32>
}

// -----

// CHECK: error: 'ditto.repeat' op expected result extent 6
// CHECK: error: pattern 'test.invalid_ir' left invalid IR
func.func @invalid_ir(%x: tensor<3xf32>) -> tensor<?xf32> {
  %r = ditto.repeat %x by [2] {test.invalid_ir} : tensor<3xf32> -> tensor<6xf32>
  %c = tensor.cast %r : tensor<6xf32> to tensor<?xf32>
  return %c : tensor<?xf32>
}

// -----

// CHECK-NOT: error
// CHECK-LABEL: func.func @good
// CHECK: ditto.repeat %{{.*}} by [2] : tensor<3xf32>
func.func @good(%x: tensor<3xf32>) -> tensor<6xf32> {
  %r = ditto.repeat %x by [2] {test.good} : tensor<3xf32> -> tensor<6xf32>
  return %r : tensor<6xf32>
}
