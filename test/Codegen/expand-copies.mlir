// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-expand-copies))' | FileCheck %s

// CHECK-LABEL: func.func @strided
// CHECK-NEXT:    linalg.copy ins(%arg0 : {{.*}}) outs(%arg1 : {{.*}})
func.func @strided(%x: memref<?x4xf32, strided<[8, 1]>>, %y: memref<?x4xf32>) {
  memref.copy %x, %y : memref<?x4xf32, strided<[8, 1]>> to memref<?x4xf32>
  return
}

// memcpy does these.
// CHECK-LABEL: func.func @negative_contiguous
// CHECK-NEXT:    memref.copy
// CHECK-NEXT:    memref.copy
func.func @negative_contiguous(%x: memref<?x4xf32>, %y: memref<?x4xf32>,
                               %s: memref<2x4xf32, strided<[4, 1], offset: ?>>, %t: memref<2x4xf32>) {
  memref.copy %x, %y : memref<?x4xf32> to memref<?x4xf32>
  memref.copy %s, %t : memref<2x4xf32, strided<[4, 1], offset: ?>> to memref<2x4xf32>
  return
}

// CHECK-LABEL: func.func @negative_unranked
// CHECK-NEXT:    memref.copy
func.func @negative_unranked(%x: memref<*xf32>, %y: memref<*xf32>) {
  memref.copy %x, %y : memref<*xf32> to memref<*xf32>
  return
}
