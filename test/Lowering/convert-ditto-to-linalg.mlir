// RUN: ditto-opt %s --convert-ditto-to-linalg --canonicalize --cse --split-input-file | FileCheck %s --implicit-check-not=ditto.

// A count is a dimension beside the repeated one: outermost for repeat.
// CHECK-LABEL: func.func @repeat
// CHECK-NEXT:    %[[E:.*]] = tensor.empty() : tensor<4x2x3x5xf32>
// CHECK-NEXT:    %[[B:.*]] = linalg.broadcast ins(%arg0 : tensor<2x5xf32>) outs(%[[E]] : tensor<4x2x3x5xf32>) dimensions = [0, 2]
// CHECK-NEXT:    %[[R:.*]] = tensor.collapse_shape %[[B]] {{\[}}[0], [1], [2, 3]]
// CHECK-NEXT:    return %[[R]]
func.func @repeat(%x: tensor<2x5xf32>) -> tensor<4x2x15xf32> {
  %r = ditto.repeat %x by [4, 1, 3] : tensor<2x5xf32> -> tensor<4x2x15xf32>
  return %r : tensor<4x2x15xf32>
}

// Innermost for repeat_interleave.
// CHECK-LABEL: func.func @interleave
// CHECK:         linalg.broadcast ins(%arg0 : tensor<2x5xf32>) outs(%{{.*}} : tensor<2x5x3xf32>) dimensions = [2]
// CHECK-NEXT:    tensor.collapse_shape %{{.*}} {{\[}}[0], [1, 2]]
func.func @interleave(%x: tensor<2x5xf32>) -> tensor<2x15xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(1) : tensor<2x5xf32> -> tensor<2x15xf32>
  return %r : tensor<2x15xf32>
}

// CHECK-LABEL: func.func @flattened
// CHECK:         %[[FLAT:.*]] = tensor.collapse_shape %arg0 {{\[}}[0, 1]]
// CHECK:         linalg.broadcast ins(%[[FLAT]] : tensor<10xf32>) outs(%{{.*}} : tensor<10x3xf32>) dimensions = [1]
func.func @flattened(%x: tensor<2x5xf32>) -> tensor<30xf32> {
  %r = ditto.repeat_interleave %x by 3 : tensor<2x5xf32> -> tensor<30xf32>
  return %r : tensor<30xf32>
}

// -----

// Every check stands before the tensor: the count, the extent, the bytes.
// CHECK-LABEL: func.func @checks
// CHECK-SAME:    (%{{.*}}: tensor<?x8xf32>, %[[N:.*]]: index)
// CHECK:         %[[NEGATIVE:.*]] = arith.cmpi slt, %[[N]], %c0 : index
// CHECK:         scf.if %[[NEGATIVE]] {
// CHECK:           func.call @dittoRuntimeFail(%c1_i64, %{{.*}}, %c0_i64, %c0_i64)
// CHECK:         %[[LOW:.*]], %[[HIGH:.*]] = arith.mului_extended
// CHECK:           func.call @dittoRuntimeFail(%c2_i64,
// CHECK:         arith.cmpi sgt, %[[LOW]], %{{.*}} : index
// CHECK:           func.call @dittoRuntimeFail(%c3_i64,
// CHECK:         tensor.empty(%[[N]], %{{.*}}) : tensor<?x?x8xf32>
func.func @checks(%x: tensor<?x8xf32>, %n: index) -> tensor<?x8xf32> {
  %r = ditto.repeat %x by [%n, 1] : tensor<?x8xf32> -> tensor<?x8xf32>
  return %r : tensor<?x8xf32>
}

// CHECK-LABEL: func.func @interleave_checks
// CHECK:           func.call @dittoRuntimeFail(%c5_i64,
// CHECK:           func.call @dittoRuntimeFail(%c7_i64,
// CHECK:           func.call @dittoRuntimeFail(%c8_i64,
// CHECK:           func.call @dittoRuntimeFail(%c10_i64,
// CHECK:           func.call @dittoRuntimeFail(%c11_i64,
// CHECK:         tensor.empty
func.func @interleave_checks(%x: tensor<?x8xf32>, %n: index, %size: index) -> tensor<12x8xf32> {
  %r = ditto.repeat_interleave %x by %n dim(0) output_size(%size) : tensor<?x8xf32> -> tensor<12x8xf32>
  return %r : tensor<12x8xf32>
}

