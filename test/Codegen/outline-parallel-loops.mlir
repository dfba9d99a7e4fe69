// RUN: ditto-opt %s --pass-pipeline='builtin.module(ditto-outline-parallel-loops,canonicalize,cse)' --split-input-file | FileCheck %s
// RUN: ditto-opt %s --ditto-outline-parallel-loops --split-input-file --remarks-filter=ditto-codegen -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: ditto-opt %s --ditto-outline-parallel-loops --split-input-file | FileCheck %s --check-prefix=ALONE

// 4096 iterations of about 20 instructions: parts of 781 iterations take 16384.
// CHECK:       func.func private @dittoRuntimeParallelFor(index, index, (!llvm.ptr, index, index) -> (), !llvm.ptr)
// CHECK-LABEL: func @rows
// CHECK-SAME:    (%[[X:.*]]: memref<4096x160xf32>, %[[Y:.*]]: memref<4096x160xf32>)
// CHECK-DAG:     %[[C4096:.*]] = arith.constant 4096 : index
// CHECK-DAG:     %[[C781:.*]] = arith.constant 781 : index
// CHECK-DAG:     %[[BODY:.*]] = constant @rows_loop
// CHECK:         %[[CONTEXT:.*]] = llvm.alloca
// CHECK:         llvm.store
// CHECK:         llvm.store
// CHECK-NOT:     scf
// CHECK:         call @dittoRuntimeParallelFor(%[[C4096]], %[[C781]], %[[BODY]], %[[CONTEXT]])
// CHECK-LABEL: func private @rows_loop
// CHECK-SAME:    (%[[CONTEXT:.*]]: !llvm.ptr, %[[BEGIN:.*]]: index, %[[END:.*]]: index)
// CHECK-COUNT-2: llvm.load
// CHECK:         scf.for %[[I:.*]] = %[[BEGIN]] to %[[END]] step %c1
// CHECK:           scf.for %[[J:.*]] = %c0 to %c160 step %c16
// CHECK:             vector.load %{{.*}}[%[[I]], %[[J]]]
// CHECK:         return
func.func @rows(%x: memref<4096x160xf32>, %y: memref<4096x160xf32>) {
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %c160 = arith.constant 160 : index
  // REMARK: outline-parallel-loops.mlir:[[#@LINE+1]]:{{.*}}[Passed] Parallel | Category:ditto-codegen | Function=rows_loop, Instructions=20, Turns=4096
  scf.forall (%i) in (4096) {
    scf.for %j = %c0 to %c160 step %c16 {
      %v = vector.load %x[%i, %j] : memref<4096x160xf32>, vector<16xf32>
      vector.store %v, %y[%i, %j] : memref<4096x160xf32>, vector<16xf32>
    }
  }
  return
}

// -----

// Too little for two threads.
// CHECK-LABEL: func @negative_short
// CHECK:         scf.forall
// CHECK-NOT:     call
func.func @negative_short(%x: memref<1024xf32>, %y: memref<1024xf32>) {
  // REMARK: outline-parallel-loops.mlir:[[#@LINE+1]]:{{.*}}[Missed] Parallel | Category:ditto-codegen | Reason="expected at least 32768 instructions, but found about 2048"
  scf.forall (%i) in (1024) {
    %v = memref.load %x[%i] : memref<1024xf32>
    memref.store %v, %y[%i] : memref<1024xf32>
  }
  return
}

// -----

