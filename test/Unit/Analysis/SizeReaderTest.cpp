//===- SizeReaderTest.cpp - Reading sizes off the IR ----------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SizeTest.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

class SizeReaderTest : public ditto::test::SizeTest {
protected:
  /// Reads `body`, in which
  ///   %x : tensor<?x6x?xf32>, %d0 and %d2 are its dimensions, %i0 and %i2 the
  ///   same as i64; %n, %m : index; %v, %w : i64, anything.
  /// It returns two values of `type`.
  bool areSame(StringRef body, StringRef type = "index") {
    std::string text =
        ("func.func @f(%x: tensor<?x6x?xf32>, %n: index, %m: index, %v: i64,"
         "             %w: i64) -> (" +
         type + ", " + type +
         ") {"
         "  %c0 = arith.constant 0 : index"
         "  %c1 = arith.constant 1 : index"
         "  %c2 = arith.constant 2 : index"
         "  %c6 = arith.constant 6 : index"
         "  %z = arith.constant 0 : i64"
         "  %one = arith.constant 1 : i64"
         "  %minus = arith.constant -1 : i64"
         "  %six = arith.constant 6 : i64"
         "  %d0 = tensor.dim %x, %c0 : tensor<?x6x?xf32>"
         "  %d2 = tensor.dim %x, %c2 : tensor<?x6x?xf32>"
         "  %i0 = arith.index_cast %d0 : index to i64"
         "  %i2 = arith.index_cast %d2 : index to i64" +
         body + "}")
            .str();
    return areEqual(text);
  }
};

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

