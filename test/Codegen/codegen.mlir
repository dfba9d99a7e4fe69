// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen),canonicalize,cse)' --split-input-file | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{reassociate=false}),canonicalize,cse)' --split-input-file | FileCheck %s --check-prefix=STRICT

// A row of 16 + 4 + 1 elements: vectors for all but the last.
// CHECK-LABEL: func @row_copy_static
// CHECK:         scf.for %{{.*}} = %c0 to %c16 step %c1
// CHECK:           vector.load {{.*}} vector<16xf32>
// CHECK:           vector.store {{.*}} vector<16xf32>
// CHECK:           vector.load {{.*}} vector<4xf32>
// CHECK:           vector.store {{.*}} vector<4xf32>
// CHECK:           memref.load
// CHECK:           memref.store
// CHECK-NOT:       linalg
func.func @row_copy_static(%x: memref<21xf32>, %y: memref<16x21xf32>) {
  linalg.broadcast ins(%x : memref<21xf32>) outs(%y : memref<16x21xf32>) dimensions = [0]
  return
}

// -----

// Vectors of i1 are packed in memory, elements are not: bytes are moved.
// CHECK-LABEL: func @row_copy_i1
// CHECK-SAME:    (%[[X:.*]]: memref<64xi1>, %[[Y:.*]]: memref<8x64xi1>)
// CHECK-NOT:     vector<{{.*}}xi1>
// CHECK:         %[[XS:.*]] = builtin.unrealized_conversion_cast %[[X]] : memref<64xi1> to memref<64xi8>
// CHECK:         %[[V:.*]] = vector.load %[[XS]]{{.*}} vector<64xi8>
// CHECK:         %[[YS:.*]] = builtin.unrealized_conversion_cast %[[Y]] : memref<8x64xi1> to memref<8x64xi8>
// CHECK:         vector.store %[[V]], %[[YS]]{{.*}} vector<64xi8>
func.func @row_copy_i1(%x: memref<64xi1>, %y: memref<8x64xi1>) {
  linalg.broadcast ins(%x : memref<64xi1>) outs(%y : memref<8x64xi1>) dimensions = [0]
  return
}

// -----

// CHECK-LABEL: func @row_copy_complex
// CHECK:         vector.load {{.*}}{alignment = 4 : i64} : memref<8xi64>, vector<8xi64>
func.func @row_copy_complex(%x: memref<8xcomplex<f32>>, %y: memref<8x8xcomplex<f32>>) {
  linalg.broadcast ins(%x : memref<8xcomplex<f32>>) outs(%y : memref<8x8xcomplex<f32>>) dimensions = [0]
  return
}

// -----

// A comparison's lanes are bits in registers and bytes in memory.
// CHECK-LABEL: func @compare
// CHECK:         %[[P:.*]] = arith.cmpf olt, %{{.*}}, %{{.*}} : vector<16xf32>
// CHECK:         %[[B:.*]] = arith.extui %[[P]] : vector<16xi1> to vector<16xi8>
// CHECK:         vector.store %[[B]], {{.*}} vector<16xi8>
func.func @compare(%x: memref<16xf32>, %y: memref<16xf32>, %z: memref<16xi1>) {
  linalg.map ins(%x, %y : memref<16xf32>, memref<16xf32>) outs(%z : memref<16xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %p = arith.cmpf olt, %a, %b : f32
      linalg.yield %p : i1
    }
  return
}

// -----

// Four rows share each load of the right-hand side; accumulators stay in
// registers.
// CHECK-LABEL: func @matmul
// CHECK:         scf.for %{{.*}} iter_args({{.*}}) -> (vector<32xf32>, vector<32xf32>, vector<32xf32>, vector<32xf32>)
// CHECK-COUNT-1:   vector.load {{.*}} vector<32xf32>
// CHECK-COUNT-4:   arith.mulf {{.*}} vector<32xf32>
// CHECK:           scf.yield
func.func @matmul(%a: memref<4x7xf32>, %b: memref<7x32xf32>, %c: memref<4x32xf32>) {
  linalg.matmul ins(%a, %b : memref<4x7xf32>, memref<7x32xf32>) outs(%c : memref<4x32xf32>)
  return
}

// -----

