//===- DigitLayoutTest.cpp - Values as views of others --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The class itself; what each op does to a layout is in test/Analysis.
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/DigitLayout.h"
#include "SizeTest.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

class DigitLayoutTest : public ditto::test::SizeTest {
protected:
  /// The layout of the value that a function returns.
  DigitLayout get(StringRef text) {
    FailureOr<DigitLayout> layout =
        DigitLayout::get(parse(text).front(), reason);
    if (failed(layout)) {
      ADD_FAILURE() << "expected a layout, but found: " << reason;
      std::abort();
    }
    return *layout;
  }

  static std::string print(const DigitLayout &layout) {
    std::string text;
    llvm::raw_string_ostream os(text);
    layout.print(os);
    return text;
  }

  std::string reason;
};

constexpr StringLiteral kInterleave = R"(
  func.func @f(%x: tensor<2x6xf32>) -> tensor<3x2x8xf32> {
    %r = ditto.repeat_interleave %x by 4 dim(1)
        : tensor<2x6xf32> -> tensor<2x24xf32>
    %e = tensor.expand_shape %r [[0], [1, 2]] output_shape [2, 3, 8]
        : tensor<2x24xf32> into tensor<2x3x8xf32>
    %empty = tensor.empty() : tensor<3x2x8xf32>
    %t = linalg.transpose ins(%e : tensor<2x3x8xf32>)
        outs(%empty : tensor<3x2x8xf32>) permutation = [1, 0, 2]
    return %t : tensor<3x2x8xf32>
  })";

TEST_F(DigitLayoutTest, SourceAndResultShareTheirDigits) {
  DigitLayout layout = get(kInterleave);
  EXPECT_EQ(print(layout), "[s1.0:3] [s0:2] [s1.1:2 count:4]");
  EXPECT_TRUE(isa<BlockArgument>(layout.getRoot()));
  ASSERT_EQ(layout.getSourceDims().size(), 2u);
  ASSERT_EQ(layout.getSourceDims()[1].size(), 2u);
  EXPECT_EQ(layout.getSourceDims()[1][0], layout.getResultDims()[0][0]);
  EXPECT_EQ(layout.getSourceDims()[1][1], layout.getResultDims()[2][0]);
  EXPECT_EQ(layout.getProduct(layout.getSourceDims()[1]), SymbolicSize(6));
  ASSERT_EQ(layout.getCounts().size(), 1u);
  EXPECT_EQ(layout.getCounts()[0], layout.getResultDims()[2][1]);
}

TEST_F(DigitLayoutTest, CountsJoinOnlyOtherDigits) {
  EXPECT_TRUE(get(kInterleave).joinsCounts());
  EXPECT_FALSE(get(R"(
    func.func @f(%x: tensor<2xf32>, %e: tensor<2x4xf32>) -> tensor<2x4xf32> {
      %b = linalg.broadcast ins(%x : tensor<2xf32>) outs(%e : tensor<2x4xf32>)
          dimensions = [1]
      return %b : tensor<2x4xf32>
    })")
                   .joinsCounts());
  EXPECT_FALSE(get(R"(
    func.func @f(%x: tensor<1xf32>) -> tensor<4xf32> {
      %r = ditto.repeat %x by [4] : tensor<1xf32> -> tensor<4xf32>
      return %r : tensor<4xf32>
    })")
                   .joinsCounts());
}

TEST_F(DigitLayoutTest, ArrangedDigitsBecomeALayout) {
  DigitLayout layout = get(kInterleave);
  // The counts alone, as a dimension in front of the source's own.
  SmallVector<DigitList> dims = {DigitList(layout.getCounts())};
  llvm::append_range(dims, layout.getSourceDims());
  DigitLayout arranged(layout.getRoot(), layout, layout.getSourceDims(), dims);
  EXPECT_EQ(print(arranged), "[count:4] [s0:2] [s1.0:3 s1.1:2]");
  // What is in no source dimension is a count.
  DigitLayout fewer(layout.getRoot(), layout, {layout.getSourceDims()[0]},
                    layout.getResultDims());
  EXPECT_EQ(fewer.getCounts().size(), 3u);
}

TEST_F(DigitLayoutTest, SaysWhyTheRootIsTheRoot) {
  DigitLayout layout = get(R"(
    func.func @f(%x: tensor<2x3xf32>) -> tensor<6xf32> {
      %y = arith.negf %x : tensor<2x3xf32>
      %r = tensor.collapse_shape %y [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
      return %r : tensor<6xf32>
    })");
  EXPECT_EQ(print(layout), "[s0:2 s1:3]");
  EXPECT_TRUE(layout.getRoot().getDefiningOp());
  EXPECT_FALSE(reason.empty());
}

TEST_F(DigitLayoutTest, RejectsWhatHasNoDimensions) {
  for (StringRef type : {"tensor<*xf32>", "tensor<2xf32, \"sparse\">", "f32"}) {
    std::string text = ("func.func @f(%x: " + type + ") -> " + type +
                        " { return %x : " + type + " }")
                           .str();
    reason.clear();
    EXPECT_TRUE(failed(DigitLayout::get(parse(text).front(), reason))) << text;
    EXPECT_FALSE(reason.empty()) << text;
  }
}

} // namespace
