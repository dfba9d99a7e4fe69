//===- AssertToRuntime.cpp - cf.assert as a call of the runtime -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/SymbolTable.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_CONVERTASSERTTORUNTIMEPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

namespace {

/// The module-level symbols that the rewritten asserts refer to.
class AssertSymbols {
public:
  explicit AssertSymbols(ModuleOp module) : module(module), symbols(module) {}

  LLVM::LLVMFuncOp getFailFunction() {
    if (failFunction)
      return failFunction;
    OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
    constexpr StringLiteral name = "dittoRuntimeFailAssert";
    if (auto known = symbols.lookup<LLVM::LLVMFuncOp>(name))
      return failFunction = known;
    auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
    failFunction = LLVM::LLVMFuncOp::create(
        builder, module.getLoc(), name,
        LLVM::LLVMFunctionType::get(
            LLVM::LLVMVoidType::get(builder.getContext()), pointer));
    // It reports and leaves the generated code for good.
    failFunction.setPassthroughAttr(
        builder.getStrArrayAttr({"noreturn", "cold"}));
    symbols.insert(failFunction);
    return failFunction;
  }

  /// The global that holds `message` and a terminating zero; equal messages
  /// share one.
  LLVM::GlobalOp getMessage(StringRef message) {
    LLVM::GlobalOp &global = messages[message];
    if (global)
      return global;
    OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
    std::string text = message.str() + '\0';
    auto type = LLVM::LLVMArrayType::get(builder.getI8Type(), text.size());
    global = LLVM::GlobalOp::create(
        builder, module.getLoc(), type, /*isConstant=*/true,
        LLVM::Linkage::Internal, "ditto_assert", builder.getStringAttr(text));
    // Renamed if taken.
    symbols.insert(global);
    return global;
  }

private:
  ModuleOp module;
  SymbolTable symbols;
  LLVM::LLVMFuncOp failFunction;
  llvm::StringMap<LLVM::GlobalOp> messages;
};

void rewriteAssert(cf::AssertOp op, AssertSymbols &symbols,
                   IRRewriter &rewriter) {
  Location loc = op.getLoc();
  rewriter.setInsertionPoint(op);
  Value yes =
      arith::ConstantOp::create(rewriter, loc, rewriter.getBoolAttr(true));
  Value fails = arith::XOrIOp::create(rewriter, loc, op.getArg(), yes);
  auto check = scf::IfOp::create(rewriter, loc, fails, /*withElse=*/false);
  rewriter.setInsertionPointToStart(check.thenBlock());
  Value message =
      LLVM::AddressOfOp::create(rewriter, loc, symbols.getMessage(op.getMsg()));
  LLVM::CallOp::create(rewriter, loc, symbols.getFailFunction(), message);
  rewriter.eraseOp(op);
}

struct ConvertAssertToRuntimePass
    : public ditto::impl::ConvertAssertToRuntimePassBase<
          ConvertAssertToRuntimePass> {
  void runOnOperation() override {
    SmallVector<cf::AssertOp> asserts;
    getOperation().walk([&](cf::AssertOp op) { asserts.push_back(op); });
    AssertSymbols symbols(getOperation());
    IRRewriter rewriter(&getContext());
    for (cf::AssertOp op : asserts)
      rewriteAssert(op, symbols, rewriter);
  }
};

} // namespace
