//===- FoldPatterns.h - Families of folding patterns ------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_TRANSFORMS_FOLDPATTERNS_H
#define DITTO_LIB_TRANSFORMS_FOLDPATTERNS_H

#include "ditto/Transforms/Patterns.h"

namespace mlir::ditto {

/// Folding into tensor.extract.
void populateFoldIntoExtract(RewritePatternSet &patterns,
                             const RepeatControl &control);

/// Folding into tosa.matmul.
void populateFoldIntoTosaMatmul(RewritePatternSet &patterns,
                                const RepeatControl &control);

/// Folding into elementwise ops of TOSA.
void populateFoldIntoTosaElementwise(RewritePatternSet &patterns,
                                     const RepeatControl &control);

} // namespace mlir::ditto

#endif // DITTO_LIB_TRANSFORMS_FOLDPATTERNS_H
