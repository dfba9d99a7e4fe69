//===- EmitterOptions.h - How loops over vectors are emitted ----*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_EMITTEROPTIONS_H
#define DITTO_LIB_CODEGEN_EMITTEROPTIONS_H

namespace mlir::ditto {

struct EmitterOptions {
  /// Products may be added without being rounded first.
  bool contract = false;
  /// Vectors of results are written past the caches, where they are aligned.
  bool stream = false;
  /// Iterations of the outermost loops may run on several threads.
  bool parallel = false;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_EMITTEROPTIONS_H
