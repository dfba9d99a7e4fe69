//===- ReshapeGroups.h - The groups of expand and collapse_shape *- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_RESHAPEGROUPS_H
#define DITTO_ANALYSIS_RESHAPEGROUPS_H

#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"

namespace mlir::ditto {

/// The dimensions of each group of a reshape, which come in order. Its own
/// indices may be anything: the verifier looks at their lower 32 bits only.
template <typename ReshapeOp>
SmallVector<ReassociationIndices> getReshapeGroups(ReshapeOp op) {
  SmallVector<ReassociationIndices> groups = op.getReassociationIndices();
  int64_t next = 0;
  for (ReassociationIndices &group : groups)
    for (int64_t &dim : group)
      dim = next++;
  return groups;
}

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_RESHAPEGROUPS_H
