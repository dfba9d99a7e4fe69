//===- TestPasses.h - Passes that only tests use ----------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TEST_LIB_TESTPASSES_H
#define DITTO_TEST_LIB_TESTPASSES_H

namespace mlir::ditto::test {

/// Registers `test-digit-layout`.
void registerDigitLayoutPass();

/// Registers `test-count-work`.
void registerCountWorkPass();

/// Registers `test-list-work`.
void registerListWorkPass();

/// Registers `test-expose-contractions`.
void registerExposeContractionsPass();

/// Registers `test-fill-weights`.
void registerFillWeightsPass();

} // namespace mlir::ditto::test

#endif // DITTO_TEST_LIB_TESTPASSES_H
