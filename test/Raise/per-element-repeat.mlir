// Copies whose index never decreases. RUN lines: the result, the remarks, and the
// patterns on their own.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s
// RUN: ditto-opt %s --ditto-raise --remarks-filter-passed=ditto -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: %ditto_opt_test %s --pass-pipeline='builtin.module(test-pattern-hygiene{patterns=raise})' -o /dev/null

#rows = affine_map<(d0, d1) -> (d0)>
#columns = affine_map<(d0, d1) -> (d1)>
#id = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: @constant
//       CHECK: %[[C:.+]] = arith.constant dense<[3, 0, 2]> : tensor<3xi64>
//       CHECK: ditto.repeat_interleave %{{.+}} by %[[C]] dim(0) output_size(5) : tensor<3x5xf32>, tensor<3xi64> -> tensor<5x5xf32>
func.func @constant(%x: tensor<3x5xf32>) -> tensor<5x5xf32> {
  %idx = arith.constant dense<[[0], [0], [0], [2], [2]]> : tensor<5x1xi64>
  // REMARK-DAG: per-element-repeat.mlir:[[#@LINE+1]]:{{.*}}[Passed] Raised | {{.*}}Function=constant | {{.*}}Op="ditto.repeat_interleave by counts dim(0)", Spelling="indexed copy"
  %r = tensor.gather %x[%idx] gather_dims([0]) : (tensor<3x5xf32>, tensor<5x1xi64>) -> tensor<5x5xf32>
  return %r : tensor<5x5xf32>
}

// Two rows of two elements are repeated 3 and 1 times, in each half.
// CHECK-LABEL: @flat
//       CHECK: tensor.expand_shape {{.*}} {{\[\[}}0], [1, 2, 3], [4]] {{.*}} into tensor<1x2x2x2x5xf32>
//       CHECK: arith.constant dense<[3, 1]> : tensor<2xi64>
//       CHECK: ditto.repeat_interleave {{.*}} dim(2) output_size(4)
//       CHECK: tensor.collapse_shape {{.*}} {{\[\[}}0], [1, 2, 3], [4]] : tensor<1x2x4x2x5xf32> into tensor<1x16x5xf32>
func.func @flat(%x: tensor<1x8x5xf32>) -> tensor<1x16x5xf32> {
  %idx = "tosa.const"() {values = dense<[[0, 1, 0, 1, 0, 1, 2, 3, 4, 5, 4, 5, 4, 5, 6, 7]]> : tensor<1x16xi32>} : () -> tensor<1x16xi32>
  %r = tosa.gather %x, %idx : (tensor<1x8x5xf32>, tensor<1x16xi32>) -> tensor<1x16x5xf32>
  return %r : tensor<1x16x5xf32>
}

