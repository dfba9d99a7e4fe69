// RUN: ditto-opt %s --ditto-verify-lowered --split-input-file --verify-diagnostics

llvm.func @lowered(%x: i64) -> i64 {
  llvm.return %x : i64
}

// -----

llvm.func @one_left(%x: i64) -> i64 {
  // expected-error @+1 {{'arith.addi' op was not lowered: ditto-lower-to-llvm has no way from it to the LLVM dialect}}
  %r = arith.addi %x, %x : i64
  llvm.return %r : i64
}