// The counts are summed before the allocation, and one by one looked at only where
// the largest one may be wrong.
// CHECK-LABEL: func.func @counts
// CHECK-SAME:    (%[[X:.*]]: tensor<4x3x5xf32>, %[[C:.*]]: tensor<3xi64>)
// CHECK:         %[[SUM:.*]]:2 = scf.for {{.*}} iter_args(%[[T:.*]] = %c0, %[[M:.*]] = %c0)
// CHECK:           tensor.extract %[[C]]
// CHECK-NOT:       scf.if
// CHECK:           arith.addi %[[T]]
// CHECK:           arith.maxui %[[M]]
// CHECK:         %[[WRONG:.*]] = arith.cmpi ugt, %[[SUM]]#1, %{{.*}} : index
// CHECK-NEXT:    scf.if %[[WRONG]]
// CHECK:           scf.for
// CHECK:             func.call @dittoRuntimeFail(%c6_i64,
// CHECK:         %[[E:.*]] = tensor.empty(%[[SUM]]#0) : tensor<4x?x5xf32>
// CHECK:         %[[EMPTY:.*]] = arith.cmpi eq, %[[SUM]]#0, %c0 : index
// CHECK:         %[[TURNS:.*]] = arith.select %[[EMPTY]], %c0, %c4 : index
// CHECK:         scf.for %{{.*}} = %c0 to %[[TURNS]]
// CHECK:           scf.for %[[I:.*]] = %c0 to
// CHECK:             %[[ROW:.*]] = tensor.extract_slice %[[X]]{{.*}} to tensor<5xf32>
// CHECK:             linalg.broadcast ins(%[[ROW]] : tensor<5xf32>) outs(%{{.*}} : tensor<?x5xf32>) dimensions = [0]
func.func @counts(%x: tensor<4x3x5xf32>, %c: tensor<3xi64>) -> tensor<4x?x5xf32> {
  %r = ditto.repeat_interleave %x by %c dim(1) : tensor<4x3x5xf32>, tensor<3xi64> -> tensor<4x?x5xf32>
  return %r : tensor<4x?x5xf32>
}

// -----

