// Which operands are repeats, what becomes of their other users and of their
// run-time checks.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats))' | FileCheck %s

// CHECK-DAG: #[[$ABC:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
// CHECK-DAG: #[[$AC:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>

//===----------------------------------------------------------------------===//
// Several users
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @two_readers
// CHECK-SAME: %[[K:[a-z0-9]*]]: tensor<2x16x7xf32>
// CHECK-NOT: ditto.
// CHECK: linalg.batch_matmul ins(%{{.*}}, %[[K]] : tensor<2x20x16xf32>, tensor<2x16x7xf32>)
// CHECK: linalg.batch_matmul ins(%{{.*}}, %[[K]] : tensor<2x12x16xf32>, tensor<2x16x7xf32>)
func.func @two_readers(%q: tensor<8x5x16xf32>, %p: tensor<8x3x16xf32>, %k: tensor<2x16x7xf32>, %e: tensor<8x5x7xf32>, %f: tensor<8x3x7xf32>) -> (tensor<8x5x7xf32>, tensor<8x3x7xf32>) {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%e : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  %t = linalg.batch_matmul ins(%p, %r : tensor<8x3x16xf32>, tensor<8x16x7xf32>) outs(%f : tensor<8x3x7xf32>) -> tensor<8x3x7xf32>
  return %s, %t : tensor<8x5x7xf32>, tensor<8x3x7xf32>
}

// A cache that stores repeated heads: they are copied once, and not read here.
// CHECK-LABEL: func.func @escaping_value
// CHECK-SAME: %[[K:[a-z0-9]*]]: tensor<2x16x7xf32>
// CHECK-COUNT-1: ditto.repeat_interleave
// CHECK-NOT: ditto.
// CHECK: linalg.batch_matmul ins(%{{.*}}, %[[K]] : tensor<2x20x16xf32>, tensor<2x16x7xf32>)
func.func @escaping_value(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>, %e: tensor<8x5x7xf32>) -> (tensor<8x5x7xf32>, tensor<8x16x7xf32>) {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%e : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s, %r : tensor<8x5x7xf32>, tensor<8x16x7xf32>
}

// Keys and values with different counts.
// CHECK-LABEL: func.func @different_counts
// CHECK-NOT: ditto.
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<3x20x16xf32>, tensor<3x16x7xf32>)
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<2x30x7xf32>, tensor<2x7x9xf32>)
func.func @different_counts(%q: tensor<12x5x16xf32>, %k: tensor<3x16x7xf32>, %v: tensor<2x7x9xf32>, %e: tensor<12x5x7xf32>, %f: tensor<12x5x9xf32>) -> tensor<12x5x9xf32> {
  %rk = ditto.repeat_interleave %k by 4 dim(0) : tensor<3x16x7xf32> -> tensor<12x16x7xf32>
  %rv = ditto.repeat_interleave %v by 6 dim(0) : tensor<2x7x9xf32> -> tensor<12x7x9xf32>
  %s = linalg.batch_matmul ins(%q, %rk : tensor<12x5x16xf32>, tensor<12x16x7xf32>) outs(%e : tensor<12x5x7xf32>) -> tensor<12x5x7xf32>
  %t = linalg.batch_matmul ins(%s, %rv : tensor<12x5x7xf32>, tensor<12x7x9xf32>) outs(%f : tensor<12x5x9xf32>) -> tensor<12x5x9xf32>
  return %t : tensor<12x5x9xf32>
}

// The reader is in a region of its own.
// CHECK-LABEL: func.func @reader_in_a_region
// CHECK-NOT: ditto.
// CHECK: scf.if
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<2x20x16xf32>, tensor<2x16x7xf32>)
func.func @reader_in_a_region(%c: i1, %q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>, %e: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = scf.if %c -> tensor<8x5x7xf32> {
    %t = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%e : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
    scf.yield %t : tensor<8x5x7xf32>
  } else {
    scf.yield %e : tensor<8x5x7xf32>
  }
  return %s : tensor<8x5x7xf32>
}

//===----------------------------------------------------------------------===//
// Other readers than contractions
//===----------------------------------------------------------------------===//

