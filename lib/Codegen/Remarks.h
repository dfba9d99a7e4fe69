//===- Remarks.h - What the stage says about each op ------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Remarks of category `ditto-codegen`, each about one linalg op. Words are only
// put together where somebody wants to read them.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_REMARKS_H
#define DITTO_LIB_CODEGEN_REMARKS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::ditto {

/// How many steps of its dimensions an op takes at once: `d0:4 d1:32`. Those
/// that it walks step by step are left out; a width of 0 means all steps.
std::string describeTile(ArrayRef<int64_t> widths);

/// Passed, `Vectorised`: vector loops have been emitted for `op`.
///   Op      its name
///   Form    `lanes along d1`: a vector is elements of the results
///           `lanes reduce d2`: a vector is partial results
///           `permuted lanes`: whole vectors of short runs
///           `permuted windows`: columns that all rows take
///           `transposed blocks`: squares of vectors
///           `interleaved rows`: vectors of rows that take turns
///   Tile    what one turn of the loops computes
///   Rest    `masked`, where the last vector of a row is one in part
///   Stores  `streaming`, where large results are written past the caches
struct VectorForm {
  std::string form, tile;
  bool masksRest = false;
  bool streams = false;
};
void remarkVectorised(linalg::LinalgOp op, function_ref<VectorForm()> describe);

/// Passed, `Packed`: `op` reads its operand number `operand` from panels of
/// `depth` by `width` elements, where it has at least `rows` rows. They are
/// `copied` from it, `interleaved` in pairs of rows, or parts of it `in place`.
///   Op, Operand, Form, Panel, Rows
void remarkPacked(linalg::LinalgOp op, unsigned operand, StringRef form,
                  int64_t depth, int64_t width, int64_t rows);

/// Passed, `Fused`: `op` and `numProducers` that compute its operands are one
/// loop over blocks of rows.
///   Op         the name of `op`
///   Producers  their number
///   Tile       what a block is, of the loops of `op`
void remarkFused(linalg::LinalgOp op, unsigned numProducers,
                 ArrayRef<int64_t> tile);

/// Passed, `Parallel`: threads share the turns of a loop.
///   Function      what runs a part of it
///   Turns         how many there are
///   Instructions  about how many each takes
/// Either is `dynamic` where only the run knows.
void remarkParallel(Location loc, StringRef function, OpFoldResult turns,
                    OpFoldResult instructions);

/// Missed, `Parallel`: one thread runs the loop, for `reason`.
void remarkNotParallel(Location loc, const Twine &reason);

/// Gathers why patterns fail, for missed remarks. A listener of a rewriter;
/// nobody needs to listen where nobody wants to read.
class ReasonCollector : public RewriterBase::Listener {
public:
  void notifyMatchFailure(Location loc,
                          function_ref<void(Diagnostic &)> reason) override;

  /// Missed, `name`: `op` stays as it is.
  ///   Op      its name
  ///   Reason  each different one since the last remark
  void remarkMissed(StringRef name, linalg::LinalgOp op);
  /// Forgets the reasons so far.
  void clear() { reasons.clear(); }

private:
  SmallVector<std::string> reasons;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_REMARKS_H
