//===- VectorEmitter.cpp - Vector loops for a linalg op -------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   linalg.generic with dims (i, v), v contiguous
//     ->  for i
//           for v in [0, n - n mod 16) step 16: the body on vectors of 16
//           for v in [.., n - n mod 4) step 4: the body on vectors of 4
//           for v in [.., n): the body on scalars
//
// Reductions run inside, with their accumulators in iter_args:
//
//   matmul (m, v, k)
//     ->  for v step 32
//           for m step 4
//             acc0..acc3 = C[m..m+3, v..v+31]
//             for k: acc_i += broadcast(A[m+i, k]) * B[k, v..v+31]
//             C[m..m+3, v..v+31] = acc0..acc3
//
// There every element goes through the same operations in the same order as in
// scalar loops. Where lanes are partial results they are combined at the end:
//
//   matmul with a transposed right-hand side (m, n, v)
//     ->  for n step 2
//           for m step 4
//             acc_ij = 0
//             for v step 16: acc_ij += A[m+i, v..v+15] * B[n+j, v..v+15]
//             C[m+i, n+j] += sum of acc_ij's lanes
//
//===----------------------------------------------------------------------===//

#include "VectorEmitter.h"

#include "LaneAccess.h"
#include "LaneShuffles.h"
#include "Loops.h"
#include "Remarks.h"

#include "ditto/Analysis/ReadsOperand.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

/// Lets a product be added without being rounded first.
static void allowContraction(Operation *op) {
  auto arithmetic = dyn_cast<arith::ArithFastMathInterface>(op);
  // Conversions have no flags unless they are given some.
  arith::FastMathFlagsAttr flags =
      arithmetic ? arithmetic.getFastMathFlagsAttr() : nullptr;
  if (flags)
    op->setAttr(arithmetic.getFastMathAttrName(),
                arith::FastMathFlagsAttr::get(
                    op->getContext(),
                    flags.getValue() | arith::FastMathFlags::contract));
}

namespace {

/// A loop inside a tile.
struct InnerLoop {
  unsigned dim;
  Value lower, upper;
  int64_t step;
};

class VectorEmitter : LaneAccess {
public:
  VectorEmitter(LinalgOp op, const VectorPlan &plan, const TileShape &shape,
                std::optional<Prefetch> prefetch, EmitterOptions options,
                RewriterBase &rewriter)
      : LaneAccess(op, plan, shape, prefetch, options, rewriter) {}

  void run();
  VectorForm describe();

private:
  void forEachWidth(
      unsigned dim,
      function_ref<void(Value lower, Value upper, int64_t width)> emit);
  void emitForalls();
  void emitParallelLoops(ArrayRef<unsigned> dims);
  void enterLoop(unsigned dim, int64_t width);
  void emitTile();
  SmallVector<Value> emitReduction(ArrayRef<Value> accumulators);
  SmallVector<Value> emitPartialResults(ArrayRef<Value> accumulators);
  void combineInto(MutableArrayRef<Value> results, ArrayRef<Value> partial);
  SmallVector<InnerLoop> getReductionLoops();
  SmallVector<Value> emitReductionLoops(ArrayRef<InnerLoop> loops,
                                        ArrayRef<Value> accumulators);
  SmallVector<Value> emitPoints(ArrayRef<Value> accumulators);
  SmallVector<Value> emitBody(Point point, ArrayRef<Value> operands);
  void emitBodyOp(Point point, Operation &bodyOp, IRMapping &map);
  Value createNeutralLanes(unsigned result);
  SmallVector<Point> getPoints();
  bool dependsOn(OpOperand &operand, std::optional<unsigned> dim) {
    return dim && op.getMatchingIndexingMap(&operand).isFunctionOfDim(*dim);
  }

