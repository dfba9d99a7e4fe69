//===- PrepareFunctions.cpp - What callers of public functions may rely on ===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Codegen/Extensions.h"
#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_PREPAREFUNCTIONSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

namespace {

struct PrepareFunctionsPass
    : public ditto::impl::PrepareFunctionsPassBase<PrepareFunctionsPass> {
  using PrepareFunctionsPassBase::PrepareFunctionsPassBase;

  /// Bufferization follows, and asks for them.
  void getDependentDialects(DialectRegistry &registry) const override {
    PrepareFunctionsPassBase::getDependentDialects(registry);
    ditto::registerCodegenExtensions(registry);
  }

  void runOnOperation() override {
    for (auto function : getOperation().getOps<FunctionOpInterface>())
      if (function.isPublic() && !function.isExternal())
        prepare(function);
  }

private:
  void prepare(FunctionOpInterface function) {
    Builder builder(&getContext());
    StringRef writable = bufferization::BufferizationDialect::kWritableAttrName;
    for (auto [i, type] : llvm::enumerate(function.getArgumentTypes()))
      if (isa<TensorType>(type) && !function.getArgAttr(i, writable))
        function.setArgAttr(i, writable, builder.getBoolAttr(false));
    if (emitCInterface)
      function->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(),
                        builder.getUnitAttr());
  }
};

} // namespace
