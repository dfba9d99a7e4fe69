//===- SizeEqualitiesTest.cpp - Sizes known to be equal -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/SizeEqualities.h"
#include "SizeTest.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

class SizeEqualitiesTest : public ditto::test::SizeTest {
protected:
  void SetUp() override {
    for (Value value : parse("func.func @f(%a: index, %b: index, %c: index)"
                             " -> (index, index, index) {"
                             "  return %a, %b, %c : index, index, index }"))
      names.emplace_back(SymbolicSize::Name{value});
  }

  bool knowsEqual(const SymbolicSize &lhs, const SymbolicSize &rhs) {
    return equalities.resolve(lhs) == equalities.resolve(rhs);
  }

  SmallVector<SymbolicSize> names;
  SizeEqualities equalities;
};

TEST_F(SizeEqualitiesTest, FollowsFromOthers) {
  EXPECT_FALSE(knowsEqual(names[0], names[2]));
  equalities.add(names[0], names[1]);
  EXPECT_TRUE(knowsEqual(names[0], names[1]));
  EXPECT_FALSE(knowsEqual(names[0], names[2]));
  equalities.add(names[2], names[1]);
  EXPECT_TRUE(knowsEqual(names[0], names[2]));
}

TEST_F(SizeEqualitiesTest, Products) {
  SymbolicSize twice = *names[1].times(SymbolicSize(2));
  equalities.add(names[0], twice);
  EXPECT_TRUE(knowsEqual(*names[0].times(names[2]), *twice.times(names[2])));
  // What %b is, is part of what %a is.
  equalities.add(names[1], SymbolicSize(3));
  EXPECT_EQ(equalities.resolve(names[0]), SymbolicSize(6));
}

// 2 * %a = 2 * %b leaves the highest bit open.
TEST_F(SizeEqualitiesTest, NothingIsDivided) {
  equalities.add(*names[0].times(SymbolicSize(2)),
                 *names[1].times(SymbolicSize(2)));
  EXPECT_FALSE(knowsEqual(names[0], names[1]));
}

TEST_F(SizeEqualitiesTest, NothingIsDefinedByItself) {
  SymbolicSize twice = *names[0].times(SymbolicSize(2));
  equalities.add(names[0], twice);
  EXPECT_EQ(equalities.resolve(names[0]), names[0]);
}

// Definitions that double their names at each step are not followed for long.
TEST_F(SizeEqualitiesTest, ProductsStaySmall) {
  SymbolicSize large = names[0];
  for (int i = 0; i < 4; ++i)
    large = *large.times(large);
  equalities.add(names[1], large);
  EXPECT_EQ(equalities.resolve(names[1]).getNames().size(), 16u);
  SymbolicSize square = *names[1].times(names[1]);
  EXPECT_EQ(equalities.resolve(square), square);
}

} // namespace