  int64_t rows = 1;
  int64_t columns = 1;
  /// How the products of the innermost loop are added up.
  PairForm pairs = PairForm::None;
};

void VectorEmitter::run() {
  for (Range range : op.createLoopRanges(rewriter, loc))
    extents.push_back(range.size);
  inductionVariables.resize(extents.size());
  if (options.parallel)
    emitForalls();
  else
    emitParallelLoops(plan.parallelDims);
}

/// The outermost loops as one. Those that are walked step by step and, if they
/// have few iterations, the next one, part by part:
///
///   for i in 4, for v in [0, 96) step 32, for v in [96, 100)
///     ->  forall i in 4, v in [0, 96) step 32
///         forall i in 4, v in [96, 100)
void VectorEmitter::emitForalls() {
  ArrayRef<unsigned> dims = plan.parallelDims;
  ArrayRef<unsigned> plain = dims.take_while([&](unsigned dim) {
    return dim != plan.vectorDim && shape.getWidths(dim).front() == 1;
  });
  ArrayRef<unsigned> rest = dims.drop_front(plain.size());
  SmallVector<DimLoop> loops = getWholeLoops(rewriter, plain, extents);
  if (rest.empty() || haveManyIterations(loops))
    return emitLoops(rewriter, loc, loops, inductionVariables,
                     /*parallel=*/true, [&] { emitParallelLoops(rest); });
  unsigned dim = rest.front();
  forEachWidth(dim, [&](Value lower, Value upper, int64_t width) {
    loops.push_back({dim, lower, upper, width});
    emitLoops(rewriter, loc, loops, inductionVariables, /*parallel=*/true, [&] {
      enterLoop(dim, width);
      emitParallelLoops(rest.drop_front());
    });
    loops.pop_back();
  });
}

/// Calls `emit` with the part of the dimension that each width covers.
void VectorEmitter::forEachWidth(
    unsigned dim,
    function_ref<void(Value lower, Value upper, int64_t width)> emit) {
  std::optional<int64_t> extent = getConstantIntValue(extents[dim]);
  Value extentValue =
      getValueOrCreateConstantIndexOp(rewriter, loc, extents[dim]);
  Value lower = constantIndex(0);
  int64_t done = 0;
  for (int64_t width : shape.getWidths(dim)) {
    Value upper = extentValue;
    if (extent) {
      int64_t end = done + (*extent - done) / width * width;
      if (end == done)
        continue;
      done = end;
      upper = constantIndex(end);
    } else if (width > 1) {
      upper = roundDown(rewriter, loc, extentValue, width);
    }
    emit(lower, upper, width);
    lower = upper;
  }
  if (dim == plan.vectorDim && shape.masksRest()) {
    masked = true;
    emit(lower, extentValue, shape.getWidths(dim).back());
    masked = false;
  }
}

void VectorEmitter::emitParallelLoops(ArrayRef<unsigned> dims) {
  if (dims.empty())
    return emitTile();
  unsigned dim = dims.front();
  forEachWidth(dim, [&](Value lower, Value upper, int64_t width) {
    emitLoop(rewriter, loc, lower, upper, width, [&](Value index) {
      inductionVariables[dim] = index;
      enterLoop(dim, width);
      emitParallelLoops(dims.drop_front());
    });
  });
}

/// Inside a loop that takes `width` steps of `dim` at once.
void VectorEmitter::enterLoop(unsigned dim, int64_t width) {
  if (dim == plan.vectorDim) {
    lanes = width;
    if (masked)
      createMask();
  } else if (plan.rowDim == dim) {
    rows = width;
  } else if (plan.columnDim == dim) {
    columns = width;
  }
}

SmallVector<Point> VectorEmitter::getPoints() {
  SmallVector<Point> points;
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column)
      points.push_back({row, column});
  return points;
}

/// The work of one turn of all parallel loops.
void VectorEmitter::emitTile() {
  SmallVector<Value> accumulators;
  for (Point point : getPoints())
    for (OpOperand &init : op.getDpsInitsMutable()) {
      bool isRead = plan.reduces() || readsOperand(op, init);
      accumulators.push_back(isRead ? loadOperand(init, point) : Value());
    }
  SmallVector<Value> results = plan.lanesReduce
                                   ? emitPartialResults(accumulators)
                                   : emitReduction(accumulators);
  auto *result = results.begin();
  for (Point point : getPoints())
    for (OpOperand &init : op.getDpsInitsMutable())
      storeResult(init, point, *result++);
}

SmallVector<InnerLoop> VectorEmitter::getReductionLoops() {
  return llvm::map_to_vector(plan.reductionDims, [&](unsigned dim) {
    Value extent = getValueOrCreateConstantIndexOp(rewriter, loc, extents[dim]);
    return InnerLoop{dim, constantIndex(0), extent, 1};
  });
}

