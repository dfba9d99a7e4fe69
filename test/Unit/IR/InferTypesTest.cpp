//===- InferTypesTest.cpp - InferTypeOpInterface of the ops ---------------===//
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

/// Everything here goes through the interface, as generic code would.
class InferTypesTest : public ditto::test::IRTest {
protected:
  /// What the interface infers for `op` as it is now; null on failure.
  Type infer(Operation *op, std::optional<Location> location) {
    SmallVector<Type> types;
    if (failed(cast<InferTypeOpInterface>(op).inferReturnTypes(
            &context, location, op->getOperands(),
            op->getDiscardableAttrDictionary(), op->getPropertiesStorage(),
            op->getRegions(), types)))
      return {};
    return types.front();
  }
  Type infer(Operation *op) { return infer(op, loc); }

  bool compatible(Operation *op, Type inferred, Type declared) {
    return cast<InferTypeOpInterface>(op).isCompatibleReturnTypes({inferred},
                                                                  {declared});
  }
};

TEST_F(InferTypesTest, Repeat) {
  auto arguments =
      startFunction({tensor({2, kDynamic}), builder.getIndexType()});
  auto op = RepeatOp::create(
      builder, loc, arguments[0],
      {arguments[1], builder.getIndexAttr(3), builder.getIndexAttr(0)});
  // A count of 0 says nothing about an extent that is unknown.
  EXPECT_EQ(infer(op), tensor({kDynamic, 6, kDynamic}));
}

TEST_F(InferTypesTest, Interleave) {
  auto arguments = startFunction({tensor({2, kDynamic})});
  auto op = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                       builder.getIndexAttr(3), 0);
  EXPECT_EQ(infer(op), tensor({6, kDynamic}));
  op.setStaticOutputSize(6);
  EXPECT_EQ(infer(op), tensor({6, kDynamic}));
}

TEST_F(InferTypesTest, FlattenedZeroExtentBeatsUnknownOne) {
  auto arguments = startFunction({tensor({kDynamic, 0})});
  auto op = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                       builder.getIndexAttr(3), std::nullopt);
  EXPECT_EQ(infer(op), tensor({0}));
}

TEST_F(InferTypesTest, EncodingIsKept) {
  auto type = RankedTensorType::get({4}, builder.getF32Type(),
                                    builder.getStringAttr("layout"));
  auto arguments = startFunction({type});
  auto op =
      RepeatOp::create(builder, loc, arguments[0], {builder.getIndexAttr(2)});
  EXPECT_EQ(infer(op), RankedTensorType::get({8}, builder.getF32Type(),
                                             builder.getStringAttr("layout")));
}

TEST_F(InferTypesTest, FailsWithReason) {
  auto arguments = startFunction({tensor({2, 2})});
  auto repeat =
      RepeatOp::create(builder, loc, arguments[0],
                       {builder.getIndexAttr(2), builder.getIndexAttr(2)});
  repeat.setStaticCounts({2});
  EXPECT_EQ(errorsOf([&] { EXPECT_FALSE(infer(repeat)); }),
            "'ditto.repeat' op expected at least 2 counts, one per operand "
            "dimension, but got 1");
  auto interleave = RepeatInterleaveOp::create(builder, loc, arguments[0],
                                               builder.getIndexAttr(2), 0);
  interleave.setDim(2);
  EXPECT_EQ(errorsOf([&] { EXPECT_FALSE(infer(interleave)); }),
            "'ditto.repeat_interleave' op expected dim in [0, 2), but got 2");
}

TEST_F(InferTypesTest, FailsSilentlyWithoutLocation) {
  auto arguments = startFunction({tensor({2, 2})});
  auto op =
      RepeatOp::create(builder, loc, arguments[0],
                       {builder.getIndexAttr(2), builder.getIndexAttr(2)});
  op.setStaticCounts({2});
  EXPECT_EQ(errorsOf([&] { EXPECT_FALSE(infer(op, std::nullopt)); }), "");
}

TEST_F(InferTypesTest, FailsOnOperandsOfNoWellFormedOp) {
  auto arguments = startFunction({tensor({2, 2}), builder.getIndexType()});
  auto op =
      RepeatOp::create(builder, loc, arguments[0],
                       {builder.getIndexAttr(2), builder.getIndexAttr(2)});
  op->setOperand(0, arguments[1]);
  EXPECT_EQ(errorsOf([&] { EXPECT_FALSE(infer(op)); }),
            "'ditto.repeat' op expected a ranked tensor as operand");
  op->setOperand(0, arguments[0]);
}

TEST_F(InferTypesTest, DeclaredTypeMayKnowMoreOrLess) {
  auto arguments = startFunction({tensor({2, kDynamic})});
  auto op =
      RepeatOp::create(builder, loc, arguments[0],
                       {builder.getIndexAttr(2), builder.getIndexAttr(2)});
  Type inferred = infer(op);
  EXPECT_TRUE(compatible(op, inferred, tensor({4, 8})));
  EXPECT_TRUE(compatible(op, inferred, tensor({kDynamic, kDynamic})));
  EXPECT_FALSE(compatible(op, inferred, tensor({5, 8})));
  EXPECT_FALSE(compatible(op, inferred, tensor({4})));
  EXPECT_FALSE(
      compatible(op, inferred, tensorOf({4, 8}, builder.getF16Type())));
}

} // namespace
