//===- Ditto.td - The ditto dialect ------------------------*- tablegen -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_IR_DITTO_TD
#define DITTO_IR_DITTO_TD

include "mlir/IR/OpBase.td"

def Ditto_Dialect : Dialect {
  let name = "ditto";
  let cppNamespace = "::mlir::ditto";
  let summary = "tensor repeats, as models mean them";
  let description = [{
    Two ops say everything a model means when it repeats a tensor:
    `ditto.repeat` tiles whole dimensions (`a b a b`), `ditto.repeat_interleave`
    repeats each element in place (`a a b b`). The semantics are PyTorch's; the
    contract, with its labelled constraints and run-time errors, is
    docs/Spec.md.
  }];
  let hasConstantMaterializer = 1;
  let dependentDialects = [
    "::mlir::affine::AffineDialect",
    "::mlir::arith::ArithDialect",
    "::mlir::scf::SCFDialect",
    "::mlir::tensor::TensorDialect",
  ];
}

class Ditto_Op<string mnemonic, list<Trait> traits = []>
    : Op<Ditto_Dialect, mnemonic, traits>;

#endif // DITTO_IR_DITTO_TD
