//===- RuntimeChecks.h - Checks before a repeat is computed -----*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_LOWERING_RUNTIMECHECKS_H
#define DITTO_LIB_LOWERING_RUNTIMECHECKS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// The codes that dittoRuntimeFail takes.
enum class RuntimeError : int64_t {
#define DITTO_RUNTIME_ERROR(name, code, message) name = code,
#include "ditto/Runtime/Errors.def"
};

/// Emits checks in the order they are asked for. What constants already decide
/// to be fine emits nothing.
class RuntimeChecks {
public:
  /// Checks of `op`, inserted at the rewriter's insertion point. Fails where
  /// @dittoRuntimeFail is not a function of the right type.
  static FailureOr<RuntimeChecks> create(RewriterBase &rewriter, Operation *op);

  /// Fails with `error` and up to three arguments if `condition` (i1) holds.
  void failIf(OpFoldResult condition, RuntimeError error,
              ArrayRef<OpFoldResult> arguments);

  /// Fails with `error` if `value` < 0.
  void failIfNegative(OpFoldResult value, RuntimeError error,
                      ArrayRef<OpFoldResult> arguments);

  /// Fails with `error` if lhs != rhs.
  void failIfDifferent(OpFoldResult lhs, OpFoldResult rhs, RuntimeError error,
                       ArrayRef<OpFoldResult> arguments);

  /// lhs * rhs of two values >= 0; fails with `error` beyond 64 bits.
  OpFoldResult multiply(OpFoldResult lhs, OpFoldResult rhs, RuntimeError error,
                        ArrayRef<OpFoldResult> arguments);

  /// lhs + rhs of two values >= 0; fails with `error` beyond 64 bits.
  Value add(Value lhs, Value rhs, RuntimeError error,
            ArrayRef<OpFoldResult> arguments);

  /// Fails with `error` if a tensor of these extents (all >= 0) and this
  /// element type takes more bytes than fit in 64 bits. Any extent of 0 makes
  /// it empty.
  void failIfTooLarge(ArrayRef<OpFoldResult> extents, Type elementType,
                      RuntimeError error);

  /// Fails with `error`, passing (extent, dimension, static extent), where a
  /// static extent of the result type is not the computed one.
  void failIfTypeDiffers(RankedTensorType resultType,
                         ArrayRef<OpFoldResult> extents, RuntimeError error);

private:
  RuntimeChecks(RewriterBase &rewriter, Location loc, func::FuncOp failFunction)
      : rewriter(rewriter), loc(loc), failFunction(failFunction) {}

  /// The product and whether it overflowed; operands >= 0.
  std::pair<OpFoldResult, OpFoldResult> multiplyWithOverflow(OpFoldResult lhs,
                                                             OpFoldResult rhs);
  OpFoldResult either(OpFoldResult lhs, OpFoldResult rhs);
  Value toValue(OpFoldResult value);

  RewriterBase &rewriter;
  Location loc;
  func::FuncOp failFunction;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_LOWERING_RUNTIMECHECKS_H
