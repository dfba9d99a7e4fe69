//===- Folds.cpp - Folds of the ops ---------------------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Folds make no ops: an identity folds to its operand, a constant operand to a
// constant where the result is a splat (of any size) or small.
//
//===----------------------------------------------------------------------===//

#include "ditto/IR/Ditto.h"
#include "ditto/IR/ElementStorage.h"

#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;
using namespace mlir::ditto;

/// Results of more elements than this stay computed: a larger module is no
/// simpler one.
static constexpr int64_t kMaxFoldedElements = 256;

/// The position in `input` that row-major position `position` of `result`
/// reads, given the source index of each dimension of the result. `sourceIndex`
/// maps (dimension of the input, indices of the result) to an index of the
/// input.
static int64_t
linearSource(ArrayRef<int64_t> inputShape, ArrayRef<int64_t> resultShape,
             int64_t position,
             function_ref<int64_t(int64_t, ArrayRef<int64_t>)> sourceIndex) {
  SmallVector<int64_t> indices(resultShape.size());
  for (int64_t i = resultShape.size() - 1; i >= 0; --i) {
    indices[i] = position % resultShape[i];
    position /= resultShape[i];
  }
  int64_t linear = 0;
  for (auto [dim, extent] : llvm::enumerate(inputShape))
    linear = linear * extent + sourceIndex(dim, indices);
  return linear;
}

/// Folds a constant operand. `source` maps a row-major position of the result
/// to one of the operand.
static Attribute foldConstant(Attribute operand, RankedTensorType resultType,
                              function_ref<int64_t(int64_t)> source) {
  auto elements = dyn_cast_if_present<DenseElementsAttr>(operand);
  if (!elements || !fitsInMemory(resultType))
    return {};
  if (elements.isSplat())
    return elements.resizeSplat(resultType);
  // Complex and string elements have no cheap common form; leave them.
  if (!resultType.getElementType().isIntOrIndexOrFloat() ||
      resultType.getNumElements() > kMaxFoldedElements)
    return {};
  auto values = llvm::to_vector(elements.getValues<Attribute>());
  SmallVector<Attribute> repeated;
  for (int64_t i = 0, e = resultType.getNumElements(); i < e; ++i)
    repeated.push_back(values[source(i)]);
  return DenseElementsAttr::get(resultType, repeated);
}

OpFoldResult RepeatOp::fold(FoldAdaptor adaptor) {
  auto isOne = [](int64_t count) { return count == 1; };
  if (getInput().getType() == getType() &&
      llvm::all_of(getStaticCounts(), isOne))
    return getInput();
  if (mayFailAtRunTime())
    return {};
  ArrayRef<int64_t> inputShape = getInputType().getShape();
  ArrayRef<int64_t> resultShape = getResultType().getShape();
  int64_t newDims = getNumNewDims();
  return foldConstant(
      adaptor.getInput(), getResultType(), [&](int64_t position) {
        return linearSource(inputShape, resultShape, position,
                            [&](int64_t dim, ArrayRef<int64_t> indices) {
                              return indices[newDims + dim] % inputShape[dim];
                            });
      });
}

OpFoldResult RepeatInterleaveOp::fold(FoldAdaptor adaptor) {
  if (getStaticCount() == 1 && !getMixedOutputSize() &&
      getInput().getType() == getType())
    return getInput();
  if (mayFailAtRunTime())
    return {};
  ArrayRef<int64_t> inputShape = getInputType().getShape();
  ArrayRef<int64_t> resultShape = getResultType().getShape();
  int64_t count = *getStaticCount();
  return foldConstant(
      adaptor.getInput(), getResultType(), [&](int64_t position) {
        if (isFlattened())
          return position / count;
        return linearSource(inputShape, resultShape, position,
                            [&](int64_t dim, ArrayRef<int64_t> indices) {
                              bool isRepeated = dim == getResultDim();
                              return indices[dim] / (isRepeated ? count : 1);
                            });
      });
}
