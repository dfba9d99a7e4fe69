//===- TypeInference.h - Result types from static sizes ---------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_IR_TYPEINFERENCE_H
#define DITTO_LIB_IR_TYPEINFERENCE_H

#include "ditto/IR/Ditto.h"

namespace mlir::ditto {

/// Reports why there is no type and returns failure.
using EmitError = function_ref<LogicalResult(const Twine &message)>;

/// For those who only ask whether an op would be valid.
LogicalResult saysNothing(const Twine &message);

/// The product of two extents or counts >= 0: dynamic where either is, failure
/// where it does not fit in 64 bits.
FailureOr<int64_t> multiplyExtents(int64_t lhs, int64_t rhs);

/// What the attributes and types of a repeat_interleave say about its sizes.
/// Unknown sizes are ShapedType::kDynamic.
struct StaticInterleave {
  static StaticInterleave get(RepeatInterleaveOp op);

  RankedTensorType input;
  /// Null where one count serves every element by type.
  RankedTensorType countsTensor;
  int64_t count = ShapedType::kDynamic;
  std::optional<int64_t> dim;
  int64_t outputSize = ShapedType::kDynamic;

  /// The extent that is repeated: of `dim`, or of the flattened operand.
  /// Failure where the latter does not fit in 64 bits.
  FailureOr<int64_t> getExtent() const;
};

/// Verifies everything but the result and infers its type.
FailureOr<RankedTensorType> inferRepeatType(EmitError emitError,
                                            RankedTensorType input,
                                            ArrayRef<int64_t> counts);
FailureOr<RankedTensorType> inferInterleaveType(EmitError emitError,
                                                const StaticInterleave &op);

/// The type inferred for the result of `op` if its operand were of type
/// `input`; failure where the op would be invalid. Silent.
FailureOr<RankedTensorType> inferWithInput(RepeatOp op, RankedTensorType input);
FailureOr<RankedTensorType> inferWithInput(RepeatInterleaveOp op,
                                           RankedTensorType input);

/// The extents that either type knows; failure where the types contradict each
/// other. Both are result types of one op.
FailureOr<RankedTensorType> mergeTypes(RankedTensorType lhs,
                                       RankedTensorType rhs);

/// Whether the result type of `op` knows an extent that is not inferred: then
/// the op checks it at run time.
template <typename OpTy>
bool assertsExtents(OpTy op) {
  FailureOr<RankedTensorType> inferred = inferWithInput(op, op.getInputType());
  return failed(inferred) ||
         llvm::any_of(llvm::zip_equal(op.getResultType().getShape(),
                                      inferred->getShape()),
                      [](auto extents) {
                        auto [declared, known] = extents;
                        return !ShapedType::isDynamic(declared) &&
                               ShapedType::isDynamic(known);
                      });
}

} // namespace mlir::ditto

#endif // DITTO_LIB_IR_TYPEINFERENCE_H