// A part of two dimensions is walked row by row; bounds that only the run knows are
// passed, and the grain is computed there.
// CHECK-LABEL: func @two_dims
// CHECK-SAME:    %[[M:[^:]*]]: index, %[[N:[^:]*]]: index, %[[K:[^:]*]]: index
// CHECK:         %[[ROWS:.*]] = arith.maxsi %[[M]], %c0
// CHECK:         %[[LENGTH:.*]] = arith.ceildivui
// CHECK:         %[[COUNT:.*]] = arith.muli %[[ROWS]], %[[LENGTH]]
// CHECK:         %[[TURNS:.*]] = arith.maxsi %[[K]], %c0
// CHECK:         %[[COST:.*]] = arith.muli %[[TURNS]], %c2
// CHECK:         %[[MORE:.*]] = arith.addi %[[COST]], %c1
// CHECK:         %[[GRAIN:.*]] = arith.ceildivui %c16384, %[[MORE]]
// CHECK:         call @dittoRuntimeParallelFor(%[[COUNT]], %[[GRAIN]],
// CHECK-LABEL: func private @two_dims_loop
// CHECK-SAME:    (%{{.*}}: !llvm.ptr, %[[BEGIN:.*]]: index, %[[END:.*]]: index)
// CHECK:         %[[FIRST:.*]] = arith.divui %[[BEGIN]], %[[LENGTH:.*]] : index
// CHECK:         %[[LAST:.*]] = arith.ceildivui %[[END]], %[[LENGTH]] : index
// CHECK:         scf.for %[[ROW:.*]] = %[[FIRST]] to %[[LAST]]
// CHECK:           %[[START:.*]] = arith.muli %[[ROW]], %[[LENGTH]]
// CHECK:           %[[BEFORE:.*]] = arith.subi %[[BEGIN]], %[[START]]
// CHECK:           %[[FROM:.*]] = arith.maxsi %[[BEFORE]], %c0
// CHECK:           %[[LEFT:.*]] = arith.subi %[[END]], %[[START]]
// CHECK:           %[[TO:.*]] = arith.minsi %[[LEFT]], %[[LENGTH]]
// CHECK:           scf.for %[[TURN:.*]] = %[[FROM]] to %[[TO]]
// CHECK:             %[[SCALED:.*]] = arith.muli %[[TURN]], %c4
// CHECK:             %[[J:.*]] = arith.addi %[[SCALED]], %c8
// CHECK:             scf.for %[[L:.*]] = %c0 to
// CHECK:               memref.load %{{.*}}[%[[ROW]], %[[J]], %[[L]]]
func.func @two_dims(%m: index, %n: index, %k: index, %x: memref<?x?x?xf32>, %y: memref<?x?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // REMARK: outline-parallel-loops.mlir:[[#@LINE+1]]:{{.*}}[Passed] Parallel | {{.*}} Function=two_dims_loop, Instructions=dynamic, Turns=dynamic
  scf.forall (%i, %j) = (0, 8) to (%m, %n) step (1, 4) {
    scf.for %l = %c0 to %k step %c1 {
      %v = memref.load %x[%i, %j, %l] : memref<?x?x?xf32>
      memref.store %v, %y[%i, %j, %l] : memref<?x?x?xf32>
    }
  }
  return
}

// -----

// The context is allocated once, whatever loops are around, and loops inside stay.
// CHECK-LABEL: func @nested
// CHECK:         llvm.alloca
// CHECK:         scf.for
// CHECK-NOT:       llvm.alloca
// CHECK:           call @dittoRuntimeParallelFor
// CHECK-LABEL: func private @nested_loop
// CHECK:         scf.forall
// CHECK-NOT:     call
func.func @nested(%x: memref<64x64x64xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  scf.for %i = %c0 to %c64 step %c1 {
    scf.forall (%j) in (64) {
      scf.forall (%k) in (1024) {
        %l = arith.remui %k, %c64 : index
        %v = memref.load %x[%i, %j, %l] : memref<64x64x64xf32>
        memref.store %v, %x[%i, %j, %l] : memref<64x64x64xf32>
      }
    }
  }
  return
}

// -----

// Somebody else's function of the same name.
func.func private @dittoRuntimeParallelFor(index)
// CHECK-LABEL: func @negative_taken
// CHECK:         scf.forall
func.func @negative_taken(%x: memref<100000xf32>) {
  // REMARK: outline-parallel-loops.mlir:[[#@LINE+1]]:{{.*}}[Missed] Parallel | {{.*}} Reason="the module has another symbol named dittoRuntimeParallelFor"
  scf.forall (%i) in (100000) {
    %v = memref.load %x[%i] : memref<100000xf32>
    memref.store %v, %x[%i] : memref<100000xf32>
  }
  return
}

// -----

// ALONE-LABEL: func @negative_steps
// ALONE-COUNT-2: scf.forall
// ALONE-NOT:     call
// ALONE-LABEL: func @huge
func.func @negative_steps(%x: memref<100000xf32>, %zero: f32) {
  scf.forall (%i) = (0) to (100000) step (0) {
    memref.store %zero, %x[%i] : memref<100000xf32>
  }
  scf.forall (%i) = (0) to (100000) step (-1) {
    memref.store %zero, %x[%i] : memref<100000xf32>
  }
  return
}

// -----

// Bounds beyond all memory, of loops that run or not.
// CHECK-LABEL: func @huge
// CHECK:         call @dittoRuntimeParallelFor(
// CHECK:         call @dittoRuntimeParallelFor(
func.func @huge(%x: memref<?x?xf32>, %zero: f32) {
  scf.forall (%i, %j) in (9223372036854775807, 9223372036854775807) {
    memref.store %zero, %x[%i, %j] : memref<?x?xf32>
  }
  scf.forall (%i) = (-9223372036854775807) to (9223372036854775807) step (1) {
    memref.store %zero, %x[%i, %i] : memref<?x?xf32>
  }
  return
}

// -----

// Memory holds no tensors.
// CHECK-LABEL: func @negative_tensor
// CHECK:         scf.forall
// CHECK-NOT:     call
func.func @negative_tensor(%x: tensor<100000xf32>, %y: memref<100000xf32>) {
  // REMARK: outline-parallel-loops.mlir:[[#@LINE+1]]:{{.*}}[Missed] Parallel | {{.*}} Reason="the body uses a value of a type that memory does not hold"
  scf.forall (%i) in (100000) {
    %v = tensor.extract %x[%i] : tensor<100000xf32>
    memref.store %v, %y[%i] : memref<100000xf32>
  }
  return
}
