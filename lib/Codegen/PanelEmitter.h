//===- PanelEmitter.h - A product with panels of an operand -----*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C[b, m, n] += A[b, m, k] * B[b, n, k], whatever the order of B's dimensions:
//
//   for b
//     for k0 step 256
//       for n0 step 32
//         panel[k, n] = B[b, n0 + n, k0 + k]          256 x 32, stays in the L1
//         C[b, :, n0 ..] += A[b, :, k0 ..] * panel
//
// The copy costs as much as a few rows of the product, and all rows profit: the
// panel is read as whole vectors from the first cache, where rows of B would be
// gathered, or lie a page apart.
//
// Where the CPU adds up products in pairs, two rows of the panel take turns, so
// that a vector of it is what one instruction multiplies with pairs of A:
//
//   panel[k / 2, 2 * n + p] = B[b, n0 + n, k0 + k + p], p in 0, 1
//
// Rows of B that are so short that the second cache holds as many as a panel
// has stay where they are.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_CODEGEN_PANELEMITTER_H
#define DITTO_LIB_CODEGEN_PANELEMITTER_H

#include "Loops.h"

#include "ditto/Codegen/TargetModel.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::ditto {

/// The loops of a contraction by what the packed operand does with them.
struct PanelLoops {
  /// The operand to pack.
  OpOperand *packed = nullptr;
  /// The last dimension of the result, and the innermost reduction.
  unsigned column = 0, reduction = 0;
  /// Parallel dimensions that the packed operand does not depend on.
  SmallVector<unsigned> rows;
  /// All others.
  SmallVector<unsigned> outer;
};

/// The operand of `op` that depends on the result's last dimension, if there is
/// one, and its loops.
FailureOr<PanelLoops> findPanelLoops(linalg::LinalgOp op,
                                     RewriterBase &rewriter);

/// What becomes of the part of the packed operand that a product reads.
enum class PanelForm {
  /// It is copied into a panel, transposed if need be,
  Copied,
  /// in which rows take turns,
  Interleaved,
  /// or read where it is.
  InPlace,
};

/// Emits the loops around one product and its panel.
class PanelEmitter {
public:
  PanelEmitter(linalg::LinalgOp op, const PanelLoops &loops,
               const TargetModel &target, bool parallel,
               RewriterBase &rewriter);

  void emit();
  /// The columns of a panel, and the reduced elements of a whole one.
  int64_t getWidth() const { return width; }
  int64_t getDepth() const { return depth; }
  PanelForm getForm() const { return form; }

private:
  PanelForm chooseForm(const TargetModel &target);
  bool isColumnLast();
  void emitLoops(ArrayRef<DimLoop> dimLoops, bool shared,
                 function_ref<void()> body);
  void withScratch(function_ref<void()> body);
  void emitReductionLoop();
  void emitColumnLoops();
  void emitColumnLoop(OpFoldResult lower, OpFoldResult upper,
                      OpFoldResult columns);
  void emitProducts();
  void emitPairs();
  void emitProduct(Value matrix, PanelForm matrixForm);
  Value createSlice(OpOperand &operand);
  Value viewScratch(OpFoldResult rows, OpFoldResult columns, int64_t pitch);
  Value createPanel();
  Value createPairPanel();
  OpFoldResult countPairs(OpFoldResult size);
  Value splitInPairs(Value buffer, int64_t dim, OpFoldResult size);

  linalg::LinalgOp op;
  const PanelLoops &loops;
  bool parallel;
  RewriterBase &rewriter;
  Location loc;
  int64_t width, depth;
  PanelForm form;
  Value scratch;
  /// If `parallel`: whether threads share the outer loops or those over
  /// columns.
  bool threadsShareOuter = false;
  /// Per dimension of `op`, the part of it that the innermost loop works on.
  SmallVector<OpFoldResult> offsets, sizes;
  SmallVector<OpFoldResult> extents;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_CODEGEN_PANELEMITTER_H
