//===- Target.h - The machine to compile for --------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_COMPILER_TARGET_H
#define DITTO_LIB_COMPILER_TARGET_H

#include "mlir/Support/LLVM.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"

#include <memory>

namespace mlir::ditto {

/// Makes LLVM know this machine; may be called any number of times.
void initializeNativeTarget();

/// Creates the target machine for `cpu`, which is "host", "generic" or a name
/// that LLVM knows. Code is position independent.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(StringRef cpu, unsigned optimizationLevel);

/// The width of the widest vector registers of `machine`, in bits.
unsigned getVectorBits(const llvm::TargetMachine &machine);

/// Whether `machine` has AVX-512 BF16, for vectors of any width.
bool hasBF16Dot(const llvm::TargetMachine &machine);

/// Whether `machine` permutes the bytes of a vector of 512 bits by a vector of
/// indices (AVX-512 VBMI).
bool hasBytePermute(const llvm::TargetMachine &machine);

/// An error if `machine` has instructions that this machine cannot execute.
llvm::Error checkRunsHere(const llvm::TargetMachine &machine);

} // namespace mlir::ditto

#endif // DITTO_LIB_COMPILER_TARGET_H
