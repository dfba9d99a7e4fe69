//===- DigitMap.h - A movement as parts of loop indices ---------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A copy walks over loops; each index on either side is a sum of parts of the
// loops' indices, times strides. Where the parts of each dimension are the
// digits of its index, the copy is a movement of digits:
//
//   for i in 12, j in 5:  r[i, j] = x[i floordiv 4, j]
//
//   loop i                  (i floordiv 4) mod 3, i mod 4    two digits
//   source dimension 0      the first of them                [i.0] [j]
//   result dimension 0      both                             [i.0 i.1] [j]
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_ANALYSIS_DIGITMAP_H
#define DITTO_LIB_ANALYSIS_DIGITMAP_H

#include "ditto/Analysis/DigitLayout.h"

namespace mlir::ditto {

/// Fails with a reason.
inline LogicalResult fail(std::string &reason, const Twine &why) {
  reason = why.str();
  return failure();
}

/// How one op moves the elements of `source` into its result: as a DigitLayout
/// of the source, without the digits being those of the source's dimensions.
struct DigitMap {
  Value source;
  SmallVector<SymbolicSize> sizes;
  /// Every element of the source is read, for each digit that no source
  /// dimension has once per index.
  SmallVector<DigitList> sourceDims;
  /// All digits, each once.
  SmallVector<DigitList> resultDims;

  /// Composes: makes the layout of `source` that of the result.
  LogicalResult applyTo(DigitLayout &layout, std::string &reason) const;
};

/// The part (index floordiv inner) mod size of a loop's index; all of it where
/// `size` is dynamic.
struct LoopPart {
  unsigned loop;
  int64_t inner = 1;
  int64_t size = ShapedType::kDynamic;
};

/// A term of a dimension's index: the number whose digits are `parts`,
/// outermost first, times a stride.
struct IndexTerm {
  SmallVector<LoopPart, 1> parts;
  SymbolicSize size;
  int64_t stride = 1;
};

/// A dimension's index.
using IndexSum = SmallVector<IndexTerm, 1>;

/// Builds the DigitMap of a copy from its loops and indices.
class DigitMapBuilder {
public:
  explicit DigitMapBuilder(ArrayRef<SymbolicSize> loops)
      : loops(loops.begin(), loops.end()) {}

  unsigned addLoop(SymbolicSize extent) {
    loops.push_back(extent);
    return loops.size() - 1;
  }
  SymbolicSize getLoop(unsigned loop) const { return loops[loop]; }

  /// The index that is a loop's own.
  IndexSum getWhole(unsigned loop) const {
    return {IndexTerm{{LoopPart{loop}}, loops[loop]}};
  }

  void addSourceDim(SymbolicSize extent, IndexSum index) {
    sourceDims.push_back({extent, std::move(index)});
  }
  void addResultDim(SymbolicSize extent, IndexSum index) {
    resultDims.push_back({extent, std::move(index)});
  }

  /// Fails with the reason where an index is no number of digits that covers
  /// its dimension, where a part of a loop's index occurs in two source
  /// dimensions, or not exactly once in the result.
  FailureOr<DigitMap> build(Value source, std::string &reason);

private:
  struct Dim {
    SymbolicSize extent;
    IndexSum index;
  };

  LogicalResult splitLoops(std::string &reason);
  void addDigits(const LoopPart &part, DigitList &digits) const;
  FailureOr<SmallVector<DigitList>> placeDigits(ArrayRef<Dim> dims,
                                                SmallVectorImpl<bool> &used,
                                                std::string &reason) const;

  SmallVector<SymbolicSize> loops;
  SmallVector<Dim> sourceDims, resultDims;
  /// The digits of each loop, outermost first, as pairs of what is inside of
  /// the digit and the digit.
  SmallVector<SmallVector<std::pair<int64_t, unsigned>>> digitsOfLoop;
  SmallVector<SymbolicSize> sizes;
};

/// A digit of the numbers 0, 1, …, as in LoopPart, and what it contributes to
/// a value that depends on them.
struct TableDigit {
  int64_t inner, size, stride;
};

/// The digits, outermost first, of which `values[j]` is the sum; those with
/// stride 0 do not matter. Fails with the reason where there are none.
FailureOr<SmallVector<TableDigit>> readDigits(ArrayRef<int64_t> values,
                                              std::string &reason);

} // namespace mlir::ditto

#endif // DITTO_LIB_ANALYSIS_DIGITMAP_H