// Lanes along the reduction, partial sums for 2 rows and 4 columns at once, which
// are folded together in the end.
// CHECK-LABEL: func @matmul_transposed_rhs
// CHECK:         scf.for %{{.*}} = %c0 to %c64 step %c4
// CHECK:           scf.for {{.*}} iter_args({{.*}}) -> (vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>, vector<16xf32>)
// CHECK-COUNT-8:     arith.addf {{.*}} fastmath<contract> : vector<16xf32>
// CHECK:           vector.shuffle
// CHECK-NOT:       vector.reduction
// STRICT-LABEL: func @matmul_transposed_rhs
// STRICT:        linalg.generic
func.func @matmul_transposed_rhs(%a: memref<2x48xf32>, %b: memref<64x48xf32>, %c: memref<2x64xf32>) {
  linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>],
                  iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<2x48xf32>, memref<64x48xf32>) outs(%c : memref<2x64xf32>) {
    ^bb0(%x: f32, %y: f32, %o: f32):
      %p = arith.mulf %x, %y : f32
      %s = arith.addf %o, %p : f32
      linalg.yield %s : f32
  }
  return
}

// -----

// A maximum does not round, so its order does not matter; 64 lanes at once, then
// one by one.
// CHECK-LABEL: func @row_maximum
// CHECK:         arith.maximumf {{.*}} : vector<64xf32>
// CHECK:         vector.reduction <maximumf>, {{.*}} : vector<64xf32> into f32
// CHECK:         arith.maximumf {{.*}} : f32
// STRICT-LABEL: func @row_maximum
// STRICT:        arith.maximumf {{.*}} : vector<64xf32>
func.func @row_maximum(%x: memref<8x129xf32>, %y: memref<8x1xf32>) {
  linalg.generic {indexing_maps = [affine_map<(m, k) -> (m, k)>, affine_map<(m, k) -> (m, 0)>],
                  iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<8x129xf32>) outs(%y : memref<8x1xf32>) {
    ^bb0(%a: f32, %o: f32):
      %m = arith.maximumf %o, %a : f32
      linalg.yield %m : f32
  }
  return
}

// -----

// No combination of partial results is known for a division.
// CHECK-LABEL: func @negative_not_associative
// CHECK:         linalg.reduce
func.func @negative_not_associative(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  linalg.reduce {arith.divf} ins(%x : memref<8x64xf32>) outs(%y : memref<8xf32>) dimensions = [1]
  return
}

// -----

// Sixteen elements make four vectors, each a permutation of what was read; what is
// left goes one by one.
// CHECK-LABEL: func @interleave_last
// CHECK:         scf.for %{{.*}} = %c0 to %c32 step %c16
// CHECK:           %[[X:.*]] = vector.load {{.*}} vector<16xf32>
// CHECK:           vector.shuffle %[[X]], %[[X]] [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]
// CHECK:           vector.store
// CHECK:           vector.shuffle %[[X]], %[[X]] [4, 4, 4, 4,
// CHECK:           vector.shuffle %[[X]], %[[X]] [8, 8, 8, 8,
// CHECK:           vector.shuffle %[[X]], %[[X]] [12, 12, 12, 12,
// CHECK-NOT:       vector.load
// CHECK:         memref.load
// CHECK-COUNT-4:   memref.store
func.func @interleave_last(%x: memref<33xf32>, %y: memref<33x4xf32>) {
  linalg.broadcast ins(%x : memref<33xf32>) outs(%y : memref<33x4xf32>) dimensions = [1]
  return
}

// -----

// Rows of three, twice: the first vector has two rows and a part of the third.
// CHECK-LABEL: func @tiny_rows
// CHECK:         vector.shuffle {{.*}} [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5, 6, 7, 8, 6]
// CHECK:         vector.shuffle {{.*}} [0, 1, 2, 3, 4, 2, 3, 4, 5, 6, 7, 5, 6, 7, 8, 9]
func.func @tiny_rows(%x: memref<?x3xf32>, %y: memref<?x2x3xf32>) {
  linalg.broadcast ins(%x : memref<?x3xf32>) outs(%y : memref<?x2x3xf32>) dimensions = [1]
  return
}

// -----

// memref.collapse_shape has no type for these rows as one dimension: 0 times an
// unknown extent, and a product that is no 64-bit number.
// CHECK-LABEL: func @negative_empty_rows
// CHECK-NOT:     memref.collapse_shape
// CHECK-LABEL: func @negative_too_many_rows
// CHECK-NOT:     memref.collapse_shape
func.func @negative_empty_rows(%x: memref<?x0xf32>, %y: memref<?x0x2xf32>) {
  linalg.broadcast ins(%x : memref<?x0xf32>) outs(%y : memref<?x0x2xf32>) dimensions = [2]
  return
}
func.func @negative_too_many_rows(%x: memref<4611686018427387904x3xi32>, %y: memref<4611686018427387904x2x3xi32>) {
  linalg.broadcast ins(%x : memref<4611686018427387904x3xi32>) outs(%y : memref<4611686018427387904x2x3xi32>) dimensions = [1]
  return
}

