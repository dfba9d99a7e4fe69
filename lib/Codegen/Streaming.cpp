//===- Streaming.cpp - Which results to write past the caches -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A store into a line that is in no cache reads the line first. Streaming
// stores do not, which halves the traffic of results that are larger than the
// caches; smaller ones would be read back from memory.
//
//===----------------------------------------------------------------------===//

#include "Streaming.h"

#include "Copies.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace mlir::ditto;
using linalg::LinalgOp;

/// The allocation whose elements, all and in their order, `buffer` is.
static memref::AllocOp getAllocation(Value buffer) {
  while (Operation *op = buffer.getDefiningOp()) {
    if (auto alloc = dyn_cast<memref::AllocOp>(op))
      return alloc;
    if (!isa<memref::ExpandShapeOp, memref::CollapseShapeOp, memref::CastOp>(
            op))
      return nullptr;
    buffer = op->getOperand(0);
  }
  return nullptr;
}

/// Whether `buffer` is written by `writer` only, and then returned.
static bool isOnlyReturned(Value buffer, Operation *writer) {
  return llvm::all_of(buffer.getUsers(), [&](Operation *user) {
    if (isa<memref::ExpandShapeOp, memref::CollapseShapeOp, memref::CastOp>(
            user))
      return isOnlyReturned(user->getResult(0), writer);
    return user == writer || user->hasTrait<OpTrait::ReturnLike>();
  });
}

OpFoldResult ditto::isWorthStreaming(LinalgOp op, const TargetModel &target,
                                     RewriterBase &rewriter) {
  OpFoldResult never = rewriter.getBoolAttr(false);
  if (!isBufferCopy(op))
    return never;
  Value result = op.getDpsInits().front();
  auto type = cast<MemRefType>(result.getType());
  memref::AllocOp alloc = getAllocation(result);
  if (!alloc || alloc.getAlignment().value_or(1) % kStreamAlignment != 0 ||
      !type.getLayout().isIdentity() || !isOnlyReturned(alloc, op) ||
      !type.getElementType().isIntOrFloat())
    return never;

  int64_t bytes = std::max(8u, type.getElementTypeBitWidth()) / 8;
  SmallVector<unsigned> dynamicDims;
  for (auto [dim, extent] : llvm::enumerate(type.getShape()))
    if (ShapedType::isDynamic(extent))
      dynamicDims.push_back(dim);
    else if (llvm::MulOverflow(bytes, extent, bytes))
      return never;
  if (dynamicDims.empty())
    return rewriter.getBoolAttr(bytes >= target.streamBytes);
  Location loc = op.getLoc();
  // It has been allocated, so its size does not overflow.
  Value size = arith::ConstantIndexOp::create(rewriter, loc, bytes);
  for (unsigned dim : dynamicDims)
    size = arith::MulIOp::create(
        rewriter, loc, size, memref::DimOp::create(rewriter, loc, result, dim));
  Value limit =
      arith::ConstantIndexOp::create(rewriter, loc, target.streamBytes);
  return arith::CmpIOp::create(rewriter, loc, arith::CmpIPredicate::uge, size,
                               limit)
      .getResult();
}

void ditto::emitStreamFence(Location loc, RewriterBase &rewriter) {
  LLVM::FenceOp::create(rewriter, loc, LLVM::AtomicOrdering::seq_cst,
                        /*syncscope=*/StringRef());
}
