//===- SinkCost.cpp - Whether sinking repeats saves work ------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SinkCost.h"

#include "Flops.h"
#include "TosaElementwise.h"
#include "ditto/Analysis/IndexedCopy.h"
#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

/// The most readers that are looked at: every op asks about its own.
static constexpr unsigned kMaxReaders = 32;

//===----------------------------------------------------------------------===//
// What vanishes
//===----------------------------------------------------------------------===//

/// Whether `user` only moves `value`.
static bool moves(Operation *user, Value value) {
  std::string ignored;
  return getMovedValue(user, ignored) == value;
}

/// Whether repeats sink below `op`, which is no linalg op, as a rule.
static bool isShapedOp(Operation *op) {
  return OpTrait::hasElementwiseMappableTraits(op) || isTosaElementwise(op) ||
         isa<tensor::ConcatOp, tensor::ExtractSliceOp>(op);
}

/// The op that reads what `user` uses: where that extracts for a copy by index,
/// the copy.
static Operation *getReader(Operation *user) {
  auto copy = dyn_cast<linalg::GenericOp>(user->getParentOp());
  return copy && getIndexedExtract(copy) == user ? copy.getOperation() : user;
}

/// Whether products read the results of `op` in the end, and nobody else.
static bool endsInProducts(Operation *op) {
  SmallVector<Value> worklist(op->getResults());
  unsigned numReaders = 0;
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    for (Operation *user : value.getUsers()) {
      if (++numReaders > kMaxReaders)
        return false;
      user = getReader(user);
      auto reader = dyn_cast<linalg::LinalgOp>(user);
      if (isa<tensor::DimOp, tosa::MatMulOp>(user) ||
          (reader && linalg::isaContractionOpInterface(reader)))
        continue;
      if (!reader && !isShapedOp(user) && !moves(user, value))
        return false;
      llvm::append_range(worklist, user->getResults());
    }
  }
  return true;
}

/// Whether `reader` could read what its operands repeat, like `op`.
static bool canRewrite(linalg::LinalgOp reader) {
  std::string ignored;
  auto acceptAll = [](OpOperand &, const RepeatedOperand &) { return true; };
  return succeeded(LoopRewrite::get(reader, acceptAll, ignored));
}

/// Whether nobody needs `value`, which moves what is repeated, once `op` and
/// other ops like it read something else.
static bool isDispensable(Value value, Operation *op, unsigned &numReaders) {
  return llvm::all_of(value.getUsers(), [&](Operation *user) {
    if (getReader(user) == op)
      return true;
    if (++numReaders > kMaxReaders)
      return false;
    if (moves(user, value))
      return isDispensable(user->getResult(0), op, numReaders);
    auto reader = dyn_cast<linalg::LinalgOp>(user);
    return isa<tensor::DimOp, tosa::MatMulOp>(user) || isShapedOp(user) ||
           (reader && canRewrite(reader));
  });
}

/// The ops that copy for `op`, and for others like it, alone.
static SetVector<Operation *>
getDispensableCopies(Operation *op, ArrayRef<RepeatedOperand> repeats) {
  SetVector<Operation *> copies;
  unsigned numReaders = 0;
  for (const RepeatedOperand &repeat : repeats)
    for (Operation *copy : llvm::reverse(repeat.ops)) {
      if (!isDispensable(copy->getResult(0), op, numReaders))
        break;
      if (isa<RepeatOp, RepeatInterleaveOp, linalg::LinalgOp>(copy))
        copies.insert(copy);
    }
  return copies;
}

//===----------------------------------------------------------------------===//
// Counting
//===----------------------------------------------------------------------===//

namespace {
/// A number of operations and of elements, as far as it is known.
class Work {
public:
  Work &operator+=(Work other) {
    isKnown &= other.isKnown;
    number = llvm::SaturatingAdd(number, other.number);
    return *this;
  }
  Work &operator/=(const SymbolicSize &size) {
    isKnown &= size.isStatic();
    number /= std::max<uint64_t>(size.getNumber(), 1);
    return *this;
  }
  static Work ofTurns(ArrayRef<int64_t> extents, uint64_t perTurn = 1) {
    Work work{true, perTurn};
    for (int64_t extent : extents) {
      work.isKnown &= ShapedType::isStatic(extent);
      work.number =
          llvm::SaturatingMultiply(work.number, static_cast<uint64_t>(extent));
    }
    return work;
  }
  static Work ofElements(Value value) {
    return ofTurns(cast<RankedTensorType>(value.getType()).getShape());
  }
  /// A slice is a view.
  static Work of(Operation *op) {
    if (isa<tensor::ExtractSliceOp>(op))
      return {true, 0};
    LoopWork loops = getLoopWork(op);
    return ofTurns(
        loops.extents,
        std::max<int64_t>(loops.flopsPerTurn.value_or(0), op->getNumResults()));
  }

  bool isKnown = true;
  uint64_t number = 0;
};
} // namespace

/// Whether it pays to repeat the results of `op` by `counts`, where `copies`
/// are no longer needed.
static bool pays(Operation *op, ArrayRef<Operation *> copies,
                 ArrayRef<SymbolicSize> counts) {
  Work before = Work::of(op), after = before;
  for (const SymbolicSize &count : counts)
    after /= count;
  for (Operation *copy : copies)
    before += Work::ofElements(copy->getResult(0));
  for (Value result : op->getResults())
    after += Work::ofElements(result);
  if (before.isKnown && after.isKnown)
    return after.number <= before.number;
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  return !copies.empty() || (linalgOp && linalgOp.getNumReductionLoops() > 0);
}

bool mlir::ditto::paysToSink(LoopRewrite &rewrite) {
  linalg::LinalgOp op = rewrite.getOp();
  if (endsInProducts(op))
    return true;
  SetVector<Operation *> copies;
  // Folding alone has no need of them either.
  if (!rewrite.folds() || rewrite.isContraction())
    copies = getDispensableCopies(op, rewrite.getRepeats());
  return pays(op, copies.getArrayRef(), rewrite.getNeedlessSizes());
}

bool mlir::ditto::paysToSinkBelow(Operation *op,
                                  ArrayRef<RepeatedOperand> repeats,
                                  ArrayRef<SymbolicSize> counts) {
  return endsInProducts(op) ||
         pays(op, getDispensableCopies(op, repeats).getArrayRef(), counts);
}
