// What has no LLVM IR is an error, with what LLVM says.
//
// RUN: not ditto-run %s --emit=llvm -o %t.ll 2>&1 | FileCheck %s
// RUN: not ditto-run %s --emit=obj -o %t.o 2>&1 | FileCheck %s
// CHECK: ditto-run: {{.*}}run-emit-errors.mlir:[[#@LINE+3]]:3: error: could not find LLVM intrinsic: "llvm.ditto.none"

llvm.func @f() {
  llvm.call_intrinsic "llvm.ditto.none"() : () -> ()
  llvm.return
}