// The other operand depends on the repeated dimension.
// CHECK-LABEL: func.func @elementwise
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor<8x5xf32>, %[[K:[a-z0-9]*]]: tensor<2x5xf32>
// CHECK: %[[XG:.*]] = tensor.expand_shape %[[X]] {{\[\[}}0, 1], [2]] output_shape [2, 4, 5]
// CHECK-NOT: ditto.
// CHECK: %[[S:.*]] = linalg.elementwise kind=#linalg.elementwise_kind<add> indexing_maps = [#[[$ABC]], #[[$AC]], #[[$ABC]]] ins(%[[XG]], %[[K]] :
// CHECK: tensor.collapse_shape %[[S]] {{\[\[}}0, 1], [2]]
func.func @elementwise(%x: tensor<8x5xf32>, %k: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.add ins(%x, %r : tensor<8x5xf32>, tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// Neither depends on the middle digit of 2 x 2 x 2 rows, and yet it is a loop: the
// sum would have to be copied otherwise.
// CHECK-LABEL: func.func @elementwise_repeated_otherwise
// CHECK-NOT: ditto.
// CHECK: linalg.elementwise {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x5xf32>, tensor<2x5xf32>) outs(%{{.*}} : tensor<2x2x2x5xf32>)
func.func @elementwise_repeated_otherwise(%k: tensor<2x5xf32>, %v: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %t = ditto.repeat %v by [4, 1] : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.add ins(%r, %t : tensor<8x5xf32>, tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// A mask that was broadcast is read by a map: there is nothing to remove.
// CHECK-LABEL: func.func @negative_plain_broadcast
// CHECK: %[[B:.*]] = linalg.broadcast
// CHECK: linalg.add ins(%{{.*}}, %[[B]] :
func.func @negative_plain_broadcast(%x: tensor<8x5xf32>, %mask: tensor<5xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %b = linalg.broadcast ins(%mask : tensor<5xf32>) outs(%e : tensor<8x5xf32>) dimensions = [0]
  %s = linalg.add ins(%x, %b : tensor<8x5xf32>, tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

//===----------------------------------------------------------------------===//
// Between the repeat and its reader
//===----------------------------------------------------------------------===//

// Movement before the first repeat is left: it is on the small tensor.
// CHECK-LABEL: func.func @movement_before_the_repeat
// CHECK: %[[T:.*]] = linalg.transpose ins(%{{.*}} : tensor<2x7x16xf32>)
// CHECK: linalg.batch_matmul ins(%{{.*}}, %[[T]] : tensor<2x20x16xf32>, tensor<2x16x7xf32>)
func.func @movement_before_the_repeat(%q: tensor<8x5x16xf32>, %k: tensor<2x7x16xf32>, %t: tensor<2x16x7xf32>, %e: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %m = linalg.transpose ins(%k : tensor<2x7x16xf32>) outs(%t : tensor<2x16x7xf32>) permutation = [0, 2, 1]
  %r = ditto.repeat_interleave %m by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%e : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// Batch, heads, group in the torch manner, sequence and batch unknown.
// CHECK-LABEL: func.func @repeat_kv_dynamic
// CHECK-SAME: %[[Q:.*]]: tensor<?x?x16xf32>, %[[K:.*]]: tensor<?x2x?x16xf32>,
// CHECK-NOT: {{ditto\.|linalg\.transpose}}
// CHECK: tensor.expand_shape %[[Q]] {{\[\[}}0, 1], [2], [3]] output_shape [%{{.*}}, 4, %{{.*}}, 16] : tensor<?x?x16xf32> into tensor<?x4x?x16xf32>
// CHECK: %[[HEADS:.*]] = tensor.collapse_shape %[[K]] {{\[\[}}0, 1], [2], [3]]
// CHECK: linalg.batch_matmul indexing_maps = {{.*}} ins(%{{.*}}, %[[HEADS]] : tensor<?x?x16xf32>, tensor<?x?x16xf32>)
func.func @repeat_kv_dynamic(%q: tensor<?x?x16xf32>, %k: tensor<?x2x?x16xf32>, %e: tensor<?x?x?xf32>) -> tensor<?x?x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %b = tensor.dim %k, %c0 : tensor<?x2x?x16xf32>
  %n = tensor.dim %k, %c2 : tensor<?x2x?x16xf32>
  %r = ditto.repeat_interleave %k by 4 dim(1) : tensor<?x2x?x16xf32> -> tensor<?x8x?x16xf32>
  %t0 = tensor.empty(%b, %n) : tensor<?x8x16x?xf32>
  %t = linalg.transpose ins(%r : tensor<?x8x?x16xf32>) outs(%t0 : tensor<?x8x16x?xf32>) permutation = [0, 1, 3, 2]
  %c = tensor.collapse_shape %t [[0, 1], [2], [3]] : tensor<?x8x16x?xf32> into tensor<?x16x?xf32>
  %s = linalg.batch_matmul ins(%q, %c : tensor<?x?x16xf32>, tensor<?x16x?xf32>) outs(%e : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  return %s : tensor<?x?x?xf32>
}

// The slice does not read whole digits.
// CHECK-LABEL: func.func @negative_slice
// CHECK: ditto.repeat_interleave
func.func @negative_slice(%q: tensor<7x5x16xf32>, %k: tensor<2x16x7xf32>, %e: tensor<7x5x7xf32>) -> tensor<7x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %c = tensor.extract_slice %r[1, 0, 0] [7, 16, 7] [1, 1, 1] : tensor<8x16x7xf32> to tensor<7x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %c : tensor<7x5x16xf32>, tensor<7x16x7xf32>) outs(%e : tensor<7x5x7xf32>) -> tensor<7x5x7xf32>
  return %s : tensor<7x5x7xf32>
}

// CHECK-LABEL: func.func @negative_count_per_element
// CHECK: ditto.repeat_interleave
func.func @negative_count_per_element(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>, %n: tensor<2xi64>, %e: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %k by %n dim(0) output_size(8) : tensor<2x16x7xf32>, tensor<2xi64> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%e : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

//===----------------------------------------------------------------------===//
// Run-time checks
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @dynamic_count
// CHECK-SAME: %[[N:[a-z0-9]*]]: index
// CHECK-NOT: ditto.repeat
// CHECK: %[[VALID:.*]] = arith.cmpi sge, %[[N]]
// CHECK: cf.assert %[[VALID]], "ditto.repeat_interleave: a count is negative"
// CHECK-NOT: ditto.
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<?x?x16xf32>, tensor<?x16x7xf32>)
func.func @dynamic_count(%q: tensor<?x5x16xf32>, %k: tensor<?x16x7xf32>, %n: index, %e: tensor<?x5x7xf32>) -> tensor<?x5x7xf32> {
  %r = ditto.repeat_interleave %k by %n dim(0) : tensor<?x16x7xf32> -> tensor<?x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<?x5x16xf32>, tensor<?x16x7xf32>) outs(%e : tensor<?x5x7xf32>) -> tensor<?x5x7xf32>
  return %s : tensor<?x5x7xf32>
}

// An extent is never negative.
// CHECK-LABEL: func.func @count_is_an_extent
// CHECK-NOT: cf.assert
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<?x?x16xf32>, tensor<?x16x7xf32>)
func.func @count_is_an_extent(%q: tensor<?x5x16xf32>, %k: tensor<?x16x7xf32>, %x: tensor<?xf32>, %e: tensor<?x5x7xf32>) -> tensor<?x5x7xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  %r = ditto.repeat_interleave %k by %n dim(0) : tensor<?x16x7xf32> -> tensor<?x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<?x5x16xf32>, tensor<?x16x7xf32>) outs(%e : tensor<?x5x7xf32>) -> tensor<?x5x7xf32>
  return %s : tensor<?x5x7xf32>
}

// The repeat compares its result type with what it computed.
// CHECK-LABEL: func.func @negative_extent_check
// CHECK: ditto.repeat_interleave
func.func @negative_extent_check(%q: tensor<8x5x16xf32>, %k: tensor<?x16x7xf32>, %e: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<?x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%e : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// CHECK-LABEL: func.func @negative_output_size
// CHECK: ditto.repeat_interleave
func.func @negative_output_size(%q: tensor<?x5x16xf32>, %k: tensor<?x16x7xf32>, %n: index, %e: tensor<?x5x7xf32>) -> tensor<?x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) output_size(%n) : tensor<?x16x7xf32> -> tensor<?x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<?x5x16xf32>, tensor<?x16x7xf32>) outs(%e : tensor<?x5x7xf32>) -> tensor<?x5x7xf32>
  return %s : tensor<?x5x7xf32>
}

