//===- PatternsTest.cpp - Raising and folding as functions ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Raise/Patterns.h"
#include "ditto/IR/Ditto.h"
#include "ditto/InitDitto.h"
#include "ditto/Transforms/Patterns.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

constexpr StringLiteral kTwoRepeats = R"mlir(
func.func @f(%x: tensor<2x7xf32>, %y: tensor<2x7xf32>, %e: tensor<2x4x7xf32>,
             %z: tensor<8x7xf32>) -> tensor<8x7xf32> {
  %b = linalg.broadcast {first} ins(%x : tensor<2x7xf32>) outs(%e : tensor<2x4x7xf32>) dimensions = [1]
  %c = linalg.broadcast ins(%y : tensor<2x7xf32>) outs(%e : tensor<2x4x7xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2]] : tensor<2x4x7xf32> into tensor<8x7xf32>
  %s = tensor.collapse_shape %c [[0, 1], [2]] : tensor<2x4x7xf32> into tensor<8x7xf32>
  %p = linalg.add ins(%r, %z : tensor<8x7xf32>, tensor<8x7xf32>) outs(%z : tensor<8x7xf32>) -> tensor<8x7xf32>
  %q = linalg.sub ins(%s, %p : tensor<8x7xf32>, tensor<8x7xf32>) outs(%z : tensor<8x7xf32>) -> tensor<8x7xf32>
  return %q : tensor<8x7xf32>
}
)mlir";

class PatternsTest : public ::testing::Test {
protected:
  PatternsTest() {
    DialectRegistry registry;
    registerDittoDialects(registry);
    registerUpstreamDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    module = parseSourceString<ModuleOp>(kTwoRepeats, &context);
  }

  template <typename OpTy>
  SmallVector<OpTy> find() {
    SmallVector<OpTy> ops;
    module->walk([&](OpTy op) { ops.push_back(op); });
    return ops;
  }

  void apply(llvm::function_ref<void(RewritePatternSet &)> populate) {
    RewritePatternSet patterns(&context);
    populate(patterns);
    ASSERT_TRUE(succeeded(applyPatternsGreedily(*module, std::move(patterns))));
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

TEST_F(PatternsTest, RaiseControlIsAskedAboutEachChain) {
  unsigned asked = 0;
  auto onlyFirst = [&](Operation *op) {
    ++asked;
    EXPECT_TRUE(isa<linalg::BroadcastOp>(op));
    return op->hasAttr("first");
  };
  apply([&](RewritePatternSet &patterns) {
    populateRaisePatterns(patterns, /*raisePlainBroadcasts=*/false, onlyFirst);
  });
  EXPECT_GE(asked, 2u);
  EXPECT_EQ(find<RepeatInterleaveOp>().size(), 1u);
  EXPECT_EQ(find<linalg::BroadcastOp>().size(), 1u);
}

TEST_F(PatternsTest, FoldControlIsAskedAboutEachOperand) {
  apply([](RewritePatternSet &patterns) { populateRaisePatterns(patterns); });
  ASSERT_EQ(find<RepeatInterleaveOp>().size(), 2u);
  auto onlyAdd = [](OpOperand &operand) {
    return isa<linalg::AddOp>(operand.getOwner());
  };
  apply([&](RewritePatternSet &patterns) {
    populateFoldRepeatsPatterns(patterns, onlyAdd);
  });
  EXPECT_EQ(find<RepeatInterleaveOp>().size(), 1u);
  EXPECT_TRUE(find<linalg::AddOp>().empty());
  EXPECT_EQ(find<linalg::SubOp>().size(), 1u);
}

TEST_F(PatternsTest, FunctionsReturnWhatTakesThePlace) {
  IRRewriter rewriter(&context);
  auto broadcast = find<linalg::BroadcastOp>().front();
  FailureOr<SmallVector<Value>> raised = raiseRepeat(rewriter, broadcast);
  ASSERT_TRUE(succeeded(raised));
  ASSERT_EQ(raised->size(), 1u);
  auto repeat = raised->front().getDefiningOp<RepeatInterleaveOp>();
  ASSERT_TRUE(repeat);

  auto add = cast<linalg::LinalgOp>(*find<linalg::AddOp>().front());
  FailureOr<linalg::LinalgOp> folded = foldRepeats(rewriter, add);
  ASSERT_TRUE(succeeded(folded));
  EXPECT_EQ(folded->getDpsInputs()[0],
            find<func::FuncOp>().front().getArgument(0));

  // %s is no ditto op yet.
  auto sub = cast<linalg::LinalgOp>(*find<linalg::SubOp>().front());
  EXPECT_TRUE(failed(foldRepeats(rewriter, sub)));
  EXPECT_TRUE(failed(sinkRepeats(rewriter, sub)));
}

} // namespace
