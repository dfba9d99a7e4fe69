//===- CarryBF16AsIntegers.cpp - bf16 values as their bits ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This runs on the LLVM dialect, and so catches every way to move a value:
// scalars and vectors, loops that are vectorised and loops that are not.
//
//===----------------------------------------------------------------------===//

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/DialectConversion.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_CARRYBF16ASINTEGERSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;

namespace {

/// `value` bit by bit as `type`, which differs from its own in having i16 for
/// bf16 or the other way round. Aggregates are taken apart, as LLVM casts
/// scalars and vectors only.
Value castBits(OpBuilder &builder, Location loc, Type type, Value value) {
  if (value.getType() == type)
    return value;
  auto castParts = [&](auto partTypes) {
    Value result = LLVM::PoisonOp::create(builder, loc, type);
    for (auto [position, partType] : llvm::enumerate(partTypes)) {
      Value part = LLVM::ExtractValueOp::create(builder, loc, value, position);
      part = castBits(builder, loc, partType, part);
      result =
          LLVM::InsertValueOp::create(builder, loc, result, part, position);
    }
    return result;
  };
  if (auto structType = dyn_cast<LLVM::LLVMStructType>(type))
    return castParts(structType.getBody());
  if (auto array = dyn_cast<LLVM::LLVMArrayType>(type))
    return castParts(
        SmallVector<Type>(array.getNumElements(), array.getElementType()));
  return LLVM::BitcastOp::create(builder, loc, type, value);
}

/// bf16 to i16, in vectors and aggregates too.
class BitsTypeConverter : public TypeConverter {
public:
  BitsTypeConverter() {
    addConversion([](Type type) { return type; });
    addConversion([](BFloat16Type type) -> Type {
      return IntegerType::get(type.getContext(), 16);
    });
    addConversion([this](VectorType type) -> Type {
      return type.clone(convertType(type.getElementType()));
    });
    addConversion([this](LLVM::LLVMArrayType type) -> Type {
      return LLVM::LLVMArrayType::get(convertType(type.getElementType()),
                                      type.getNumElements());
    });
    addConversion([this](LLVM::LLVMStructType type) -> Type {
      SmallVector<Type> parts;
      if (type.isIdentified() || failed(convertTypes(type.getBody(), parts)))
        return type;
      return LLVM::LLVMStructType::getLiteral(type.getContext(), parts,
                                              type.isPacked());
    });
    auto cast = [](OpBuilder &builder, Type type, ValueRange values,
                   Location loc) -> Value {
      if (values.size() != 1)
        return nullptr;
      return castBits(builder, loc, type, values.front());
    };
    addSourceMaterialization(cast);
    addTargetMaterialization(cast);
  }
};

/// %x = llvm.load %p : !llvm.ptr -> bf16
///   ->  %x = llvm.load %p : !llvm.ptr -> i16
/// and so for every op that passes its operands' bits on.
template <typename Op>
struct CarryBits : public OpConversionPattern<Op> {
  using OpConversionPattern<Op>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(Op op, typename Op::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    FailureOr<Operation *> carrying = convertOpResultTypes(
        op, adaptor.getOperands(), *this->getTypeConverter(), rewriter);
    if (failed(carrying))
      return rewriter.notifyMatchFailure(op, "a result has no integer form");
    rewriter.replaceOp(op, *carrying);
    return success();
  }
};

/// ^loop(%x: bf16)  ->  ^loop(%x: i16)
///
/// The entry block's arguments are the caller's matter.
struct CarryBlockArguments : public OpConversionPattern<LLVM::LLVMFuncOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(LLVM::LLVMFuncOp op, OpAdaptor,
                  ConversionPatternRewriter &rewriter) const override {
    TypeConverter::SignatureConversion entry(op.getNumArguments());
    for (auto [number, type] : llvm::enumerate(op.getArgumentTypes()))
      entry.addInputs(number, type);
    if (failed(rewriter.convertRegionTypes(&op.getBody(), *getTypeConverter(),
                                           &entry)))
      return rewriter.notifyMatchFailure(op, "an argument has no integer form");
    rewriter.modifyOpInPlace(op, [] {});
    return success();
  }
};

template <typename... Ops>
void carryBitsOf(RewritePatternSet &patterns, ConversionTarget &target,
                 const TypeConverter &converter) {
  patterns.add<CarryBits<Ops>...>(converter, patterns.getContext());
  target.addDynamicallyLegalOp<Ops...>(
      [&](Operation *op) { return converter.isLegal(op); });
}

struct CarryBF16AsIntegersPass
    : public ditto::impl::CarryBF16AsIntegersPassBase<CarryBF16AsIntegersPass> {
  using CarryBF16AsIntegersPassBase::CarryBF16AsIntegersPassBase;

  void runOnOperation() override {
    BitsTypeConverter converter;
    RewritePatternSet patterns(&getContext());
    ConversionTarget target(getContext());

    // Constants are not among them: LLVM folds the casts of theirs.
    carryBitsOf<
        LLVM::LoadOp, LLVM::StoreOp, LLVM::MaskedLoadOp, LLVM::MaskedStoreOp,
        LLVM::BitcastOp, LLVM::SelectOp, LLVM::FreezeOp, LLVM::PoisonOp,
        LLVM::UndefOp, LLVM::ZeroOp, LLVM::ExtractValueOp, LLVM::InsertValueOp,
        LLVM::ExtractElementOp, LLVM::InsertElementOp, LLVM::ShuffleVectorOp>(
        patterns, target, converter);
    patterns.add<CarryBlockArguments>(converter, &getContext());
    target.addDynamicallyLegalOp<LLVM::LLVMFuncOp>([&](LLVM::LLVMFuncOp op) {
      return llvm::all_of(llvm::drop_begin(op.getBody(), !op.isExternal()),
                          [&](Block &block) {
                            return converter.isLegal(block.getArgumentTypes());
                          });
    });
    populateBranchOpInterfaceTypeConversionPattern(patterns, converter);
    target.markUnknownOpDynamicallyLegal([&](Operation *op) {
      return !isa<BranchOpInterface>(op) ||
             isLegalForBranchOpInterfaceTypeConversionPattern(op, converter);
    });
    if (failed(applyPartialConversion(getOperation(), target,
                                      std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
