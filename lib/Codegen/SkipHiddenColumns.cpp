//===- SkipHiddenColumns.cpp - Loops up to the last column that is seen ---===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   s = Q * K^T;  p = softmax(s + mask);  O = p * V
//   ->
//   seen[row] = max over columns of (mask[row, column] is lowest ? 0 : column +
//   1) n = max over rows of (seen[row] = 0 ? all : seen[row]), rounded up s = Q
//   * K[0 : n]^T;  p = softmax(s + mask[:, 0 : n]);  O = p * V[0 : n]
//
//===----------------------------------------------------------------------===//

#include "HiddenColumns.h"
#include "RowElements.h"

#include "ditto/Codegen/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::ditto {
#define GEN_PASS_DEF_SKIPHIDDENCOLUMNSPASS
#include "ditto/Codegen/Passes.h.inc"
} // namespace mlir::ditto

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;
using Condition = HiddenColumns::Condition;

namespace {

/// The part of the mask's op that says which columns are hidden.
struct MaskLoops {
  unsigned columns = 0;
  /// The others that it depends on.
  SmallVector<unsigned> rows;
  /// Per loop of the mask, that of the new op: rows, then columns.
  SmallVector<AffineExpr> dims;
  /// What it reads and does.
  SmallVector<OpOperand *> inputs;
  SetVector<Operation *> slice;
};

class ColumnSkipper {
public:
  ColumnSkipper(const HiddenColumns &hidden, int64_t step,
                RewriterBase &rewriter)
      : hidden(hidden), step(step), rewriter(rewriter) {}

  void run();

private:
  void findMaskLoops();
  Value createSeenColumn(OpBuilder &builder, Location loc, ValueRange inputs);
  Value createZeros(ArrayRef<OpFoldResult> extents) {
    Location loc = LinalgOp(hidden.mask).getLoc();
    Type type = rewriter.getI64Type();
    Value zero = arith::ConstantIntOp::create(rewriter, loc, type, 0);
    Value empty = tensor::EmptyOp::create(rewriter, loc, extents, type);
    return linalg::FillOp::create(rewriter, loc, zero, empty).getResult(0);
  }
  /// Of a loop of the mask, without asking what is computed from scores.
  OpFoldResult getExtent(unsigned loop) {
    LinalgOp mask = hidden.mask;
    OpOperand *init = mask.getDpsInitOperand(0);
    unsigned position = *mask.getMatchingIndexingMap(init).getResultPosition(
        rewriter.getAffineDimExpr(loop));
    return tensor::getMixedSize(rewriter, mask.getLoc(), init->get(), position);
  }
  Value createSeenColumns();
  Value createIsHidden(OpBuilder &builder, Location loc, IRMapping &map);
  Value createMost(Value seen, Value extent);
  void skip(HiddenColumns::Reader reader);
  bool readsReplaced(Operation *op);
  Value getColumns(HiddenColumns::Reader reader, OpOperand &operand);

  const HiddenColumns &hidden;
  int64_t step;
  RewriterBase &rewriter;
  MaskLoops loops;
  /// How many columns are left.
  OpFoldResult extent;
  /// The tensors with fewer columns, by what they replace.
  IRMapping replaced;
};

} // namespace

Value ColumnSkipper::createIsHidden(OpBuilder &builder, Location loc,
                                    IRMapping &map) {
  Value isHidden;
  for (auto [value, kind] : hidden.conditions) {
    Value is = map.lookupOrDefault(value);
    if (kind == Condition::IfLowest) {
      Value lowest = arith::ConstantOp::create(
          builder, loc, builder.getFloatAttr(is.getType(), kLowest));
      is = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLE, is,
                                 lowest);
    } else if (kind == Condition::IfFalse) {
      Value yes = arith::ConstantIntOp::create(builder, loc, 1, 1);
      is = arith::XOrIOp::create(builder, loc, is, yes);
    }
    isHidden = isHidden ? arith::OrIOp::create(builder, loc, isHidden, is) : is;
  }
  return isHidden;
}

void ColumnSkipper::findMaskLoops() {
  LinalgOp mask = hidden.mask;
  MLIRContext *context = rewriter.getContext();
  for (const HiddenColumns::Reader &reader : hidden.readers)
    if (reader.op == mask)
      loops.columns = reader.columns;
  loops.dims.resize(mask.getNumLoops());
  for (unsigned loop : hidden.loops.set_bits()) {
    if (loop == loops.columns)
      continue;
    loops.dims[loop] = getAffineDimExpr(loops.rows.size(), context);
    loops.rows.push_back(loop);
  }
  loops.dims[loops.columns] = getAffineDimExpr(loops.rows.size(), context);

  for (const Condition &condition : hidden.conditions)
    collectBodySlice(mask, condition.value, loops.slice);
  for (OpOperand *input : mask.getDpsInputOperands()) {
    BlockArgument argument = mask.getMatchingBlockArgument(input);
    auto isThis = [&](const Condition &condition) {
      return condition.value == argument;
    };
    auto isComputed = [&](Operation *op) { return loops.slice.contains(op); };
    if (llvm::any_of(hidden.conditions, isThis) ||
        llvm::any_of(argument.getUsers(), isComputed))
      loops.inputs.push_back(input);
  }
}