/// The reduction of what the lanes stand for, two steps of the innermost loop
/// at once where their products are added up in pairs.
SmallVector<Value> VectorEmitter::emitReduction(ArrayRef<Value> accumulators) {
  SmallVector<InnerLoop> loops = getReductionLoops();
  if (plan.pairDim) {
    inductionVariables[*plan.pairDim] = constantIndex(0);
    llvm::SaveAndRestore inPairs(pairs, shape.getPairs());
    return emitReductionLoops(loops, accumulators);
  }
  if (shape.getPairs() != PairForm::Rows || lanes % shape.getPairSums() != 0)
    return emitReductionLoops(loops, accumulators);
  InnerLoop &inner = loops.back();
  Value end = inner.upper;
  inner.upper = roundDown(rewriter, loc, end, 2);
  inner.step = 2;
  pairs = PairForm::Rows;
  SmallVector<Value> results = emitReductionLoops(loops, accumulators);
  pairs = PairForm::None;
  std::optional<int64_t> extent = getConstantIntValue(extents[inner.dim]);
  if (extent && *extent % 2 == 0)
    return results;
  inner = {inner.dim, inner.upper, end, 1};
  return emitReductionLoops(loops, results);
}

/// Combines into `accumulators`, which are scalars, what vectors of each width
/// have reduced.
SmallVector<Value>
VectorEmitter::emitPartialResults(ArrayRef<Value> accumulators) {
  SmallVector<Value> results(accumulators);
  SmallVector<InnerLoop> loops = getReductionLoops();
  unsigned numResults = op.getNumDpsInits();
  forEachWidth(plan.vectorDim, [&](Value lower, Value upper, int64_t width) {
    loops.push_back({plan.vectorDim, lower, upper, width});
    lanes = width;
    bool isWidest = width == shape.getWidths(plan.vectorDim).front();
    pairs = isWidest ? shape.getPairs() : PairForm::None;
    if (width == 1) {
      results = emitReductionLoops(loops, results);
    } else {
      SmallVector<Value> partial;
      for (unsigned i = 0, e = results.size(); i < e; ++i)
        partial.push_back(createNeutralLanes(i % numResults));
      partial = emitReductionLoops(loops, partial);
      combineInto(results, partial);
    }
    loops.pop_back();
  });
  lanes = 1;
  pairs = PairForm::None;
  return results;
}

/// Combines the lanes of `partial`, one vector for each of `results`, with
/// them.
void VectorEmitter::combineInto(MutableArrayRef<Value> results,
                                ArrayRef<Value> partial) {
  unsigned numResults = op.getNumDpsInits();
  for (unsigned result = 0; result < numResults; ++result) {
    vector::CombiningKind kind = plan.kinds[result];
    SmallVector<Value> vectors;
    for (size_t i = result; i < partial.size(); i += numResults)
      vectors.push_back(partial[i]);
    for (auto [i, value] :
         llvm::enumerate(combineLanes(rewriter, loc, kind, vectors))) {
      Value &combined = results[i * numResults + result];
      combined =
          vector::makeArithReduction(rewriter, loc, kind, value, combined);
    }
  }
}

Value VectorEmitter::createNeutralLanes(unsigned result) {
  SmallVector<Operation *> combiners;
  matchReduction(op.getRegionOutputArgs(), result, combiners);
  TypedAttr neutral = *arith::getNeutralElement(combiners.front());
  bool halves = pairs == PairForm::Lanes;
  auto type = VectorType::get({halves ? lanes / 2 : lanes}, neutral.getType());
  return arith::ConstantOp::create(
      rewriter, loc, DenseElementsAttr::get(type, Attribute(neutral)));
}

SmallVector<Value>
VectorEmitter::emitReductionLoops(ArrayRef<InnerLoop> loops,
                                  ArrayRef<Value> accumulators) {
  if (loops.empty())
    return emitPoints(accumulators);
  const InnerLoop &inner = loops.front();
  auto loop = scf::ForOp::create(rewriter, loc, inner.lower, inner.upper,
                                 constantIndex(inner.step), accumulators);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToStart(loop.getBody());
  inductionVariables[inner.dim] = loop.getInductionVar();
  SmallVector<Value> next = emitReductionLoops(
      loops.drop_front(), llvm::to_vector_of<Value>(loop.getRegionIterArgs()));
  // The body may yield what is the same for all lanes.
  for (Value &value : next)
    value = toLanes(value);
  scf::YieldOp::create(rewriter, loc, next);
  return loop.getResults();
}

