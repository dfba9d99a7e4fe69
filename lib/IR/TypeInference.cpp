//===- TypeInference.cpp - Result types from static sizes -----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The labels in comments (repeat_c3, ri_c7, ..) are those of docs/Spec.md.
//
// Extents come from untrusted IR and may be close to 2^63: every product here
// is checked, and ShapedType::getNumElements, which wraps, is never called.
//
//===----------------------------------------------------------------------===//

#include "TypeInference.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

static std::string print(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

FailureOr<int64_t> ditto::multiplyExtents(int64_t lhs, int64_t rhs) {
  if (ShapedType::isDynamic(lhs) || ShapedType::isDynamic(rhs))
    return ShapedType::kDynamic;
  int64_t product;
  if (llvm::MulOverflow(lhs, rhs, product))
    return failure();
  return product;
}

static RankedTensorType cloneWithShape(RankedTensorType type,
                                       ArrayRef<int64_t> shape) {
  return RankedTensorType::get(shape, type.getElementType(),
                               type.getEncoding());
}

FailureOr<RankedTensorType> ditto::inferRepeatType(EmitError emitError,
                                                   RankedTensorType input,
                                                   ArrayRef<int64_t> counts) {
  int64_t rank = input.getRank(), numCounts = counts.size();
  // repeat_c2
  if (numCounts < rank)
    return emitError(Twine("expected at least ") + Twine(rank) +
                     " counts, one per operand dimension, but got " +
                     Twine(numCounts));
  SmallVector<int64_t> shape;
  for (auto [i, count] : llvm::enumerate(counts)) {
    // repeat_c4
    if (count < 0 && !ShapedType::isDynamic(count))
      return emitError(Twine("expected the count of dimension ") + Twine(i) +
                       " to be >= 0, but got " + Twine(count));
    int64_t newDims = numCounts - rank;
    int64_t extent =
        int64_t(i) < newDims ? 1 : input.getDimSize(int64_t(i) - newDims);
    FailureOr<int64_t> product = multiplyExtents(count, extent);
    // repeat_c5
    if (failed(product))
      return emitError(Twine("expected the result extent in dimension ") +
                       Twine(i) + " to fit in 64 bits, but count " +
                       Twine(count) + " x operand extent " + Twine(extent) +
                       " does not");
    shape.push_back(*product);
  }
  return cloneWithShape(input, shape);
}

StaticInterleave StaticInterleave::get(RepeatInterleaveOp op) {
  StaticInterleave sizes;
  sizes.input = op.getInputType();
  if (TypedValue<RankedTensorType> counts = op.getCountsTensor())
    sizes.countsTensor = counts.getType();
  sizes.count = op.getStaticCount().value_or(ShapedType::kDynamic);
  sizes.dim = op.getDim();
  sizes.outputSize = op.getStaticOutputSize().value_or(ShapedType::kDynamic);
  return sizes;
}

FailureOr<int64_t> StaticInterleave::getExtent() const {
  if (dim)
    return input.getDimSize(*dim);
  if (llvm::is_contained(input.getShape(), 0))
    return 0;
  int64_t product = 1;
  for (int64_t extent : input.getShape()) {
    FailureOr<int64_t> next = multiplyExtents(product, extent);
    if (failed(next))
      return failure();
    product = *next;
    if (ShapedType::isDynamic(product))
      break;
  }
  return product;
}

FailureOr<RankedTensorType>
ditto::inferInterleaveType(EmitError emitError, const StaticInterleave &op) {
  int64_t rank = op.input.getRank();
  // ri_c2
  if (op.dim && rank == 0)
    return emitError(
        Twine("expected no dim for an operand of rank 0, but got ") +
        Twine(*op.dim));
  if (op.dim && (*op.dim < 0 || *op.dim >= rank))
    return emitError(Twine("expected dim in [0, ") + Twine(rank) +
                     "), but got " + Twine(*op.dim));
  // ri_c4
  if (op.count < 0 && !ShapedType::isDynamic(op.count))
    return emitError(Twine("expected the count to be >= 0, but got ") +
                     Twine(op.count));
  FailureOr<int64_t> extent = op.getExtent();
  if (failed(extent))
    return emitError(Twine("expected the flattened operand's extent to fit in "
                           "64 bits, but that of ") +
                     print(op.input) + " does not");
  if (op.countsTensor) {
    // ri_c5
    Type element = op.countsTensor.getElementType();
    if (op.countsTensor.getRank() > 1)
      return emitError(
          Twine("expected a counts tensor of rank 0 or 1, but got rank ") +
          Twine(op.countsTensor.getRank()));
    if (!element.isSignlessInteger(32) && !element.isSignlessInteger(64) &&
        !element.isIndex())
      return emitError(
          Twine("expected counts of type i32, i64 or index, but got ") +
          print(element));
    // ri_c6
    if (op.countsTensor.getRank() == 1) {
      int64_t length = op.countsTensor.getDimSize(0);
      if (!ShapedType::isDynamic(length) && length != 1 &&
          !ShapedType::isDynamic(*extent) && length != *extent)
        return emitError(Twine("expected 1 or ") + Twine(*extent) +
                         " counts, one per repeated element, but got " +
                         Twine(length));
    }
  }
  // ri_c7
  FailureOr<int64_t> total = multiplyExtents(op.count, *extent);
  if (failed(total))
    return emitError(
        Twine("expected the repeated extent to fit in 64 bits, but count ") +
        Twine(op.count) + " x extent " + Twine(*extent) + " does not");
  // ri_c8
  if (!ShapedType::isDynamic(op.outputSize)) {
    if (op.outputSize < 0)
      return emitError(Twine("expected output_size to be >= 0, but got ") +
                       Twine(op.outputSize));
    if (!ShapedType::isDynamic(*total) && *total != op.outputSize)
      return emitError(Twine("expected output_size ") + Twine(*total) +
                       " (count " + Twine(op.count) + " x extent " +
                       Twine(*extent) + "), but got " + Twine(op.outputSize));
    total = op.outputSize;
  }
  SmallVector<int64_t> shape;
  if (op.dim)
    llvm::append_range(shape, op.input.getShape());
  else
    shape.push_back(0);
  shape[op.dim.value_or(0)] = *total;
  return cloneWithShape(op.input, shape);
}

LogicalResult ditto::saysNothing(const Twine &) { return failure(); }

FailureOr<RankedTensorType> ditto::inferWithInput(RepeatOp op,
                                                  RankedTensorType input) {
  return inferRepeatType(saysNothing, input, op.getStaticCounts());
}

FailureOr<RankedTensorType> ditto::inferWithInput(RepeatInterleaveOp op,
                                                  RankedTensorType input) {
  StaticInterleave sizes = StaticInterleave::get(op);
  sizes.input = input;
  return inferInterleaveType(saysNothing, sizes);
}

FailureOr<RankedTensorType> ditto::mergeTypes(RankedTensorType lhs,
                                              RankedTensorType rhs) {
  if (lhs.getRank() != rhs.getRank() || lhs.getEncoding() != rhs.getEncoding())
    return failure();
  SmallVector<int64_t> shape;
  for (auto [left, right] : llvm::zip_equal(lhs.getShape(), rhs.getShape())) {
    if (!ShapedType::isDynamic(left) && !ShapedType::isDynamic(right) &&
        left != right)
      return failure();
    shape.push_back(ShapedType::isDynamic(left) ? right : left);
  }
  return cloneWithShape(lhs, shape);
}
