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
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"
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
    parse(kTwoRepeats);
  }

  void parse(StringRef text) {
    module = parseSourceString<ModuleOp>(text, &context);
    ASSERT_TRUE(module);
  }

  /// Expects that `rewrite` of the only `OpTy` of the module changes nothing
  /// where its control accepts no operand, and returns an op that reads no
  /// repeat where it accepts all.
  template <typename OpTy, typename Fn>
  void expectRewrite(Fn rewrite) {
    // Wherever the rewriter stands.
    IRRewriter rewriter(&context);
    rewriter.setInsertionPointToStart(module->getBody());
    auto refuse = [](OpOperand &) { return false; };
    std::string before = print();
    EXPECT_TRUE(failed(rewrite(rewriter, find<OpTy>().front(), refuse)));
    EXPECT_EQ(print(), before);
    auto moved = rewrite(rewriter, find<OpTy>().front(), nullptr);
    ASSERT_TRUE(succeeded(moved));
    Operation *op = *moved;
    for (Value operand : op->getOperands())
      EXPECT_FALSE(operand.getDefiningOp<RepeatOp>() ||
                   operand.getDefiningOp<RepeatInterleaveOp>());
    EXPECT_TRUE(succeeded(verify(*module)));
  }

  std::string print() {
    std::string text;
    llvm::raw_string_ostream(text) << *module;
    return text;
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
  FailureOr<linalg::LinalgOp> folded = foldRepeatsIntoLinalgOp(rewriter, add);
  ASSERT_TRUE(succeeded(folded));
  EXPECT_EQ(folded->getDpsInputs()[0],
            find<func::FuncOp>().front().getArgument(0));

  // %s is no ditto op yet.
  auto sub = cast<linalg::LinalgOp>(*find<linalg::SubOp>().front());
  EXPECT_TRUE(failed(foldRepeats(rewriter, sub)));
  EXPECT_TRUE(failed(sinkRepeats(rewriter, sub)));
}

TEST_F(PatternsTest, RaisesARepeatByCounts) {
  parse(R"mlir(
func.func @f(%x: tensor<3x5xf32>) -> tensor<5x5xf32> {
  %i = arith.constant dense<[[0], [0], [0], [2], [2]]> : tensor<5x1xi64>
  %r = tensor.gather %x[%i] gather_dims([0]) : (tensor<3x5xf32>, tensor<5x1xi64>) -> tensor<5x5xf32>
  return %r : tensor<5x5xf32>
}
)mlir");
  IRRewriter rewriter(&context);
  auto gather = find<tensor::GatherOp>().front();
  auto refuse = [](Operation *) { return false; };
  EXPECT_TRUE(failed(raisePerElementRepeat(rewriter, gather, refuse)));
  FailureOr<Value> raised = raisePerElementRepeat(rewriter, gather);
  ASSERT_TRUE(succeeded(raised));
  EXPECT_TRUE(raised->getDefiningOp<RepeatInterleaveOp>());
}

constexpr StringLiteral kTosaMatmul = R"mlir(
func.func @f(%q: tensor<12x5x6xf32>, %k: tensor<3x6x7xf32>) -> tensor<12x5x7xf32> {
  %zero = "tosa.const"() {values = dense<0.0> : tensor<1xf32>} : () -> tensor<1xf32>
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<3x6x7xf32> -> tensor<12x6x7xf32>
  %p = tosa.matmul %q, %r, %zero, %zero : (tensor<12x5x6xf32>, tensor<12x6x7xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<12x5x7xf32>
  return %p : tensor<12x5x7xf32>
}
)mlir";

TEST_F(PatternsTest, FoldsIntoTosaMatmul) {
  parse(kTosaMatmul);
  expectRewrite<tosa::MatMulOp>(foldRepeatsIntoTosaMatmul);
}

