//===- TileShape.h - How much one turn of the loops computes ----*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_TILESHAPE_H
#define DITTO_LIB_CODEGEN_TILESHAPE_H

#include "PairProducts.h"

#include "ditto/Codegen/TargetModel.h"

namespace mlir::ditto {

/// How many steps of each dimension the loops take at once: one loop after the
/// other, each over what those before it left. A dimension that is not listed
/// is walked step by step.
class TileShape {
public:
  /// The widths for `dim`, from wide to narrow, ending in 1 or `masksRest`.
  ArrayRef<int64_t> getWidths(unsigned dim) const {
    auto it = widths.find(dim);
    return it == widths.end() ? ArrayRef<int64_t>(one) : it->second;
  }

  void setWidths(unsigned dim, SmallVector<int64_t> value) {
    widths[dim] = std::move(value);
  }

  /// Which products are added up in pairs, where enough lanes are left for the
  /// sums of one instruction.
  PairForm getPairs() const { return pairs; }
  int64_t getPairSums() const { return pairSums; }
  void setPairs(PairForm form, int64_t sums) {
    pairs = form;
    pairSums = sums;
  }

  /// Whether what the widths leave of the vector dimension is one vector more,
  /// of the last width, with a mask.
  bool masksRest() const { return masks; }
  void setMasksRest() { masks = true; }

private:
  static constexpr int64_t one[] = {1};
  DenseMap<unsigned, SmallVector<int64_t>> widths;
  bool masks = false;
  PairForm pairs = PairForm::None;
  int64_t pairSums = 0;
};

/// The shape for `op` on `target`, whose accumulators fill half of the vector
/// registers: the others hold what is multiplied.
TileShape chooseTileShape(linalg::LinalgOp op, const VectorPlan &plan,
                          const TargetModel &target);

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_TILESHAPE_H
