// Why a linalg op stays as it is, as a remark says it.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen))' --remarks-filter-missed=ditto-codegen -o /dev/null 2>&1 | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{reassociate=false}))' --remarks-filter-missed=ditto-codegen -o /dev/null 2>&1 | FileCheck %s --check-prefix=ORDER
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{vector-bits=64}))' --remarks-filter-missed=ditto-codegen -o /dev/null 2>&1 | FileCheck %s --check-prefix=NARROW
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{byte-permute}))' --remarks-filter-missed=ditto-codegen -o /dev/null 2>&1 | FileCheck %s --check-prefix=PERMUTE

#id = affine_map<(i) -> (i)>
#row = affine_map<(i, j) -> (i, j)>
#columns = affine_map<(i, j) -> (j)>

func.func @tensors(%x: tensor<64xf32>, %y: tensor<64xf32>) -> tensor<64xf32> {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="not on buffers"
  %r = linalg.exp ins(%x : tensor<64xf32>) outs(%y : tensor<64xf32>) -> tensor<64xf32>
  return %r : tensor<64xf32>
}

func.func @no_results(%x: memref<64xf32>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="no results"
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel"]} ins(%x : memref<64xf32>) {
  ^bb0(%a: f32):
    linalg.yield
  }
  return
}

func.func @not_strided(%x: memref<64xf32, affine_map<(d) -> (d floordiv 2)>>, %y: memref<64xf32>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="an operand is not strided"
  linalg.exp ins(%x : memref<64xf32, affine_map<(d) -> (d floordiv 2)>>) outs(%y : memref<64xf32>)
  return
}