// A slice of a repeat by 3.
// CHECK-LABEL: @negative_slice
//   CHECK-NOT: ditto
func.func @negative_slice(%x: tensor<3x5xf32>) -> tensor<6x5xf32> {
  %idx = arith.constant dense<[[0], [1], [1], [1], [2], [2]]> : tensor<6x1xi64>
  %r = tensor.gather %x[%idx] gather_dims([0]) : (tensor<3x5xf32>, tensor<6x1xi64>) -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

// Of a repeat by 3, too: there may be less of both.
// CHECK-LABEL: @negative_slice_of_two
//   CHECK-NOT: ditto
func.func @negative_slice_of_two(%x: tensor<2x5xf32>) -> tensor<4x5xf32> {
  %idx = arith.constant dense<[[0], [0], [0], [1]]> : tensor<4x1xi64>
  %r = tensor.gather %x[%idx] gather_dims([0]) : (tensor<2x5xf32>, tensor<4x1xi64>) -> tensor<4x5xf32>
  return %r : tensor<4x5xf32>
}

// CHECK-LABEL: @negative_reversed
//   CHECK-NOT: ditto
func.func @negative_reversed(%x: tensor<3x5xf32>) -> tensor<6x5xf32> {
  %idx = arith.constant dense<[[2], [2], [1], [0], [0], [0]]> : tensor<6x1xi64>
  %r = tensor.gather %x[%idx] gather_dims([0]) : (tensor<3x5xf32>, tensor<6x1xi64>) -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

// CHECK-LABEL: @negative_out_of_bounds
//   CHECK-NOT: ditto
func.func @negative_out_of_bounds(%x: tensor<3x5xf32>) -> (tensor<6x5xf32>, tensor<6x5xf32>) {
  %low = arith.constant dense<[[-1], [0], [0], [0], [1], [2]]> : tensor<6x1xi64>
  %high = arith.constant dense<[[0], [0], [0], [1], [2], [3]]> : tensor<6x1xi64>
  %r = tensor.gather %x[%low] gather_dims([0]) : (tensor<3x5xf32>, tensor<6x1xi64>) -> tensor<6x5xf32>
  %s = tensor.gather %x[%high] gather_dims([0]) : (tensor<3x5xf32>, tensor<6x1xi64>) -> tensor<6x5xf32>
  return %r, %s : tensor<6x5xf32>, tensor<6x5xf32>
}

// Few of many: the counts would be more than the indices.
// CHECK-LABEL: @negative_selection
//   CHECK-NOT: ditto
func.func @negative_selection(%x: tensor<9x5xf32>) -> tensor<6x5xf32> {
  %idx = arith.constant dense<[[0], [0], [0], [1], [2], [2]]> : tensor<6x1xi64>
  %r = tensor.gather %x[%idx] gather_dims([0]) : (tensor<9x5xf32>, tensor<6x1xi64>) -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

// Extents that are known at run time only: %limits.size comparisons for as many
// rows, strict ones, in a matrix with a row for each limit, with the limit on the
// right. It holds from the place on that is one more than the limit.
// CHECK-LABEL: @comparisons
//  CHECK-SAME: (%{{.+}}: tensor<?x5xf32>, %[[LIMITS:.+]]: tensor<?xi32>, %[[SIZE:.+]]: index)
//       CHECK: %[[X:.+]] = tensor.extract_slice
//       CHECK: %[[LOW:.+]] = arith.constant -1 : index
//       CHECK: %[[HIGH:.+]] = arith.addi %[[SIZE]], %[[LOW]]
//       CHECK: %[[STARTS:.+]] = scf.for
//       CHECK:   %[[LIMIT:.+]] = tensor.extract %[[LIMITS]]
//       CHECK:   %[[INDEX:.+]] = arith.index_cast %[[LIMIT]] : i32 to index
//       CHECK:   %[[MAX:.+]] = arith.maxsi %[[INDEX]], %[[LOW]]
//       CHECK:   %[[MIN:.+]] = arith.minsi %[[MAX]], %[[HIGH]]
//       CHECK:   arith.subi %[[MIN]], %[[LOW]]
//       CHECK: %[[COUNTS:.+]]:2 = scf.for %{{.+}} = %{{.+}} to %[[SIZE]]
//       CHECK:   tensor.extract %[[STARTS]]
//       CHECK: %[[SLICE:.+]] = tensor.extract_slice %[[COUNTS]]#1[0]
//       CHECK: ditto.repeat_interleave %[[X]] by %[[SLICE]] dim(0) output_size(%[[SIZE]]) : tensor<?x5xf32>, tensor<?xindex>
func.func @comparisons(%x: tensor<?x5xf32>, %limits: tensor<?xi32>, %size: index) -> tensor<?x5xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0 : i64
  %n = tensor.dim %limits, %c0 : tensor<?xi32>
  %slice = tensor.extract_slice %x[0, 0] [%n, 5] [1, 1] : tensor<?x5xf32> to tensor<?x5xf32>
  %wide_e = tensor.empty(%n) : tensor<?xi64>
  %wide = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%limits : tensor<?xi32>) outs(%wide_e : tensor<?xi64>) {
  ^bb0(%l: i32, %o: i64):
    %w = arith.extsi %l : i32 to i64
    linalg.yield %w : i64
  } -> tensor<?xi64>
  %column = tensor.expand_shape %wide [[0, 1]] output_shape [%n, 1] : tensor<?xi64> into tensor<?x1xi64>
  %matrix_e = tensor.empty(%n, %size) : tensor<?x?xi1>
  %matrix = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, 0)>, #id], iterator_types = ["parallel", "parallel"]} ins(%column : tensor<?x1xi64>) outs(%matrix_e : tensor<?x?xi1>) {
  ^bb0(%l: i64, %o: i1):
    %t = linalg.index 1 : index
    %place = arith.index_cast %t : index to i64
    %above = arith.cmpi sgt, %place, %l : i64
    linalg.yield %above : i1
  } -> tensor<?x?xi1>
  %e = tensor.empty(%size) : tensor<?xi64>
  %zeros = linalg.fill ins(%zero : i64) outs(%e : tensor<?xi64>) -> tensor<?xi64>
  %idx = linalg.generic {indexing_maps = [#id, #columns], iterator_types = ["reduction", "parallel"]} ins(%matrix : tensor<?x?xi1>) outs(%zeros : tensor<?xi64>) {
  ^bb0(%m: i1, %o: i64):
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<?xi64>
  %re = tensor.empty(%size) : tensor<?x5xf32>
  // REMARK-DAG: per-element-repeat.mlir:[[#@LINE+1]]:{{.*}}[Passed] Raised | {{.*}}Function=comparisons | {{.*}}Op="ditto.repeat_interleave by counts dim(0)", Spelling="comparison matrix"
  %r = linalg.generic {indexing_maps = [#rows, #id], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<?xi64>) outs(%re : tensor<?x5xf32>) {
  ^bb0(%i: i64, %o: f32):
    %h = arith.index_cast %i : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %slice[%h, %d] : tensor<?x5xf32>
    linalg.yield %v : f32
  } -> tensor<?x5xf32>
  return %r : tensor<?x5xf32>
}

// Three fit in i3 with a sign.
// CHECK-LABEL: @narrow
//       CHECK: ditto.repeat_interleave %{{.+}} by %{{.+}} dim(0) output_size(7)
func.func @narrow(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zero = arith.constant 0 : i4
  %e = tensor.empty() : tensor<7xi4>
  %zeros = linalg.fill ins(%zero : i4) outs(%e : tensor<7xi4>) -> tensor<7xi4>
  %idx = linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "reduction"]} ins(%limits : tensor<3xi64>) outs(%zeros : tensor<7xi4>) {
  ^bb0(%l: i64, %o: i4):
    %t = linalg.index 0 : index
    %place = arith.index_cast %t : index to i64
    %m = arith.cmpi sle, %l, %place : i64
    %one = arith.extui %m : i1 to i4
    %s = arith.addi %o, %one : i4
    linalg.yield %s : i4
  } -> tensor<7xi4>
  %re = tensor.empty() : tensor<7x5xf32>
  %r = linalg.generic {indexing_maps = [#rows, #id], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<7xi4>) outs(%re : tensor<7x5xf32>) {
  ^bb0(%i: i4, %o: f32):
    %h = arith.index_cast %i : i4 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// Three do not fit in i2.
// CHECK-LABEL: @negative_too_narrow
//   CHECK-NOT: ditto
func.func @negative_too_narrow(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zero = arith.constant 0 : i2
  %e = tensor.empty() : tensor<7xi2>
  %zeros = linalg.fill ins(%zero : i2) outs(%e : tensor<7xi2>) -> tensor<7xi2>
  %idx = linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "reduction"]} ins(%limits : tensor<3xi64>) outs(%zeros : tensor<7xi2>) {
  ^bb0(%l: i64, %o: i2):
    %t = linalg.index 0 : index
    %place = arith.index_cast %t : index to i64
    %m = arith.cmpi sle, %l, %place : i64
    %one = arith.extui %m : i1 to i2
    %s = arith.addi %o, %one : i2
    linalg.yield %s : i2
  } -> tensor<7xi2>
  %re = tensor.empty() : tensor<7x5xf32>
  %r = linalg.generic {indexing_maps = [#rows, #id], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<7xi2>) outs(%re : tensor<7x5xf32>) {
  ^bb0(%i: i2, %o: f32):
    %h = arith.index_cast %i : i2 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// The index becomes less.
// CHECK-LABEL: @negative_decreasing
//   CHECK-NOT: ditto
func.func @negative_decreasing(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zero = arith.constant 0 : i64
  %e = tensor.empty() : tensor<7xi64>
  %zeros = linalg.fill ins(%zero : i64) outs(%e : tensor<7xi64>) -> tensor<7xi64>
  %idx = linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "reduction"]} ins(%limits : tensor<3xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %o: i64):
    %t = linalg.index 0 : index
    %place = arith.index_cast %t : index to i64
    %m = arith.cmpi sgt, %l, %place : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %re = tensor.empty() : tensor<7x5xf32>
  %r = linalg.generic {indexing_maps = [#rows, #id], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<7xi64>) outs(%re : tensor<7x5xf32>) {
  ^bb0(%i: i64, %o: f32):
    %h = arith.index_cast %i : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// A negative limit is large as an unsigned number.
// CHECK-LABEL: @negative_unsigned
//   CHECK-NOT: ditto
func.func @negative_unsigned(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zero = arith.constant 0 : i64
  %e = tensor.empty() : tensor<7xi64>
  %zeros = linalg.fill ins(%zero : i64) outs(%e : tensor<7xi64>) -> tensor<7xi64>
  %idx = linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "reduction"]} ins(%limits : tensor<3xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %o: i64):
    %t = linalg.index 0 : index
    %place = arith.index_cast %t : index to i64
    %m = arith.cmpi ule, %l, %place : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %re = tensor.empty() : tensor<7x5xf32>
  %r = linalg.generic {indexing_maps = [#rows, #id], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<7xi64>) outs(%re : tensor<7x5xf32>) {
  ^bb0(%i: i64, %o: f32):
    %h = arith.index_cast %i : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// Each comparison that holds counts -1.
// CHECK-LABEL: @negative_minus_one
//   CHECK-NOT: ditto
func.func @negative_minus_one(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zero = arith.constant 0 : i64
  %e = tensor.empty() : tensor<7xi64>
  %zeros = linalg.fill ins(%zero : i64) outs(%e : tensor<7xi64>) -> tensor<7xi64>
  %idx = linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "reduction"]} ins(%limits : tensor<3xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %o: i64):
    %t = linalg.index 0 : index
    %place = arith.index_cast %t : index to i64
    %m = arith.cmpi sle, %l, %place : i64
    %one = arith.extsi %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %re = tensor.empty() : tensor<7x5xf32>
  %r = linalg.generic {indexing_maps = [#rows, #id], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<7xi64>) outs(%re : tensor<7x5xf32>) {
  ^bb0(%i: i64, %o: f32):
    %h = arith.index_cast %i : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// Not the place of the copy is compared.
// CHECK-LABEL: @negative_own_place
//   CHECK-NOT: ditto
func.func @negative_own_place(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zero = arith.constant 0 : i64
  %e = tensor.empty() : tensor<7xi64>
  %zeros = linalg.fill ins(%zero : i64) outs(%e : tensor<7xi64>) -> tensor<7xi64>
  %idx = linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "reduction"]} ins(%limits : tensor<3xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %o: i64):
    %t = linalg.index 1 : index
    %place = arith.index_cast %t : index to i64
    %m = arith.cmpi sle, %l, %place : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %re = tensor.empty() : tensor<7x5xf32>
  %r = linalg.generic {indexing_maps = [#rows, #id], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<7xi64>) outs(%re : tensor<7x5xf32>) {
  ^bb0(%i: i64, %o: f32):
    %h = arith.index_cast %i : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// The index begins at 1.
// CHECK-LABEL: @negative_begin
//   CHECK-NOT: ditto
func.func @negative_begin(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zero = arith.constant 1 : i64
  %e = tensor.empty() : tensor<7xi64>
  %zeros = linalg.fill ins(%zero : i64) outs(%e : tensor<7xi64>) -> tensor<7xi64>
  %idx = linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "reduction"]} ins(%limits : tensor<3xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %o: i64):
    %t = linalg.index 0 : index
    %place = arith.index_cast %t : index to i64
    %m = arith.cmpi sle, %l, %place : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %re = tensor.empty() : tensor<7x5xf32>
  %r = linalg.generic {indexing_maps = [#rows, #id], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<7xi64>) outs(%re : tensor<7x5xf32>) {
  ^bb0(%i: i64, %o: f32):
    %h = arith.index_cast %i : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// More elements than comparisons.
// CHECK-LABEL: @negative_more_elements
//   CHECK-NOT: ditto
func.func @negative_more_elements(%x: tensor<4x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zero = arith.constant 0 : i64
  %e = tensor.empty() : tensor<7xi64>
  %zeros = linalg.fill ins(%zero : i64) outs(%e : tensor<7xi64>) -> tensor<7xi64>
  %idx = linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "reduction"]} ins(%limits : tensor<3xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %o: i64):
    %t = linalg.index 0 : index
    %place = arith.index_cast %t : index to i64
    %m = arith.cmpi sle, %l, %place : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %re = tensor.empty() : tensor<7x5xf32>
  %r = linalg.generic {indexing_maps = [#rows, #id], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<7xi64>) outs(%re : tensor<7x5xf32>) {
  ^bb0(%i: i64, %o: f32):
    %h = arith.index_cast %i : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<4x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// The comparisons would still be made for the other user.
// CHECK-LABEL: @negative_other_user
//   CHECK-NOT: ditto
func.func @negative_other_user(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> (tensor<7x5xf32>, tensor<7xi64>) {
  %zero = arith.constant 0 : i64
  %e = tensor.empty() : tensor<7xi64>
  %zeros = linalg.fill ins(%zero : i64) outs(%e : tensor<7xi64>) -> tensor<7xi64>
  %idx = linalg.generic {indexing_maps = [#columns, #rows], iterator_types = ["parallel", "reduction"]} ins(%limits : tensor<3xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %o: i64):
    %t = linalg.index 0 : index
    %place = arith.index_cast %t : index to i64
    %m = arith.cmpi sle, %l, %place : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %re = tensor.empty() : tensor<7x5xf32>
  %r = linalg.generic {indexing_maps = [#rows, #id], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<7xi64>) outs(%re : tensor<7x5xf32>) {
  ^bb0(%i: i64, %o: f32):
    %h = arith.index_cast %i : i64 to index
    %d = linalg.index 1 : index
    %v = tensor.extract %x[%h, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<7x5xf32>
  return %r, %idx : tensor<7x5xf32>, tensor<7xi64>
}
