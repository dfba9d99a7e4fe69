//===- GatherEmitter.cpp - Rows that take the same columns ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// y[o, j] = x[o, columns[j]], of elements that the CPU permutes by a vector of
// indices. Where columns of the same vector of y are near to each other, they
// are within a window of as many elements of x. Windows and what to take from
// them are the same in all rows, so they are found out once. With 4 lanes:
//
//   columns      4 4 6 7   7 9 9 9   2 8 0 3
//   begin        4         7         none: too far apart
//   lanes        0 0 2 3   0 2 2 2
//
//   for o
//     for v in vectors of y
//       y[o, v] = permute x[o, begin[v] : begin[v] + 4] by lanes[v],
//                 or element by element where there is no window
//
// The last vector of a row that is no multiple of vectors begins earlier.
//
//===----------------------------------------------------------------------===//

#include "GatherEmitter.h"

#include "CopyForm.h"
#include "Loops.h"
#include "StorageView.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

namespace {

class GatherEmitter : public CopyEmitter {
public:
  using CopyEmitter::CopyEmitter;

  LogicalResult match(const TargetModel &target);
  void emit();
  VectorForm describe() {
    return {"permuted windows",
            "d" + std::to_string(lastDim) + ":" + std::to_string(lanes)};
  }

private:
  bool matchOperands();
  bool matchBody();
  void emitWindows();
  void planVector(Value v);
  void emitVector(Value v);
  Value permute(Value window, Value by);
  void emitElements(Value start);
  Value getStart(Value v);
  SmallVector<Value> getSourceIndices(Value last);
  SmallVector<Value> getResultIndices(Value last);
  /// The integers that lanes are permuted as, and that the indices are.
  VectorType getLaneIntegers() {
    return VectorType::get({lanes}, rewriter.getIntegerType(bits));
  }

  memref::LoadOp load;
  Value source, columns, result;
  unsigned lastDim = 0;
  /// Of an element, and how many of them a vector has.
  unsigned bits = 0;
  int64_t lanes = 0;

  /// Elements of a row of the result and of the source.
  Value length, sourceLength;
  /// What has been found out about each vector of a row.
  Value begins, plan;
  SmallVector<Value> inductionVariables;
};

} // namespace

LogicalResult GatherEmitter::match(const TargetModel &target) {
  // No reason: it would be one of every other op that is left to scalars.
  if (!matchOperands() || !matchBody())
    return failure();
  Type type = getElementTypeOrSelf(source.getType());
  if (!getStorageType(type))
    return rewriter.notifyMatchFailure(op, "elements have no storage type");
  bits = getStorageBits(type);
  lanes = llvm::bit_floor(target.vectorBits / bits);
  if (!target.permutes(bits))
    return rewriter.notifyMatchFailure(
        op, "the CPU does not permute elements of this size");
  for (Value row : {source, result}) {
    int64_t extent = cast<MemRefType>(row.getType()).getShape().back();
    if (ShapedType::isStatic(extent) && extent < lanes)
      return rewriter.notifyMatchFailure(op, "rows are shorter than a vector");
  }
  return success();
}

/// One row of indices, and a result whose rows are contiguous.
bool GatherEmitter::matchOperands() {
  if (!op.hasPureBufferSemantics() || op.getNumDpsInputs() != 1 ||
      op.getNumDpsInits() != 1 || op.getNumReductionLoops() != 0)
    return false;
  OpOperand &input = *op.getDpsInputOperand(0),
            &init = *op.getDpsInitOperand(0);
  auto inputType = dyn_cast<MemRefType>(input.get().getType());
  auto initType = dyn_cast<MemRefType>(init.get().getType());
  AffineMap inputMap = op.getMatchingIndexingMap(&input);
  if (!inputType || !initType || inputMap.getNumResults() != 1 ||
      !inputType.getElementType().isIndex() ||
      !inputType.isLastDimUnitStride() || !initType.isLastDimUnitStride() ||
      !op.getMatchingIndexingMap(&init).isIdentity())
    return false;
  lastDim = op.getNumLoops() - 1;
  columns = input.get();
  result = init.get();
  return inputMap.getResult(0) == getAffineDimExpr(lastDim, op.getContext());
}

