//===- Remarks.h - What the stages say about repeats ------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Remarks of category `ditto` about single repeats, with the name of the pass
// as sub-category. A repeat keeps its location from the first op of the
// spelling it was raised from to its last use, so that remarks of one location
// tell one story.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TRANSFORMS_REMARKS_H
#define DITTO_TRANSFORMS_REMARKS_H

#include "mlir/IR/Operation.h"

#include <optional>

namespace mlir::ditto {

/// The size of a tensor in bytes, in a remark's words: a number, or `?` where
/// it is not known before run time.
std::string describeBytes(Type type);

/// The arithmetic operations that a reader of a repeat executed, and how many
/// fewer it does now: 0 where they are unchanged, which may be known where
/// their number is not. Each counts as one, in floats or integers; conversions,
/// moves and the arithmetic of indices do not count.
struct FlopChange {
  std::optional<int64_t> before, saved;
};

/// The passes that the remarks come from.
constexpr StringLiteral kSinkPass = "ditto-sink-repeats";
constexpr StringLiteral kFoldPass = "ditto-fold-repeats";

/// A rewrite of an op that read repeats to one that reads what they repeat.
struct ReaderRewrite {
  /// The pass it belongs to.
  StringLiteral pass;
  /// The name of the op.
  StringRef reader;
  FlopChange flops;
  /// Whether the results of the op are repeated now.
  bool repeatsResults = false;
};

/// Passed, about the ditto op `repeat`, whose result nobody reads any more
/// since `rewrite`. `Sunk` where the results are repeated in its place, else
/// `Removed`.
///   Op          the name of `repeat`
///   Bytes       of the copy that is no longer made
///   Reader      the name of the op that was the last to read it
///   Flops       `flops.before`
///   FlopsSaved  `flops.saved`
void remarkGone(Operation *repeat, const ReaderRewrite &rewrite);

/// Missed, `Kept`: the ditto op `repeat` stays.
///   Op      the name of `repeat`
///   Bytes   of the copy that is made
///   Reason  why
void remarkKept(Operation *repeat, StringRef reason);

} // namespace mlir::ditto

#endif // DITTO_TRANSFORMS_REMARKS_H
