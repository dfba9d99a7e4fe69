//===- PerElementRepeat.h - Copies by indices as repeats --------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_RAISE_PERELEMENTREPEAT_H
#define DITTO_LIB_RAISE_PERELEMENTREPEAT_H

#include "ditto/Raise/Patterns.h"

namespace mlir::ditto {

/// `raisePerElementRepeat` as a pattern, which comes before those that take
/// copies apart.
void populatePerElementRepeatPatterns(RewritePatternSet &patterns,
                                      RaiseControl control);

} // namespace mlir::ditto

#endif // DITTO_LIB_RAISE_PERELEMENTREPEAT_H
