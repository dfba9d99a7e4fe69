//===- TestPatterns.h - Patterns that tests ask for by name --- -*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TEST_LIB_TESTPATTERNS_H
#define DITTO_TEST_LIB_TESTPATTERNS_H

#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto::test {

/// Patterns that break the rules of the pattern API on the ops that carry a
/// unit attribute of the pattern's name:
///
///   test.failure_after_change     changes the op, then returns failure
///   test.success_without_change   returns success and does nothing
///   test.invalid_ir               gives a ditto.repeat a wrong result type
///   test.good                     a well-behaved pattern: drops the attribute
void populateBadPatterns(RewritePatternSet &patterns);

} // namespace mlir::ditto::test

#endif // DITTO_TEST_LIB_TESTPATTERNS_H
