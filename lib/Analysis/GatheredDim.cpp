//===- GatheredDim.cpp - Copies that index one dimension ------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/GatheredDim.h"

#include "ElementCopy.h"
#include "LoopNest.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Bodies that extract
//===----------------------------------------------------------------------===//

/// Looks through conversions that keep every index of a tensor, and through
/// indices that count from the end where they are negative:
///
///   %isNegative = arith.cmpi slt, %i, %c0
///   arith.select %isNegative, %wrapped, %i
static Value skipIndexNoise(Value index) {
  // The noise of one index, whose parts come in any order.
  for (unsigned step = 0; step < 4; ++step) {
    if (auto cast = index.getDefiningOp<arith::IndexCastOp>();
        cast && (cast.getType().isIndex() || cast.getType().isInteger(64))) {
      index = cast.getIn();
      continue;
    }
    auto select = index.getDefiningOp<arith::SelectOp>();
    auto compare = select ? select.getCondition().getDefiningOp<arith::CmpIOp>()
                          : arith::CmpIOp();
    if (!compare || compare.getPredicate() != arith::CmpIPredicate::slt ||
        compare.getLhs() != select.getFalseValue() ||
        !matchPattern(compare.getRhs(), m_Zero()))
      break;
    index = select.getFalseValue();
  }
  return index;
}

/// The dimension in which the loop `loop` walks along a tensor of type `type`,
/// at `map` of the loops' indices; none unless the others have extent 1.
static std::optional<int64_t> getWalkedDim(RankedTensorType type, AffineMap map,
                                           unsigned loop) {
  std::optional<int64_t> walked;
  for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
    if (auto dimExpr = dyn_cast<AffineDimExpr>(expr);
        dimExpr && dimExpr.getPosition() == loop && !walked)
      walked = dim;
    else if (type.getDimSize(dim) != 1)
      return std::nullopt;
  }
  return walked;
}

/// Finds the tensor that `index`, in the body of `op`, is an element of.
static LogicalResult findIndices(linalg::LinalgOp op, Value index,
                                 unsigned loop, GatheredDim &gathered,
                                 std::string &reason) {
  auto argument = dyn_cast<BlockArgument>(skipIndexNoise(index));
  OpOperand *input = argument && argument.getOwner() == op.getBlock()
                         ? op.getMatchingOpOperand(argument)
                         : nullptr;
  auto type = input && op.isDpsInput(input)
                  ? dyn_cast<RankedTensorType>(input->get().getType())
                  : RankedTensorType();
  std::optional<int64_t> dim =
      type ? getWalkedDim(type, op.getMatchingIndexingMap(input), loop)
           : std::nullopt;
  if (!dim)
    return fail(reason, "expected an index that is an element of a tensor");
  gathered.indices = input->get();
  gathered.indicesDim = *dim;
  return success();
}

/// The value of `index` for every index of the loop `loop`.
static std::optional<SmallVector<int64_t>>
getConstants(LoopNest &nest, Value index, unsigned loop) {
  SymbolicSize extent = nest.getExtent(loop);
  if (!extent.isStatic() || !getBoundedSize({extent.getStatic()}))
    return std::nullopt;
  SmallVector<int64_t> constants, at(nest.getExtents().size(), 0);
  for (; at[loop] < extent.getStatic(); ++at[loop]) {
    std::optional<int64_t> number = nest.getNumber(index, at);
    if (!number)
      return std::nullopt;
    constants.push_back(*number);
  }
  return constants;
}

/// Whether `index` walks with `loop` along a dimension of this extent.
static bool walksAlong(LoopNest &nest, Value index, unsigned loop,
                       const SymbolicSize &extent) {
  if (nest.getExtent(loop) != extent)
    return false;
  if (nest.getLoop(index) == loop)
    return true;
  std::string ignored;
  FailureOr<IndexSum> sum = nest.read(index, ignored);
  if (failed(sum))
    return false;
  if (extent.isOne() && sum->empty())
    return true;
  return sum->size() == 1 && sum->front().parts.front().loop == loop &&
         sum->front().stride == 1 && sum->front().size == extent;
}

