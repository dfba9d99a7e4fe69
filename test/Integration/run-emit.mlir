// RUN: ditto-run %s --emit=mlir | FileCheck %s --check-prefix=MLIR
// RUN: ditto-run %s --emit=linalg | FileCheck %s --check-prefix=LINALG
// RUN: ditto-run %s --emit=llvm --cpu=generic | FileCheck %s --check-prefix=LLVM
// RUN: ditto-run %s --emit=mlir --entry=other | FileCheck %s --check-prefix=ENTRY
// RUN: ditto-run %s --emit=mlir --entry=spelled | FileCheck %s --check-prefix=RAISED
// RUN: ditto-run %s --emit=mlir --entry=spelled --lower-only | FileCheck %s --check-prefix=SPELLED
// RUN: ditto-run %s --emit=linalg --lower-only | FileCheck %s --check-prefix=LINALG
// RUN: ditto-run %s --emit=obj -o %t.o
// RUN: llvm-nm %t.o | FileCheck %s --check-prefix=OBJ

// A file that cannot be written is not left there in part.
// RUN: rm -rf %t.dir && mkdir %t.dir
// RUN: not ditto-run %s --emit=obj -o %t.dir 2>&1 | FileCheck %s --check-prefix=DIRECTORY
// DIRECTORY: ditto-run: {{.*}}.dir: Is a directory
// RUN: not ditto-run %s --emit=obj --entry=nope -o %t.dir/x.o
// RUN: ls %t.dir | count 0

// MLIR: func.func @main
// MLIR: ditto.repeat
// LINALG-NOT: ditto.
// LINALG: func.func @main
// LINALG-NOT: ditto.
// LLVM-DAG: define {{.*}}@main(
// LLVM-DAG: define {{.*}}@_mlir_ciface_main(
// RAISED: ditto.repeat
// SPELLED: linalg.broadcast
// ENTRY-NOT: @main
// ENTRY: @other
// OBJ-DAG: T _mlir_ciface_main
// OBJ-DAG: T _mlir_ciface_other
// OBJ-DAG: U _mlir_memref_to_llvm_alloc
func.func @main(%x: tensor<?x4xf32>, %n: index) -> tensor<?x4xf32> {
  %r = ditto.repeat %x by [%n, 1] : tensor<?x4xf32> -> tensor<?x4xf32>
  return %r : tensor<?x4xf32>
}
func.func @other(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}
func.func @spelled(%x: tensor<2xf32>) -> tensor<8xf32> {
  %e = tensor.empty() : tensor<4x2xf32>
  %b = linalg.broadcast ins(%x : tensor<2xf32>) outs(%e : tensor<4x2xf32>) dimensions = [0]
  %r = tensor.collapse_shape %b [[0, 1]] : tensor<4x2xf32> into tensor<8xf32>
  return %r : tensor<8xf32>
}
