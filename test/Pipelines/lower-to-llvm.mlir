// RUN: ditto-opt %s --ditto-lower-to-llvm | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(ditto-lower-to-llvm{vectorize=0})' | FileCheck %s --check-prefix=SCALAR
// RUN: ditto-opt %s --pass-pipeline='builtin.module(ditto-compile{emit-c-interface=1})' | FileCheck %s --check-prefix=WRAPPER
// RUN: ditto-opt %s --pass-pipeline='builtin.module(ditto-lower-to-llvm{bf16-dot})' | FileCheck %s --check-prefix=PAIRS
// RUN: ditto-opt %s --pass-pipeline='builtin.module(ditto-lower-to-llvm{bf16-dot reassociate=0})' | FileCheck %s --check-prefix=EXACT

// CHECK-LABEL: llvm.func @rows
// CHECK:         llvm.call @_mlir_memref_to_llvm_alloc
// CHECK:         llvm.load {{.*}} -> vector<64xi8>
// CHECK:         llvm.store {{.*}} : vector<64xi8>, !llvm.ptr
// SCALAR-LABEL: llvm.func @rows
// SCALAR-NOT:     vector<
// WRAPPER: llvm.func @_mlir_ciface_rows
func.func @rows(%x: tensor<2x64xi1>) -> tensor<8x64xi1> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x64xi1> -> tensor<8x64xi1>
  return %r : tensor<8x64xi1>
}

// An argument is never written to: the caller still owns it.
// CHECK-LABEL: llvm.func @argument_is_kept
// CHECK:         llvm.call @_mlir_memref_to_llvm_{{.*}}alloc
func.func @argument_is_kept(%x: tensor<8xf32>, %v: f32, %i: index) -> tensor<8xf32> {
  %r = tensor.insert %v into %x[%i] : tensor<8xf32>
  return %r : tensor<8xf32>
}

// Branches that loop.
// CHECK-LABEL: llvm.func @branches
func.func @branches(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cf.br ^head(%c0, %x : index, tensor<4xf32>)
^head(%i: index, %t: tensor<4xf32>):
  %p = arith.cmpi slt, %i, %n : index
  cf.cond_br %p, ^body, ^exit
^body:
  %u = arith.addf %t, %t : tensor<4xf32>
  %j = arith.addi %i, %c1 : index
  cf.br ^head(%j, %u : index, tensor<4xf32>)
^exit:
  return %t : tensor<4xf32>
}

// Rounded by the CPU, which takes subnormal numbers for 0, or bit by bit.
// PAIRS-LABEL: llvm.func @rounds
// PAIRS:         llvm.fptrunc %{{.*}} : f32 to bf16
// EXACT-LABEL: llvm.func @rounds
// EXACT-NOT:     llvm.fptrunc
// EXACT:         llvm.lshr
func.func @rounds(%x: f32) -> bf16 {
  %y = arith.truncf %x : f32 to bf16
  return %y : bf16
}

// No function of libm.
// CHECK-LABEL: llvm.func @exponentials
// CHECK-NOT:     exp
// CHECK:         llvm.return
func.func @exponentials(%x: tensor<64xf32>) -> tensor<64xf32> {
  %r = math.exp %x : tensor<64xf32>
  return %r : tensor<64xf32>
}
