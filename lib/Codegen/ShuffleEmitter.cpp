//===- ShuffleEmitter.cpp - Short runs through registers ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// y[i, c, j] = x[i, j], or y[i, c] = x[i], where a step of i reads fewer
// elements than a vector has lanes. Which element goes where repeats every few
// vectors, so whole vectors are read, permuted by constants and written. With 4
// lanes:
//
//   x by 2 along the last dimension      [a b c d] -> [a a b b] [c c d d]
//   rows of 3, each twice                [a b c d] -> [a b c a] .., from the
//   next
//                                        window [b c d e] -> [b c d e], ..
//
//===----------------------------------------------------------------------===//

#include "ShuffleEmitter.h"

#include "CopyForm.h"
#include "Loops.h"
#include "StorageView.h"
#include "Streaming.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/FormatVariadic.h"

#include <numeric>

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

/// A block of more vectors is too much code for what it saves.
static constexpr int64_t kMostVectors = 64;

namespace {

class ShuffleEmitter : public CopyEmitter {
public:
  ShuffleEmitter(LinalgOp op, EmitterOptions options, RewriterBase &rewriter)
      : CopyEmitter(op, options, rewriter), input(*op.getDpsInputOperand(0)),
        init(*op.getDpsInitOperand(0)) {}

  LogicalResult match(const TargetModel &target);
  void emit();
  VectorForm describe();

private:
  bool matchOperands();
  bool matchSteps();
  bool matchBlock(int64_t maxLanes);
  bool reads(unsigned dim) {
    return op.getMatchingIndexingMap(&input).isFunctionOfDim(dim);
  }
  bool streamsRows();
  Value flatten(OpOperand &operand, unsigned first);
  void emitRow();
  void emitBlock(Value step, Value source, Value target);
  void emitStep(Value step, Value source, Value target);
  SmallVector<Value> getIndices(OpOperand &operand, unsigned first, Value last);
  Value scale(Value step, int64_t by, int64_t offset);

  OpOperand &input, &init;

  /// The dimensions of the result, from outside to inside: loops, those that
  /// make up the steps, and those of one step.
  SmallVector<unsigned> dims;
  unsigned firstStepDim = 0, firstInnerDim = 0;
  /// Where the dimensions of the steps begin among the operand's.
  unsigned firstInputStepDim = 0;
  /// Elements that a step reads and writes, and which of the former each of the
  /// latter is.
  int64_t read = 1, written = 1;
  SmallVector<int64_t> pattern;
  /// Steps of a block, and lanes of a vector.
  int64_t steps = 0, lanes = 0;

  SmallVector<OpFoldResult> extents;
  SmallVector<Value> inductionVariables;
};

} // namespace

LogicalResult ShuffleEmitter::match(const TargetModel &target) {
  if (!matchOperands())
    return rewriter.notifyMatchFailure(op, "no copy of one buffer");
  Type type = getElementTypeOrSelf(input.get().getType());
  if (!getStorageType(type))
    return rewriter.notifyMatchFailure(op, "elements have no storage type");
  if (!matchSteps())
    return rewriter.notifyMatchFailure(op, "no contiguous steps");
  if (!matchBlock(llvm::bit_floor(target.vectorBits / getStorageBits(type))))
    return rewriter.notifyMatchFailure(op, "no block of short runs");
  return success();
}

bool ShuffleEmitter::matchOperands() {
  AffineMap inputMap = op.getMatchingIndexingMap(&input);
  AffineMap initMap = op.getMatchingIndexingMap(&init);
  auto inputType = dyn_cast<MemRefType>(input.get().getType());
  auto initType = dyn_cast<MemRefType>(init.get().getType());
  if (!inputType || !initType || !inputMap.isProjectedPermutation() ||
      !initMap.isPermutation() || inputMap.getNumResults() == 0)
    return false;
  for (AffineExpr expr : initMap.getResults())
    dims.push_back(cast<AffineDimExpr>(expr).getPosition());
  return true;
}

/// The dimensions of `type`, those from `first` on as one.
static SmallVector<ReassociationIndices> getGroups(MemRefType type,
                                                   unsigned first) {
  SmallVector<ReassociationIndices> groups;
  for (unsigned dim = 0; dim < first; ++dim)
    groups.push_back({int64_t(dim)});
  groups.push_back(
      llvm::to_vector<2>(llvm::seq<int64_t>(first, type.getRank())));
  return groups;
}

/// Whether the product of the known extents is an extent. 0 is not: the type
/// that memref.collapse_shape makes of 0 and an unknown extent is invalid.
static bool canMultiply(ArrayRef<int64_t> shape) {
  int64_t product = 1;
  for (int64_t extent : shape)
    if (ShapedType::isStatic(extent) &&
        (llvm::MulOverflow(product, extent, product) || product == 0))
      return false;
  return true;
}

