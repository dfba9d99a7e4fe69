//===- MovementSteps.h - Steps of a digit layout by family ------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each family has what getMovedValue and what DigitLayout::apply do for its
// ops. The first only looks for the tensor, the second does the work.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_ANALYSIS_MOVEMENTSTEPS_H
#define DITTO_LIB_ANALYSIS_MOVEMENTSTEPS_H

#include "ditto/Analysis/DigitLayout.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace mlir::ditto {

/// A gather with constant indices.
LogicalResult applyGather(DigitLayout &layout, tensor::GatherOp op,
                          std::string &reason);

/// Whether a slice is all of its source, and a padded tensor its source.
bool isWhole(tensor::ExtractSliceOp op);
bool addsNothing(tensor::PadOp op);
LogicalResult applyWholeSlice(DigitLayout &layout, tensor::ExtractSliceOp op);

/// The ops of TOSA.
Value getMovedTosaValue(Operation *op, std::string &reason);
LogicalResult applyTosa(DigitLayout &layout, Operation *op,
                        std::string &reason);

/// Ops that write a result in pieces.
Value getMovedPieceValue(Operation *op, std::string &reason);
LogicalResult applyPieces(DigitLayout &layout, Operation *op,
                          std::string &reason);

} // namespace mlir::ditto

#endif // DITTO_LIB_ANALYSIS_MOVEMENTSTEPS_H
