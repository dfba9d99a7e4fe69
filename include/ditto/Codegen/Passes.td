//===- Passes.td - Passes from buffers to LLVM ----------- -*- tablegen -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The stage's contract: functions over tensors or buffers in, the same with
// loops over vectors out. The upstream passes around these are in
// lib/Pipelines/LowerToLLVM.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_CODEGEN_PASSES
#define DITTO_CODEGEN_PASSES

include "mlir/Pass/PassBase.td"

def PrepareFunctionsPass : Pass<"ditto-prepare-functions", "mlir::ModuleOp"> {
  let summary = "Say what callers of public functions may rely on";
  let description = [{
    A public function that is given a body promises its callers
    - not to write into its tensor arguments: they get the attribute
      `bufferization.writable = false`, unless they carry one already;
    - a C wrapper, with `emit-c-interface`.

    Private functions are left as they are: bufferization sees all their calls.

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32>
    // becomes
    func.func @f(%x: tensor<4xf32> {bufferization.writable = false}) -> tensor<4xf32>
        attributes {llvm.emit_c_interface}
    ```
  }];
  let options = [
    Option<"emitCInterface", "emit-c-interface", "bool", /*default=*/"false",
           "Ask for a C wrapper of each public function">,
  ];
  let dependentDialects = ["mlir::bufferization::BufferizationDialect"];
}

def DecomposeOpsPass
    : InterfacePass<"ditto-decompose-ops", "mlir::FunctionOpInterface"> {
  let summary = "Split tensor ops that have no buffer form into ops that do";
  let description = [{
    `tensor.concat` becomes a chain of `tensor.insert_slice`; aggregates such as
    `linalg.softmax` become the linalg ops they stand for.
  }];
  let dependentDialects = [
    "mlir::affine::AffineDialect",
    "mlir::arith::ArithDialect",
    "mlir::linalg::LinalgDialect",
    "mlir::tensor::TensorDialect",
  ];
}

def ExpandCopiesPass
    : InterfacePass<"ditto-expand-copies", "mlir::FunctionOpInterface"> {
  let summary = "Turn copies of strided buffers into linalg.copy";
  let description = [{
    A `memref.copy` whose two sides are contiguous becomes a call of memcpy when
    it is lowered. Any other one would call a function of MLIR's runner library,
    which copies element by element; it becomes a `linalg.copy`, so that
    `ditto-codegen` sees it.
  }];
  let dependentDialects = ["mlir::linalg::LinalgDialect"];
}

def ConvertAssertToRuntimePass
    : Pass<"ditto-convert-assert-to-runtime", "mlir::ModuleOp"> {
  let summary = "Turn cf.assert into a call of ditto's runtime";
  let description = [{
    Upstream's lowering of `cf.assert` aborts the process. ditto reports to the
    handler of its runtime library, which does not return:

    ```mlir
    cf.assert %ok, "size mismatch"
    // becomes
    scf.if %not_ok {
      %message = llvm.mlir.addressof @ditto_assert_0 : !llvm.ptr
      llvm.call @dittoRuntimeFailAssert(%message) : (!llvm.ptr) -> ()
    }
    ```
  }];
  let dependentDialects = [
    "mlir::LLVM::LLVMDialect",
    "mlir::arith::ArithDialect",
    "mlir::scf::SCFDialect",
  ];
}

#endif // DITTO_CODEGEN_PASSES
