//===- GatheredDim.h - Copies that index one dimension ----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_ANALYSIS_GATHEREDDIM_H
#define DITTO_ANALYSIS_GATHEREDDIM_H

#include "mlir/IR/OpDefinition.h"

#include <string>

namespace mlir::ditto {

/// A copy that walks along all dimensions of its source but one, which it reads
/// by an index:
///
///   result[.., t, ..] = source[.., index(t), ..]
struct GatheredDim {
  Value source;
  int64_t dim;
  /// index(0), index(1), …, where they are known. Any numbers.
  std::optional<SmallVector<int64_t>> constants;
  /// Otherwise index(t) is the element of this tensor at `t` in `indicesDim`
  /// and at 0 in its other dimensions, which have extent 1. Signed; elements
  /// below 0 may count from the end.
  Value indices;
  int64_t indicesDim = 0;
};

/// How `op` copies, or the reason why it does not do so along one dimension.
FailureOr<GatheredDim> getGatheredDim(Operation *op, std::string &reason);

} // namespace mlir::ditto

#endif // DITTO_ANALYSIS_GATHEREDDIM_H
