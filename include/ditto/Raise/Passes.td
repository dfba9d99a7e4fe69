//===- Passes.td - The raising pass ------------------------*- tablegen -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Input: functions of linalg, tensor, tosa, scf and arith ops, as frontends
// write them. Output: the same, with every movement chain that repeats a
// dimension replaced by ditto ops and plain reshapes and transposes. What is no
// repeat is left as it was.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_RAISE_PASSES_TD
#define DITTO_RAISE_PASSES_TD

include "mlir/Pass/PassBase.td"

def RaisePass : Pass<"ditto-raise"> {
  let summary = "raise chains of broadcasts and reshapes to ditto ops";
  let description = [{
    Finds the chains of copies, broadcasts, reshapes and transposes that repeat
    a dimension, whatever their spelling (tiles, gathers with constant indices,
    index arithmetic, concats, loops of slices, …), and replaces them by
    `ditto.repeat_interleave` and `ditto.repeat`. The place of the repeated
    index decides which one, never a size.

    ```mlir
    %b = linalg.broadcast ins(%x : tensor<3x2x5x2xf32>)
        outs(%e : tensor<3x2x4x5x2xf32>) dimensions = [2]
    %r = tensor.collapse_shape %b [[0], [1, 2], [3], [4]]
        : tensor<3x2x4x5x2xf32> into tensor<3x8x5x2xf32>
    ```

    becomes

    ```mlir
    %r = ditto.repeat_interleave %x by 4 dim(1)
        : tensor<3x2x5x2xf32> -> tensor<3x8x5x2xf32>
    ```

    A chain is raised where a broadcast dimension is joined with others into
    one. Broadcasts along dimensions of their own (masks, biases, multi-query
    attention) stay, unless `raise-plain-broadcasts` is set. So do broadcasts
    with a user that is no such chain, which would still be computed. Functions
    of the elements that a chain computes on the way are computed first. A
    broadcast along dimensions of extent 1 alone is a reshape, and becomes one.

    Copies along one dimension whose index repeats elements one after the other,
    unevenly, become `ditto.repeat_interleave` by a tensor of counts: constant
    ones, or, where the index is a sum of comparisons, counted ones.

    Each raised chain gives a passed remark of category `ditto` with `Spelling`,
    `Op` and, where they are static, the `Bytes` of the copy; a broadcast that a
    reshape joins, but that is not raised, a missed one with the reason.
  }];
  let options = [
    Option<"raisePlainBroadcasts", "raise-plain-broadcasts", "bool", /*default=*/"false",
           "Raise broadcasts along dimensions of their own too, as repeats of a "
           "dimension of extent 1">,
    Option<"remarkMissed", "remark-missed", "bool", /*default=*/"true",
           "Give a missed remark with the reason for each broadcast that a "
           "reshape joins but that is not raised">,
    Option<"rewrite", "rewrite", "bool", /*default=*/"true",
           "Raise; otherwise only give the remarks about what is missed">,
  ];
  let dependentDialects = [
    "::mlir::arith::ArithDialect",
    "::mlir::linalg::LinalgDialect",
    "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect",
  ];
}

#endif // DITTO_RAISE_PASSES_TD