/// The column of the score that the body looks at, counted from 1; 0 if it is
/// hidden.
Value ColumnSkipper::createSeenColumn(OpBuilder &builder, Location loc,
                                      ValueRange inputs) {
  LinalgOp mask = hidden.mask;
  IRMapping map;
  for (auto [input, value] : llvm::zip_equal(loops.inputs, inputs))
    map.map(mask.getMatchingBlockArgument(input), value);
  for (Operation *op : loops.slice) {
    Operation *clone = builder.clone(*op, map);
    if (auto index = dyn_cast<linalg::IndexOp>(clone))
      index.setDim(
          cast<AffineDimExpr>(loops.dims[index.getDim()]).getPosition());
  }
  Value isHidden = createIsHidden(builder, loc, map);
  Value column = linalg::IndexOp::create(builder, loc, loops.rows.size());
  Type type = builder.getI64Type();
  column = arith::IndexCastOp::create(builder, loc, type, column);
  Value one = arith::ConstantIntOp::create(builder, loc, type, 1);
  Value zero = arith::ConstantIntOp::create(builder, loc, type, 0);
  column = arith::AddIOp::create(builder, loc, column, one);
  return arith::SelectOp::create(builder, loc, isHidden, zero, column);
}

/// For each of the rows that the mask tells apart, the last column that is not
/// hidden, counted from 1; 0 if there is none.
Value ColumnSkipper::createSeenColumns() {
  LinalgOp mask = hidden.mask;
  Location loc = mask.getLoc();
  unsigned numLoops = loops.rows.size() + 1;
  auto getMap = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(numLoops, 0, exprs, rewriter.getContext());
  };
  // Says how many columns there are, also where nothing is read by column.
  SmallVector<Value> inputs = {tensor::EmptyOp::create(
      rewriter, loc, getExtent(loops.columns), rewriter.getI1Type())};
  SmallVector<AffineMap> maps = {getMap(loops.dims[loops.columns])};
  for (OpOperand *input : loops.inputs) {
    inputs.push_back(input->get());
    maps.push_back(getMap(llvm::map_to_vector(
        mask.getMatchingIndexingMap(input).getResults(), [&](AffineExpr expr) {
          return loops.dims[cast<AffineDimExpr>(expr).getPosition()];
        })));
  }
  maps.push_back(getMap(llvm::map_to_vector(
      loops.rows, [&](unsigned loop) { return loops.dims[loop]; })));

  Value init = createZeros(llvm::map_to_vector(
      loops.rows, [&](unsigned loop) { return getExtent(loop); }));
  SmallVector<utils::IteratorType> iterators(numLoops,
                                             utils::IteratorType::parallel);
  iterators.back() = utils::IteratorType::reduction;
  return linalg::GenericOp::create(
             rewriter, loc, init.getType(), inputs, init, maps, iterators,
             [&](OpBuilder &builder, Location loc, ValueRange values) {
               Value column = createSeenColumn(builder, loc,
                                               values.drop_front().drop_back());
               Value last =
                   arith::MaxUIOp::create(builder, loc, column, values.back());
               linalg::YieldOp::create(builder, loc, last);
             })
      .getResult(0);
}

/// The largest of `seen`, of which 0 stands for `extent`.
Value ColumnSkipper::createMost(Value seen, Value extent) {
  Location loc = seen.getLoc();
  MLIRContext *context = rewriter.getContext();
  Type type = rewriter.getI64Type();
  int64_t rank = cast<RankedTensorType>(seen.getType()).getRank();
  Value all = arith::IndexCastOp::create(rewriter, loc, type, extent);
  Value zero = arith::ConstantIntOp::create(rewriter, loc, type, 0);
  Value empty =
      tensor::EmptyOp::create(rewriter, loc, ArrayRef<int64_t>{}, type);
  Value init = linalg::FillOp::create(rewriter, loc, zero, empty).getResult(0);
  SmallVector<AffineMap> maps = {
      AffineMap::getMultiDimIdentityMap(rank, context),
      AffineMap::get(rank, 0, context)};
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::reduction);
  auto most = linalg::GenericOp::create(
      rewriter, loc, init.getType(), seen, init, maps, iterators,
      [&](OpBuilder &builder, Location loc, ValueRange values) {
        Value isNone = arith::CmpIOp::create(
            builder, loc, arith::CmpIPredicate::eq, values[0], zero);
        Value last =
            arith::SelectOp::create(builder, loc, isNone, all, values[0]);
        last = arith::MaxUIOp::create(builder, loc, last, values[1]);
        linalg::YieldOp::create(builder, loc, last);
      });
  Value value =
      tensor::ExtractOp::create(rewriter, loc, most.getResult(0), ValueRange{});
  return arith::IndexCastOp::create(rewriter, loc, rewriter.getIndexType(),
                                    value);
}