/// A load from the same row, which nothing but the column depends on. Asserts
/// and the like are for the loops over elements.
bool GatherEmitter::matchBody() {
  Block *body = op.getBlock();
  load = body->getTerminator()->getOperand(0).getDefiningOp<memref::LoadOp>();
  if (!load || load->getBlock() != body ||
      !llvm::all_of(body->without_terminator(), [&](Operation &bodyOp) {
        return &bodyOp == load || isMemoryEffectFree(&bodyOp);
      }))
    return false;
  source = load.getMemRef();
  auto type = cast<MemRefType>(source.getType());
  if (source.getParentBlock() == body || type.getRank() == 0 ||
      !type.isLastDimUnitStride() ||
      load.getIndices().back() != body->getArgument(0))
    return false;
  return llvm::all_of(load.getIndices().drop_back(), [&](Value index) {
    if (auto dim = index.getDefiningOp<linalg::IndexOp>())
      return dim.getDim() != lastDim;
    return index.getParentBlock() != body;
  });
}

/// The loops, where rows are as long as a vector.
void GatherEmitter::emit() {
  auto getLength = [&](Value row) -> Value {
    return memref::DimOp::create(rewriter, loc, row,
                                 cast<MemRefType>(row.getType()).getRank() - 1);
  };
  length = getLength(result);
  sourceLength = getLength(source);
  Value shorter = arith::MinUIOp::create(rewriter, loc, length, sourceLength);
  Value isLong = arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::uge,
                                       shorter, constantIndex(lanes));
  auto choice = scf::IfOp::create(rewriter, loc, isLong,
                                  /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToStart(choice.elseBlock());
  rewriter.clone(*op);
  rewriter.setInsertionPointToStart(choice.thenBlock());
  emitWindows();
}

void GatherEmitter::emitWindows() {
  Value vectors =
      arith::CeilDivUIOp::create(rewriter, loc, length, constantIndex(lanes));
  auto allocate = [&](MemRefType type) -> Value {
    return memref::AllocOp::create(rewriter, loc, type, vectors,
                                   rewriter.getI64IntegerAttr(64));
  };
  begins = allocate(
      MemRefType::get({ShapedType::kDynamic}, rewriter.getIndexType()));
  plan = allocate(MemRefType::get({ShapedType::kDynamic, lanes},
                                  rewriter.getIntegerType(bits)));
  Value zero = constantIndex(0);
  emitLoop(rewriter, loc, zero, vectors, 1, [&](Value v) { planVector(v); });

  SmallVector<OpFoldResult> extents;
  for (Range range : op.createLoopRanges(rewriter, loc))
    extents.push_back(range.size);
  inductionVariables.resize(extents.size());
  auto outer = llvm::to_vector(llvm::seq<unsigned>(0, lastDim));
  emitLoops(rewriter, loc, getWholeLoops(rewriter, outer, extents),
            inductionVariables, options.parallel, [&] {
              emitLoop(rewriter, loc, zero, vectors, 1,
                       [&](Value v) { emitVector(v); });
            });
  memref::DeallocOp::create(rewriter, loc, begins);
  memref::DeallocOp::create(rewriter, loc, plan);
}

/// Where vector `v` of a row begins.
Value GatherEmitter::getStart(Value v) {
  Value last =
      arith::SubIOp::create(rewriter, loc, length, constantIndex(lanes));
  Value start = arith::MulIOp::create(rewriter, loc, v, constantIndex(lanes));
  return arith::MinUIOp::create(rewriter, loc, start, last);
}

