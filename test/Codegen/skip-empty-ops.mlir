// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-skip-empty-ops))' | FileCheck %s

// CHECK-LABEL: func.func @two_dynamic
// CHECK-SAME:    (%[[X:[^:]*]]: memref<?x4x?xf32>
// CHECK-DAG:     %[[M:.*]] = memref.dim %[[X]], %c0{{.*}} :
// CHECK-DAG:     %[[N:.*]] = memref.dim %[[X]], %c2{{.*}} :
// CHECK-DAG:     %[[A:.*]] = arith.cmpi ne, %[[M]], %{{.*}} : index
// CHECK-DAG:     %[[B:.*]] = arith.cmpi ne, %[[N]], %{{.*}} : index
// CHECK:         %[[FILLED:.*]] = arith.andi %[[A]], %[[B]] : i1
// CHECK:         scf.if %[[FILLED]] {
// CHECK-NEXT:      linalg.copy
// CHECK-NEXT:    }
func.func @two_dynamic(%x: memref<?x4x?xf32>, %y: memref<?x4x?xf32>) {
  linalg.copy ins(%x : memref<?x4x?xf32>) outs(%y : memref<?x4x?xf32>)
  return
}

// The extent of a reduced dimension counts as well.
// CHECK-LABEL: func.func @reduction
// CHECK:         scf.if
// CHECK-NEXT:      linalg.matmul
func.func @reduction(%x: memref<4x?xf32>, %y: memref<?x4xf32>, %z: memref<4x4xf32>) {
  linalg.matmul ins(%x, %y : memref<4x?xf32>, memref<?x4xf32>) outs(%z : memref<4x4xf32>)
  return
}

// CHECK-LABEL: func.func @static_zero
// CHECK-NEXT:    return
func.func @static_zero(%x: memref<?x0xf32, strided<[8, 1]>>, %y: memref<?x0xf32>) {
  linalg.copy ins(%x : memref<?x0xf32, strided<[8, 1]>>) outs(%y : memref<?x0xf32>)
  return
}

// CHECK-LABEL: func.func @negative_one_loop
// CHECK-NOT:     scf.if
func.func @negative_one_loop(%x: memref<?xf32>, %y: memref<?xf32>) {
  linalg.copy ins(%x : memref<?xf32>) outs(%y : memref<?xf32>)
  return
}

// CHECK-LABEL: func.func @negative_static
// CHECK-NOT:     scf.if
func.func @negative_static(%x: memref<2x4xf32>, %y: memref<2x4xf32>) {
  linalg.copy ins(%x : memref<2x4xf32>) outs(%y : memref<2x4xf32>)
  return
}

// CHECK-LABEL: func.func @negative_tensors
// CHECK-NOT:     scf.if
func.func @negative_tensors(%x: tensor<?x?xf32>, %y: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %r = linalg.copy ins(%x : tensor<?x?xf32>) outs(%y : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