//===----------------------------------------------------------------------===//
// Extents that differ for empty tensors only
//===----------------------------------------------------------------------===//

// The values' sequence is %s unless the batch is 0; then they are empty, and their
// heads are reshaped, which moves nothing.
// CHECK-LABEL: func.func @sequence_of_others
// CHECK-SAME: %[[V:[a-z0-9]*]]: tensor<?x2x?x4xf32>, %[[S:[a-z0-9]*]]: index
// CHECK-NOT: ditto.
// CHECK: %[[SHAPE:.*]] = tensor.from_elements %{{.*}}, %{{.*}}, %[[S]], %{{.*}} : tensor<4xindex>
// CHECK: %[[R:.*]] = tensor.reshape %[[V]](%[[SHAPE]]) : (tensor<?x2x?x4xf32>, tensor<4xindex>) -> tensor<?x2x?x4xf32>
// CHECK: %[[M:.*]] = tensor.collapse_shape %[[R]]
// CHECK: linalg.batch_matmul ins(%{{.*}}, %[[M]]
func.func @sequence_of_others(%v: tensor<?x2x?x4xf32>, %s: index, %p: tensor<?x5x?xf32>, %e: tensor<?x5x4xf32>) -> tensor<?x5x4xf32> {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %c6 = arith.constant 6 : index
  %batch = tensor.dim %v, %c0 : tensor<?x2x?x4xf32>
  %heads = arith.muli %batch, %c6 : index
  %r = ditto.repeat_interleave %v by 3 dim(1) : tensor<?x2x?x4xf32> -> tensor<?x6x?x4xf32>
  %shape = tensor.from_elements %heads, %s, %c4 : tensor<3xindex>
  %m = tensor.reshape %r(%shape) : (tensor<?x6x?x4xf32>, tensor<3xindex>) -> tensor<?x?x4xf32>
  %o = linalg.batch_matmul ins(%p, %m : tensor<?x5x?xf32>, tensor<?x?x4xf32>) outs(%e : tensor<?x5x4xf32>) -> tensor<?x5x4xf32>
  return %o : tensor<?x5x4xf32>
}

