//===- LoopDigitsTest.cpp - The loops of a structured op in digits --------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/LoopDigits.h"
#include "SizeTest.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// The op under test is the one whose result a function returns.
class LoopDigitsTest : public ditto::test::SizeTest {
protected:
  linalg::LinalgOp parseOp(StringRef text) {
    return parse(text).front().getDefiningOp<linalg::LinalgOp>();
  }

  FailureOr<LoopDigits> get(linalg::LinalgOp op) {
    return LoopDigits::get(op.getIndexingMapsArray(), op->getOperands(),
                           reason);
  }

  /// Reads an operand from the furthest value that it is a view of.
  LogicalResult readFromRoot(LoopDigits &digits, unsigned index) {
    auto layout = DigitLayout::get(digits.getOperands()[index].value, reason);
    return digits.readFromRoot(index, *layout, reason);
  }

  /// `[0:6 1:4] [2:5]`: numbers and sizes, `?` for a size without a number.
  static std::string print(const LoopDigits &digits, ArrayRef<DigitList> dims) {
    std::string text;
    llvm::raw_string_ostream os(text);
    llvm::interleave(
        dims, os,
        [&](const DigitList &dim) {
          os << '[';
          llvm::interleave(
              dim, os,
              [&](unsigned digit) {
                SymbolicSize size = digits.getSize(digit);
                os << digit << ':';
                size.isStatic() ? os << size.getStatic() : os << '?';
              },
              " ");
          os << ']';
        },
        " ");
    return text;
  }

  std::string reason;
};

TEST_F(LoopDigitsTest, SplitsTheLoopsOfAllOperands) {
  auto op = parseOp(R"(
    func.func @f(%q: tensor<24x5x8xf32>, %k: tensor<6x8x7xf32>,
                 %e: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
      %r = ditto.repeat_interleave %k by 4 dim(0)
          : tensor<6x8x7xf32> -> tensor<24x8x7xf32>
      %s = linalg.batch_matmul
          ins(%q, %r : tensor<24x5x8xf32>, tensor<24x8x7xf32>)
          outs(%e : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
      return %s : tensor<24x5x7xf32>
    })");
  FailureOr<LoopDigits> digits = get(op);
  ASSERT_TRUE(succeeded(digits));
  EXPECT_EQ(print(*digits, digits->getLoops()), "[0:24] [1:5] [2:7] [3:8]");
  ASSERT_TRUE(succeeded(readFromRoot(*digits, 1)));
  EXPECT_EQ(print(*digits, digits->getLoops()), "[0:6 4:4] [1:5] [2:7] [3:8]");
  EXPECT_EQ(print(*digits, digits->getOperands()[0].dims),
            "[0:6 4:4] [1:5] [3:8]");
  EXPECT_EQ(print(*digits, digits->getOperands()[1].dims), "[0:6] [3:8] [2:7]");
  EXPECT_EQ(digits->getOperands()[1].value.getType(),
            op->getOperand(1).getDefiningOp()->getOperand(0).getType());
  EXPECT_TRUE(digits->dependsOn(0, 4));
  EXPECT_FALSE(digits->dependsOn(1, 4));
}

/// 24 rows plus as many others, each of which is repeated an unknown number of
/// times.
static std::string addToRepeated(StringRef rows) {
  return ("func.func @f(%q: tensor<24x5xf32>, %k: tensor<" + rows +
          R"(x5xf32>, %n: index, %e: tensor<?x5xf32>) -> tensor<?x5xf32> {
      %r = ditto.repeat_interleave %k by %n dim(0)
          : tensor<)" +
          rows + R"(x5xf32> -> tensor<?x5xf32>
      %s = linalg.add ins(%r, %q : tensor<?x5xf32>, tensor<24x5xf32>)
          outs(%e : tensor<?x5xf32>) -> tensor<?x5xf32>
      return %s : tensor<?x5xf32>
    })")
      .str();
}

// The loop has 24 turns, so that an unknown count of 6 rows is 4.
TEST_F(LoopDigitsTest, NumbersOfTheLoopAreUsed) {
  auto op = parseOp(addToRepeated("6"));
  FailureOr<LoopDigits> digits = get(op);
  ASSERT_TRUE(succeeded(digits));
  ASSERT_TRUE(succeeded(readFromRoot(*digits, 0)));
  EXPECT_EQ(print(*digits, digits->getLoops()), "[0:6 2:4] [1:5]");
}

