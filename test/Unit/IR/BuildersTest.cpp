//===- BuildersTest.cpp - Builders of the ops -----------------------------===//
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

using BuildersTest = ditto::test::IRTest;

TEST_F(BuildersTest, RepeatInfersResultOfMixedCounts) {
  auto arguments = startFunction({tensor({2, 8}), builder.getIndexType()});
  auto repeat = RepeatOp::create(
      builder, loc, arguments[0],
      {builder.getIndexAttr(3), arguments[1], builder.getIndexAttr(4)});
  EXPECT_EQ(repeat.getResultType(), tensor({3, kDynamic, 32}));
  EXPECT_EQ(repeat.getNumNewDims(), 1);
  EXPECT_EQ(repeat.getMixedCounts().size(), 3u);
  EXPECT_EQ(repeat.getMixedCounts()[1], OpFoldResult(arguments[1]));
  EXPECT_TRUE(succeeded(verify(*module)));
}

TEST_F(BuildersTest, RepeatTakesResultTypeThatKnowsMore) {
  auto arguments = startFunction({tensor({kDynamic}), builder.getIndexType()});
  auto repeat =
      RepeatOp::create(builder, loc, tensor({12}), arguments[0],
                       ArrayRef<OpFoldResult>(OpFoldResult(arguments[1])));
  EXPECT_EQ(repeat.getResultType(), tensor({12}));
  EXPECT_TRUE(succeeded(verify(*module)));
}

TEST_F(BuildersTest, RepeatOfRankZero) {
  auto arguments = startFunction({tensor({})});
  auto repeat =
      RepeatOp::create(builder, loc, arguments[0], ArrayRef<OpFoldResult>());
  EXPECT_EQ(repeat.getResultType(), tensor({}));
  EXPECT_TRUE(succeeded(verify(*module)));
}

TEST_F(BuildersTest, NegativeDimIsStoredNormalised) {
  auto arguments = startFunction({tensor({3, 2, 5, 2})});
  auto last = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                         builder.getIndexAttr(4), -1);
  EXPECT_EQ(last.getDim(), 3);
  EXPECT_EQ(last.getResultType(), tensor({3, 2, 5, 8}));
  auto first = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                          builder.getIndexAttr(4), -4);
  EXPECT_EQ(first.getDim(), 0);
  EXPECT_TRUE(succeeded(verify(*module)));
}

TEST_F(BuildersTest, InterleaveWithoutDimFlattens) {
  auto arguments = startFunction({tensor({2, 3})});
  auto op = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                       builder.getIndexAttr(2), std::nullopt);
  EXPECT_TRUE(op.isFlattened());
  EXPECT_EQ(op.getResultType(), tensor({12}));
  EXPECT_TRUE(succeeded(verify(*module)));
}

TEST_F(BuildersTest, InterleaveByCountsTensor) {
  auto arguments =
      startFunction({tensor({3, 4}), tensorOf({3}, builder.getI64Type())});
  auto unknown = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                            OpFoldResult(arguments[1]), 0);
  EXPECT_EQ(unknown.getResultType(), tensor({kDynamic, 4}));
  EXPECT_EQ(unknown.getCountsTensor(), arguments[1]);
  EXPECT_FALSE(unknown.getMixedOutputSize());
  auto known = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                          OpFoldResult(arguments[1]), 0,
                                          builder.getIndexAttr(6));
  EXPECT_EQ(known.getResultType(), tensor({6, 4}));
  EXPECT_EQ(known.getStaticOutputSize(), 6);
  EXPECT_TRUE(succeeded(verify(*module)));
}

TEST_F(BuildersTest, InterleaveWithDynamicOutputSize) {
  auto arguments = startFunction({tensor({3}), builder.getIndexType()});
  auto op = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                       OpFoldResult(arguments[1]), 0,
                                       OpFoldResult(arguments[1]));
  EXPECT_EQ(op.getResultType(), tensor({kDynamic}));
  EXPECT_EQ(op.getMixedOutputSize(), OpFoldResult(arguments[1]));
  EXPECT_EQ(op.getMixedCount(), OpFoldResult(arguments[1]));
  EXPECT_FALSE(op.getCountsTensor());
  EXPECT_TRUE(succeeded(verify(*module)));
}

} // namespace
