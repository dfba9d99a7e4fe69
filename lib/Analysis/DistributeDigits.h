//===- DistributeDigits.h - Splitting a dimension's digits ------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_ANALYSIS_DISTRIBUTEDIGITS_H
#define DITTO_LIB_ANALYSIS_DISTRIBUTEDIGITS_H

#include "ditto/Analysis/DigitLayout.h"

namespace mlir::ditto {

/// Distributes the digits of result dimension `dim` over dimensions of the
/// extents `targets`, outermost first, whose product is the dimension's extent
/// in every run. Digits are split where a target ends inside of one. Fails with
/// the reason where the digits and the targets do not line up, or where it
/// takes more than dividing products to see that they do. Asserts before `at`
/// help.
FailureOr<SmallVector<DigitList>>
distributeDigits(DigitLayout &layout, unsigned dim,
                 ArrayRef<SymbolicSize> targets, std::string &reason,
                 Operation *at = nullptr);

/// Distributes all digits over the dimensions of `result`, a ranked tensor that
/// holds the elements in the same order.
LogicalResult reshapeDigits(DigitLayout &layout, OpResult result,
                            std::string &reason);

} // namespace mlir::ditto

#endif // DITTO_LIB_ANALYSIS_DISTRIBUTEDIGITS_H