// -----

// The rows of the result do not follow each other.
// CHECK-LABEL: func @negative_interleave_strided
// CHECK-NOT:     vector.shuffle
func.func @negative_interleave_strided(%x: memref<32xf32>, %y: memref<32x4xf32, strided<[8, 1]>>) {
  linalg.broadcast ins(%x : memref<32xf32>) outs(%y : memref<32x4xf32, strided<[8, 1]>>) dimensions = [1]
  return
}

// -----

// One load for all four copies.
// CHECK-LABEL: func @copies
// CHECK:         scf.for %{{.*}} = %c0 to %c128 step %c64
// CHECK-COUNT-1:   vector.load {{.*}} vector<64xf32>
// CHECK-NOT:       vector.load
// CHECK-COUNT-4:   vector.store {{.*}} vector<64xf32>
func.func @copies(%x: memref<8x128xf32>, %y: memref<8x4x128xf32>) {
  linalg.broadcast ins(%x : memref<8x128xf32>) outs(%y : memref<8x4x128xf32>) dimensions = [1]
  return
}

// -----

// CHECK-LABEL: func @negative_many_copies
// CHECK:         scf.for %{{.*}} = %c0 to %c1024 step %c1
// CHECK:           vector.store {{.*}} vector<32xf32>
func.func @negative_many_copies(%x: memref<32xf32>, %y: memref<1024x32xf32>) {
  linalg.broadcast ins(%x : memref<32xf32>) outs(%y : memref<1024x32xf32>) dimensions = [0]
  return
}

// -----

// What is left of a row whose length is not known is one vector, in part.
// CHECK-LABEL: func @masked_rest
// CHECK:         vector.load {{.*}} vector<16xf32>
// CHECK:         vector.store {{.*}} vector<16xf32>
// CHECK:         %[[REST:.*]] = arith.subi
// CHECK:         %[[MASK:.*]] = vector.create_mask %[[REST]] : vector<16xi1>
// CHECK:         %[[X:.*]] = vector.maskedload %arg0[%{{.*}}], %[[MASK]]
// CHECK:         vector.maskedstore %arg1[%{{.*}}], %[[MASK]], %[[X]]
// CHECK-NOT:     memref.load
func.func @masked_rest(%x: memref<?xf32>, %y: memref<?xf32>) {
  linalg.copy ins(%x : memref<?xf32>) outs(%y : memref<?xf32>)
  return
}

// -----

// Lanes that do not take part would be divided by zero.
// CHECK-LABEL: func @negative_masked_division
// CHECK-NOT:     vector.maskedload
// CHECK:         return
func.func @negative_masked_division(%x: memref<?xi32>, %y: memref<?xi32>, %z: memref<?xi32>) {
  linalg.map { arith.divsi } ins(%x, %y : memref<?xi32>, memref<?xi32>) outs(%z : memref<?xi32>)
  return
}

// -----

// CHECK-LABEL: func @negative_arithmetic_on_i4
// CHECK:         linalg.map
func.func @negative_arithmetic_on_i4(%x: memref<64xi4>, %z: memref<64xi4>) {
  linalg.map { math.absi } ins(%x : memref<64xi4>) outs(%z : memref<64xi4>)
  return
}

// -----

// CHECK-LABEL: func @negative_strided_result
// CHECK:         linalg.copy
func.func @negative_strided_result(%x: memref<64xf32>, %z: memref<64xf32, strided<[2]>>) {
  linalg.copy ins(%x : memref<64xf32>) outs(%z : memref<64xf32, strided<[2]>>)
  return
}

// -----

// 16-byte elements have no storage integer that vectors hold.
// CHECK-LABEL: func @negative_f128
// CHECK:         linalg.broadcast
func.func @negative_f128(%x: memref<64xf128>, %y: memref<8x64xf128>) {
  linalg.broadcast ins(%x : memref<64xf128>) outs(%y : memref<8x64xf128>) dimensions = [0]
  return
}

// -----