/// The part of `operand` that `reader` still reads.
Value ColumnSkipper::getColumns(HiddenColumns::Reader reader,
                                OpOperand &operand) {
  if (Value columns = replaced.lookupOrNull(operand.get()))
    return columns;
  AffineMap map = reader.op.getMatchingIndexingMap(&operand);
  std::optional<unsigned> position =
      map.getResultPosition(rewriter.getAffineDimExpr(reader.columns));
  if (!position)
    return operand.get();
  Location loc = reader.op.getLoc();
  SmallVector<OpFoldResult> sizes =
      tensor::getMixedSizes(rewriter, loc, operand.get());
  SmallVector<OpFoldResult> offsets(sizes.size(), rewriter.getIndexAttr(0));
  SmallVector<OpFoldResult> strides(sizes.size(), rewriter.getIndexAttr(1));
  sizes[*position] = extent;
  return tensor::ExtractSliceOp::create(rewriter, loc, operand.get(), offsets,
                                        sizes, strides);
}

void ColumnSkipper::skip(HiddenColumns::Reader reader) {
  SmallVector<Value> operands;
  for (OpOperand &operand : reader.op->getOpOperands())
    operands.push_back(getColumns(reader, operand));
  Type type = operands.back().getType();
  Operation *fewer = clone(rewriter, reader.op, type, operands);
  replaced.map(reader.op->getResult(0), fewer->getResult(0));
}

bool ColumnSkipper::readsReplaced(Operation *op) {
  return op
      ->walk([&](Operation *nested) {
        return llvm::any_of(nested->getOperands(),
                            [&](Value v) { return replaced.contains(v); })
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

void ColumnSkipper::run() {
  LinalgOp first = hidden.readers.front().op, last = hidden.readers.back().op;
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(last);
  Location loc = last.getLoc();
  findMaskLoops();
  Value all =
      getValueOrCreateConstantIndexOp(rewriter, loc, getExtent(loops.columns));
  Value most = createMost(createSeenColumns(), all);
  AffineExpr needed, present;
  bindSymbols(rewriter.getContext(), needed, present);
  extent = affine::makeComposedFoldedAffineMin(
      rewriter, loc,
      AffineMap::get(0, 2, {needed.ceilDiv(step) * step, present},
                     rewriter.getContext()),
      {OpFoldResult(most), OpFoldResult(all)});
  auto between = llvm::make_pointer_range(
      llvm::make_range(first->getIterator(), std::next(last->getIterator())));
  SmallVector<Operation *> old;
  const HiddenColumns::Reader *reader = hidden.readers.begin();
  // What else is computed from columns moves behind the mask with the readers.
  for (Operation *op : llvm::to_vector(between)) {
    if (reader != hidden.readers.end() && reader->op == op)
      skip(*reader++);
    else if (readsReplaced(op))
      rewriter.clone(*op, replaced);
    else
      continue;
    old.push_back(op);
  }
  for (Operation *op : llvm::reverse(old))
    rewriter.replaceOp(op, llvm::map_to_vector(op->getResults(), [&](Value v) {
                         return replaced.lookup(v);
                       }));
}

namespace {

struct SkipHiddenColumnsPass
    : public ditto::impl::SkipHiddenColumnsPassBase<SkipHiddenColumnsPass> {
  using SkipHiddenColumnsPassBase::SkipHiddenColumnsPassBase;

  void runOnOperation() override {
    // The last product of each block of rows.
    SmallVector<LinalgOp> products;
    getOperation().walk([&](scf::ForallOp loop) {
      for (Operation &op : llvm::reverse(*loop.getBody()))
        if (auto product = dyn_cast<LinalgOp>(op);
            product && linalg::isaContractionOpInterface(product)) {
          products.push_back(product);
          return;
        }
    });
    IRRewriter rewriter(&getContext());
    // As many columns at once as a panel of f32 has.
    int64_t step = std::max(1u, vectorBits / 16);
    for (LinalgOp product : products)
      if (FailureOr<HiddenColumns> hidden =
              findHiddenColumns(product, rewriter);
          succeeded(hidden))
        ColumnSkipper(*hidden, step, rewriter).run();

    // The parts of tensors that were as long as all columns.
    RewritePatternSet patterns(&getContext());
    linalg::populateSwapExtractSliceWithFillPatterns(patterns);
    tensor::populateFoldTensorEmptyPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
