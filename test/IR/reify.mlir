// Extents of results come from the operands: asking for one never keeps a repeat
// alive.
//
// RUN: ditto-opt %s --resolve-ranked-shaped-type-result-dims --canonicalize --cse \
// RUN:   | FileCheck %s --implicit-check-not=ditto.

// CHECK: #[[$TRIPLE:.*]] = affine_map<()[s0] -> (s0 * 3)>
// CHECK: #[[$PRODUCT:.*]] = affine_map<()[s0, s1] -> (s0 * s1)>
// CHECK: #[[$FLAT:.*]] = affine_map<()[s0, s1] -> ((s0 * s1) * 6)>
// CHECK: #[[$CHAIN:.*]] = affine_map<()[s0, s1, s2] -> ((s1 * s2) * s0)>

// CHECK-LABEL: func.func @repeat_static_counts
// CHECK-SAME: (%[[X:.*]]: tensor<?x?x4xf32>)
// CHECK-DAG: %[[C8:.*]] = arith.constant 8
// CHECK-DAG: %[[C5:.*]] = arith.constant 5
// CHECK-DAG: %[[C0:.*]] = arith.constant 0
// CHECK: %[[D0:.*]] = tensor.dim %[[X]], %[[C0]]
// CHECK: %[[D1:.*]] = affine.apply #[[$TRIPLE]]()[%[[D0]]]
// CHECK: return %[[C5]], %[[D1]], %[[C8]]
func.func @repeat_static_counts(%x: tensor<?x?x4xf32>) -> (index, index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = ditto.repeat %x by [5, 3, 1, 2] : tensor<?x?x4xf32> -> tensor<5x?x?x8xf32>
  %d0 = tensor.dim %r, %c0 : tensor<5x?x?x8xf32>
  %d1 = tensor.dim %r, %c1 : tensor<5x?x?x8xf32>
  %d3 = tensor.dim %r, %c3 : tensor<5x?x?x8xf32>
  return %d0, %d1, %d3 : index, index, index
}

// CHECK-LABEL: func.func @repeat_dynamic_counts
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>, %[[N:.*]]: index, %[[M:.*]]: index)
// CHECK: %[[D:.*]] = tensor.dim %[[X]]
// CHECK: %[[R:.*]] = affine.apply #[[$PRODUCT]]()[%[[M]], %[[D]]]
// CHECK: return %[[N]], %[[R]]
func.func @repeat_dynamic_counts(%x: tensor<?xf32>, %n: index, %m: index) -> (index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = ditto.repeat %x by [%n, %m] : tensor<?xf32> -> tensor<?x?xf32>
  %d0 = tensor.dim %r, %c0 : tensor<?x?xf32>
  %d1 = tensor.dim %r, %c1 : tensor<?x?xf32>
  return %d0, %d1 : index, index
}

// CHECK-LABEL: func.func @interleave_uniform
// CHECK-SAME: (%[[X:.*]]: tensor<?x?xf32>, %[[N:.*]]: index)
// CHECK: %[[D0:.*]] = tensor.dim %[[X]], %c0
// CHECK: %[[D1:.*]] = tensor.dim %[[X]], %c1
// CHECK: %[[R:.*]] = affine.apply #[[$PRODUCT]]()[%[[D1]], %[[N]]]
// CHECK: return %[[D0]], %[[R]]
func.func @interleave_uniform(%x: tensor<?x?xf32>, %n: index) -> (index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = ditto.repeat_interleave %x by %n dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  %d0 = tensor.dim %r, %c0 : tensor<?x?xf32>
  %d1 = tensor.dim %r, %c1 : tensor<?x?xf32>
  return %d0, %d1 : index, index
}

// CHECK-LABEL: func.func @interleave_flattened
// CHECK-SAME: (%[[X:.*]]: tensor<?x3x?xf32>)
// CHECK: %[[D0:.*]] = tensor.dim %[[X]], %c0
// CHECK: %[[D2:.*]] = tensor.dim %[[X]], %c2
// CHECK: %[[R:.*]] = affine.apply #[[$FLAT]]()[%[[D2]], %[[D0]]]
// CHECK: return %[[R]]
func.func @interleave_flattened(%x: tensor<?x3x?xf32>) -> index {
  %c0 = arith.constant 0 : index
  %r = ditto.repeat_interleave %x by 2 : tensor<?x3x?xf32> -> tensor<?xf32>
  %d0 = tensor.dim %r, %c0 : tensor<?xf32>
  return %d0 : index
}