/// Whether the dimensions of `operand` from `first` on are one run of elements.
static bool isContiguous(OpOperand &operand, unsigned first) {
  auto type = cast<MemRefType>(operand.get().getType());
  return type.isLastDimUnitStride() &&
         canMultiply(type.getShape().drop_front(first)) &&
         memref::CollapseShapeOp::isGuaranteedCollapsible(
             type, getGroups(type, first));
}

/// A step ends with the innermost dimensions, of which some are repeated: it is
/// the next one outside that the operand is read along.
bool ShuffleEmitter::matchSteps() {
  SmallVector<int64_t> shape = op.getStaticLoopRanges();
  AffineMap inputMap = op.getMatchingIndexingMap(&input);
  unsigned inputDim = inputMap.getNumResults();
  bool repeats = false;
  unsigned position = dims.size();
  while (position > 0) {
    unsigned dim = dims[position - 1];
    if (repeats && reads(dim))
      break;
    if (ShapedType::isDynamic(shape[dim]) ||
        llvm::MulOverflow(written, shape[dim], written) || written == 0 ||
        written > kMostVectors)
      return false;
    if (reads(dim)) {
      if (inputDim == 0 || inputMap.getDimPosition(--inputDim) != dim)
        return false;
      read *= shape[dim];
    } else {
      repeats |= shape[dim] != 1;
    }
    --position;
  }
  if (position == 0)
    return false;
  firstInnerDim = position;
  // As many dimensions of steps as are contiguous.
  while (position > 0 && inputDim > 0 &&
         inputMap.getDimPosition(inputDim - 1) == dims[position - 1] &&
         isContiguous(input, inputDim - 1) &&
         isContiguous(init, position - 1)) {
    --position;
    --inputDim;
  }
  firstStepDim = position;
  firstInputStepDim = inputDim;
  return firstStepDim < firstInnerDim;
}

/// Chooses the steps of a block: they fill whole vectors, and read at least
/// one.
bool ShuffleEmitter::matchBlock(int64_t maxLanes) {
  lanes = maxLanes;
  if (lanes < 2 || read >= lanes)
    return false;
  steps = lanes / std::gcd(lanes, written);
  while (steps * read < lanes)
    steps *= 2;
  if (steps * written / lanes > kMostVectors)
    return false;
  int64_t total = 1;
  SmallVector<int64_t> shape = op.getStaticLoopRanges();
  for (unsigned i = firstStepDim; i < firstInnerDim; ++i)
    if (ShapedType::isDynamic(shape[dims[i]]))
      total = ShapedType::kDynamic;
    else if (ShapedType::isStatic(total) &&
             llvm::MulOverflow(total, shape[dims[i]], total))
      return false;
  if (ShapedType::isStatic(total) && total < steps)
    return false;

  for (int64_t element = 0; element < written; ++element) {
    int64_t rest = element, stride = 1, source = 0;
    for (unsigned dim :
         llvm::reverse(ArrayRef(dims).drop_front(firstInnerDim))) {
      int64_t index = rest % shape[dim];
      rest /= shape[dim];
      if (reads(dim)) {
        source += index * stride;
        stride *= shape[dim];
      }
    }
    pattern.push_back(source);
  }
  return true;
}

/// Whether every vector of the result is aligned, as far as extents tell: the
/// first one of a row is, and a vector is as long as the alignment.
bool ShuffleEmitter::streamsRows() {
  if (!options.stream)
    return false;
  int64_t bytes =
      getStorageBits(getElementTypeOrSelf(init.get().getType())) / 8;
  if (lanes * bytes % kStreamAlignment != 0)
    return false;
  if (firstStepDim == 0)
    return true;
  bytes *= written;
  for (unsigned i = firstStepDim; i < firstInnerDim; ++i) {
    std::optional<int64_t> extent = getConstantIntValue(extents[dims[i]]);
    if (!extent)
      return false;
    // What does not fit in 64 bits wraps, which keeps the lowest ones.
    bytes = uint64_t(bytes) * uint64_t(*extent);
  }
  return bytes % kStreamAlignment == 0;
}

/// `operand` with the dimensions from `first` on as one.
Value ShuffleEmitter::flatten(OpOperand &operand, unsigned first) {
  auto type = cast<MemRefType>(operand.get().getType());
  SmallVector<ReassociationIndices> groups = getGroups(type, first);
  if (int64_t(groups.size()) == type.getRank())
    return operand.get();
  return memref::CollapseShapeOp::create(rewriter, loc, operand.get(), groups);
}

