//===- Passes.td - Lowering passes -------------------------*- tablegen -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Input: ditto ops on ranked tensors, whatever surrounds them.
// Output: no ditto ops; the run-time checks of docs/Spec.md stand before the
// tensors they guard.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LOWERING_PASSES_TD
#define DITTO_LOWERING_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertDittoToLinalg : Pass<"convert-ditto-to-linalg", "::mlir::ModuleOp"> {
  let summary = "lower ditto ops to linalg, tensor and scf";
  let description = [{
    Uniform counts become a `linalg.broadcast` and a reshape that costs nothing:

    ```mlir
    %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x8xf32> -> tensor<8x8xf32>
    // becomes
    %e = tensor.empty() : tensor<2x4x8xf32>
    %b = linalg.broadcast ins(%x : tensor<2x8xf32>) outs(%e : tensor<2x4x8xf32>) dimensions = [1]
    %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<2x4x8xf32> into tensor<8x8xf32>
    ```

    One count per element becomes a loop over the elements that copies each as
    one run. What can fail at run time is checked first: a failed check calls
    `@dittoRuntimeFail` (see ditto/Runtime/Runtime.h), which does not return.

    The pass runs on modules because it declares that function.
  }];
  let dependentDialects = [
    "::mlir::affine::AffineDialect",
    "::mlir::arith::ArithDialect",
    "::mlir::func::FuncDialect",
    "::mlir::linalg::LinalgDialect",
    "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect",
  ];
}

#endif // DITTO_LOWERING_PASSES_TD
