// The pattern families in schedules that are transform scripts.
//
// RUN: ditto-opt %s -split-input-file --transform-interpreter | FileCheck %s

module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: func.func @raise
  // CHECK: ditto.repeat_interleave %{{.*}} by 4 dim(0)
  func.func @raise(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> tensor<12x5xf32> {
    %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
    %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
    return %r : tensor<12x5xf32>
  }

  // CHECK-LABEL: func.func @negative_plain_broadcast
  // CHECK-NOT: ditto.repeat
  func.func @negative_plain_broadcast(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> tensor<3x4x5xf32> {
    %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
    return %b : tensor<3x4x5xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %functions = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.apply_patterns to %functions {
      transform.apply_patterns.ditto.raise
    } : !transform.any_op
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: func.func @raise_plain_broadcasts
  // CHECK: ditto.repeat
  func.func @raise_plain_broadcasts(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> tensor<3x4x5xf32> {
    %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
    return %b : tensor<3x4x5xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %functions = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.apply_patterns to %functions {
      transform.apply_patterns.ditto.raise {raise_plain_broadcasts}
    } : !transform.any_op
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: func.func @sink_and_fold
  // CHECK-NOT: ditto.repeat
  // CHECK: linalg.exp {{.*}} -> tensor<2x16x7xf32>
  // CHECK: linalg.batch_matmul
  // CHECK-SAME: tensor<2x20x16xf32>, tensor<2x16x7xf32>
  func.func @sink_and_fold(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>, %e: tensor<8x16x7xf32>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
    %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
    %x = linalg.exp ins(%r : tensor<8x16x7xf32>) outs(%e : tensor<8x16x7xf32>) -> tensor<8x16x7xf32>
    %s = linalg.batch_matmul ins(%q, %x : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%init : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
    return %s : tensor<8x5x7xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %functions = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.apply_patterns to %functions {
      transform.apply_patterns.ditto.sink_repeats
    } : !transform.any_op
    transform.apply_patterns to %functions {
      transform.apply_patterns.ditto.fold_repeats {contractions_only}
    } : !transform.any_op
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: func.func @contractions_only
  // CHECK: ditto.repeat_interleave
  // CHECK: linalg.add
  func.func @contractions_only(%x: tensor<2x7xf32>, %y: tensor<8x7xf32>, %e: tensor<8x7xf32>) -> tensor<8x7xf32> {
    %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x7xf32> -> tensor<8x7xf32>
    %s = linalg.add ins(%r, %y : tensor<8x7xf32>, tensor<8x7xf32>) outs(%e : tensor<8x7xf32>) -> tensor<8x7xf32>
    return %s : tensor<8x7xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %functions = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.apply_patterns to %functions {
      transform.apply_patterns.ditto.fold_repeats {contractions_only}
    } : !transform.any_op
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: module @payload
  module @payload {
    // CHECK-NEXT: func.func private @dittoRuntimeFail
    // CHECK-NEXT: func.func @to_linalg
    // CHECK-NOT: ditto.repeat
    // CHECK: linalg.broadcast
    func.func @to_linalg(%x: tensor<2x7xf32>, %n: index) -> tensor<?x7xf32> {
      %r = ditto.repeat_interleave %x by %n dim(0) : tensor<2x7xf32> -> tensor<?x7xf32>
      return %r : tensor<?x7xf32>
    }
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %payload = transform.structured.match attributes {sym_name = "payload"} in %root : (!transform.any_op) -> !transform.any_op
    transform.apply_patterns to %payload {
      transform.apply_patterns.ditto.to_linalg
    } : !transform.any_op
    transform.yield
  }
}

// -----

// A pipeline with its options.
module attributes {transform.with_named_sequence} {
  module @payload {
    // CHECK-LABEL: func.func @pipeline
    // CHECK: linalg.exp {{.*}}tensor<8x7xf32>
    func.func @pipeline(%x: tensor<2x7xf32>, %e: tensor<8x7xf32>) -> tensor<8x7xf32> {
      %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x7xf32> -> tensor<8x7xf32>
      %s = linalg.exp ins(%r : tensor<8x7xf32>) outs(%e : tensor<8x7xf32>) -> tensor<8x7xf32>
      return %s : tensor<8x7xf32>
    }
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %payload = transform.structured.match attributes {sym_name = "payload"} in %root : (!transform.any_op) -> !transform.any_op
    transform.apply_registered_pass "ditto-optimize" with options = {"sink" = false, "fold-into" = "contractions"} to %payload : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}
