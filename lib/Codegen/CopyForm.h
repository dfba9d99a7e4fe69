//===- CopyForm.h - One of the ways to emit a copy --------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_COPYFORM_H
#define DITTO_LIB_CODEGEN_COPYFORM_H

#include "EmitterOptions.h"
#include "Remarks.h"

#include "ditto/Codegen/TargetModel.h"

namespace mlir::ditto {

/// What the emitters of copies share: the op, where it is emitted, and how.
class CopyEmitter {
public:
  CopyEmitter(linalg::LinalgOp op, EmitterOptions options,
              RewriterBase &rewriter)
      : op(op), options(options), rewriter(rewriter), loc(op.getLoc()) {}

protected:
  Value constantIndex(int64_t value);

  linalg::LinalgOp op;
  EmitterOptions options;
  RewriterBase &rewriter;
  Location loc;
};

/// The dimension of `op` along which `operand` has groups of `size` elements
/// one after the other. A group of more than one is the buffer's last
/// dimension, and known to be.
std::optional<unsigned> getContiguousDim(linalg::LinalgOp op,
                                         OpOperand &operand, int64_t size = 1);

/// The dimensions along which a transpose reads and writes groups of `size`
/// elements one after the other; nothing if `op` is no such transpose.
std::optional<std::pair<unsigned, unsigned>>
getTransposedDims(linalg::LinalgOp op, int64_t size = 1);

/// The buffer of `operand` with elements of their storage type, and such groups
/// as elements of its last dimension.
Value viewGroups(RewriterBase &rewriter, OpOperand &operand, int64_t size);

/// Emits `op` as an `EmitterT` does, before `op`, which stays, and remarks it;
/// or fails with what its `match` says to the rewriter's listener, before
/// anything is emitted. The emitters are `CopyEmitter`s that have `match`,
/// `emit` and `describe`.
template <typename EmitterT>
LogicalResult emitCopyForm(linalg::LinalgOp op, const TargetModel &target,
                           EmitterOptions options, RewriterBase &rewriter) {
  EmitterT emitter(op, options, rewriter);
  if (failed(emitter.match(target)))
    return failure();
  emitter.emit();
  remarkVectorised(op, [&] { return emitter.describe(); });
  return success();
}

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_COPYFORM_H