TEST_F(SizeReaderTest, ProductsThroughCasts) {
  EXPECT_TRUE(areSame(R"(
    %p = arith.muli %i0, %six : i64
    %q = arith.muli %p, %i2 : i64
    %a = arith.index_cast %q : i64 to index
    %r = arith.muli %d2, %c6 : index
    %b = arith.muli %d0, %r : index
    return %a, %b : index, index)"));
}

TEST_F(SizeReaderTest, DifferentProducts) {
  EXPECT_FALSE(areSame(R"(
    %a = arith.muli %d0, %d2 : index
    %b = arith.muli %d0, %d0 : index
    return %a, %b : index, index)"));
}

// 2^62 * 6 does not fit: such products have no number.
TEST_F(SizeReaderTest, NumbersThatOverflow) {
  EXPECT_FALSE(areSame(R"(
    %big = arith.constant 4611686018427387904 : index
    %p = arith.muli %n, %big : index
    %a = arith.muli %p, %c6 : index
    %b = arith.muli %p, %c2 : index
    return %a, %b : index, index)"));
}

TEST_F(SizeReaderTest, SumsWithNumbers) {
  EXPECT_TRUE(areSame(R"(
    %p = arith.addi %c6, %d2 : index
    %a = affine.apply affine_map<()[s0] -> (s0 - 1)>()[%p]
    %x5 = tensor.extract_slice %x[0, 0, 0] [1, 5, %d2] [1, 1, 1] : tensor<?x6x?xf32> to tensor<1x5x?xf32>
    %v2 = tensor.empty() : tensor<1x5x2xf32>
    %v3 = tensor.empty() : tensor<1x5x3xf32>
    %cat = tensor.concat dim(2) %v2, %x5, %v3 : (tensor<1x5x2xf32>, tensor<1x5x?xf32>, tensor<1x5x3xf32>) -> tensor<1x5x?xf32>
    %b = tensor.dim %cat, %c2 : tensor<1x5x?xf32>
    return %a, %b : index, index)"));
  EXPECT_TRUE(areSame(R"(
    %a = arith.addi %c6, %c2 : index
    %b = arith.constant 8 : index
    return %a, %b : index, index)"));
  EXPECT_FALSE(areSame(R"(
    %a = arith.addi %d0, %c1 : index
    %b = arith.addi %d0, %c2 : index
    return %a, %b : index, index)"));
}

// The largest extent plus 1 is negative.
TEST_F(SizeReaderTest, SumsMayBeNegative) {
  EXPECT_FALSE(areSame(R"(
    %p = arith.addi %i0, %one : i64
    %is = arith.cmpi slt, %p, %z : i64
    %a = arith.select %is, %v, %p : i64
    return %a, %p : i64, i64)",
                       "i64"));
}

TEST_F(SizeReaderTest, AddingOfZero) {
  EXPECT_TRUE(areSame(R"(
    %p = arith.addi %d0, %c0 : index
    %a = arith.addi %c0, %p : index
    return %a, %d0 : index, index)"));
  EXPECT_FALSE(areSame(R"(
    %a = arith.addi %d0, %c1 : index
    return %a, %d0 : index, index)"));
}

// Only the lower 32 bits are kept.
TEST_F(SizeReaderTest, Truncation) {
  EXPECT_FALSE(areSame(R"(
    %t = arith.trunci %i0 : i64 to i32
    %a = arith.index_cast %t : i32 to index
    return %a, %d0 : index, index)"));
}

TEST_F(SizeReaderTest, SignExtension) {
  EXPECT_TRUE(areSame(R"(
    %t = arith.trunci %i0 : i64 to i32
    %a = arith.index_cast %t : i32 to index
    %e = arith.extsi %t : i32 to i64
    %b = arith.index_cast %e : i64 to index
    return %a, %b : index, index)"));
  EXPECT_FALSE(areSame(R"(
    %t = arith.trunci %i0 : i64 to i32
    %a = arith.index_cast %t : i32 to index
    %b = arith.index_castui %t : i32 to index
    return %a, %b : index, index)"));
}

// 32 bits wrap around earlier.
TEST_F(SizeReaderTest, ProductsOfNarrowIntegers) {
  EXPECT_FALSE(areSame(R"(
    %t = arith.trunci %i0 : i64 to i32
    %p = arith.muli %t, %t : i32
    %a = arith.extsi %p : i32 to i64
    %e = arith.extsi %t : i32 to i64
    %b = arith.muli %e, %e : i64
    return %a, %b : i64, i64)",
                       "i64"));
}

TEST_F(SizeReaderTest, Affine) {
  EXPECT_TRUE(areSame(R"(
    %a = affine.apply affine_map<(d0)[s0] -> (s0 * 6)>(%n)[%d0]
    %b = arith.muli %c6, %d0 : index
    return %a, %b : index, index)"));
  EXPECT_TRUE(areSame(R"(
    %p = arith.muli %c6, %d0 : index
    %a = affine.apply affine_map<()[s0] -> (s0 floordiv 6)>()[%p]
    return %a, %d0 : index, index)"));
  EXPECT_FALSE(areSame(R"(
    %a = affine.apply affine_map<()[s0] -> (s0 + 1)>()[%d0]
    return %a, %d0 : index, index)"));
}

//===----------------------------------------------------------------------===//
// Quotients
//===----------------------------------------------------------------------===//

// %x has 6 * %d0 elements or more, unless it is empty.
TEST_F(SizeReaderTest, QuotientOfElements) {
  for (StringRef division : {"divsi", "divui", "floordivsi", "ceildivsi"})
    EXPECT_TRUE(areSame(("%p = arith.muli %d0, %c6 : index"
                         " %a = arith." +
                         division +
                         " %p, %c6 : index"
                         " return %a, %d0 : index, index")
                            .str()))
        << division.str();
  // If %d2 is 0, the division is undefined.
  EXPECT_TRUE(areSame(R"(
    %p = arith.muli %d0, %d2 : index
    %a = arith.divsi %p, %d2 : index
    return %a, %d0 : index, index)"));
}

// 7 * %d0 may wrap around even though %x exists.
TEST_F(SizeReaderTest, QuotientOfMoreThanThereIs) {
  EXPECT_FALSE(areSame(R"(
    %c7 = arith.constant 7 : index
    %p = arith.muli %d0, %c7 : index
    %a = arith.divsi %p, %c7 : index
    return %a, %d0 : index, index)"));
  EXPECT_FALSE(areSame(R"(
    %p = arith.muli %d0, %d0 : index
    %a = arith.divsi %p, %d0 : index
    return %a, %d0 : index, index)"));
}

// Where both are sizes of no tensor, nothing limits the product.
TEST_F(SizeReaderTest, QuotientOfAnyIntegers) {
  EXPECT_FALSE(areSame(R"(
    %p = arith.muli %n, %c6 : index
    %a = arith.divsi %p, %c6 : index
    return %a, %n : index, index)"));
}

TEST_F(SizeReaderTest, QuotientByItself) {
  EXPECT_TRUE(areSame(R"(
    %a = arith.divsi %n, %n : index
    return %a, %c1 : index, index)"));
}

TEST_F(SizeReaderTest, QuotientWithRemainder) {
  EXPECT_FALSE(areSame(R"(
    %p = arith.muli %d0, %c6 : index
    %c4 = arith.constant 4 : index
    %a = arith.divsi %p, %c4 : index
    %b = arith.floordivsi %p, %c4 : index
    return %a, %b : index, index)"));
  EXPECT_FALSE(areSame(R"(
    %a = arith.divsi %d0, %c0 : index
    %b = arith.divsi %d2, %c0 : index
    return %a, %b : index, index)"));
}

// A tensor that exists bounds what its shape is computed from.
TEST_F(SizeReaderTest, QuotientWithBound) {
  auto values = parse(R"(
    func.func @f(%n: index, %m: index) -> (index, index) {
      %p = arith.muli %n, %m : index
      %q = arith.divsi %p, %m : index
      return %q, %n : index, index
    })");
  SymbolicSize n = SymbolicSize::of(values[1]);
  Operation *product = values[0].getDefiningOp()->getOperand(0).getDefiningOp();
  SymbolicSize m = SymbolicSize::of(product->getOperand(1));
  SymbolicSize bound = SymbolicSize::getBound({n, m});
  EXPECT_NE(SymbolicSize::of(values[0]), n);
  EXPECT_EQ(SymbolicSize::of(values[0], &bound), n);
  bound = SymbolicSize::getBound({n, SymbolicSize(3)});
  EXPECT_NE(SymbolicSize::of(values[0], &bound), n);
}

//===----------------------------------------------------------------------===//
// What frontends put around sizes
//===----------------------------------------------------------------------===//

TEST_F(SizeReaderTest, IsItNegative) {
  EXPECT_TRUE(areSame(R"(
    %is = arith.cmpi slt, %i0, %z : i64
    %a = arith.select %is, %v, %i0 : i64
    return %a, %i0 : i64, i64)",
                      "i64"));
  EXPECT_TRUE(areSame(R"(
    %is = arith.cmpi sge, %i0, %z : i64
    %a = arith.select %is, %i0, %v : i64
    return %a, %i0 : i64, i64)",
                      "i64"));
  EXPECT_TRUE(areSame(R"(
    %is = arith.cmpi eq, %i0, %minus : i64
    %a = arith.select %is, %one, %i0 : i64
    %b = arith.maxsi %a, %i0 : i64
    return %b, %i0 : i64, i64)",
                      "i64"));
}

// 6 * %d0 is no longer than %x, 7 * %d0 may have become negative.
TEST_F(SizeReaderTest, IsAProductNegative) {
  EXPECT_TRUE(areSame(R"(
    %p = arith.muli %i0, %six : i64
    %is = arith.cmpi slt, %p, %z : i64
    %a = arith.select %is, %v, %p : i64
    return %a, %p : i64, i64)",
                      "i64"));
  EXPECT_FALSE(areSame(R"(
    %seven = arith.constant 7 : i64
    %p = arith.muli %i0, %seven : i64
    %is = arith.cmpi slt, %p, %z : i64
    %a = arith.select %is, %v, %p : i64
    return %a, %p : i64, i64)",
                       "i64"));
}

TEST_F(SizeReaderTest, AnyIntegerMayBeNegative) {
  EXPECT_FALSE(areSame(R"(
    %is = arith.cmpi slt, %w, %z : i64
    %a = arith.select %is, %v, %w : i64
    return %a, %w : i64, i64)",
                       "i64"));
}

TEST_F(SizeReaderTest, SizesMayBe0) {
  EXPECT_FALSE(areSame(R"(
    %is = arith.cmpi sle, %i0, %z : i64
    %a = arith.select %is, %v, %i0 : i64
    return %a, %i0 : i64, i64)",
                       "i64"));
}

TEST_F(SizeReaderTest, EitherOfEqualSizes) {
  EXPECT_TRUE(areSame(R"(
    %is = arith.cmpi eq, %v, %w : i64
    %b = arith.index_cast %i0 : i64 to index
    %s = arith.select %is, %d0, %b : index
    %a = arith.minui %s, %d0 : index
    return %a, %d0 : index, index)"));
  EXPECT_FALSE(areSame(R"(
    %a = arith.maxsi %d0, %d2 : index
    return %a, %d0 : index, index)"));
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

TEST_F(SizeReaderTest, ExtentsOfReshapes) {
  EXPECT_TRUE(areSame(R"(
    %shape = tensor.from_elements %i2, %six, %i0 : tensor<3xi64>
    %r = tensor.reshape %x(%shape) : (tensor<?x6x?xf32>, tensor<3xi64>) -> tensor<?x6x?xf32>
    %a = tensor.dim %r, %c2 : tensor<?x6x?xf32>
    return %a, %d0 : index, index)"));
  EXPECT_TRUE(areSame(R"(
    %r = tensor.collapse_shape %x [[0, 1], [2]] : tensor<?x6x?xf32> into tensor<?x?xf32>
    %a = tensor.dim %r, %c0 : tensor<?x?xf32>
    %b = arith.muli %d0, %c6 : index
    return %a, %b : index, index)"));
}

TEST_F(SizeReaderTest, ConstantShapes) {
  EXPECT_TRUE(areSame(R"(
    %shape = arith.constant dense<[-1, 6, 7]> : tensor<3xi64>
    %r = tensor.reshape %x(%shape) : (tensor<?x6x?xf32>, tensor<3xi64>) -> tensor<?x?x?xf32>
    %a = tensor.dim %r, %c1 : tensor<?x?x?xf32>
    return %a, %c6 : index, index)"));
  // Negative extents are names, and not the same ones.
  EXPECT_FALSE(areSame(R"(
    %shape = arith.constant dense<[-1, 6, -1]> : tensor<3xi64>
    %r = tensor.reshape %x(%shape) : (tensor<?x6x?xf32>, tensor<3xi64>) -> tensor<?x?x?xf32>
    %a = tensor.dim %r, %c0 : tensor<?x?x?xf32>
    %b = tensor.dim %r, %c2 : tensor<?x?x?xf32>
    return %a, %b : index, index)"));
}

TEST_F(SizeReaderTest, ExtractedElements) {
  EXPECT_TRUE(areSame(R"(
    %shape = tensor.from_elements %i2, %six, %i0 : tensor<3xi64>
    %a = tensor.extract %shape[%c2] : tensor<3xi64>
    return %a, %i0 : i64, i64)",
                      "i64"));
}

TEST_F(SizeReaderTest, ExtractOutOfBounds) {
  EXPECT_FALSE(areSame(R"(
    %shape = tensor.from_elements %i2, %i0 : tensor<2xi64>
    %a = tensor.extract %shape[%c2] : tensor<2xi64>
    return %a, %i0 : i64, i64)",
                       "i64"));
}

TEST_F(SizeReaderTest, ExtentsOfSlices) {
  EXPECT_TRUE(areSame(R"(
    %s = tensor.extract_slice %x[0, 2, 0] [%d0, 1, %n] [1, 1, 1] : tensor<?x6x?xf32> to tensor<?x?xf32>
    %a = tensor.dim %s, %c1 : tensor<?x?xf32>
    return %a, %n : index, index)"));
}

TEST_F(SizeReaderTest, ExtentsOfConcatenations) {
  EXPECT_TRUE(areSame(R"(
    %k = tensor.concat dim(2) %x, %x : (tensor<?x6x?xf32>, tensor<?x6x?xf32>) -> tensor<?x6x?xf32>
    %a = tensor.dim %k, %c0 : tensor<?x6x?xf32>
    return %a, %d0 : index, index)"));
  EXPECT_FALSE(areSame(R"(
    %k = tensor.concat dim(2) %x, %x : (tensor<?x6x?xf32>, tensor<?x6x?xf32>) -> tensor<?x6x?xf32>
    %a = tensor.dim %k, %c2 : tensor<?x6x?xf32>
    return %a, %d2 : index, index)"));
}

TEST_F(SizeReaderTest, ExtentsOfRepeats) {
  EXPECT_TRUE(areSame(R"(
    %r = ditto.repeat %x by [%n, 2, 1, 3] : tensor<?x6x?xf32> -> tensor<?x?x6x?xf32>
    %i = ditto.repeat_interleave %r by %m dim(1) : tensor<?x?x6x?xf32> -> tensor<?x?x6x?xf32>
    %a = tensor.dim %i, %c1 : tensor<?x?x6x?xf32>
    %p = arith.muli %d0, %c2 : index
    %b = arith.muli %m, %p : index
    return %a, %b : index, index)"));
  EXPECT_TRUE(areSame(R"(
    %r = ditto.repeat %x by [%n, 2, 1, 3] : tensor<?x6x?xf32> -> tensor<?x?x6x?xf32>
    %a = tensor.dim %r, %c0 : tensor<?x?x6x?xf32>
    return %a, %n : index, index)"));
}

TEST_F(SizeReaderTest, ExtentsOfRepeatsByCounts) {
  EXPECT_FALSE(areSame(R"(
    %counts = tensor.from_elements %one : tensor<1xi64>
    %i = ditto.repeat_interleave %x by %counts dim(0) : tensor<?x6x?xf32>, tensor<1xi64> -> tensor<?x6x?xf32>
    %a = tensor.dim %i, %c0 : tensor<?x6x?xf32>
    return %a, %d0 : index, index)"));
}

// The same op twice is cheap, an exponential number of times is not.
TEST_F(SizeReaderTest, SharedFactorsAreReadOften) {
  std::string body = "%p0 = arith.muli %n, %n : index ";
  for (int i = 1; i < 60; ++i) {
    std::string last = "%p" + std::to_string(i - 1);
    body += "%p" + std::to_string(i) + " = arith.muli " + last + ", " + last +
            " : index ";
  }
  EXPECT_TRUE(areSame(body + "return %p59, %p59 : index, index"));
}

} // namespace
