//===- downstream.cpp - Builds a ditto op outside of ditto's tree ---------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

int main() {
  MLIRContext context;
  context.loadDialect<ditto::DittoDialect, func::FuncDialect>();
  OpBuilder builder(&context);
  Location loc = builder.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  builder.setInsertionPointToEnd(module->getBody());

  auto type = RankedTensorType::get({3, 2, 5, 2}, builder.getF32Type());
  auto function = func::FuncOp::create(
      builder, loc, "repeat_kv", builder.getFunctionType(type, TypeRange()));
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToEnd(entry);
  // A dim may be counted from the end, the result type is inferred.
  ditto::RepeatInterleaveOp::create(builder, loc, entry->getArgument(0),
                                    builder.getIndexAttr(4), -3);
  func::ReturnOp::create(builder, loc);

  if (failed(verify(*module)))
    return 1;
  module->print(llvm::outs());
  return 0;
}
