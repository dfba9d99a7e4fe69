// RUN: ditto-opt %s --ditto-convert-assert-to-runtime | FileCheck %s

// CHECK-DAG: llvm.mlir.global internal constant @[[$MESSAGE:.*]]("size mismatch\00")
// CHECK-DAG: llvm.func @dittoRuntimeFailAssert(!llvm.ptr) attributes {passthrough = ["noreturn", "cold"]}
// CHECK-LABEL: func.func @checked
// CHECK-SAME:    (%[[OK:.*]]: i1)
// CHECK:         %[[FAILS:.*]] = arith.xori %[[OK]], %true
// CHECK:         scf.if %[[FAILS]] {
// CHECK:           %[[P:.*]] = llvm.mlir.addressof @[[$MESSAGE]]
// CHECK:           llvm.call @dittoRuntimeFailAssert(%[[P]])
// CHECK-NOT:     cf.assert
func.func @checked(%ok: i1) {
  cf.assert %ok, "size mismatch"
  cf.assert %ok, "size mismatch"
  return
}
