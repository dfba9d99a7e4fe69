//===- ApplyOnly.h - Patterns and nothing else ------------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_APPLYONLY_H
#define DITTO_ANALYSIS_APPLYONLY_H

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::ditto {

/// Applies `patterns` below `root`, without the driver's side effects: it would
/// fold ops, merge constants and simplify regions that have nothing to do with
/// repeats.
inline LogicalResult applyOnly(RewritePatternSet &&patterns, Operation *root) {
  GreedyRewriteConfig config;
  config.enableFolding(false)
      .enableConstantCSE(false)
      .setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
  return applyPatternsGreedily(root, std::move(patterns), config);
}

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_APPLYONLY_H