// What the body yields may be the same for all lanes; the result is not.
// CHECK-LABEL: func @last_of_each_row
// CHECK:         scf.for {{.*}} iter_args(%{{.*}} = %{{.*}}) -> (vector<64xf32>)
// CHECK:           vector.broadcast %{{.*}} : f32 to vector<64xf32>
func.func @last_of_each_row(%x: memref<8xf32>, %y: memref<64xf32>) {
  linalg.generic {indexing_maps = [affine_map<(v, k) -> (k)>, affine_map<(v, k) -> (v)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<8xf32>) outs(%y : memref<64xf32>) {
    ^bb0(%a: f32, %o: f32):
      linalg.yield %a : f32
  }
  return
}

// -----

// A body that checks each element does more than move them.
// CHECK-LABEL: func @negative_movement_with_assert
// CHECK:         linalg.generic
func.func @negative_movement_with_assert(%x: memref<64xf32>, %c: memref<64xi1>, %y: memref<64xf32>) {
  linalg.generic {indexing_maps = [affine_map<(v) -> (v)>, affine_map<(v) -> (v)>, affine_map<(v) -> (v)>], iterator_types = ["parallel"]}
      ins(%x, %c : memref<64xf32>, memref<64xi1>) outs(%y : memref<64xf32>) {
    ^bb0(%a: f32, %b: i1, %o: f32):
      cf.assert %b, "not allowed"
      linalg.yield %a : f32
  }
  return
}

// -----

// CHECK-LABEL: func @negative_transpose_with_assert
// CHECK:         linalg.generic
func.func @negative_transpose_with_assert(%x: memref<64x32xf32>, %y: memref<32x64xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<64x32xf32>) outs(%y : memref<32x64xf32>) {
    ^bb0(%a: f32, %o: f32):
      %ordered = arith.cmpf ord, %a, %a : f32
      cf.assert %ordered, "not a number"
      linalg.yield %a : f32
  }
  return
}

// -----

// CHECK-LABEL: func @transpose_index
// CHECK:         vector.load %{{.*}} : memref<32x16xindex>, vector<8xindex>
func.func @transpose_index(%x: memref<32x16xindex>, %y: memref<16x32xindex>) {
  linalg.transpose ins(%x : memref<32x16xindex>) outs(%y : memref<16x32xindex>) permutation = [1, 0]
  return
}

// -----

// CHECK-LABEL: func @negative_smallest_index
// CHECK:         linalg.reduce
func.func @negative_smallest_index(%x: memref<8x64xindex>, %y: memref<8xindex>) {
  linalg.reduce {arith.minsi} ins(%x : memref<8x64xindex>) outs(%y : memref<8xindex>) dimensions = [1]
  return
}

// -----

// CHECK-LABEL: func @interleave_index
// CHECK:         vector.shuffle {{.*}} : vector<8xindex>, vector<8xindex>
func.func @interleave_index(%x: memref<64xindex>, %y: memref<64x2xindex>) {
  linalg.broadcast ins(%x : memref<64xindex>) outs(%y : memref<64x2xindex>) dimensions = [1]
  return
}

// -----

// CHECK-LABEL: func @negative_interleave_with_assert
// CHECK:         cf.assert
// CHECK-NOT:     vector.shuffle
func.func @negative_interleave_with_assert(%x: memref<64xf32>, %y: memref<64x2xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<64xf32>) outs(%y : memref<64x2xf32>) {
    ^bb0(%a: f32, %o: f32):
      %ordered = arith.cmpf ord, %a, %a : f32
      cf.assert %ordered, "not a number"
      linalg.yield %a : f32
  }
  return
}

// -----

// CHECK-LABEL: func @negative_tensors
// CHECK:         linalg.copy
func.func @negative_tensors(%x: tensor<64xf32>, %y: tensor<64xf32>) -> tensor<64xf32> {
  %z = linalg.copy ins(%x : tensor<64xf32>) outs(%y : tensor<64xf32>) -> tensor<64xf32>
  return %z : tensor<64xf32>
}

// -----

// The result is what it was.
// CHECK-LABEL: func @map_keeps
// CHECK:         %[[OLD:.*]] = vector.load %arg1[%{{.*}}] : memref<16xf32>, vector<16xf32>
// CHECK:         vector.store %[[OLD]], %arg1
func.func @map_keeps(%x: memref<16xf32>, %y: memref<16xf32>) {
  linalg.map ins(%x : memref<16xf32>) outs(%y : memref<16xf32>)
    (%a: f32, %b: f32) {
      linalg.yield %b : f32
    }
  return
}

// -----

// Eight vectors of a row at once: it is read line by line, and once.
// CHECK-LABEL: func @one_row
// CHECK:         scf.for %[[N:.*]] = %c0 to %c256 step %c128
// CHECK:           scf.for %[[K:.*]] = %c0 to %c64 step %c1 iter_args({{.*}}) -> (vector<128xf32>)
// CHECK:             vector.load %arg1[%[[K]], %[[N]]] : memref<64x256xf32>, vector<128xf32>
func.func @one_row(%x: memref<64xf32>, %w: memref<64x256xf32>, %y: memref<256xf32>) {
  linalg.vecmat ins(%x, %w : memref<64xf32>, memref<64x256xf32>) outs(%y : memref<256xf32>)
  return
}
