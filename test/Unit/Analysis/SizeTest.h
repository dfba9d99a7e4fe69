//===- SizeTest.h - What the unit tests of sizes share ----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TEST_UNIT_ANALYSIS_SIZETEST_H
#define DITTO_TEST_UNIT_ANALYSIS_SIZETEST_H

#include "ditto/Analysis/SymbolicSize.h"
#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

namespace mlir::ditto::test {

/// Parses functions and looks at what they return.
class SizeTest : public ::testing::Test {
protected:
  SizeTest() {
    context.loadDialect<DittoDialect, affine::AffineDialect,
                        arith::ArithDialect, func::FuncDialect,
                        linalg::LinalgDialect, tensor::TensorDialect>();
  }

  /// The operands of the return op of the function that `text` is.
  OperandRange parse(StringRef text) {
    module = parseSourceString<ModuleOp>(text, &context);
    if (!module) {
      ADD_FAILURE() << "expected a function that parses";
      std::abort();
    }
    auto function = cast<func::FuncOp>(module->getBody()->front());
    return function.front().getTerminator()->getOperands();
  }

  /// Whether all values that the function returns are known to be the same.
  bool areEqual(StringRef text) {
    SmallVector<SymbolicSize> sizes;
    for (Value value : parse(text))
      sizes.push_back(SymbolicSize::of(value));
    return sizes.size() > 1 && llvm::all_equal(sizes);
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

} // namespace mlir::ditto::test

#endif // DITTO_TEST_UNIT_ANALYSIS_SIZETEST_H
