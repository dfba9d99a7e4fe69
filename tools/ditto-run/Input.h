//===- Input.h - Arguments from the command line ----------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TOOLS_DITTORUN_INPUT_H
#define DITTO_TOOLS_DITTORUN_INPUT_H

#include "ditto/Compiler/Array.h"
#include "ditto/Compiler/Signature.h"

#include <string>

namespace mlir::ditto {

/// Makes the arguments of a function from one `spec` each:
///   FILE.npy
///   zeros, iota, random    followed by a shape if dynamic: random:2x8
///   3, -1.5, true, nan     for a scalar or a tensor of rank 0
/// iota counts row-major, modulo what the type holds exactly; random floats are
/// in
/// [-1, 1), random integers in [0, 10) modulo their width.
llvm::Expected<SmallVector<Array>> makeInputs(const Signature &signature,
                                              ArrayRef<std::string> specs,
                                              uint64_t seed);

} // namespace mlir::ditto

#endif // DITTO_TOOLS_DITTORUN_INPUT_H