func.func @sum_of_indices(%x: memref<8x8xf32>, %y: memref<15xf32>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="a result is not indexed by the parallel dimensions"
  linalg.generic {indexing_maps = [#row, affine_map<(i, j) -> (i + j)>], iterator_types = ["reduction", "reduction"]}
      ins(%x : memref<8x8xf32>) outs(%y : memref<15xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %o : f32
    linalg.yield %s : f32
  }
  return
}

// Each column writes the same elements.
func.func @written_again(%x: memref<8x8xf32>, %y: memref<8xf32>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="a result is not indexed by the parallel dimensions"
  linalg.generic {indexing_maps = [#row, affine_map<(i, j) -> (i)>], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<8x8xf32>) outs(%y : memref<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.negf %a : f32
    linalg.yield %s : f32
  }
  return
}

func.func @rank_0(%x: memref<f32>, %y: memref<f32>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="no dimension to vectorise; no reduction to vectorise"
  linalg.exp ins(%x : memref<f32>) outs(%y : memref<f32>)
  return
}

func.func @rows_of_one(%x: memref<8x1xf32>, %y: memref<8x1xf32>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="a result has rows of one element; no reduction to vectorise"
  linalg.exp ins(%x : memref<8x1xf32>) outs(%y : memref<8x1xf32>)
  return
}

// Which of the elements is the last is no reduction.
func.func @no_combiner(%x: memref<64xf32>, %y: memref<f32>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="no dimension to vectorise; a result has no combiner"
  linalg.generic {indexing_maps = [#id, affine_map<(i) -> ()>], iterator_types = ["reduction"]}
      ins(%x : memref<64xf32>) outs(%y : memref<f32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.negf %a : f32
    linalg.yield %s : f32
  }
  return
}

func.func @no_vector_form(%x: memref<64xf32>, %y: memref<f32>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="no dimension to vectorise; a combiner has no vector form"
  linalg.generic {indexing_maps = [#id, affine_map<(i) -> ()>], iterator_types = ["reduction"]}
      ins(%x : memref<64xf32>) outs(%y : memref<f32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.divf %o, %a : f32
    linalg.yield %s : f32
  }
  return
}

func.func @sum_of_floats(%x: memref<64xf32>, %y: memref<f32>) {
  // ORDER: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="no dimension to vectorise; a sum of floats keeps its order"
  linalg.reduce {arith.addf} ins(%x : memref<64xf32>) outs(%y : memref<f32>) dimensions = [0]
  return
}

func.func @no_lanes(%x: memref<64xf32>, %y: memref<64xcomplex<f32>>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="an op of the body has no lanes; no reduction to vectorise"
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<64xf32>) outs(%y : memref<64xcomplex<f32>>) {
  ^bb0(%a: f32, %o: complex<f32>):
    %c = complex.create %a, %a : complex<f32>
    linalg.yield %c : complex<f32>
  }
  return
}

func.func @type_without_lanes(%x: memref<64xi7>, %y: memref<64xi7>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="computes with a type without lanes; no reduction to vectorise"
  linalg.add ins(%x, %x : memref<64xi7>, memref<64xi7>) outs(%y : memref<64xi7>)
  return
}

func.func @regions(%x: memref<64xf32>, %y: memref<64xf32>, %c: i1) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="an op of the body has regions; no reduction to vectorise"
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<64xf32>) outs(%y : memref<64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = scf.if %c -> f32 {
      scf.yield %a : f32
    } else {
      scf.yield %o : f32
    }
    linalg.yield %s : f32
  }
  return
}

func.func @effects(%x: memref<64xf32>, %y: memref<64xf32>, %z: memref<f32>, %v: f32) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="an op of the body has effects; no reduction to vectorise"
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%x : memref<64xf32>) outs(%y : memref<64xf32>) {
  ^bb0(%a: f32, %o: f32):
    memref.store %v, %z[] : memref<f32>
    linalg.yield %a : f32
  }
  return
}

func.func @no_storage(%x: memref<64xf80>, %y: memref<64xf80>, %s: memref<8x8xf80>, %t: memref<8x8xf80>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="elements have no storage type; no transpose of contiguous rows; computes with a type without lanes; no reduction to vectorise"
  linalg.copy ins(%x : memref<64xf80>) outs(%y : memref<64xf80>)
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="elements have no storage type; not two or four rows; an input has a stride along the vector dimension; no reduction to vectorise"
  linalg.transpose ins(%s : memref<8x8xf80>) outs(%t : memref<8x8xf80>) permutation = [1, 0]
  return
}

func.func @wide_elements(%x: memref<8x8xf64>, %y: memref<8x8xf64>) {
  // NARROW: vector-plan.mlir:[[#@LINE+1]]:{{.*}}; a vector holds one element; an input has a stride along the vector dimension; no reduction to vectorise"
  linalg.transpose ins(%x : memref<8x8xf64>) outs(%y : memref<8x8xf64>) permutation = [1, 0]
  // NARROW: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="a vector holds one element"
  linalg.exp ins(%x : memref<8x8xf64>) outs(%y : memref<8x8xf64>)
  return
}

func.func @scalar(%x: f32, %y: memref<8x1xf32>) {
  // CHECK: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="no copy of one buffer; no transpose of contiguous rows; a result has rows of one element; no reduction to vectorise"
  linalg.fill ins(%x : f32) outs(%y : memref<8x1xf32>)
  return
}

// Of the columns, as many as there are, and of what.
func.func @gathers(%c: memref<8xindex>, %d: memref<64xindex>, %x: memref<4x8xi8>, %y: memref<4x8xi8>, %s: memref<4x64xf80>, %t: memref<4x64xf80>) {
  // CHECK: vector-plan.mlir:[[#@LINE+2]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="the CPU does not permute elements of this size; an op of the body has no lanes; no reduction to vectorise"
  // PERMUTE: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="rows are shorter than a vector; an op of the body has no lanes; no reduction to vectorise"
  linalg.generic {indexing_maps = [#columns, #row], iterator_types = ["parallel", "parallel"]} ins(%c : memref<8xindex>) outs(%y : memref<4x8xi8>) {
  ^bb0(%at: index, %o: i8):
    %i = linalg.index 0 : index
    %e = memref.load %x[%i, %at] : memref<4x8xi8>
    linalg.yield %e : i8
  }
  // PERMUTE: vector-plan.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}Reason="elements have no storage type; an op of the body has no lanes; no reduction to vectorise"
  linalg.generic {indexing_maps = [#columns, #row], iterator_types = ["parallel", "parallel"]} ins(%d : memref<64xindex>) outs(%t : memref<4x64xf80>) {
  ^bb0(%at: index, %o: f80):
    %i = linalg.index 0 : index
    %e = memref.load %s[%i, %at] : memref<4x64xf80>
    linalg.yield %e : f80
  }
  return
}
