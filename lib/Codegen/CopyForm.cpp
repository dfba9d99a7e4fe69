//===- CopyForm.cpp - One of the ways to emit a copy ----------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CopyForm.h"

#include "StorageView.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

Value CopyEmitter::constantIndex(int64_t value) {
  return arith::ConstantIndexOp::create(rewriter, loc, value);
}

/// Whether a buffer that ends in `shape` has groups of `size` elements, of
/// which all fit in one dimension.
static bool canViewGroups(ArrayRef<int64_t> shape, int64_t size) {
  int64_t all;
  return shape.back() == size && (ShapedType::isDynamic(shape.front()) ||
                                  !llvm::MulOverflow(shape.front(), size, all));
}

std::optional<unsigned>
ditto::getContiguousDim(linalg::LinalgOp op, OpOperand &operand, int64_t size) {
  AffineMap map = op.getMatchingIndexingMap(&operand);
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  int64_t fromEnd = size == 1 ? 1 : 2;
  SmallVector<int64_t> strides;
  int64_t offset;
  if (!type || map.getNumResults() < fromEnd || !map.isProjectedPermutation() ||
      failed(type.getStridesAndOffset(strides, offset)) ||
      strides.back() != 1 || *(strides.end() - fromEnd) != size)
    return std::nullopt;
  if (size != 1 && !canViewGroups(type.getShape().take_back(2), size))
    return std::nullopt;
  return map.getDimPosition(map.getNumResults() - fromEnd);
}

std::optional<std::pair<unsigned, unsigned>>
ditto::getTransposedDims(linalg::LinalgOp op, int64_t size) {
  OpOperand &input = *op.getDpsInputOperand(0);
  OpOperand &init = *op.getDpsInitOperand(0);
  std::optional<unsigned> read = getContiguousDim(op, input, size);
  std::optional<unsigned> write = getContiguousDim(op, init, size);
  if (!read || !write || *read == *write ||
      !op.getMatchingIndexingMap(&init).isPermutation() ||
      !op.getMatchingIndexingMap(&input).isFunctionOfDim(*write))
    return std::nullopt;
  return std::pair(*read, *write);
}

Value ditto::viewGroups(RewriterBase &rewriter, OpOperand &operand,
                        int64_t size) {
  Location loc = operand.getOwner()->getLoc();
  Value buffer = operand.get();
  if (size > 1) {
    SmallVector<ReassociationIndices> dims;
    for (int64_t dim = 0, e = cast<MemRefType>(buffer.getType()).getRank();
         dim < e - 1; ++dim)
      dims.push_back({dim});
    dims.back().push_back(dims.size());
    buffer = memref::CollapseShapeOp::create(rewriter, loc, buffer, dims);
  }
  return castToStorage(rewriter, loc, buffer);
}
