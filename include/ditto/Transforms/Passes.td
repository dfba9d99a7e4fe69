//===- Passes.td - Sinking and folding repeats -------------*- tablegen -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Input: functions whose repeats are ditto ops (see ditto-raise). Output: the
// same with fewer, smaller and later ditto ops. Nothing is computed twice, and
// no tensor is made that is larger than one it replaces. A contraction that was
// named stays a named op or becomes a linalg.contract; a named elementwise op
// stays one or becomes a linalg.elementwise. A linalg.map, and what reads a
// dimension of extent 1 at 0, may become a linalg.generic.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TRANSFORMS_PASSES_TD
#define DITTO_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def SinkRepeatsPass
    : InterfacePass<"ditto-sink-repeats", "mlir::FunctionOpInterface"> {
  let summary = "move repeats below the ops that read them";
  let description = [{
    Where every input of an op is repeated alike along some dimension, or does
    not depend on it, the op does the same work once per copy. It is moved above
    the repeat:

    ```mlir
    %r = ditto.repeat_interleave %k by 4 dim(1)
        : tensor<1x2x5x8xf32> -> tensor<1x8x5x8xf32>
    %s = linalg.exp ins(%r : tensor<1x8x5x8xf32>)
        outs(%e : tensor<1x8x5x8xf32>) -> tensor<1x8x5x8xf32>
    ```

    becomes

    ```mlir
    %x = linalg.exp ins(%k : tensor<1x2x5x8xf32>)
        outs(%f : tensor<1x2x5x8xf32>) -> tensor<1x2x5x8xf32>
    %s = ditto.repeat_interleave %x by 4 dim(1)
        : tensor<1x2x5x8xf32> -> tensor<1x8x5x8xf32>
    ```

    So repeats pass casts, scaling, rotary embedding, transposes, reductions of
    other dimensions and the free dimensions of contractions, and copies that
    extract other dimensions by index. The cost that decides is the number of
    turns of the op's loops, each with the same arithmetic, and of elements that
    repeats copy. Where it is not known before run time, and for ops without
    loops, a repeat has to vanish.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect",
    "::mlir::cf::ControlFlowDialect",
    "::mlir::linalg::LinalgDialect",
    "::mlir::tensor::TensorDialect",
  ];
}

def FoldRepeatsPass
    : InterfacePass<"ditto-fold-repeats", "mlir::FunctionOpInterface"> {
  let summary = "read what is repeated instead of the repeat";
  let description = [{
    Each reader of a repeat is rewritten on its own to read the repeat's
    operand. A contraction's loop over the repeated dimension is split; the
    part along which the operand does not change becomes more rows of the other
    input, which is only reshaped:

    ```mlir
    %r = ditto.repeat_interleave %k by 4 dim(0)
        : tensor<6x8x7xf32> -> tensor<24x8x7xf32>
    %s = linalg.batch_matmul
        ins(%q, %r : tensor<24x5x8xf32>, tensor<24x8x7xf32>)
        outs(%init : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
    ```

    becomes

    ```mlir
    %g = tensor.expand_shape %q [[0, 1], [2], [3]] output_shape [6, 4, 5, 8]
        : tensor<24x5x8xf32> into tensor<6x4x5x8xf32>
    %m = tensor.collapse_shape %g [[0], [1, 2], [3]]
        : tensor<6x4x5x8xf32> into tensor<6x20x8xf32>
    %t = linalg.batch_matmul
        ins(%m, %k : tensor<6x20x8xf32>, tensor<6x8x7xf32>)
        outs(%zero : tensor<6x20x7xf32>) -> tensor<6x20x7xf32>
    ```

    with the result reshaped back. Where the parts cannot be brought together so
    (a `ditto.repeat`, whose count is outermost) the contraction becomes a
    linalg.contract with an indexing map that skips the count. Transposes and
    reshapes between the repeat and its reader become part of the maps. Other
    linalg ops get such a map likewise; elementwise ops of TOSA, which have none,
    get a dimension of extent 1 in place of the count. Plain broadcasts are
    folded too, but into contractions only.

    A repeat that somebody reads as a whole stays, as one copy. Remarks of
    category `ditto` tell which repeats are gone and why others stay.
  }];
  let options = [
    Option<"contractionsOnly", "contractions-only", "bool", /*default=*/"false",
           "Leave the repeats that other ops read">,
    Option<"remarkKept", "remark-kept", "bool", /*default=*/"true",
           "Give a missed remark with the reason for each repeat that stays">,
    Option<"rewrite", "rewrite", "bool", /*default=*/"true",
           "Fold; otherwise only give the remarks about what stays">,
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect",
    "::mlir::cf::ControlFlowDialect",
    "::mlir::linalg::LinalgDialect",
    "::mlir::tensor::TensorDialect",
  ];
}

#endif // DITTO_TRANSFORMS_PASSES_TD