// Runs of single elements begin with a chunk of 32, 128 or 64 bytes where there is
// room for one; what is left of them has its length.
// CHECK-LABEL: func.func @chunks
// CHECK-SAME:    (%[[X:.*]]: tensor<9xf32>, %[[C:.*]]: tensor<9xi64>)
// CHECK:         %[[SUM:.*]]:2 = scf.for
// CHECK:         %[[SHORT:.*]] = arith.cmpi ule, %[[SUM]]#1, %c8 : index
// CHECK:         scf.if %[[SHORT]]
// CHECK:           scf.for %[[I:.*]] = %c0 to %{{.*}} iter_args(%[[P:.*]] = %c0,
// CHECK:             %[[N:.*]] = arith.index_cast
// CHECK:             %[[LAST:.*]] = arith.subi %[[SUM]]#0, %c8 : index
// CHECK:             %[[ROOM:.*]] = arith.cmpi sle, %[[P]], %[[LAST]] : index
// CHECK:             scf.if %[[ROOM]]
// CHECK:               linalg.broadcast {{.*}} outs(%{{.*}} : tensor<8xf32>)
// CHECK:             %[[FIRST:.*]] = arith.select %[[ROOM]], %c8, %c0 : index
// CHECK:             %[[LONGER:.*]] = arith.cmpi slt, %[[FIRST]], %[[N]] : index
// CHECK:             scf.if %[[LONGER]]
// CHECK:               linalg.broadcast {{.*}} outs(%{{.*}} : tensor<?xf32>)
// CHECK:             arith.addi %[[P]], %[[N]] : index
// CHECK:         else
// CHECK:           arith.cmpi ugt, %[[SUM]]#1, %c16 : index
// CHECK:           arith.cmpi ule, %[[SUM]]#1, %c64 : index
// CHECK:           scf.if
// CHECK:             linalg.broadcast {{.*}} outs(%{{.*}} : tensor<32xf32>)
// CHECK:           else
// CHECK:             linalg.broadcast {{.*}} outs(%{{.*}} : tensor<16xf32>)
func.func @chunks(%x: tensor<9xf32>, %c: tensor<9xi64>) -> tensor<?xf32> {
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<9xf32>, tensor<9xi64> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// Elements of another size than chunks are made of.
// CHECK-LABEL: func.func @negative_chunks
// CHECK-NOT:     arith.cmpi ule
// CHECK:         return
func.func @negative_chunks(%x: tensor<9xvector<5xf32>>, %c: tensor<9xi64>) -> tensor<?xvector<5xf32>> {
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<9xvector<5xf32>>, tensor<9xi64> -> tensor<?xvector<5xf32>>
  return %r : tensor<?xvector<5xf32>>
}

// -----

// Many rows of short elements share the columns that they take.
// CHECK-LABEL: func.func @gathered
// CHECK-SAME:    (%[[X:.*]]: tensor<?x9xbf16>, %[[C:.*]]: tensor<9xi64>)
// CHECK:         %[[MANY:.*]] = arith.cmpi uge, %{{.*}}, %c16 : index
// CHECK:         %[[WORTH:.*]] = arith.andi %{{.*}}, %[[MANY]] : i1
// CHECK:         scf.if %[[WORTH]]
// CHECK:           linalg.generic {{.*}} outs(%{{.*}} : tensor<9xindex>)
// CHECK-NEXT:      ^bb0
// CHECK-NEXT:        %[[NUMBER:.*]] = linalg.index 0
// CHECK-NEXT:        linalg.yield %[[NUMBER]]
// CHECK:           linalg.generic {{.*}} ins(%{{.*}} : tensor<?xindex>) outs(%{{.*}} : tensor<?x?xbf16>)
// CHECK-NEXT:      ^bb0(%[[COLUMN:.*]]: index, %{{.*}}: bf16):
// CHECK-NEXT:        %[[O:.*]] = linalg.index 0
// CHECK-NEXT:        %[[E:.*]] = tensor.extract %[[X]][%[[O]], %[[COLUMN]]]
// CHECK-NEXT:        linalg.yield %[[E]]
// CHECK:         } else {
// CHECK:           linalg.broadcast {{.*}} outs(%{{.*}} : tensor<16xbf16>)
func.func @gathered(%x: tensor<?x9xbf16>, %c: tensor<9xi64>) -> tensor<?x?xbf16> {
  %r = ditto.repeat_interleave %x by %c dim(1) : tensor<?x9xbf16>, tensor<9xi64> -> tensor<?x?xbf16>
  return %r : tensor<?x?xbf16>
}

// -----

// Chunks hold more of the runs of f32 than a permuted vector would.
// CHECK-LABEL: func.func @negative_gathered_f32
// CHECK-NOT:     linalg.generic
// CHECK:         return
func.func @negative_gathered_f32(%x: tensor<?x9xf32>, %c: tensor<9xi64>) -> tensor<?x?xf32> {
  %r = ditto.repeat_interleave %x by %c dim(1) : tensor<?x9xf32>, tensor<9xi64> -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// -----

// The bytes of an element are those of its storage: a vector of three f32 takes
// sixteen, one of sixteen i1 two.
// CHECK-LABEL: func.func @bytes_of_vectors
// CHECK:         arith.cmpi sgt, %{{.*}}, %c576460752303423487 : index
// CHECK:         arith.cmpi sgt, %{{.*}}, %c4611686018427387903 : index
func.func @bytes_of_vectors(%x: tensor<1xvector<3xf32>>, %y: tensor<1xvector<16xi1>>, %n: index)
    -> (tensor<?xvector<3xf32>>, tensor<?xvector<16xi1>>) {
  %r = ditto.repeat %x by [%n] : tensor<1xvector<3xf32>> -> tensor<?xvector<3xf32>>
  %s = ditto.repeat %y by [%n] : tensor<1xvector<16xi1>> -> tensor<?xvector<16xi1>>
  return %r, %s : tensor<?xvector<3xf32>>, tensor<?xvector<16xi1>>
}

// -----

// A constant that contradicts the type is an error when it runs.
// CHECK-LABEL: func.func @constant_count_contradicts_type
// CHECK: call @dittoRuntimeFail
// CHECK: tensor.cast %{{.*}} : tensor<?xf32> to tensor<8xf32>
func.func @constant_count_contradicts_type(%x: tensor<4xf32>) -> tensor<8xf32> {
  %one = arith.constant 1 : index
  %r = ditto.repeat %x by [%one] : tensor<4xf32> -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

// Nothing can fail, so nothing is checked.
// CHECK-LABEL: func.func @negative_static
// CHECK-NOT:     dittoRuntimeFail
func.func @negative_static(%x: tensor<2x3xf32>) -> tensor<4x3xf32> {
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<2x3xf32> -> tensor<4x3xf32>
  return %r : tensor<4x3xf32>
}
