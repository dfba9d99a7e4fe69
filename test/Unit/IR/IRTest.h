//===- IRTest.h - What the unit tests of the ops share -------- -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TEST_UNIT_IR_IRTEST_H
#define DITTO_TEST_UNIT_IR_IRTEST_H

#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "gtest/gtest.h"

namespace mlir::ditto::test {

/// A module with one function whose arguments are what the test needs, and a
/// builder in its body.
class IRTest : public ::testing::Test {
protected:
  IRTest() : builder(&context), loc(UnknownLoc::get(&context)) {
    context.loadDialect<DittoDialect, func::FuncDialect>();
    module = ModuleOp::create(loc);
  }

  /// Starts a function with arguments of `types` and returns them.
  Block::BlockArgListType startFunction(TypeRange types) {
    builder.setInsertionPointToEnd(module->getBody());
    auto function = func::FuncOp::create(
        builder, loc, "f", builder.getFunctionType(types, TypeRange()));
    Block *entry = function.addEntryBlock();
    builder.setInsertionPointToEnd(entry);
    func::ReturnOp::create(builder, loc);
    builder.setInsertionPointToStart(entry);
    return entry->getArguments();
  }

  RankedTensorType tensor(ArrayRef<int64_t> shape) {
    return RankedTensorType::get(shape, builder.getF32Type());
  }
  RankedTensorType tensorOf(ArrayRef<int64_t> shape, Type element) {
    return RankedTensorType::get(shape, element);
  }

  /// The text of the errors that `run` emits.
  std::string errorsOf(llvm::function_ref<void()> run) {
    std::string text;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      text += diagnostic.str();
      return success();
    });
    run();
    return text;
  }

  static constexpr int64_t kDynamic = ShapedType::kDynamic;

  MLIRContext context;
  OpBuilder builder;
  Location loc;
  OwningOpRef<ModuleOp> module;
};

} // namespace mlir::ditto::test

#endif // DITTO_TEST_UNIT_IR_IRTEST_H
