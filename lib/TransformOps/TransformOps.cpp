//===- TransformOps.cpp - ditto in transform scripts ----------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ditto/TransformOps/TransformOps.h"

#include "ditto/IR/Copies.h"
#include "ditto/IR/Ditto.h"
#include "ditto/Lowering/Lowering.h"
#include "ditto/Raise/Patterns.h"
#include "ditto/Transforms/Patterns.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::ditto;

#define GET_OP_CLASSES
#include "ditto/TransformOps/TransformOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Pattern families
//===----------------------------------------------------------------------===//

void ApplyRaisePatternsOp::populatePatterns(RewritePatternSet &patterns) {
  populateRaisePatterns(patterns, getRaisePlainBroadcasts());
}

void ApplySinkRepeatsPatternsOp::populatePatterns(RewritePatternSet &patterns) {
  populateSinkRepeatsPatterns(patterns);
}

void ApplyFoldRepeatsPatternsOp::populatePatterns(RewritePatternSet &patterns) {
  RepeatControl control;
  if (getContractionsOnly())
    control = isReadByContraction;
  populateFoldRepeatsPatterns(patterns, control);
}

void ApplyDittoToLinalgPatternsOp::populatePatterns(
    RewritePatternSet &patterns) {
  populateDittoToLinalgPatterns(patterns);
}

//===----------------------------------------------------------------------===//
// Single ops
//===----------------------------------------------------------------------===//

/// The failure of a rewrite of `target`, with the reason that the rewriter was
/// told.
static DiagnosedSilenceableFailure
explainFailure(transform::TransformOpInterface op, Operation *target,
               transform::TransformRewriter &rewriter) {
  auto *listener =
      cast<transform::ErrorCheckingTrackingListener>(rewriter.getListener());
  DiagnosedSilenceableFailure failure =
      op.emitSilenceableError() << listener->getLatestMatchFailureMessage();
  failure.attachNote(target->getLoc()) << "target op";
  return failure;
}

DiagnosedSilenceableFailure
RaiseOp::apply(transform::TransformRewriter &rewriter,
               transform::TransformResults &results,
               transform::TransformState &state) {
  SmallVector<Operation *> raised;
  for (Operation *target : state.getPayloadOps(getTarget())) {
    FailureOr<SmallVector<Value>> values =
        raiseRepeat(rewriter, target, getRaisePlainBroadcasts());
    if (failed(values)) {
      results.set(getOperation()->getOpResult(0), ArrayRef<Operation *>());
      return explainFailure(*this, target, rewriter);
    }
    for (Value value : *values)
      raised.push_back(value.getDefiningOp());
  }
  results.set(getOperation()->getOpResult(0), raised);
  return DiagnosedSilenceableFailure::success();
}

/// Accepts the operands that are listed, or all.
static RepeatControl acceptOperands(std::optional<ArrayRef<int64_t>> operands) {
  if (!operands)
    return nullptr;
  return [operands = *operands](OpOperand &operand) {
    return llvm::is_contained(operands, operand.getOperandNumber());
  };
}

DiagnosedSilenceableFailure
SinkRepeatsOp::applyToOne(transform::TransformRewriter &rewriter,
                          Operation *target,
                          transform::ApplyToEachResultList &results,
                          transform::TransformState &state) {
  FailureOr<Operation *> moved =
      sinkRepeats(rewriter, target, acceptOperands(getOperands()));
  if (failed(moved))
    return explainFailure(*this, target, rewriter);
  results.push_back(*moved);
  return DiagnosedSilenceableFailure::success();
}

DiagnosedSilenceableFailure
FoldRepeatsOp::applyToOne(transform::TransformRewriter &rewriter,
                          Operation *target,
                          transform::ApplyToEachResultList &results,
                          transform::TransformState &state) {
  FailureOr<Operation *> folded =
      foldRepeats(rewriter, target, acceptOperands(getOperands()));
  if (failed(folded))
    return explainFailure(*this, target, rewriter);
  results.push_back(*folded);
  return DiagnosedSilenceableFailure::success();
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

namespace {
struct TransformOpsExtension
    : public transform::TransformDialectExtension<TransformOpsExtension> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TransformOpsExtension)

  void init() {
    declareDependentDialect<linalg::LinalgDialect>();
    declareGeneratedDialect<affine::AffineDialect>();
    declareGeneratedDialect<arith::ArithDialect>();
    declareGeneratedDialect<cf::ControlFlowDialect>();
    declareGeneratedDialect<func::FuncDialect>();
    declareGeneratedDialect<linalg::LinalgDialect>();
    declareGeneratedDialect<scf::SCFDialect>();
    declareGeneratedDialect<tensor::TensorDialect>();
    registerTransformOps<
#define GET_OP_LIST
#include "ditto/TransformOps/TransformOps.cpp.inc"
        >();
  }
};

/// The ops rewrite those of this copy of ditto; another copy has its own, of
/// the same names.
struct DittoTransformExtension
    : public DialectExtension<DittoTransformExtension,
                              transform::TransformDialect> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(DittoTransformExtension)

  void apply(MLIRContext *context,
             transform::TransformDialect *dialect) const override {
    if (loadDittoDialect(*context))
      TransformOpsExtension().apply(context, dialect);
  }
};
} // namespace

void ditto::registerTransformDialectExtension(DialectRegistry &registry) {
  registry.addExtensions<DittoTransformExtension>();
}
