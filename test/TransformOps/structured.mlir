// Single ops raised, sunk and folded by handle.
//
// RUN: ditto-opt %s -split-input-file --transform-interpreter -verify-diagnostics | FileCheck %s

// A whole schedule; the handles go on to upstream's transforms.
module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: func.func @schedule
  // CHECK-NOT: ditto.repeat
  // CHECK: scf.for
  // CHECK: linalg.batch_matmul {{.*}}tensor<1x20x16xf32>, tensor<1x16x7xf32>
  func.func @schedule(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>, %b: tensor<2x4x16x7xf32>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
    %g = linalg.broadcast ins(%k : tensor<2x16x7xf32>) outs(%b : tensor<2x4x16x7xf32>) dimensions = [1]
    %r = tensor.collapse_shape %g [[0, 1], [2], [3]] : tensor<2x4x16x7xf32> into tensor<8x16x7xf32>
    %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%init : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
    return %s : tensor<8x5x7xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %broadcast = transform.structured.match ops{["linalg.broadcast"]} in %root : (!transform.any_op) -> !transform.any_op
    %raised = transform.ditto.raise %broadcast : (!transform.any_op) -> !transform.op<"ditto.repeat_interleave">
    %matmul = transform.structured.match ops{["linalg.batch_matmul"]} in %root : (!transform.any_op) -> !transform.any_op
    %folded = transform.ditto.fold_repeats %matmul : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %folded tile_sizes [1] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: func.func @sink
  // CHECK-SAME: %[[X:.*]]: tensor<2x7xf32>
  // CHECK: %[[EXP:.*]] = linalg.exp ins(%[[X]] : tensor<2x7xf32>)
  // CHECK: ditto.repeat_interleave %[[EXP]] by 4 dim(0)
  func.func @sink(%x: tensor<2x7xf32>, %e: tensor<8x7xf32>) -> tensor<8x7xf32> {
    %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x7xf32> -> tensor<8x7xf32>
    %s = linalg.exp ins(%r : tensor<8x7xf32>) outs(%e : tensor<8x7xf32>) -> tensor<8x7xf32>
    return %s : tensor<8x7xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %exp = transform.structured.match ops{["linalg.exp"]} in %root : (!transform.any_op) -> !transform.any_op
    %sunk = transform.ditto.sink_repeats %exp : (!transform.any_op) -> !transform.op<"linalg.exp">
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: func.func @operands
  // CHECK-SAME: %[[X:.*]]: tensor<2x7xf32>, %[[Y:.*]]: tensor<2x7xf32>,
  // CHECK: ditto.repeat_interleave %[[X]]
  // CHECK-NOT: ditto.repeat
  // CHECK: linalg.elementwise
  func.func @operands(%x: tensor<2x7xf32>, %y: tensor<2x7xf32>, %e: tensor<8x7xf32>) -> tensor<8x7xf32> {
    %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x7xf32> -> tensor<8x7xf32>
    %t = ditto.repeat_interleave %y by 4 dim(0) : tensor<2x7xf32> -> tensor<8x7xf32>
    %s = linalg.add ins(%r, %t : tensor<8x7xf32>, tensor<8x7xf32>) outs(%e : tensor<8x7xf32>) -> tensor<8x7xf32>
    return %s : tensor<8x7xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %add = transform.structured.match ops{["linalg.add"]} in %root : (!transform.any_op) -> !transform.any_op
    %folded = transform.ditto.fold_repeats %add {operands = array<i64: 1>} : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

// Readers need not be linalg's.
module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: func.func @other_readers
  // CHECK-SAME: %{{.*}}: tensor<16x5x6xf32>, %[[K:.*]]: tensor<2x6x7xf32>, %[[L:.*]]: tensor<2x6x7xf32>
  // CHECK: %[[C:.*]] = tensor.concat dim(0) %[[K]], %[[L]]
  // CHECK-NOT: ditto.repeat
  // CHECK: tosa.matmul %{{.*}}, %[[C]], {{.*}} -> tensor<4x20x7xf32>
  func.func @other_readers(%q: tensor<16x5x6xf32>, %k: tensor<2x6x7xf32>, %l: tensor<2x6x7xf32>) -> tensor<16x5x7xf32> {
    %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
    %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x6x7xf32> -> tensor<8x6x7xf32>
    %s = ditto.repeat_interleave %l by 4 dim(0) : tensor<2x6x7xf32> -> tensor<8x6x7xf32>
    %c = tensor.concat dim(0) %r, %s : (tensor<8x6x7xf32>, tensor<8x6x7xf32>) -> tensor<16x6x7xf32>
    %p = tosa.matmul %q, %c, %zero, %zero : (tensor<16x5x6xf32>, tensor<16x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<16x5x7xf32>
    return %p : tensor<16x5x7xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %concat = transform.structured.match ops{["tensor.concat"]} in %root : (!transform.any_op) -> !transform.any_op
    %sunk = transform.ditto.sink_repeats %concat : (!transform.any_op) -> !transform.op<"tensor.concat">
    %matmul = transform.structured.match ops{["tosa.matmul"]} in %root : (!transform.any_op) -> !transform.any_op
    %folded = transform.ditto.fold_repeats %matmul : (!transform.any_op) -> !transform.op<"tosa.matmul">
    transform.yield
  }
}

// -----

// A failure can be silenced; then nothing has changed.
module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: func.func @negative_silenced
  // CHECK: linalg.exp
  func.func @negative_silenced(%x: tensor<8x7xf32>, %e: tensor<8x7xf32>) -> tensor<8x7xf32> {
    %s = linalg.exp ins(%x : tensor<8x7xf32>) outs(%e : tensor<8x7xf32>) -> tensor<8x7xf32>
    return %s : tensor<8x7xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %exp = transform.structured.match ops{["linalg.exp"]} in %arg : (!transform.any_op) -> !transform.any_op
      %sunk = transform.ditto.sink_repeats %exp : (!transform.any_op) -> !transform.any_op
    }
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
  func.func @negative_nothing_to_sink(%x: tensor<8x7xf32>, %e: tensor<8x7xf32>) -> tensor<8x7xf32> {
    // expected-note @below {{target op}}
    %s = linalg.exp ins(%x : tensor<8x7xf32>) outs(%e : tensor<8x7xf32>) -> tensor<8x7xf32>
    return %s : tensor<8x7xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %exp = transform.structured.match ops{["linalg.exp"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error @below {{expected an operand that is a repeat}}
    %sunk = transform.ditto.sink_repeats %exp : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
  func.func @negative_nothing_to_fold(%k: tensor<5x2xf32>, %q: tensor<3x8xf32>, %init: tensor<3x5xf32>) -> tensor<3x5xf32> {
    %r = ditto.repeat_interleave %k by 4 dim(1) : tensor<5x2xf32> -> tensor<5x8xf32>
    // expected-note @below {{target op}}
    %s = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
        ins(%q, %r : tensor<3x8xf32>, tensor<5x8xf32>) outs(%init : tensor<3x5xf32>) -> tensor<3x5xf32>
    return %s : tensor<3x5xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %matmul = transform.structured.match ops{["linalg.matmul"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error @below {{expected no reduction along the repeated dimension}}
    %folded = transform.ditto.fold_repeats %matmul : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
  // expected-note @below {{target op}}
  func.func @negative_nothing_to_raise(%x: tensor<8x7xf32>) -> tensor<8x7xf32> {
    return %x : tensor<8x7xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %function = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error @below {{expected an op that moves elements}}
    %raised = transform.ditto.raise %function : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
  // expected-note @below {{target op}}
  func.func @negative_no_reader(%x: tensor<8x7xf32>) -> tensor<8x7xf32> {
    return %x : tensor<8x7xf32>
  }

  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %function = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error @below {{expected an op of linalg, tosa.matmul, an elementwise op of TOSA or tensor.extract}}
    %folded = transform.ditto.fold_repeats %function : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}