// The batch is another one too: only the product of both is known.
// CHECK-LABEL: func.func @negative_batch_of_others
// CHECK: ditto.repeat_interleave
func.func @negative_batch_of_others(%v: tensor<?x2x?x4xf32>, %heads: index, %s: index, %p: tensor<?x5x?xf32>, %e: tensor<?x5x4xf32>) -> tensor<?x5x4xf32> {
  %c4 = arith.constant 4 : index
  %r = ditto.repeat_interleave %v by 3 dim(1) : tensor<?x2x?x4xf32> -> tensor<?x6x?x4xf32>
  %shape = tensor.from_elements %heads, %s, %c4 : tensor<3xindex>
  %m = tensor.reshape %r(%shape) : (tensor<?x6x?x4xf32>, tensor<3xindex>) -> tensor<?x?x4xf32>
  %o = linalg.batch_matmul ins(%p, %m : tensor<?x5x?xf32>, tensor<?x?x4xf32>) outs(%e : tensor<?x5x4xf32>) -> tensor<?x5x4xf32>
  return %o : tensor<?x5x4xf32>
}

// A count of 0 makes the repeat empty, and what is repeated not.
// CHECK-LABEL: func.func @negative_count_may_be_0
// CHECK: ditto.repeat_interleave
func.func @negative_count_may_be_0(%v: tensor<?x2x?x4xf32>, %n: index, %s: index, %p: tensor<?x5x?xf32>, %e: tensor<?x5x4xf32>) -> tensor<?x5x4xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %batch = tensor.dim %v, %c0 : tensor<?x2x?x4xf32>
  %pairs = arith.muli %batch, %c2 : index
  %heads = arith.muli %pairs, %n : index
  %r = ditto.repeat_interleave %v by %n dim(1) : tensor<?x2x?x4xf32> -> tensor<?x?x?x4xf32>
  %shape = tensor.from_elements %heads, %s, %c4 : tensor<3xindex>
  %m = tensor.reshape %r(%shape) : (tensor<?x?x?x4xf32>, tensor<3xindex>) -> tensor<?x?x4xf32>
  %o = linalg.batch_matmul ins(%p, %m : tensor<?x5x?xf32>, tensor<?x?x4xf32>) outs(%e : tensor<?x5x4xf32>) -> tensor<?x5x4xf32>
  return %o : tensor<?x5x4xf32>
}
