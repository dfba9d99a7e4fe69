// Both ops bufferize directly: they read their operand and write a buffer of
// their own.
// RUN: ditto-opt %s --one-shot-bufferize="bufferize-function-boundaries function-boundary-type-conversion=identity-layout-map allow-return-allocs-from-loops" \
// RUN:   --canonicalize --cse --split-input-file | FileCheck %s --implicit-check-not=ditto. --implicit-check-not=tensor

// CHECK-LABEL: func.func @repeat
// CHECK-SAME:    (%[[X:.*]]: memref<2x3xf32>) -> memref<4x9xf32>
// CHECK-NEXT:    %[[R:.*]] = memref.alloc() {{.*}} : memref<2x2x3x3xf32>
// CHECK-NEXT:    linalg.broadcast ins(%[[X]] : memref<2x3xf32>) outs(%[[R]] : memref<2x2x3x3xf32>) dimensions = [0, 2]
// CHECK-NEXT:    %[[C:.*]] = memref.collapse_shape %[[R]] {{\[}}[0, 1], [2, 3]]
// CHECK-NEXT:    return %[[C]]
func.func @repeat(%x: tensor<2x3xf32>) -> tensor<4x9xf32> {
  %r = ditto.repeat %x by [2, 3] : tensor<2x3xf32> -> tensor<4x9xf32>
  return %r : tensor<4x9xf32>
}

// CHECK-LABEL: func.func @counts
// CHECK-SAME:    (%[[X:.*]]: memref<3x5xf32>, %[[N:.*]]: memref<3xi64>)
// CHECK:         memref.load %[[N]]
// CHECK:         call @dittoRuntimeFail
// CHECK:         %[[R:.*]] = memref.alloc(%{{.*}}) {{.*}} : memref<?x5xf32>
// CHECK:         scf.for
// CHECK:           %[[ROW:.*]] = memref.subview %[[X]]
// CHECK:           %[[PART:.*]] = memref.subview %[[R]]
// CHECK:           linalg.broadcast ins(%[[ROW]] : {{.*}}) outs(%[[PART]] : {{.*}}) dimensions = [0]
// CHECK:         return %[[R]]
func.func @counts(%x: tensor<3x5xf32>, %n: tensor<3xi64>) -> tensor<?x5xf32> {
  %r = ditto.repeat_interleave %x by %n dim(0) : tensor<3x5xf32>, tensor<3xi64> -> tensor<?x5xf32>
  return %r : tensor<?x5xf32>
}

// -----

// Rows that share columns.
// CHECK-LABEL: func.func @gathered
// CHECK-SAME:    (%[[X:.*]]: memref<20x9xi8>,
// CHECK:         %[[NUMBERS:.*]] = memref.alloc() {{.*}} : memref<9xindex>
// CHECK:         linalg.generic {{.*}} outs(%[[NUMBERS]]
// CHECK:         linalg.generic {{.*}} ins(%{{.*}} : memref<?xindex>) outs(%[[R:.*]] : memref<20x?xi8>)
// CHECK:           memref.load %[[X]]
// CHECK:         return %[[R]]
func.func @gathered(%x: tensor<20x9xi8>, %n: tensor<9xi64>) -> tensor<20x?xi8> {
  %r = ditto.repeat_interleave %x by %n dim(1) : tensor<20x9xi8>, tensor<9xi64> -> tensor<20x?xi8>
  return %r : tensor<20x?xi8>
}

// -----

// The operand is still to be read, so the write needs a copy of it; the result
// is nobody else's and is written in place.
// CHECK-LABEL: func.func @reads_and_allocates
// CHECK-SAME:    (%[[X:.*]]: memref<3xf32>, %{{.*}}: f32)
// CHECK:         %[[COPY:.*]] = memref.alloc()
// CHECK:         memref.copy %[[X]], %[[COPY]]
// CHECK:         memref.store %{{.*}}, %[[COPY]]
// CHECK:         %[[R:.*]] = memref.alloc() {{.*}} : memref<2x3xf32>
// CHECK:         linalg.broadcast ins(%[[X]] : memref<3xf32>) outs(%[[R]]
// CHECK-NEXT:    %[[C:.*]] = memref.collapse_shape %[[R]]
// CHECK-NEXT:    memref.store %{{.*}}, %[[C]]
// CHECK-NEXT:    return %[[COPY]], %[[C]]
func.func @reads_and_allocates(%x: tensor<3xf32>, %v: f32) -> (tensor<3xf32>, tensor<6xf32>) {
  %c0 = arith.constant 0 : index
  %w = tensor.insert %v into %x[%c0] : tensor<3xf32>
  %r = ditto.repeat %x by [2] : tensor<3xf32> -> tensor<6xf32>
  %s = tensor.insert %v into %r[%c0] : tensor<6xf32>
  return %w, %s : tensor<3xf32>, tensor<6xf32>
}

// -----

// A result that a loop carries: its buffer type is known before it is bufferized.
// CHECK-LABEL: func.func @carried
// CHECK:         scf.for {{.*}} -> (memref<4xf32>)
// CHECK:           memref.alloc()
// CHECK:           linalg.broadcast
func.func @carried(%x: tensor<2xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %first = ditto.repeat %x by [2] : tensor<2xf32> -> tensor<4xf32>
  %last = scf.for %i = %c0 to %n step %c1 iter_args(%t = %first) -> tensor<4xf32> {
    %half = tensor.extract_slice %t[1] [2] [1] : tensor<4xf32> to tensor<2xf32>
    %again = ditto.repeat_interleave %half by 2 dim(0) : tensor<2xf32> -> tensor<4xf32>
    scf.yield %again : tensor<4xf32>
  }
  return %last : tensor<4xf32>
}
