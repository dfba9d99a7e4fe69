// The ops tile and fuse through TilingInterface, driven by transform ops as any
// structured op is.
//
// RUN: ditto-opt %s --split-input-file --verify-diagnostics --transform-interpreter --canonicalize --cse | FileCheck %s

// A tile inside one copy of the operand is a slice of it, never the whole repeat.
// CHECK-LABEL: func.func @repeat_forall
// CHECK-SAME: (%[[X:.*]]: tensor<2x4xf32>)
// CHECK: scf.forall (%[[I:.*]], %[[J:.*]]) in (6, 2)
// CHECK: %[[ROW:.*]] = affine.apply #{{.*}}()[%[[I]]]
// CHECK: %[[SLICE:.*]] = tensor.extract_slice %[[X]][%[[ROW]], 0] [1, 4]
// CHECK-NOT: ditto.
// CHECK: tensor.parallel_insert_slice %[[SLICE]]
func.func @repeat_forall(%x: tensor<2x4xf32>) -> tensor<6x8xf32> {
  %r = ditto.repeat %x by [3, 2] : tensor<2x4xf32> -> tensor<6x8xf32>
  return %r : tensor<6x8xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["ditto.repeat"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_forall %op tile_sizes [1, 4] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// CHECK: #[[$FIRST:.*]] = affine_map<()[s0] -> (s0 floordiv 4)>
// CHECK: #[[$START_IN:.*]] = affine_map<()[s0] -> (s0 mod 4)>
// CHECK-LABEL: func.func @interleave_for
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>)
// CHECK: scf.for %[[I:[^ ]*]] =
// CHECK: %[[ROW:.*]] = affine.apply #[[$FIRST]]()[%[[I]]]
// CHECK: %[[START:.*]] = affine.apply #[[$START_IN]]()[%[[I]]]
// CHECK: %[[SLICE:.*]] = tensor.extract_slice %[[X]][%[[ROW]], 0]
// CHECK: %[[RUNS:.*]] = ditto.repeat_interleave %[[SLICE]] by 4 dim(0)
// CHECK: tensor.extract_slice %[[RUNS]][%[[START]], 0] [2, 3]
func.func @interleave_for(%x: tensor<2x3xf32>) -> tensor<8x3xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x3xf32> -> tensor<8x3xf32>
  return %r : tensor<8x3xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["ditto.repeat_interleave"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %op tile_sizes [2, 0] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// A new dimension has no source to slice: a tile of it is a smaller count.
// CHECK-LABEL: func.func @repeat_new_dim_dynamic
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>
// CHECK: scf.for
// CHECK: scf.for
// CHECK: %[[SLICE:.*]] = tensor.extract_slice %[[X]][0]
// CHECK: ditto.repeat %[[SLICE]] by [1, %{{.*}}] : tensor<?xf32> -> tensor<1x?xf32>
func.func @repeat_new_dim_dynamic(%x: tensor<?xf32>, %n: index, %m: index) -> tensor<?x?xf32> {
  %r = ditto.repeat %x by [%n, %m] : tensor<?xf32> -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["ditto.repeat"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiled, %loops:2 = transform.structured.tile_using_for %op tile_sizes [1, 5] : (!transform.any_op) -> (!transform.any_op, !transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// CHECK-LABEL: func.func @interleave_flattened
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>)
// CHECK: scf.forall
// CHECK: %[[FLAT:.*]] = tensor.collapse_shape %[[X]]
// CHECK: tensor.extract_slice %[[FLAT]]
// CHECK: ditto.repeat_interleave %{{.*}} by 2 dim(0)
func.func @interleave_flattened(%x: tensor<2x3xf32>) -> tensor<12xf32> {
  %r = ditto.repeat_interleave %x by 2 : tensor<2x3xf32> -> tensor<12xf32>
  return %r : tensor<12xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["ditto.repeat_interleave"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_forall %op tile_sizes [4] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// Both ops as producers of a tiled consumer.
// CHECK: #[[$MOD:.*]] = affine_map<()[s0] -> (s0 mod 4)>
// CHECK: #[[$DIV:.*]] = affine_map<()[s0] -> (s0 floordiv 4)>
// CHECK-LABEL: func.func @fuse_into_consumer
// CHECK-SAME: (%[[X:.*]]: tensor<4x8xf32>, %[[Y:.*]]: tensor<2x8xf32>)
// CHECK-NOT: ditto.
// CHECK: scf.for %[[I:[^ ]*]] =
// CHECK: %[[MOD:.*]] = affine.apply #[[$MOD]]()[%[[I]]]
// CHECK: %[[ROW:.*]] = tensor.extract_slice %[[X]][%[[MOD]], 0] [1, 8]
// CHECK: %[[DIV:.*]] = affine.apply #[[$DIV]]()[%[[I]]]
// CHECK: %[[GROUP:.*]] = tensor.extract_slice %[[Y]][%[[DIV]], 0] [1, 8]
// CHECK: %[[COPIES:.*]] = ditto.repeat %[[GROUP]] by [4, 1]
// CHECK: %[[PART:.*]] = tensor.extract_slice %[[COPIES]][%[[MOD]], 0] [1, 8]
// CHECK: linalg.add ins(%[[ROW]], %[[PART]] :
func.func @fuse_into_consumer(%x: tensor<4x8xf32>, %y: tensor<2x8xf32>) -> tensor<8x8xf32> {
  %0 = ditto.repeat %x by [2, 1] : tensor<4x8xf32> -> tensor<8x8xf32>
  %1 = ditto.repeat_interleave %y by 4 dim(0) : tensor<2x8xf32> -> tensor<8x8xf32>
  %empty = tensor.empty() : tensor<8x8xf32>
  %r = linalg.add ins(%0, %1 : tensor<8x8xf32>, tensor<8x8xf32>) outs(%empty : tensor<8x8xf32>) -> tensor<8x8xf32>
  return %r : tensor<8x8xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["linalg.add"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.fuse %op tile_sizes [1, 0] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// Tiles of other dimensions leave a counts tensor as it is.
// CHECK-LABEL: func.func @interleave_counts_other_dim
// CHECK-SAME: (%[[X:.*]]: tensor<3x8xf32>, %[[C:.*]]: tensor<3xi64>)
// CHECK: scf.for %[[J:[^ ]*]] = %{{.*}} to %c8
// CHECK: %[[SLICE:.*]] = tensor.extract_slice %[[X]][0, %[[J]]] [3, 4]
// CHECK: ditto.repeat_interleave %[[SLICE]] by %[[C]] dim(0)
func.func @interleave_counts_other_dim(%x: tensor<3x8xf32>, %c: tensor<3xi64>) -> tensor<?x8xf32> {
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3x8xf32>, tensor<3xi64> -> tensor<?x8xf32>
  return %r : tensor<?x8xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["ditto.repeat_interleave"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %op tile_sizes [0, 4] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// Where a run starts inside the repeated dimension takes the sums of all counts
// before it: not a tile's business.
func.func @negative_interleave_counts(%x: tensor<3x8xf32>, %c: tensor<3xi64>) -> tensor<?x8xf32> {
  // expected-error@+2 {{to tile operation}}
  // expected-error@+1 {{failed to generate tiling loops}}
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3x8xf32>, tensor<3xi64> -> tensor<?x8xf32>
  return %r : tensor<?x8xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %op = transform.structured.match ops{["ditto.repeat_interleave"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_for %op tile_sizes [2, 0] : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
