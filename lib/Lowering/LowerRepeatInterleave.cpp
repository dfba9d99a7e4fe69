//===- LowerRepeatInterleave.cpp - ditto.repeat_interleave to linalg ------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A uniform count is a broadcast; one count per element is a loop that copies
// each element as one run. The flattened form is the first step of both:
// repeat_interleave(x) = repeat_interleave(flatten(x), dim 0).
//
//===----------------------------------------------------------------------===//

#include "Broadcast.h"
#include "CopyRuns.h"
#include "RuntimeChecks.h"

#include "ditto/Lowering/Lowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

#include <limits>

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// The lowering of one op; `input` and `dim` are those after flattening.
class InterleaveLowering {
public:
  InterleaveLowering(RewriterBase &rewriter, RepeatInterleaveOp op,
                     Destination &destination)
      : rewriter(rewriter), op(op), loc(op.getLoc()), destination(destination) {
  }

  FailureOr<Value> run();

private:
  FailureOr<Value> lowerUniform(OpFoldResult count, RuntimeError ifNegative);
  FailureOr<Value> lowerPerElement(TypedValue<RankedTensorType> counts);

  /// The result's extents, given that of the repeated dimension.
  SmallVector<OpFoldResult> getResultExtents(OpFoldResult total) {
    SmallVector<OpFoldResult> resultExtents = extents;
    resultExtents[dim] = total;
    return resultExtents;
  }

  /// The checks that need the result's extents: ri_r2 (bytes), ri_r4, ri_r5.
  void checkTotal(OpFoldResult total);

  struct Counted {
    Value total, largest;
  };
  Counted sumCounts(TypedValue<RankedTensorType> counts, Value length,
                    Value isShared);
  void checkCounts(TypedValue<RankedTensorType> counts, Value length,
                   Value largest);

  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(rewriter, loc, value);
  }
  Value toValue(OpFoldResult value) {
    return getValueOrCreateConstantIndexOp(rewriter, loc, value);
  }

  RewriterBase &rewriter;
  RepeatInterleaveOp op;
  Location loc;
  Destination &destination;
  std::optional<RuntimeChecks> checks;
  Value input;
  int64_t dim = 0;
  SmallVector<OpFoldResult> extents;
};

} // namespace

FailureOr<Value> InterleaveLowering::run() {
  if (op.getInputType().getEncoding())
    return rewriter.notifyMatchFailure(op,
                                       "expected an operand without encoding");
  if (op.mayFailAtRunTime()) {
    FailureOr<RuntimeChecks> created = RuntimeChecks::create(rewriter, op);
    if (failed(created))
      return failure();
    checks.emplace(*created);
  }
  input = op.getInput();
  dim = op.getResultDim();
  extents = tensor::getMixedSizes(rewriter, loc, input);
  if (op.isFlattened() && isKnownEmpty(extents)) {
    extents.assign({rewriter.getIndexAttr(0)});
  } else if (op.isFlattened()) {
    input = flatten(rewriter, loc, input);
    extents = tensor::getMixedSizes(rewriter, loc, input);
  }

  TypedValue<RankedTensorType> counts = op.getCountsTensor();
  if (!counts)
    return lowerUniform(op.getMixedCount(),
                        RuntimeError::InterleaveNegativeCount);
  // A tensor of one count serves every element.
  RankedTensorType type = counts.getType();
  if (type.getRank() == 0)
    return lowerUniform(extractCount(rewriter, loc, counts, {}),
                        RuntimeError::InterleaveNegativeCountAt);
  if (type.getDimSize(0) == 1)
    return lowerUniform(extractCount(rewriter, loc, counts, constant(0)),
                        RuntimeError::InterleaveNegativeCountAt);
  return lowerPerElement(counts);
}

void InterleaveLowering::checkTotal(OpFoldResult total) {
  SmallVector<OpFoldResult> resultExtents = getResultExtents(total);
  checks->failIfTooLarge(resultExtents, op.getResultType().getElementType(),
                         RuntimeError::InterleaveBytesOverflow);
  if (OpFoldResult outputSize = op.getMixedOutputSize())
    checks->failIfDifferent(outputSize, total,
                            RuntimeError::InterleaveOutputSize,
                            {outputSize, total, rewriter.getIndexAttr(dim)});
  checks->failIfTypeDiffers(op.getResultType(), resultExtents,
                            RuntimeError::InterleaveExtentMismatch);
}

/// The repeated dimension d becomes the pair (d, count), the count innermost.
FailureOr<Value> InterleaveLowering::lowerUniform(OpFoldResult count,
                                                  RuntimeError ifNegative) {
  OpFoldResult dimAttr = rewriter.getIndexAttr(dim);
  OpFoldResult total =
      rewriter.getIndexAttr(op.getResultType().getDimSize(dim));
  if (checks) {
    checks->failIfNegative(
        count, ifNegative,
        {count, ifNegative == RuntimeError::InterleaveNegativeCountAt
                    ? rewriter.getIndexAttr(0)
                    : dimAttr});
    total = checks->multiply(count, extents[dim],
                             RuntimeError::InterleaveExtentOverflow, {dimAttr});
    checkTotal(total);
  }
  if (isKnownEmpty(extents) || isKnownEmpty({total}))
    return createEmpty(rewriter, loc, getResultExtents(total),
                       op.getResultType());
  SmallVector<SmallVector<ExpandedDim>> groups;
  for (auto [i, extent] : llvm::enumerate(extents)) {
    groups.push_back({{extent, /*isCount=*/false}});
    if (int64_t(i) == dim)
      groups.back().push_back({count, /*isCount=*/true});
  }
  return broadcastAndMerge(rewriter, loc, input, groups, op.getResultType(),
                           destination);
}

