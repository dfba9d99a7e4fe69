//===- BufferizableOpInterfaceImpl.cpp - One-Shot Bufferize ---------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/Lowering/Lowering.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::bufferization;
using namespace mlir::ditto;

namespace {

/// Both ops read their operands, write none and allocate their result. They
/// bufferize through their linalg form, whose ops the bufferization driver then
/// visits in turn.
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

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &,
                          BufferizationState &) const {
    FailureOr<Value> lowered = lowerToLinalg(rewriter, cast<OpTy>(op));
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
    RepeatOp::attachInterface<BufferizeThroughLinalg<RepeatOp>>(*context);
    RepeatInterleaveOp::attachInterface<
        BufferizeThroughLinalg<RepeatInterleaveOp>>(*context);
    // What the linalg forms are made of.
    context->loadDialect<affine::AffineDialect, func::FuncDialect,
                         linalg::LinalgDialect, scf::SCFDialect>();
  });
}
