// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-expand-dynamic-reshapes))' | FileCheck %s
// Upstream's pass crashes on what this one leaves nothing of.
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-expand-dynamic-reshapes),expand-strided-metadata)' | FileCheck %s --check-prefix=EXPANDED --implicit-check-not=memref.expand_shape

// CHECK-LABEL: func.func @two_dynamic
// CHECK-SAME:    (%[[X:.*]]: memref<?x8xf32>, %[[A:.*]]: index, %[[B:.*]]: index)
// CHECK:         %[[BASE:[^,]*]], %{{.*}} = memref.extract_strided_metadata %[[X]]
// CHECK:         %[[STRIDE:.*]] = affine.apply #{{.*}}()[%[[B]]]
// CHECK:         memref.reinterpret_cast %[[BASE]] to offset: [0], sizes: [%[[A]], %[[B]], 8], strides: [%[[STRIDE]], 8, 1]
// EXPANDED-LABEL: func.func @two_dynamic
func.func @two_dynamic(%x: memref<?x8xf32>, %a: index, %b: index) -> memref<?x?x8xf32> {
  %r = memref.expand_shape %x [[0, 1], [2]] output_shape [%a, %b, 8] : memref<?x8xf32> into memref<?x?x8xf32>
  return %r : memref<?x?x8xf32>
}

// No division: 2^62 x 2 does not fit in the source's extent.
// CHECK-LABEL: func.func @one_dynamic
// CHECK-SAME:    (%{{.*}}: memref<?x?xf32>, %[[A:.*]]: index, %[[B:.*]]: index)
// CHECK:         memref.reinterpret_cast %{{.*}} to offset: [0], sizes: [4611686018427387904, %[[A]], %[[B]]]
// EXPANDED-LABEL: func.func @one_dynamic
// EXPANDED-NOT: floordiv
func.func @one_dynamic(%x: memref<?x?xf32>, %a: index, %b: index) -> memref<4611686018427387904x?x?xf32> {
  %r = memref.expand_shape %x [[0, 1], [2]] output_shape [4611686018427387904, %a, %b] : memref<?x?xf32> into memref<4611686018427387904x?x?xf32>
  return %r : memref<4611686018427387904x?x?xf32>
}

// CHECK-LABEL: func.func @negative_static_group
// CHECK-NEXT:    memref.expand_shape
// EXPANDED-LABEL: func.func @negative_static_group
func.func @negative_static_group(%x: memref<?x8xf32>, %a: index) -> memref<?x2x4xf32> {
  %r = memref.expand_shape %x [[0], [1, 2]] output_shape [%a, 2, 4] : memref<?x8xf32> into memref<?x2x4xf32>
  return %r : memref<?x2x4xf32>
}
