//===- LoopNest.h - Indices as functions of loops ---------------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What an index expression in the body of a copy depends on, and the digits
// that it is made of. The spelling does not matter: an index that is not a
// loop's own is evaluated for every index of the loops that it depends on.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_ANALYSIS_LOOPNEST_H
#define DITTO_LIB_ANALYSIS_LOOPNEST_H

#include "DigitMap.h"
#include "Evaluator.h"

namespace mlir::ditto {

class LoopNest {
public:
  /// `op` has the loops; what is computed outside of it does not depend on
  /// them.
  LoopNest(Operation *op, ArrayRef<SymbolicSize> extents)
      : op(op), extents(extents) {}

  unsigned addLoop(SymbolicSize extent) {
    extents.push_back(extent);
    return extents.size() - 1;
  }
  SymbolicSize getExtent(unsigned loop) const { return extents[loop]; }
  ArrayRef<SymbolicSize> getExtents() const { return extents; }

  /// `index` is `begin` + `step` times the loop's index.
  void addIndex(Value index, unsigned loop, int64_t begin = 0,
                int64_t step = 1) {
    indices.push_back({index, loop, begin, step});
  }
  /// `element` is that of `tensor` at `map` of the loops' indices.
  void addElement(Value element, Value tensor, AffineMap map) {
    elements.push_back({element, tensor, map});
  }

  /// The loop whose own index `value` is in every iteration.
  std::optional<unsigned> getLoop(Value value) const;

  /// The digits of `getValue`, which may ask for the values of `inputs` in an
  /// iteration and of what they depend on.
  using Function = function_ref<std::optional<int64_t>(Evaluator &)>;
  FailureOr<IndexSum> read(ValueRange inputs, Function getValue,
                           std::string &reason);
  /// The digits of an index.
  FailureOr<IndexSum> read(Value index, std::string &reason);
  FailureOr<IndexSum> read(AffineExpr index, std::string &reason);
  /// The digits of a function of some loops, given the indices of all.
  using At = ArrayRef<int64_t>;
  using FunctionOfLoops = function_ref<std::optional<int64_t>(At)>;
  FailureOr<IndexSum> read(ArrayRef<unsigned> loops, FunctionOfLoops getValue,
                           std::string &reason);

  /// The loops that values depend on, in order, and the number that one of them
  /// is in an iteration.
  SmallVector<unsigned> getLoopsOf(ValueRange values) const;
  std::optional<int64_t> getNumber(OpFoldResult value, At at);

private:
  void bind(At at);

  struct Index {
    Value value;
    unsigned loop;
    int64_t begin, step;
  };
  struct Element {
    Value value, tensor;
    AffineMap map;
  };

  Operation *op;
  SmallVector<SymbolicSize> extents;
  SmallVector<Index> indices;
  SmallVector<Element> elements;
  Evaluator evaluator;
};

} // namespace mlir::ditto

#endif // DITTO_LIB_ANALYSIS_LOOPNEST_H