FailureOr<Value>
InterleaveLowering::lowerPerElement(TypedValue<RankedTensorType> counts) {
  OpFoldResult length = tensor::getMixedSize(rewriter, loc, counts, 0);
  Value isShared = arith::CmpIOp::create(
      rewriter, loc, arith::CmpIPredicate::eq, toValue(length), constant(1));
  if (!isEqualConstantIntOrValue(length, extents[dim])) {
    Value differs =
        arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ne,
                              toValue(length), toValue(extents[dim]));
    Value isTrue = arith::ConstantIntOp::create(rewriter, loc, 1, 1);
    Value notShared = arith::XOrIOp::create(rewriter, loc, isShared, isTrue);
    Value wrong = arith::AndIOp::create(rewriter, loc, differs, notShared);
    checks->failIf(wrong, RuntimeError::InterleaveCountsLength,
                   {length, rewriter.getIndexAttr(dim), extents[dim]});
  }
  auto [total, largest] = sumCounts(counts, toValue(length), isShared);
  checkTotal(total);
  if (isKnownEmpty(extents) || isKnownEmpty({total}))
    return createEmpty(rewriter, loc, getResultExtents(total),
                       op.getResultType());
  FailureOr<Value> result = copyRuns(
      rewriter, loc, {input, dim, extents, counts, isShared, total, largest},
      destination);
  if (failed(result))
    return failure();
  return castTo(rewriter, loc, op.getResultType(), *result);
}

/// Checks every count and sums them, before anything is allocated. The loop is
/// one that LLVM vectorises, so errors are told apart only where there is one:
///
///   %sum, %largest = scf.for %i = 0 to %length {
///     yield %sum + counts[%i], umax(%largest, counts[%i])
///   }
///   scf.if %largest >u (2^63 - 1) / %length { check one by one }
///   %total = %sum * (%isShared ? extent : 1), checked
InterleaveLowering::Counted
InterleaveLowering::sumCounts(TypedValue<RankedTensorType> counts, Value length,
                              Value isShared) {
  Value zero = constant(0);
  auto loop = scf::ForOp::create(rewriter, loc, zero, length, constant(1),
                                 ValueRange{zero, zero});
  {
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(loop.getBody());
    Value count = extractCount(rewriter, loc, counts, loop.getInductionVar());
    Value sum =
        arith::AddIOp::create(rewriter, loc, loop.getRegionIterArg(0), count);
    Value largest =
        arith::MaxUIOp::create(rewriter, loc, loop.getRegionIterArg(1), count);
    scf::YieldOp::create(rewriter, loc, ValueRange{sum, largest});
  }
  Value sum = loop.getResult(0), largest = loop.getResult(1);
  checkCounts(counts, length, largest);
  Value uses = arith::SelectOp::create(rewriter, loc, isShared,
                                       toValue(extents[dim]), constant(1));
  Value total = toValue(checks->multiply(sum, uses,
                                         RuntimeError::InterleaveExtentOverflow,
                                         {rewriter.getIndexAttr(dim)}));
  return {total, largest};
}

/// Fails with what is wrong first, a negative count or a sum beyond 64 bits.
/// Neither is, where no count exceeds (2^63 - 1) / length as unsigned number.
void InterleaveLowering::checkCounts(TypedValue<RankedTensorType> counts,
                                     Value length, Value largest) {
  Value limit = rewriter.createOrFold<arith::DivUIOp>(
      loc, constant(std::numeric_limits<int64_t>::max()),
      rewriter.createOrFold<arith::MaxUIOp>(loc, length, constant(1)));
  Value mayBeWrong = arith::CmpIOp::create(
      rewriter, loc, arith::CmpIPredicate::ugt, largest, limit);
  OpBuilder::InsertionGuard guard(rewriter);
  auto choice = scf::IfOp::create(rewriter, loc, mayBeWrong,
                                  /*withElseRegion=*/false);
  rewriter.setInsertionPointToStart(choice.thenBlock());
  auto loop = scf::ForOp::create(rewriter, loc, constant(0), length,
                                 constant(1), constant(0));
  rewriter.setInsertionPointToStart(loop.getBody());
  Value i = loop.getInductionVar();
  Value count = extractCount(rewriter, loc, counts, i);
  checks->failIfNegative(count, RuntimeError::InterleaveNegativeCountAt,
                         {count, i});
  Value sum = checks->add(loop.getRegionIterArg(0), count,
                          RuntimeError::InterleaveExtentOverflow,
                          {rewriter.getIndexAttr(dim)});
  scf::YieldOp::create(rewriter, loc, sum);
}

FailureOr<Value> ditto::lowerToLinalg(RewriterBase &rewriter,
                                      RepeatInterleaveOp op,
                                      Destination &destination) {
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  return InterleaveLowering(rewriter, op, destination).run();
}

FailureOr<Value> ditto::lowerToLinalg(RewriterBase &rewriter,
                                      RepeatInterleaveOp op) {
  TensorDestination destination(rewriter, op.getLoc());
  return lowerToLinalg(rewriter, op, destination);
}
