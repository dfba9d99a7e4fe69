// Each raised chain is a passed remark; a broadcast that is joined, but not
// raised, a missed one.
//
// RUN: ditto-opt %s --ditto-raise --remarks-filter-missed=ditto -o /dev/null 2>&1 | FileCheck %s --check-prefix=MISSED
// RUN: ditto-opt %s --ditto-raise='rewrite=false' --remarks-filter-missed=ditto -o /dev/null 2>&1 | FileCheck %s --check-prefix=ONLY
// RUN: ditto-opt %s --ditto-raise --remarks-filter-passed=ditto -o /dev/null 2>&1 | FileCheck %s

// CHECK-DAG: remarks.mlir:[[#@LINE+2]]:{{.*}}remark: [Passed] Raised | Category:ditto:ditto-raise |{{.*}}Bytes=480, Op="ditto.repeat_interleave by 4 dim(0), ditto.repeat by [2, 1]", Spelling="broadcast + collapse_shape"
func.func @f(%x: tensor<3x5xf32>, %e: tensor<2x3x4x5xf32>) -> tensor<24x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) dimensions = [0, 2]
  %r = tensor.collapse_shape %b [[0, 1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<24x5xf32>
  return %r : tensor<24x5xf32>
}

func.func @concat(%x: tensor<2x3xf32>) -> tensor<2x6xf32> {
  // CHECK-DAG: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Raised | {{.*}}Op="ditto.repeat by [1, 2]", Spelling="tensor.concat of one value"
  %r = tensor.concat dim(1) %x, %x : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x6xf32>
  return %r : tensor<2x6xf32>
}

func.func @indexed_copy(%x: tensor<2x3xf32>, %e: tensor<2x6xf32>) -> tensor<2x6xf32> {
  %c2 = arith.constant 2 : index
  // CHECK-DAG: remarks.mlir:[[#@LINE+1]]:{{.*}}[Passed] Raised | {{.*}}Op="ditto.repeat_interleave by 2 dim(1)", Spelling="indexed copy"
  %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<2x6xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %k = arith.divui %j, %c2 : index
    %v = tensor.extract %x[%i, %k] : tensor<2x3xf32>
    linalg.yield %v : f32
  } -> tensor<2x6xf32>
  return %r : tensor<2x6xf32>
}

// MISSED: remarks.mlir:[[#@LINE+2]]:{{.*}}remark: [Missed] Raised | Category:ditto:ditto-raise | Function=escapes | Reason="expected a broadcast dimension that a reshape joins with others, but found 'func.return'"
func.func @escapes(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> (tensor<12x5xf32>, tensor<3x4x5xf32>) {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  return %c, %b : tensor<12x5xf32>, tensor<3x4x5xf32>
}

// MISSED: remarks.mlir:[[#@LINE+3]]:{{.*}}remark: [Missed] Raised | Category:ditto:ditto-raise | Function=unknown_extents | Reason="expected extents that are known to be equal"
func.func @unknown_extents(%x: tensor<?x5xf32>, %n: index, %shape: tensor<2xindex>) -> tensor<?x?xf32> {
  %e = tensor.empty(%n) : tensor<?x4x5xf32>
  %b = linalg.broadcast ins(%x : tensor<?x5xf32>) outs(%e : tensor<?x4x5xf32>) dimensions = [1]
  %r = tensor.reshape %b(%shape) : (tensor<?x4x5xf32>, tensor<2xindex>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// MISSED: remarks.mlir:[[#@LINE+2]]:{{.*}}remark: [Missed] Raised | {{.*}}Function=split_again | Reason="expected a broadcast dimension that stays joined with others"
func.func @split_again(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> (tensor<12x5xf32>, tensor<3x4x5x1xf32>) {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  %d = tensor.collapse_shape %b [[0], [1, 2]] : tensor<3x4x5xf32> into tensor<3x20xf32>
  %s = tensor.expand_shape %d [[0], [1, 2, 3]] output_shape [3, 4, 5, 1] : tensor<3x20xf32> into tensor<3x4x5x1xf32>
  return %c, %s : tensor<12x5xf32>, tensor<3x4x5x1xf32>
}

// ONLY: remarks.mlir:[[#@LINE+2]]:{{.*}}remark: [Missed] Raised | {{.*}}Function=dead | Reason="expected users that move a broadcast on"
func.func @dead(%x: tensor<3x5xf32>, %e: tensor<3x4x5xf32>) -> tensor<12x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<3x4x5xf32>) dimensions = [1]
  %c = tensor.collapse_shape %b [[0, 1], [2]] : tensor<3x4x5xf32> into tensor<12x5xf32>
  %d = tensor.cast %b : tensor<3x4x5xf32> to tensor<3x?x5xf32>
  return %c : tensor<12x5xf32>
}

// No candidates: a mask, and what only looks like a loop of copies.
// MISSED-NOT: remark
func.func @mask(%x: tensor<5xi1>, %y: tensor<3x5xi1>, %e: tensor<3x5xi1>) -> tensor<3x5xi1> {
  %b = linalg.broadcast ins(%x : tensor<5xi1>) outs(%e : tensor<3x5xi1>) dimensions = [0]
  %r = arith.andi %b, %y : tensor<3x5xi1>
  return %r : tensor<3x5xi1>
}
