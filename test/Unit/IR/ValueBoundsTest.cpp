//===- ValueBoundsTest.cpp - ValueBoundsOpInterface of the ops ------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IRTest.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

class ValueBoundsTest : public ditto::test::IRTest {
protected:
  using Variable = ValueBoundsConstraintSet::Variable;

  bool provablyEqual(Variable lhs, Variable rhs) {
    FailureOr<bool> equal = ValueBoundsConstraintSet::areEqual(lhs, rhs);
    return succeeded(equal) && *equal;
  }

  /// `factor` times a dimension of a tensor.
  Variable scaled(int64_t factor, Value value, int64_t dim) {
    AffineExpr d0 = builder.getAffineDimExpr(0);
    return Variable(AffineMap::get(1, 0, d0 * factor),
                    ArrayRef<Variable>{Variable(value, dim)});
  }
};

TEST_F(ValueBoundsTest, RepeatByStaticCount) {
  auto arguments = startFunction({tensor({kDynamic, kDynamic})});
  Value x = arguments[0];
  Value r = RepeatOp::create(builder, loc, x,
                             {builder.getIndexAttr(5), builder.getIndexAttr(3),
                              builder.getIndexAttr(1)});
  EXPECT_TRUE(provablyEqual(Variable(r, 1), scaled(3, x, 0)));
  EXPECT_TRUE(provablyEqual(Variable(r, 2), Variable(x, 1)));
  EXPECT_FALSE(provablyEqual(Variable(r, 1), Variable(x, 0)));
  FailureOr<int64_t> leading = ValueBoundsConstraintSet::computeConstantBound(
      presburger::BoundType::EQ, Variable(r, 0));
  ASSERT_TRUE(succeeded(leading));
  EXPECT_EQ(*leading, 5);
}

TEST_F(ValueBoundsTest, RepeatIntoNewDimIsItsCount) {
  auto arguments = startFunction({tensor({4}), builder.getIndexType()});
  Value r =
      RepeatOp::create(builder, loc, arguments[0],
                       {OpFoldResult(arguments[1]), builder.getIndexAttr(1)});
  EXPECT_TRUE(provablyEqual(Variable(r, 0), Variable(arguments[1])));
}

TEST_F(ValueBoundsTest, RepeatByUnknownCountSaysNothing) {
  auto arguments = startFunction({tensor({4}), builder.getIndexType()});
  Value r =
      RepeatOp::create(builder, loc, arguments[0],
                       ArrayRef<OpFoldResult>(OpFoldResult(arguments[1])));
  EXPECT_FALSE(provablyEqual(Variable(r, 0), scaled(4, arguments[0], 0)));
}

TEST_F(ValueBoundsTest, InterleaveByStaticCount) {
  auto arguments = startFunction({tensor({kDynamic, kDynamic})});
  Value x = arguments[0];
  Value r =
      RepeatInterleaveOp::create(builder, loc, x, builder.getIndexAttr(4), 1);
  EXPECT_TRUE(provablyEqual(Variable(r, 0), Variable(x, 0)));
  EXPECT_TRUE(provablyEqual(Variable(r, 1), scaled(4, x, 1)));
}

TEST_F(ValueBoundsTest, InterleaveIsItsOutputSize) {
  auto arguments =
      startFunction({tensor({3}), tensorOf({3}, builder.getI64Type()),
                     builder.getIndexType()});
  Value dynamic = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                             OpFoldResult(arguments[1]), 0,
                                             OpFoldResult(arguments[2]));
  EXPECT_TRUE(provablyEqual(Variable(dynamic, 0), Variable(arguments[2])));
}

TEST_F(ValueBoundsTest, RepeatedInputsStayEqual) {
  // What a fold of attention needs: K and V grow alike.
  auto arguments =
      startFunction({tensor({1, kDynamic}), tensor({1, kDynamic})});
  Value once = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                          builder.getIndexAttr(4), 1);
  Value other = RepeatInterleaveOp::create(builder, loc, arguments[1],
                                           builder.getIndexAttr(4), 1);
  Value twice = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                           builder.getIndexAttr(4), 1);
  EXPECT_TRUE(provablyEqual(Variable(once, 1), Variable(twice, 1)));
  EXPECT_FALSE(provablyEqual(Variable(once, 1), Variable(other, 1)));
}

} // namespace
