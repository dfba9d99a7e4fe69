//===- VerifySupport.cpp - What the CPU lowering does not support ---------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Codegen/Passes.h"
#include "ditto/IR/ElementStorage.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_VERIFYCPUSUPPORTPASS
#define GEN_PASS_DEF_VERIFYLOWEREDPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

/// Whether `op` computes with values of its operand types, rather than moving
/// their bits.
static bool computes(Operation *op) {
  return isa_and_present<arith::ArithDialect, math::MathDialect>(
             op->getDialect()) &&
         !isa<arith::ConstantOp, arith::SelectOp, arith::BitcastOp>(op);
}

/// Whether floats of `type` have no arithmetic that LLVM or upstream's
/// expansions know.
static bool isMoveOnly(Type type) {
  return isa<FloatType>(type) && type.getIntOrFloatBitWidth() < 16;
}

static LogicalResult verifyType(Operation *op, Type type) {
  if (auto tensor = dyn_cast<RankedTensorType>(type);
      tensor && tensor.getEncoding())
    return op->emitOpError("has type ")
           << type << ", whose encoding the CPU lowering does not support";
  // Types that hold no elements (!transform.any_op, a function type, none) are
  // for other checks.
  bool holdsElements = isa<ShapedType, FloatType, IntegerType>(type);
  Type elementType = getElementTypeOrSelf(type);
  if (holdsElements && !ditto::getStorageBytes(elementType))
    return op->emitOpError("has element type ")
           << elementType << ", which the CPU lowering does not support";
  if (isMoveOnly(elementType) && computes(op))
    return op->emitOpError("computes with ")
           << elementType << ", which the CPU lowering can only move";
  return success();
}

static LogicalResult verifyTypes(Operation *op) {
  SmallVector<Type> types(op->getOperandTypes());
  llvm::append_range(types, op->getResultTypes());
  for (Region &region : op->getRegions())
    for (Block &block : region)
      llvm::append_range(types, block.getArgumentTypes());
  for (Type type : types)
    if (failed(verifyType(op, type)))
      return failure();
  return success();
}

namespace {

struct VerifyCPUSupportPass
    : public ditto::impl::VerifyCPUSupportPassBase<VerifyCPUSupportPass> {
  void runOnOperation() override {
    WalkResult result = getOperation()->walk([](Operation *op) {
      return failed(verifyTypes(op)) ? WalkResult::interrupt()
                                     : WalkResult::advance();
    });
    if (result.wasInterrupted())
      return signalPassFailure();
    markAllAnalysesPreserved();
  }
};

struct VerifyLoweredPass
    : public ditto::impl::VerifyLoweredPassBase<VerifyLoweredPass> {
  void runOnOperation() override {
    Operation *root = getOperation();
    WalkResult result = root->walk([&](Operation *op) {
      if (isa<ModuleOp>(op) ||
          isa_and_present<LLVM::LLVMDialect>(op->getDialect()))
        return WalkResult::advance();
      op->emitOpError("was not lowered: ditto-lower-to-llvm has no way from it "
                      "to the LLVM dialect");
      return WalkResult::interrupt();
    });
    if (result.wasInterrupted())
      return signalPassFailure();
    markAllAnalysesPreserved();
  }
};

} // namespace
