//===- Chain.h - Movement from a broadcast to a repeat ----------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_RAISE_CHAIN_H
#define DITTO_LIB_RAISE_CHAIN_H

#include "ditto/Analysis/DigitLayout.h"

namespace mlir::ditto {

/// Movement ops in a row, each moves the result of the one before it, and the
/// layout of what the last one results in.
struct Chain {
  SmallVector<Operation *> ops;
  DigitLayout layout;

  Operation *getEnd() const { return ops.back(); }

  /// Appends `op`, or says why its step fails.
  LogicalResult append(Operation *op, std::string &reason);

  /// How the source spells the chain, as in "broadcast + collapse_shape".
  std::string getSpelling() const;
};

struct Chains {
  /// From one broadcast to each value that joins its counts. When all of them
  /// are replaced the broadcast is dead, unless it is such a value itself.
  std::vector<Chain> chains;
  std::string reason;
  /// Whether, though there are no chains, a reshape follows the broadcast,
  /// which may well be a repeat.
  bool isMissed = false;
};

/// The chains that begin with `op`. If there are none, `reason` says why; with
/// `raisePlain` a broadcast that is not joined with anything is a chain too.
Chains findChains(Operation *op, bool raisePlain);

/// Whether the movement that follows `op` joins dimensions of its result with
/// others, if those are counts.
bool isJoinedLater(Operation *op, ArrayRef<int64_t> counts);

/// Whether two arrangements of digits differ in unit dimensions only.
bool movesOnlyUnits(const DigitLayout &layout);

} // namespace mlir::ditto

#endif // DITTO_LIB_RAISE_CHAIN_H