/// Where the window of vector `v` begins, or -1, and the lanes that it takes.
void GatherEmitter::planVector(Value v) {
  auto indexType = VectorType::get({lanes}, rewriter.getIndexType());
  Value taken =
      vector::LoadOp::create(rewriter, loc, indexType, columns, getStart(v));
  auto reduce = [&](vector::CombiningKind kind) -> Value {
    return vector::ReductionOp::create(rewriter, loc, kind, taken);
  };
  Value last =
      arith::SubIOp::create(rewriter, loc, sourceLength, constantIndex(lanes));
  Value begin = arith::MinUIOp::create(
      rewriter, loc, reduce(vector::CombiningKind::MINUI), last);
  Value span = arith::SubIOp::create(
      rewriter, loc, reduce(vector::CombiningKind::MAXUI), begin);
  Value fits = arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::ult,
                                     span, constantIndex(lanes));
  Value known =
      arith::SelectOp::create(rewriter, loc, fits, begin, constantIndex(-1));
  memref::StoreOp::create(rewriter, loc, known, begins, v);
  Value offsets = arith::SubIOp::create(
      rewriter, loc, taken,
      vector::BroadcastOp::create(rewriter, loc, indexType, begin));
  Value narrow =
      arith::IndexCastOp::create(rewriter, loc, getLaneIntegers(), offsets);
  vector::StoreOp::create(rewriter, loc, narrow, plan,
                          ValueRange{v, constantIndex(0)});
}

void GatherEmitter::emitVector(Value v) {
  Value begin = memref::LoadOp::create(rewriter, loc, begins, v);
  Value start = getStart(v);
  Value fits = arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::sge,
                                     begin, constantIndex(0));
  auto choice = scf::IfOp::create(rewriter, loc, fits, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToStart(choice.elseBlock());
  emitElements(start);

  rewriter.setInsertionPointToStart(choice.thenBlock());
  Type type = getElementTypeOrSelf(source.getType());
  auto vectorType = VectorType::get({lanes}, getStorageType(type));
  llvm::MaybeAlign alignment = getStorageAlignment(type);
  Value window = vector::LoadOp::create(
      rewriter, loc, vectorType, castToStorage(rewriter, loc, source),
      getSourceIndices(begin), /*nontemporal=*/false, alignment);
  Value by = vector::LoadOp::create(rewriter, loc, getLaneIntegers(), plan,
                                    ValueRange{v, constantIndex(0)});
  vector::StoreOp::create(
      rewriter, loc, permute(window, by), castToStorage(rewriter, loc, result),
      getResultIndices(start), /*nontemporal=*/false, alignment);
}

/// Lane i of the result is lane by[i] of `window`.
Value GatherEmitter::permute(Value window, Value by) {
  StringRef name = bits == 8 ? "llvm.x86.avx512.permvar.qi.512"
                             : "llvm.x86.avx512.permvar.hi.512";
  VectorType integers = getLaneIntegers();
  Value moved = rewriter.createOrFold<vector::BitCastOp>(loc, integers, window);
  moved = LLVM::CallIntrinsicOp::create(rewriter, loc, integers,
                                        rewriter.getStringAttr(name),
                                        ValueRange{moved, by})
              .getResult(0);
  return rewriter.createOrFold<vector::BitCastOp>(loc, window.getType(), moved);
}

void GatherEmitter::emitElements(Value start) {
  Value end = arith::AddIOp::create(rewriter, loc, start, constantIndex(lanes));
  emitLoop(rewriter, loc, start, end, 1, [&](Value j) {
    Value column = memref::LoadOp::create(rewriter, loc, columns, j);
    Value element =
        memref::LoadOp::create(rewriter, loc, source, getSourceIndices(column));
    memref::StoreOp::create(rewriter, loc, element, result,
                            getResultIndices(j));
  });
}

SmallVector<Value> GatherEmitter::getSourceIndices(Value last) {
  SmallVector<Value> indices;
  for (Value index : load.getIndices().drop_back()) {
    auto dim = index.getDefiningOp<linalg::IndexOp>();
    bool isOwn = dim && dim->getBlock() == op.getBlock();
    indices.push_back(isOwn ? inductionVariables[dim.getDim()] : index);
  }
  indices.push_back(last);
  return indices;
}

SmallVector<Value> GatherEmitter::getResultIndices(Value last) {
  SmallVector<Value> indices(inductionVariables);
  indices.back() = last;
  return indices;
}

LogicalResult ditto::emitGather(LinalgOp op, const TargetModel &target,
                                EmitterOptions options,
                                RewriterBase &rewriter) {
  return emitCopyForm<GatherEmitter>(op, target, options, rewriter);
}
