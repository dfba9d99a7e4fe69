// Rows that take the same columns of a matrix.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{byte-permute},canonicalize,cse))' --split-input-file | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{byte-permute}))' --split-input-file --remarks-filter=ditto-codegen -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen))' --split-input-file | FileCheck %s --check-prefix=NONE
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-codegen{byte-permute vector-bits=256}))' --split-input-file | FileCheck %s --check-prefix=NONE
// NONE-NOT: llvm.call_intrinsic

#last = affine_map<(o, j) -> (j)>
#all = affine_map<(o, j) -> (o, j)>

// What is taken from which window is found out once for all rows. Rows that are
// shorter than a vector are left to scalars.
// CHECK-LABEL: func @bytes
// CHECK-SAME:    (%[[C:.*]]: memref<?xindex>, %[[X:.*]]: memref<?x?xi8>, %[[Y:.*]]: memref<?x?xi8>)
// CHECK:         scf.if
// CHECK:           %[[BEGINS:.*]] = memref.alloc(%[[VECTORS:.*]]) {{.*}} : memref<?xindex>
// CHECK:           %[[PLAN:.*]] = memref.alloc(%[[VECTORS]]) {{.*}} : memref<?x64xi8>
// CHECK:           scf.for %[[V:.*]] = %c0 to %[[VECTORS]]
// CHECK:             %[[TAKEN:.*]] = vector.load %[[C]]{{.*}}, vector<64xindex>
// CHECK-DAG:         vector.reduction <minui>, %[[TAKEN]]
// CHECK-DAG:         vector.reduction <maxui>, %[[TAKEN]]
// CHECK:             memref.store %{{.*}}, %[[BEGINS]][%[[V]]]
// CHECK:             vector.store %{{.*}}, %[[PLAN]][%[[V]], %c0]
// CHECK:           scf.for %[[O:.*]] = %c0 to
// CHECK:             scf.for %[[V:.*]] = %c0 to %[[VECTORS]]
// CHECK:               %[[BEGIN:.*]] = memref.load %[[BEGINS]][%[[V]]]
// CHECK:               scf.if
// CHECK:                 %[[WINDOW:.*]] = vector.load %[[X]][%[[O]], %[[BEGIN]]]
// CHECK:                 %[[BY:.*]] = vector.load %[[PLAN]][%[[V]], %c0]
// CHECK:                 %[[R:.*]] = llvm.call_intrinsic "llvm.x86.avx512.permvar.qi.512"(%[[WINDOW]], %[[BY]])
// CHECK:                 vector.store %[[R]], %[[Y]][%[[O]],
// CHECK:               } else {
// CHECK:                 memref.store
// CHECK:           memref.dealloc %[[BEGINS]]
// CHECK:           memref.dealloc %[[PLAN]]
// CHECK:         } else {
// CHECK-NEXT:      linalg.generic
func.func @bytes(%c: memref<?xindex>, %x: memref<?x?xi8>, %y: memref<?x?xi8>) {
  // REMARK: gather.mlir:[[#@LINE+1]]:{{.*}}[Passed] Vectorised | {{.*}}Form="permuted windows", Op=linalg.generic, Tile=d1:64
  linalg.generic {indexing_maps = [#last, #all], iterator_types = ["parallel", "parallel"]}
      ins(%c : memref<?xindex>) outs(%y : memref<?x?xi8>) {
  ^bb0(%column: index, %out: i8):
    %o = linalg.index 0 : index
    %e = memref.load %x[%o, %column] : memref<?x?xi8>
    linalg.yield %e : i8
  }
  return
}

// -----

// CHECK-LABEL: func @words
// CHECK:         vector.bitcast %{{.*}} : vector<32xbf16> to vector<32xi16>
// CHECK:         llvm.call_intrinsic "llvm.x86.avx512.permvar.hi.512"
func.func @words(%c: memref<100xindex>, %x: memref<4x50xbf16>, %y: memref<4x100xbf16>) {
  linalg.generic {indexing_maps = [affine_map<(o, j) -> (j)>, affine_map<(o, j) -> (o, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%c : memref<100xindex>) outs(%y : memref<4x100xbf16>) {
  ^bb0(%column: index, %out: bf16):
    %o = linalg.index 0 : index
    %e = memref.load %x[%o, %column] : memref<4x50xbf16>
    linalg.yield %e : bf16
  }
  return
}

// -----

// Pairs of bytes are moved as words, but aligned as bytes.
// CHECK-LABEL: func @complex
// CHECK:         vector.load {{.*}} {alignment = 1 : i64} : memref<4x50xi16>, vector<32xi16>
// CHECK:         vector.store {{.*}} {alignment = 1 : i64} : memref<4x100xi16>, vector<32xi16>
func.func @complex(%c: memref<100xindex>, %x: memref<4x50xcomplex<i8>>, %y: memref<4x100xcomplex<i8>>) {
  linalg.generic {indexing_maps = [affine_map<(o, j) -> (j)>, affine_map<(o, j) -> (o, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%c : memref<100xindex>) outs(%y : memref<4x100xcomplex<i8>>) {
  ^bb0(%column: index, %out: complex<i8>):
    %o = linalg.index 0 : index
    %e = memref.load %x[%o, %column] : memref<4x50xcomplex<i8>>
    linalg.yield %e : complex<i8>
  }
  return
}

// -----

// CHECK-LABEL: func @negative_floats
// CHECK-NOT:     llvm.call_intrinsic
// CHECK:         return
func.func @negative_floats(%c: memref<100xindex>, %x: memref<4x50xf32>, %y: memref<4x100xf32>) {
  // REMARK: gather.mlir:[[#@LINE+1]]:{{.*}}[Missed] Vectorised | {{.*}}the CPU does not permute elements of this size
  linalg.generic {indexing_maps = [affine_map<(o, j) -> (j)>, affine_map<(o, j) -> (o, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%c : memref<100xindex>) outs(%y : memref<4x100xf32>) {
  ^bb0(%column: index, %out: f32):
    %o = linalg.index 0 : index
    %e = memref.load %x[%o, %column] : memref<4x50xf32>
    linalg.yield %e : f32
  }
  return
}

// -----

// CHECK-LABEL: func @negative_short_rows
// CHECK-NOT:     llvm.call_intrinsic
// CHECK:         return
func.func @negative_short_rows(%c: memref<100xindex>, %x: memref<4x63xi8>, %y: memref<4x100xi8>) {
  linalg.generic {indexing_maps = [affine_map<(o, j) -> (j)>, affine_map<(o, j) -> (o, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%c : memref<100xindex>) outs(%y : memref<4x100xi8>) {
  ^bb0(%column: index, %out: i8):
    %o = linalg.index 0 : index
    %e = memref.load %x[%o, %column] : memref<4x63xi8>
    linalg.yield %e : i8
  }
  return
}

// -----

// Elements of a column are no window.
// CHECK-LABEL: func @negative_rows
// CHECK-NOT:     llvm.call_intrinsic
// CHECK:         return
func.func @negative_rows(%r: memref<100xindex>, %x: memref<100x100xi8>, %y: memref<100x100xi8>) {
  linalg.generic {indexing_maps = [affine_map<(o, j) -> (j)>, affine_map<(o, j) -> (o, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%r : memref<100xindex>) outs(%y : memref<100x100xi8>) {
  ^bb0(%row: index, %out: i8):
    %o = linalg.index 0 : index
    %e = memref.load %x[%row, %o] : memref<100x100xi8>
    linalg.yield %e : i8
  }
  return
}

// -----

// The source's row must not depend on the column.
// CHECK-LABEL: func @negative_diagonal
// CHECK-NOT:     llvm.call_intrinsic
// CHECK:         return
func.func @negative_diagonal(%c: memref<100xindex>, %x: memref<100x100xi8>, %y: memref<4x100xi8>) {
  linalg.generic {indexing_maps = [affine_map<(o, j) -> (j)>, affine_map<(o, j) -> (o, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%c : memref<100xindex>) outs(%y : memref<4x100xi8>) {
  ^bb0(%column: index, %out: i8):
    %j = linalg.index 1 : index
    %e = memref.load %x[%j, %column] : memref<100x100xi8>
    linalg.yield %e : i8
  }
  return
}

// -----

// Each row takes columns of its own.
// CHECK-LABEL: func @negative_own_columns
// CHECK-NOT:     llvm.call_intrinsic
// CHECK:         return
func.func @negative_own_columns(%c: memref<4x100xindex>, %x: memref<4x100xi8>, %y: memref<4x100xi8>) {
  linalg.generic {indexing_maps = [affine_map<(o, j) -> (o, j)>, affine_map<(o, j) -> (o, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%c : memref<4x100xindex>) outs(%y : memref<4x100xi8>) {
  ^bb0(%column: index, %out: i8):
    %o = linalg.index 0 : index
    %e = memref.load %x[%o, %column] : memref<4x100xi8>
    linalg.yield %e : i8
  }
  return
}

// -----

// CHECK-LABEL: func @negative_strided
// CHECK-NOT:     llvm.call_intrinsic
// CHECK:         return
func.func @negative_strided(%c: memref<100xindex>, %x: memref<4x100xi8, strided<[200, 2]>>, %y: memref<4x100xi8>) {
  linalg.generic {indexing_maps = [affine_map<(o, j) -> (j)>, affine_map<(o, j) -> (o, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%c : memref<100xindex>) outs(%y : memref<4x100xi8>) {
  ^bb0(%column: index, %out: i8):
    %o = linalg.index 0 : index
    %e = memref.load %x[%o, %column] : memref<4x100xi8, strided<[200, 2]>>
    linalg.yield %e : i8
  }
  return
}

// -----

// Each column is checked before it is taken.
// CHECK-LABEL: func @negative_checked
// CHECK-NOT:     llvm.call_intrinsic
// CHECK:         cf.assert
// CHECK:         return
func.func @negative_checked(%c: memref<100xindex>, %x: memref<4x100xi8>, %y: memref<4x100xi8>) {
  %n = arith.constant 100 : index
  linalg.generic {indexing_maps = [affine_map<(o, j) -> (j)>, affine_map<(o, j) -> (o, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%c : memref<100xindex>) outs(%y : memref<4x100xi8>) {
  ^bb0(%column: index, %out: i8):
    %o = linalg.index 0 : index
    %ok = arith.cmpi ult, %column, %n : index
    cf.assert %ok, "out of bounds"
    %e = memref.load %x[%o, %column] : memref<4x100xi8>
    linalg.yield %e : i8
  }
  return
}
