//===- DialectConversionTest.cpp - ditto ops in dialect conversion --------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Lowering/Lowering.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Transforms/DialectConversion.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

constexpr StringLiteral kSource = R"mlir(
func.func @f(%x: tensor<?x3xf32>, %n: index, %c: tensor<3xi64>) -> tensor<?x?xf32> {
  %r = ditto.repeat %x by [%n, 1] : tensor<?x3xf32> -> tensor<?x3xf32>
  %s = ditto.repeat_interleave %r by %c dim(1) : tensor<?x3xf32>, tensor<3xi64> -> tensor<?x?xf32>
  return %s : tensor<?x?xf32>
}
)mlir";

class DialectConversionTest : public ::testing::Test {
protected:
  DialectConversionTest() : target(context) {
    context
        .loadDialect<DittoDialect, affine::AffineDialect, arith::ArithDialect,
                     func::FuncDialect, linalg::LinalgDialect, scf::SCFDialect,
                     tensor::TensorDialect>();
    module = parseSourceString<ModuleOp>(kSource, &context);
  }

  unsigned countDittoOps() {
    unsigned count = 0;
    module->walk([&](Operation *op) {
      count += isa_and_present<DittoDialect>(op->getDialect());
    });
    return count;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  ConversionTarget target;
};

/// The patterns of the lowering, in a full conversion of somebody else.
TEST_F(DialectConversionTest, LoweringPatterns) {
  target.markUnknownOpDynamicallyLegal([](Operation *) { return true; });
  target.addIllegalDialect<DittoDialect>();
  RewritePatternSet patterns(&context);
  populateDittoToLinalgPatterns(patterns);
  ASSERT_TRUE(
      succeeded(applyFullConversion(*module, target, std::move(patterns))));
  EXPECT_TRUE(succeeded(verify(*module)));
  EXPECT_EQ(countDittoOps(), 0u);
}

/// A conversion of element types takes the ops along: they are created anew
/// from operands, result types and attributes.
TEST_F(DialectConversionTest, ElementTypes) {
  TypeConverter converter;
  converter.addConversion([](Type type) { return type; });
  converter.addConversion([](RankedTensorType type) -> Type {
    if (!type.getElementType().isF32())
      return type;
    return type.clone(Float16Type::get(type.getContext()));
  });
  target.markUnknownOpDynamicallyLegal(
      [&](Operation *op) { return converter.isLegal(op); });
  target.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp op) {
    return converter.isSignatureLegal(op.getFunctionType());
  });

  struct Recreate : public ConversionPattern {
    Recreate(const TypeConverter &converter, MLIRContext *context)
        : ConversionPattern(converter, MatchAnyOpTypeTag(), 1, context) {}
    LogicalResult
    matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                    ConversionPatternRewriter &rewriter) const override {
      FailureOr<Operation *> converted =
          convertOpResultTypes(op, operands, *getTypeConverter(), rewriter);
      if (failed(converted))
        return failure();
      rewriter.replaceOp(op, *converted);
      return success();
    }
  };
  RewritePatternSet patterns(&context);
  populateAnyFunctionOpInterfaceTypeConversionPattern(patterns, converter);
  populateReturnOpTypeConversionPattern(patterns, converter);
  patterns.add<Recreate>(converter, &context);
  ASSERT_TRUE(
      succeeded(applyFullConversion(*module, target, std::move(patterns))));
  EXPECT_TRUE(succeeded(verify(*module)));
  EXPECT_EQ(countDittoOps(), 2u);
  module->walk([](RepeatOp op) {
    EXPECT_TRUE(op.getResultType().getElementType().isF16());
    EXPECT_EQ(op.getMixedCounts().size(), 2u);
  });
  module->walk([](RepeatInterleaveOp op) {
    EXPECT_TRUE(op.getResultType().getElementType().isF16());
    EXPECT_EQ(op.getResultDim(), 1);
  });
}

} // namespace