/// The body for each point; returns all points' results.
SmallVector<Value> VectorEmitter::emitPoints(ArrayRef<Value> accumulators) {
  SmallVector<Value> results;
  unsigned numInits = op.getNumDpsInits();
  // Points share what does not depend on their row or column.
  std::map<std::tuple<unsigned, int64_t, int64_t>, Value> loaded;
  for (auto [i, point] : llvm::enumerate(getPoints())) {
    SmallVector<Value> operands;
    for (OpOperand *input : op.getDpsInputOperands()) {
      if (!readsOperand(op, *input)) {
        operands.push_back(Value());
        continue;
      }
      Value &value =
          loaded[{input->getOperandNumber(),
                  dependsOn(*input, plan.rowDim) ? point.row : 0,
                  dependsOn(*input, plan.columnDim) ? point.column : 0}];
      if (!value)
        value = pairs == PairForm::None || pairs == PairForm::Lanes
                    ? loadOperand(*input, point)
                    : loadPairs(*input, point);
      operands.push_back(value);
    }
    llvm::append_range(operands, accumulators.slice(i * numInits, numInits));
    llvm::append_range(results, emitBody(point, operands));
  }
  return results;
}

SmallVector<Value> VectorEmitter::emitBody(Point point,
                                           ArrayRef<Value> operands) {
  if (pairs != PairForm::None)
    return {addPairProducts(rewriter, loc, operands[2], operands[0],
                            operands[1], shape.getPairSums())};
  IRMapping map;
  for (auto [argument, value] :
       llvm::zip_equal(op.getBlock()->getArguments(), operands))
    if (value)
      map.map(argument, value);
  for (Operation &bodyOp : op.getBlock()->without_terminator())
    emitBodyOp(point, bodyOp, map);
  return llvm::map_to_vector(
      op.getBlock()->getTerminator()->getOperands(),
      [&](Value value) { return map.lookupOrDefault(value); });
}

/// Emits a body op on lanes or once for all of them, and maps its results.
void VectorEmitter::emitBodyOp(Point point, Operation &bodyOp, IRMapping &map) {
  bool onLanes = lanes > 1 && plan.laneOps.contains(&bodyOp);
  if (auto index = dyn_cast<linalg::IndexOp>(bodyOp)) {
    Value value = getInductionVariable(index.getDim(), point);
    if (onLanes) {
      Value step =
          vector::StepOp::create(rewriter, loc, getLanesType(index.getType()));
      value = arith::AddIOp::create(rewriter, loc, toLanes(value), step);
    }
    map.map(index.getResult(), value);
    return;
  }
  if (auto load = dyn_cast<memref::LoadOp>(bodyOp); load && onLanes) {
    SmallVector<Value> indices =
        llvm::map_to_vector(load.getIndices().drop_back(), [&](Value index) {
          return map.lookupOrDefault(index);
        });
    indices.push_back(getInductionVariable(plan.vectorDim, point));
    map.map(load.getResult(),
            loadLanes(map.lookupOrDefault(load.getMemRef()), indices));
    return;
  }
  Operation *emitted;
  if (onLanes) {
    OperationState state(loc, bodyOp.getName());
    for (Value operand : bodyOp.getOperands())
      state.operands.push_back(toLanes(map.lookupOrDefault(operand)));
    for (Type type : bodyOp.getResultTypes())
      state.types.push_back(getLanesType(type));
    state.attributes = bodyOp.getDiscardableAttrDictionary();
    state.propertiesAttr = bodyOp.getPropertiesAsAttribute();
    emitted = rewriter.create(state);
    map.map(bodyOp.getResults(), emitted->getResults());
  } else {
    emitted = rewriter.clone(bodyOp, map);
  }
  if (options.contract && plan.reduces())
    allowContraction(emitted);
}

VectorForm VectorEmitter::describe() {
  VectorForm form;
  form.form = (plan.lanesReduce ? "lanes reduce d" : "lanes along d") +
              std::to_string(plan.vectorDim);
  SmallVector<int64_t> widths;
  for (auto [dim, extent] : llvm::enumerate(extents)) {
    // Those that are wider than a static extent have no loop.
    std::optional<int64_t> known = getConstantIntValue(extent);
    ArrayRef<int64_t> candidates = shape.getWidths(dim);
    const int64_t *width = llvm::find_if(
        candidates, [&](int64_t width) { return !known || width <= *known; });
    widths.push_back(width == candidates.end() ? candidates.back() : *width);
  }
  form.tile = describeTile(widths);
  form.masksRest = shape.masksRest();
  form.streams = hasStreamed;
  return form;
}

} // namespace

void ditto::emitVectorLoops(LinalgOp op, const VectorPlan &plan,
                            const TileShape &shape,
                            std::optional<Prefetch> prefetch,
                            EmitterOptions options, RewriterBase &rewriter) {
  VectorEmitter emitter(op, plan, shape, prefetch, options, rewriter);
  emitter.run();
  remarkVectorised(op, [&] { return emitter.describe(); });
}
