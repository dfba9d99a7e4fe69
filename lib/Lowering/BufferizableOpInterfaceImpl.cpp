//===- BufferizableOpInterfaceImpl.cpp - One-Shot Bufferize ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Destination.h"

#include "ditto/IR/Copies.h"
#include "ditto/Lowering/Lowering.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::bufferization;
using namespace mlir::ditto;

namespace {

/// Buffers that are allocated as the options of bufferization say.
class BufferDestination : public Destination {
public:
  BufferDestination(RewriterBase &rewriter, Location loc,
                    const BufferizationOptions &options,
                    BufferizationState &state)
      : rewriter(rewriter), loc(loc), options(options), state(state) {}

  FailureOr<Value> create(ArrayRef<OpFoldResult> extents,
                          Type elementType) override;
  FailureOr<Value> broadcast(Value source, Value target,
                             ArrayRef<int64_t> dims) override;
  FailureOr<Value> broadcastIntoSlice(Value source, Value target,
                                      ArrayRef<int64_t> dims,
                                      ArrayRef<OpFoldResult> offsets,
                                      ArrayRef<OpFoldResult> sizes,
                                      ArrayRef<int64_t> shape) override;
  FailureOr<Value> toOperand(Value tensor) override {
    return getBuffer(rewriter, tensor, options, state);
  }
  Value toTensor(Value target) override;

private:
  RewriterBase &rewriter;
  Location loc;
  const BufferizationOptions &options;
  BufferizationState &state;
};

FailureOr<Value> BufferDestination::create(ArrayRef<OpFoldResult> extents,
                                           Type elementType) {
  auto [shape, dynamicExtents] = decomposeMixedValues(extents);
  auto type = RankedTensorType::get(shape, elementType);
  std::optional<Attribute> space = options.defaultMemorySpaceFn(type);
  if (!space)
    return failure();
  auto bufferType =
      cast<MemRefType>(getMemRefTypeWithStaticIdentityLayout(type, *space));
  return options.createAlloc(rewriter, loc, bufferType, dynamicExtents);
}

FailureOr<Value> BufferDestination::broadcast(Value source, Value target,
                                              ArrayRef<int64_t> dims) {
  FailureOr<Value> buffer = toOperand(source);
  if (failed(buffer))
    return failure();
  linalg::BroadcastOp::create(rewriter, loc, *buffer, target, dims);
  return target;
}

FailureOr<Value> BufferDestination::broadcastIntoSlice(
    Value source, Value target, ArrayRef<int64_t> dims,
    ArrayRef<OpFoldResult> offsets, ArrayRef<OpFoldResult> sizes,
    ArrayRef<int64_t> shape) {
  SmallVector<OpFoldResult> strides(offsets.size(), rewriter.getIndexAttr(1));
  MemRefType type = memref::SubViewOp::inferRankReducedResultType(
      shape, cast<MemRefType>(target.getType()), offsets, sizes, strides);
  Value slice = memref::SubViewOp::create(rewriter, loc, type, target, offsets,
                                          sizes, strides);
  if (failed(broadcast(source, slice, dims)))
    return failure();
  return target;
}

Value BufferDestination::toTensor(Value target) {
  return ToTensorOp::create(
      rewriter, loc, memref::getTensorTypeFromMemRefType(target.getType()),
      target, /*restrict=*/true, /*writable=*/true);
}

/// Both ops read their operands, write none and allocate their result. They
/// bufferize through their linalg form; its views of tensors are left to the
/// bufferization driver.
template <typename OpTy>
struct BufferizeThroughLinalg : public BufferizableOpInterface::ExternalModel<
                                    BufferizeThroughLinalg<OpTy>, OpTy> {
  bool bufferizesToAllocation(Operation *, Value) const { return true; }

  bool bufferizesToMemoryRead(Operation *, OpOperand &,
                              const AnalysisState &) const {
    return true;
  }

  bool bufferizesToMemoryWrite(Operation *, OpOperand &,
                               const AnalysisState &) const {
    return false;
  }

  AliasingValueList getAliasingValues(Operation *, OpOperand &,
                                      const AnalysisState &) const {
    return {};
  }

  FailureOr<BufferLikeType> getBufferType(Operation *, Value value,
                                          const BufferizationOptions &options,
                                          const BufferizationState &,
                                          SmallVector<Value> &) const {
    auto type = cast<TensorType>(value.getType());
    std::optional<Attribute> space = options.defaultMemorySpaceFn(type);
    if (!space)
      return failure();
    return cast<BufferLikeType>(
        getMemRefTypeWithStaticIdentityLayout(type, *space));
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options,
                          BufferizationState &state) const {
    BufferDestination destination(rewriter, op->getLoc(), options, state);
    FailureOr<Value> lowered =
        lowerToLinalg(rewriter, cast<OpTy>(op), destination);
    if (failed(lowered))
      return op->emitOpError("cannot be lowered to linalg for bufferization");
    rewriter.replaceOp(op, *lowered);
    return success();
  }
};

} // namespace

void ditto::registerBufferizableOpInterfaceExternalModels(
    DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, DittoDialect *) {
    // Another copy of ditto has models of its own.
    if (!loadDittoDialect(*context))
      return;
    RepeatOp::attachInterface<BufferizeThroughLinalg<RepeatOp>>(*context);
    RepeatInterleaveOp::attachInterface<
        BufferizeThroughLinalg<RepeatInterleaveOp>>(*context);
    // What the linalg forms are made of.
    context->loadDialect<affine::AffineDialect, func::FuncDialect,
                         linalg::LinalgDialect, scf::SCFDialect>();
  });
}
