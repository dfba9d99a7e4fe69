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

/// Passed, `Removed`: nobody reads the result of the ditto op `repeat` any
/// more; the last to do so, an op named `reader`, reads its operand instead.
///   Op          the name of `repeat`
///   Bytes       of the copy that is no longer made
///   Reader      the name of the op
///   Flops       `flops.before`
///   FlopsSaved  `flops.saved`
void remarkRemoved(Operation *repeat, StringLiteral pass, StringRef reader,
                   const FlopChange &flops);

/// Passed, `Sunk`: an op named `reader` that read the ditto op `repeat` now
/// runs before it, and a repeat of its result has taken its place. Has the same
/// arguments.
void remarkSunk(Operation *repeat, StringRef reader, const FlopChange &flops);

/// Missed, `Kept`: the ditto op `repeat` stays.
///   Op      the name of `repeat`
///   Bytes   of the copy that is made
///   Reason  why
void remarkKept(Operation *repeat, StringRef reason);

} // namespace mlir::ditto

#endif // DITTO_TRANSFORMS_REMARKS_H