static FailureOr<GatheredDim> getGatheredDim(linalg::LinalgOp op,
                                             std::string &reason) {
  Value source = getCopiedValue(op, reason);
  if (!source)
    return failure();
  auto extract = op.getBlock()
                     ->getTerminator()
                     ->getOperand(0)
                     .getDefiningOp<tensor::ExtractOp>();
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!extract || extract.getTensor() != source ||
      map.getNumResults() != extract.getIndices().size())
    return fail(reason, "expected a copy by indices that keeps the rank");
  LoopNest nest = getLoopNest(op);
  std::optional<GatheredDim> gathered;
  for (auto [dim, index] : llvm::enumerate(extract.getIndices())) {
    unsigned loop = map.getDimPosition(dim);
    if (walksAlong(nest, index, loop, SymbolicSize::ofDim(source, dim)))
      continue;
    if (gathered || nest.getLoopsOf(index) != SmallVector<unsigned>{loop})
      return fail(reason, "expected one dimension that is read by an index, "
                          "and others that are walked along");
    gathered =
        GatheredDim{source, int64_t(dim), getConstants(nest, index, loop), {}};
    if (!gathered->constants &&
        failed(findIndices(op, index, loop, *gathered, reason)))
      return failure();
  }
  if (!gathered)
    return fail(reason, "expected a dimension that is read by an index");
  return *gathered;
}

//===----------------------------------------------------------------------===//
// Gathers
//===----------------------------------------------------------------------===//

/// `gathered` with the indices in dimension `dim` of `indices`, the same
/// wherever else in that tensor.
static FailureOr<GatheredDim> withIndices(GatheredDim gathered, Value indices,
                                          int64_t dim, std::string &reason) {
  auto type = cast<RankedTensorType>(indices.getType());
  Evaluator evaluator;
  if (const ConstantTensor *tensor = evaluator.getTensor(indices)) {
    SmallVector<std::optional<int64_t>> constants(type.getDimSize(dim));
    bool agrees = forEachIndex(tensor->shape, [&](ArrayRef<int64_t> at) {
      auto element = cast<IntegerAttr>(tensor->at(at)).getValue();
      std::optional<int64_t> number = element.trySExtValue();
      std::optional<int64_t> &constant = constants[at[dim]];
      if (!constant)
        constant = number;
      return number && constant == number;
    });
    gathered.constants.emplace();
    for (std::optional<int64_t> constant : constants) {
      if (!constant || !agrees)
        return fail(reason, "expected indices that depend on one dimension");
      gathered.constants->push_back(*constant);
    }
    return gathered;
  }
  for (int64_t other = 0; other < type.getRank(); ++other)
    if (other != dim && type.getDimSize(other) != 1)
      return fail(reason, "expected indices that depend on one dimension");
  gathered.indices = indices;
  gathered.indicesDim = dim;
  return gathered;
}

FailureOr<GatheredDim> mlir::ditto::getGatheredDim(Operation *op,
                                                   std::string &reason) {
  using Result = FailureOr<GatheredDim>;
  return TypeSwitch<Operation *, Result>(op)
      .Case([&](linalg::LinalgOp linalgOp) {
        return ::getGatheredDim(linalgOp, reason);
      })
      .Case([&](tensor::GatherOp gather) -> Result {
        // r[t, i, j] = x[index[t, 0], i, j]
        if (gather.getGatherDims() != ArrayRef<int64_t>{0} ||
            gather.getIndicesType().getRank() != 2 ||
            gather.getResultType().getRank() !=
                gather.getSourceType().getRank())
          return fail(reason, "expected a gather of the first dimension");
        return withIndices({gather.getSource(), 0, std::nullopt, {}},
                           gather.getIndices(), 0, reason);
      })
      .Case([&](tosa::GatherOp gather) -> Result {
        // r[n, t, c] = x[n, index[n, t], c]
        if (!isa<RankedTensorType>(gather.getIndices().getType()) ||
            !isa<RankedTensorType>(gather.getValues().getType()) ||
            !isa<RankedTensorType>(gather.getType()))
          return fail(reason, "expected ranked tensors");
        return withIndices({gather.getValues(), 1, std::nullopt, {}},
                           gather.getIndices(), 1, reason);
      })
      .Default([&](Operation *) {
        return fail(reason, "expected a copy by indices");
      });
}