void ShuffleEmitter::emit() {
  for (Range range : op.createLoopRanges(rewriter, loc))
    extents.push_back(range.size);
  inductionVariables.resize(extents.size());
  ArrayRef<unsigned> outer = ArrayRef(dims).take_front(firstStepDim);
  emitLoops(rewriter, loc, getWholeLoops(rewriter, outer, extents),
            inductionVariables, options.parallel, [&] { emitRow(); });
}

void ShuffleEmitter::emitRow() {
  Value source = flatten(input, firstInputStepDim);
  Value target = flatten(init, firstStepDim);
  Value total = constantIndex(1);
  for (unsigned i = firstStepDim; i < firstInnerDim; ++i)
    total = arith::MulIOp::create(
        rewriter, loc, total,
        getValueOrCreateConstantIndexOp(rewriter, loc, extents[dims[i]]));
  Value whole = roundDown(rewriter, loc, total, steps);
  SmallVector<Value, 1> step(1);
  emitLoops(rewriter, loc, {{0, constantIndex(0), whole, steps}}, step,
            options.parallel && firstStepDim == 0,
            [&] { emitBlock(step[0], source, target); });
  emitLoop(rewriter, loc, whole, total, 1,
           [&](Value step) { emitStep(step, source, target); });
}

/// step * by + offset.
Value ShuffleEmitter::scale(Value step, int64_t by, int64_t offset) {
  Value scaled =
      by == 1 ? step
              : arith::MulIOp::create(rewriter, loc, step, constantIndex(by));
  return offset == 0 ? scaled
                     : arith::AddIOp::create(rewriter, loc, scaled,
                                             constantIndex(offset));
}

/// The indices of the flattened `operand`.
SmallVector<Value> ShuffleEmitter::getIndices(OpOperand &operand,
                                              unsigned first, Value last) {
  SmallVector<Value> indices;
  for (AffineExpr expr :
       op.getMatchingIndexingMap(&operand).getResults().take_front(first))
    indices.push_back(
        inductionVariables[cast<AffineDimExpr>(expr).getPosition()]);
  indices.push_back(last);
  return indices;
}

void ShuffleEmitter::emitBlock(Value step, Value source, Value target) {
  Type type = getElementTypeOrSelf(source.getType());
  auto vectorType = VectorType::get({lanes}, getStorageType(type));
  llvm::MaybeAlign alignment = getStorageAlignment(type);
  source = castToStorage(rewriter, loc, source);
  target = castToStorage(rewriter, loc, target);
  auto getSource = [&](int64_t element) {
    return element / written * read + pattern[element % written];
  };

  bool streams = streamsRows();
  Value window;
  int64_t start = 0;
  for (int64_t first = 0; first < steps * written; first += lanes) {
    int64_t lowest = getSource(first), highest = lowest;
    for (int64_t lane = 1; lane < lanes; ++lane) {
      lowest = std::min(lowest, getSource(first + lane));
      highest = std::max(highest, getSource(first + lane));
    }
    if (!window || lowest < start || highest >= start + lanes) {
      // Nothing beyond the block is read.
      start = std::min(lowest, steps * read - lanes);
      window = vector::LoadOp::create(
          rewriter, loc, vectorType, source,
          getIndices(input, firstInputStepDim, scale(step, read, start)),
          /*nontemporal=*/false, alignment);
    }
    SmallVector<int64_t> mask;
    for (int64_t lane = 0; lane < lanes; ++lane)
      mask.push_back(getSource(first + lane) - start);
    Value permuted =
        vector::ShuffleOp::create(rewriter, loc, window, window, mask);
    vector::StoreOp::create(
        rewriter, loc, permuted, target,
        getIndices(init, firstStepDim, scale(step, written, first)), streams,
        streams ? llvm::MaybeAlign(kStreamAlignment) : alignment);
  }
}

VectorForm ShuffleEmitter::describe() {
  VectorForm form;
  form.form = "permuted lanes";
  form.tile = llvm::formatv("{0} runs of {1}, written {2} times", steps, read,
                            written / read);
  form.streams = streamsRows();
  return form;
}

/// One step, element by element.
void ShuffleEmitter::emitStep(Value step, Value source, Value target) {
  for (int64_t element = 0; element < written; ++element) {
    Value value =
        memref::LoadOp::create(rewriter, loc, source,
                               getIndices(input, firstInputStepDim,
                                          scale(step, read, pattern[element])));
    memref::StoreOp::create(
        rewriter, loc, value, target,
        getIndices(init, firstStepDim, scale(step, written, element)));
  }
}

LogicalResult ditto::emitShuffles(LinalgOp op, const TargetModel &target,
                                  EmitterOptions options,
                                  RewriterBase &rewriter) {
  return emitCopyForm<ShuffleEmitter>(op, target, options, rewriter);
}
