//===- CountWork.cpp - How much a function does with tensors --------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../TestPasses.h"
#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Interfaces/CastInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Pass/Pass.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::ditto;

namespace {

/// Prints a line for each function with a number: the arithmetic operations of
/// its linalg and TOSA ops, or the elements that they write if these are more,
/// and the elements of its repeats and concatenations. Fills are left out, and
/// repeats that only another repeat reads: one copy does for both.
///
///   @attention: 11520
///
/// Where an extent is not known, the number is `?`.
struct CountWorkPass : public PassWrapper<CountWorkPass, OperationPass<>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(CountWorkPass)

  StringRef getArgument() const final { return "test-count-work"; }
  StringRef getDescription() const final {
    return "prints how much each function works on tensors";
  }

  void runOnOperation() final {
    getOperation()->walk([](FunctionOpInterface function) {
      std::optional<uint64_t> work = 0;
      function->walk([&](Operation *op) {
        if (std::optional<SmallVector<int64_t>> extents = getExtents(op))
          work = add(work, *extents);
      });
      llvm::outs() << "@" << function.getName() << ": "
                   << (work ? std::to_string(*work) : "?") << "\n";
    });
  }

private:
  static std::optional<uint64_t> add(std::optional<uint64_t> work,
                                     ArrayRef<int64_t> extents) {
    if (!work || ShapedType::isDynamicShape(extents))
      return std::nullopt;
    uint64_t product = 1;
    for (int64_t extent : extents)
      product = llvm::SaturatingMultiply(product, uint64_t(extent));
    return llvm::SaturatingAdd(*work, product);
  }

  /// The extents whose product is the work of `op`, if it has any.
  static std::optional<SmallVector<int64_t>> getExtents(Operation *op) {
    if (isa<linalg::FillOp>(op))
      return std::nullopt;
    if (auto structured = dyn_cast<linalg::LinalgOp>(op)) {
      SmallVector<int64_t> extents = structured.getStaticLoopRanges();
      extents.push_back(std::max<int64_t>(
          llvm::count_if(*structured.getBlock(), isArithmetic),
          op->getNumResults()));
      return extents;
    }
    if (auto matmul = dyn_cast<tosa::MatMulOp>(op)) {
      auto lhs = cast<RankedTensorType>(matmul.getA().getType());
      auto result = cast<RankedTensorType>(matmul.getType());
      SmallVector<int64_t> extents(result.getShape());
      extents.append({lhs.getDimSize(2), 2});
      return extents;
    }
    if (op->hasTrait<OpTrait::tosa::TosaElementwiseOperator>())
      return llvm::to_vector(
          cast<RankedTensorType>(op->getResult(0).getType()).getShape());
    if (isRepeat(op) && op->hasOneUse() && isRepeat(*op->user_begin()))
      return std::nullopt;
    if (isRepeat(op) || isa<tensor::ConcatOp>(op))
      return llvm::to_vector(
          cast<RankedTensorType>(op->getResult(0).getType()).getShape());
    return std::nullopt;
  }

  static bool isArithmetic(Operation &op) {
    return op.getNumResults() > 0 && !op.getResult(0).getType().isIndex() &&
           !isa<CastOpInterface>(op);
  }

  static bool isRepeat(Operation *op) {
    return isa<RepeatOp, RepeatInterleaveOp>(op);
  }
};

} // namespace

void mlir::ditto::test::registerCountWorkPass() {
  PassRegistration<CountWorkPass>();
}