TEST_F(PatternsTest, FoldsIntoTosaElementwise) {
  parse(R"mlir(
func.func @f(%x: tensor<10x16xf32>, %s: tensor<10x4xf32>) -> tensor<10x16xf32> {
  %r = ditto.repeat_interleave %s by 4 dim(1) : tensor<10x4xf32> -> tensor<10x16xf32>
  %d = tosa.sub %x, %r : (tensor<10x16xf32>, tensor<10x16xf32>) -> tensor<10x16xf32>
  return %d : tensor<10x16xf32>
}
)mlir");
  expectRewrite<tosa::SubOp>(foldRepeatsIntoTosaElementwise);
}

TEST_F(PatternsTest, FoldsIntoExtract) {
  parse(R"mlir(
func.func @f(%x: tensor<2xf32>, %i: index) -> f32 {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2xf32> -> tensor<8xf32>
  %e = tensor.extract %r[%i] : tensor<8xf32>
  return %e : f32
}
)mlir");
  expectRewrite<tensor::ExtractOp>(foldRepeatsIntoExtract);
}

TEST_F(PatternsTest, SinksBelowConcat) {
  parse(R"mlir(
func.func @f(%x: tensor<2x3xf32>, %y: tensor<2x1xf32>) -> tensor<6x4xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(0) : tensor<2x3xf32> -> tensor<6x3xf32>
  %s = ditto.repeat_interleave %y by 3 dim(0) : tensor<2x1xf32> -> tensor<6x1xf32>
  %c = tensor.concat dim(1) %r, %s : (tensor<6x3xf32>, tensor<6x1xf32>) -> tensor<6x4xf32>
  return %c : tensor<6x4xf32>
}
)mlir");
  expectRewrite<tensor::ConcatOp>(sinkRepeatsBelowConcat);
}

TEST_F(PatternsTest, SinksBelowSlice) {
  parse(R"mlir(
func.func @f(%x: tensor<8xf32>) -> tensor<4xf32> {
  %r = ditto.repeat %x by [3] : tensor<8xf32> -> tensor<24xf32>
  %s = tensor.extract_slice %r[17] [4] [1] : tensor<24xf32> to tensor<4xf32>
  return %s : tensor<4xf32>
}
)mlir");
  expectRewrite<tensor::ExtractSliceOp>(sinkRepeatsBelowSlice);
}

TEST_F(PatternsTest, SinksBelowElementwise) {
  parse(R"mlir(
func.func @f(%x: tensor<8xf32>) -> tensor<24xf32> {
  %r = ditto.repeat %x by [3] : tensor<8xf32> -> tensor<24xf32>
  %s = math.exp %r : tensor<24xf32>
  return %s : tensor<24xf32>
}
)mlir");
  expectRewrite<math::ExpOp>(sinkRepeatsBelowElementwise);
}

TEST_F(PatternsTest, SinksBelowIndexedCopy) {
  parse(R"mlir(
func.func @f(%x: tensor<8x2xf32>, %n: index) -> tensor<7x6xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(1) : tensor<8x2xf32> -> tensor<8x6xf32>
  %e = tensor.empty() : tensor<7x6xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<7x6xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %k = linalg.index 1 : index
    %j = arith.maxsi %i, %n : index
    %v = tensor.extract %r[%j, %k] : tensor<8x6xf32>
    linalg.yield %v : f32
  } -> tensor<7x6xf32>
  return %c : tensor<7x6xf32>
}
)mlir");
  expectRewrite<linalg::GenericOp>(sinkRepeatsBelowIndexedCopy);
  EXPECT_EQ(find<RepeatInterleaveOp>().size(), 1u);
}

TEST_F(PatternsTest, OneFunctionForAllKindsOfOps) {
  parse(kTosaMatmul);
  IRRewriter rewriter(&context);
  FailureOr<Operation *> folded =
      foldRepeats(rewriter, find<tosa::MatMulOp>().front());
  ASSERT_TRUE(succeeded(folded));
  EXPECT_TRUE(isa<tosa::MatMulOp>(*folded));
  Operation *function = find<func::FuncOp>().front();
  EXPECT_TRUE(failed(foldRepeats(rewriter, function)));
  EXPECT_TRUE(failed(sinkRepeats(rewriter, function)));
}

} // namespace
