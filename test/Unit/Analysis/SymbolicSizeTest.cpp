//===- SymbolicSizeTest.cpp - The algebra of sizes ------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SizeTest.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

class SymbolicSizeTest : public ditto::test::SizeTest {
protected:
  void SetUp() override {
    auto values = parse("func.func @f(%a: index, %b: i64) -> (index, i64) {"
                        "  return %a, %b : index, i64 }");
    a = SymbolicSize(SymbolicSize::Name{values[0]});
    b = SymbolicSize(SymbolicSize::Name{values[1]});
  }

  static SymbolicSize number(int64_t value) { return SymbolicSize(value); }

  static constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

  SymbolicSize a = number(0), b = number(0);
};

TEST_F(SymbolicSizeTest, OrderOfFactorsIsIrrelevant) {
  SymbolicSize ab = *a.times(number(6))->times(b);
  EXPECT_EQ(ab, *b.times(*a.times(number(2)))->times(number(3)));
  EXPECT_NE(ab, *a.times(b));
  EXPECT_NE(ab, *a.times(number(6)));
}

TEST_F(SymbolicSizeTest, FactorsCount) {
  SymbolicSize aa = *a.times(a);
  EXPECT_NE(aa, a);
  EXPECT_NE(*aa.times(b), *a.times(*b.times(b)));
  EXPECT_EQ(*aa.dividedBy(a), a);
}

TEST_F(SymbolicSizeTest, ProductWith0Is0) {
  EXPECT_EQ(*a.times(number(0)), number(0));
  EXPECT_TRUE(number(0).times(a)->isStatic());
}

TEST_F(SymbolicSizeTest, NumbersDoNotWrap) {
  EXPECT_EQ(number(kMax).times(a)->times(number(1))->getNumber(), kMax);
  EXPECT_FALSE(number(kMax).times(a)->times(number(2)));
  EXPECT_FALSE(number(int64_t(1) << 32).times(number(int64_t(1) << 31)));
  EXPECT_EQ(*number(kMax).times(number(0)), number(0));
}

TEST_F(SymbolicSizeTest, SumsOfNamesWithNumbers) {
  EXPECT_EQ(*a.plus(2)->plus(-2), a);
  EXPECT_NE(*a.plus(2), *a.plus(1));
  EXPECT_NE(*a.plus(1)->times(b), *a.times(b));
  EXPECT_EQ(*number(2).plus(3), number(5));
  EXPECT_FALSE(number(2).plus(-3));
  EXPECT_FALSE(number(kMax).plus(1));
  EXPECT_FALSE(a.plus(kMax)->plus(1));
  EXPECT_FALSE(a.times(b)->plus(1));
  EXPECT_FALSE(a.times(number(2))->plus(1));
}

TEST_F(SymbolicSizeTest, QuotientsAreExact) {
  SymbolicSize product = *a.times(b)->times(number(12));
  EXPECT_EQ(*product.dividedBy(*a.times(number(4))), *b.times(number(3)));
  EXPECT_TRUE(product.dividedBy(product)->isOne());
  EXPECT_FALSE(product.dividedBy(number(5)));
  EXPECT_FALSE(product.dividedBy(number(0)));
  EXPECT_FALSE(product.dividedBy(*a.times(a)));
  EXPECT_FALSE(number(12).dividedBy(a));
}

// The first tensor may be empty because of %b: 3 * %a may be anything then.
TEST_F(SymbolicSizeTest, BoundLeavesOutWhatA0Hides) {
  SymbolicSize ab = *a.times(b);
  EXPECT_EQ(SymbolicSize::getBound({ab, number(3)}), number(3));
  EXPECT_EQ(SymbolicSize::getBound({a, b, number(3)}), *ab.times(number(3)));
  EXPECT_EQ(SymbolicSize::getBound({a, number(0), number(3)}),
            *a.times(number(3)));
}

TEST_F(SymbolicSizeTest, MaterializesWhatItWasReadOff) {
  Value product = parse(R"(
    func.func @f(%a: index, %b: index) -> index {
      %p = arith.muli %a, %b : index
      return %p : index
    })")[0];
  OpBuilder builder(product.getContext());
  builder.setInsertionPointAfterValue(product);
  OpFoldResult same =
      SymbolicSize::of(product).materialize(builder, product.getLoc());
  EXPECT_EQ(dyn_cast<Value>(same), product);
}

TEST_F(SymbolicSizeTest, MaterializesProducts) {
  auto values = parse(R"(
    func.func @f(%a: i64, %x: tensor<?xf32>) -> (i64, tensor<?xf32>) {
      return %a, %x : i64, tensor<?xf32>
    })");
  SymbolicSize product = *SymbolicSize::of(values[0])
                              .times(SymbolicSize::ofDim(values[1], 0))
                              ->times(number(3));
  OpBuilder builder(values[0].getContext());
  builder.setInsertionPointToStart(values[0].getParentBlock());
  OpFoldResult made = product.materialize(builder, values[0].getLoc());
  EXPECT_TRUE(cast<Value>(made).getType().isIndex());
  EXPECT_EQ(SymbolicSize::of(made), product);
}

} // namespace