// One count per element is a sum; a single count serves every element.
// CHECK-LABEL: func.func @interleave_counts
// CHECK-SAME: (%[[X:.*]]: tensor<?x4xf32>, %[[C:.*]]: tensor<?xi32>)
// CHECK: %[[EXTENT:.*]] = tensor.dim %[[X]]
// CHECK: %[[LENGTH:.*]] = tensor.dim %[[C]]
// CHECK: %[[SUM:.*]] = scf.for %[[I:.*]] = %{{.*}} to %[[LENGTH]]
// CHECK:   %[[COUNT:.*]] = tensor.extract %[[C]][%[[I]]]
// CHECK: %[[SHARED:.*]] = arith.cmpi eq, %[[LENGTH]], %c1
// CHECK: %[[PRODUCT:.*]] = arith.muli %[[SUM]], %[[EXTENT]]
// CHECK: %[[R:.*]] = arith.select %[[SHARED]], %[[PRODUCT]], %[[SUM]]
// CHECK: return %[[R]]
func.func @interleave_counts(%x: tensor<?x4xf32>, %c: tensor<?xi32>) -> index {
  %c0 = arith.constant 0 : index
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<?x4xf32>, tensor<?xi32> -> tensor<?x4xf32>
  %d0 = tensor.dim %r, %c0 : tensor<?x4xf32>
  return %d0 : index
}

// CHECK-LABEL: func.func @interleave_one_count
// CHECK-SAME: (%[[X:.*]]: tensor<?x4xf32>, %[[C:.*]]: tensor<i64>)
// CHECK: %[[EXTENT:.*]] = tensor.dim %[[X]]
// CHECK: %[[COUNT:.*]] = tensor.extract %[[C]][]
// CHECK: %[[N:.*]] = arith.index_cast %[[COUNT]]
// CHECK: %[[R:.*]] = arith.muli %[[N]], %[[EXTENT]]
// CHECK: return %[[R]]
func.func @interleave_one_count(%x: tensor<?x4xf32>, %c: tensor<i64>) -> index {
  %c0 = arith.constant 0 : index
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<?x4xf32>, tensor<i64> -> tensor<?x4xf32>
  %d0 = tensor.dim %r, %c0 : tensor<?x4xf32>
  return %d0 : index
}

// CHECK-LABEL: func.func @interleave_output_size
// CHECK-SAME: %[[N:[^:]*]]: index)
// CHECK-NEXT: return %[[N]]
func.func @interleave_output_size(%x: tensor<?xf32>, %c: tensor<?xi64>, %n: index) -> index {
  %c0 = arith.constant 0 : index
  %r = ditto.repeat_interleave %x by %c dim(0) output_size(%n) : tensor<?xf32>, tensor<?xi64> -> tensor<?xf32>
  %d0 = tensor.dim %r, %c0 : tensor<?xf32>
  return %d0 : index
}

// CHECK-LABEL: func.func @interleave_static_result
// CHECK-NEXT: %[[C9:.*]] = arith.constant 9
// CHECK-NEXT: return %[[C9]]
func.func @interleave_static_result(%x: tensor<?xf32>, %c: tensor<?xi64>) -> index {
  %c0 = arith.constant 0 : index
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<?xf32>, tensor<?xi64> -> tensor<9xf32>
  %d0 = tensor.dim %r, %c0 : tensor<9xf32>
  return %d0 : index
}

// CHECK-LABEL: func.func @chain
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>, %[[N:.*]]: index, %[[M:.*]]: index)
// CHECK: %[[D:.*]] = tensor.dim %[[X]]
// CHECK: %[[R:.*]] = affine.apply #[[$CHAIN]]()[%[[M]], %[[N]], %[[D]]]
// CHECK: return %[[R]]
func.func @chain(%x: tensor<?xf32>, %n: index, %m: index) -> index {
  %c0 = arith.constant 0 : index
  %0 = ditto.repeat %x by [%n] : tensor<?xf32> -> tensor<?xf32>
  %1 = ditto.repeat_interleave %0 by %m dim(0) : tensor<?xf32> -> tensor<?xf32>
  %d0 = tensor.dim %1, %c0 : tensor<?xf32>
  return %d0 : index
}