// 24 rows are no multiple of 7: nothing is read, and nothing has changed.
TEST_F(LoopDigitsTest, ContradictingNumbersChangeNothing) {
  auto op = parseOp(addToRepeated("7"));
  FailureOr<LoopDigits> digits = get(op);
  ASSERT_TRUE(succeeded(digits));
  EXPECT_TRUE(failed(readFromRoot(*digits, 0)));
  EXPECT_FALSE(reason.empty());
  EXPECT_EQ(print(*digits, digits->getLoops()), "[0:24] [1:5]");
  EXPECT_EQ(digits->getOperands()[0].value, op->getOperand(0));
}

// A loop of extent 1 stays with a unit dimension of the root while there is
// one.
TEST_F(LoopDigitsTest, UnitLoops) {
  auto op = parseOp(R"(
    func.func @f(%k: tensor<1x2x5xf32>, %v: tensor<2x5xf32>,
                 %e: tensor<1x8x5xf32>) -> tensor<1x8x5xf32> {
      %r = ditto.repeat_interleave %k by 4 dim(1)
          : tensor<1x2x5xf32> -> tensor<1x8x5xf32>
      %t = ditto.repeat_interleave %v by 4 dim(0)
          : tensor<2x5xf32> -> tensor<8x5xf32>
      %x = tensor.expand_shape %t [[0, 1], [2]] output_shape [1, 8, 5]
          : tensor<8x5xf32> into tensor<1x8x5xf32>
      %s = linalg.add ins(%r, %x : tensor<1x8x5xf32>, tensor<1x8x5xf32>)
          outs(%e : tensor<1x8x5xf32>) -> tensor<1x8x5xf32>
      return %s : tensor<1x8x5xf32>
    })");
  FailureOr<LoopDigits> digits = get(op);
  ASSERT_TRUE(succeeded(digits));
  ASSERT_TRUE(succeeded(readFromRoot(*digits, 0)));
  ASSERT_TRUE(succeeded(readFromRoot(*digits, 1)));
  EXPECT_EQ(print(*digits, digits->getOperands()[0].dims), "[0:1] [1:2] [2:5]");
  EXPECT_EQ(print(*digits, digits->getOperands()[1].dims), "[1:2] [2:5]");
  EXPECT_TRUE(digits->isUnit(0));
  EXPECT_FALSE(digits->dependsOn(1, 0));
}

/// A copy of an operand of the type `type`, read by `map`.
static std::string makeCopy(StringRef type, StringRef map) {
  return llvm::formatv(R"(
    func.func @f(%x: {0}, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {{
      %s = linalg.generic {{
          indexing_maps = [affine_map<{1}>, affine_map<(i, j) -> (i, j)>],
          iterator_types = ["parallel", "parallel"]}
          ins(%x : {0}) outs(%e : tensor<8x5xf32>) {{
        ^bb0(%a: f32, %b: f32): linalg.yield %a : f32
      } -> tensor<8x5xf32>
      return %s : tensor<8x5xf32>
    })",
                       type, map)
      .str();
}

TEST_F(LoopDigitsTest, WhatIsNoDigitHasAReason) {
  auto explain = [&](StringRef type, StringRef map) -> std::string {
    return failed(get(parseOp(makeCopy(type, map)))) ? reason : "fine";
  };
  EXPECT_EQ(explain("tensor<8x1xf32>", "(i, j) -> (i, 0)"), "fine");
  EXPECT_EQ(explain("tensor<8x2xf32>", "(i, j) -> (i, 0)"),
            "expected the index 0 in dimensions of extent 1 only");
  EXPECT_EQ(explain("tensor<8x?xf32>", "(i, j) -> (i, 0)"),
            "expected the index 0 in dimensions of extent 1 only");
  EXPECT_EQ(explain("tensor<8x8xf32>", "(i, j) -> (i, i)"),
            "expected indexing maps of distinct loops and zeros");
  EXPECT_EQ(explain("tensor<8xf32, 1 : i32>", "(i, j) -> (i)"),
            "expected ranked tensors without encoding");
}

} // namespace
