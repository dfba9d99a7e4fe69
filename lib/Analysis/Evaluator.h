//===- Evaluator.h - Values of constant index arithmetic --------*- C++ -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Frontends spell the index vector [0, 0, 1, 1, 2, 2] as a constant, or as an
// iota that some twenty ops divide, compare and select. The evaluator computes
// what such ops compute, within bounds, so that only the numbers matter.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_LIB_ANALYSIS_EVALUATOR_H
#define DITTO_LIB_ANALYSIS_EVALUATOR_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/DenseMap.h"

#include <optional>

namespace mlir::ditto {

/// The elements of a tensor, row-major, as integer or float attributes.
struct ConstantTensor {
  SmallVector<int64_t> shape;
  std::vector<Attribute> elements;

  /// Null where the index is out of bounds.
  Attribute at(ArrayRef<int64_t> index) const;
  /// Null likewise.
  Attribute *find(ArrayRef<int64_t> index);
};

/// Evaluates scalars and tensors. Bounded in time and depth: what would take
/// longer, like what is no constant, has no value.
class Evaluator {
public:
  /// Gives `value` an element until the next `clearScalars`.
  void bind(Value value, Attribute element) { scalars[value] = element; }
  void clearScalars() { scalars.clear(); }

  /// The value of a scalar, null if it has none. Ops of arith, math and affine
  /// are folded; scf.if takes its branch, scf.for its turns; tensor.extract
  /// reads `getTensor`.
  Attribute getScalar(Value value);
  std::optional<int64_t> getInteger(Value value);

  /// The elements of a tensor, null if they are unknown. They are computed
  /// once.
  const ConstantTensor *getTensor(Value value);

  /// Counts steps; whether there were that many left.
  bool takeSteps(size_t count) {
    bool suffices = count <= kMaxSteps - numSteps;
    numSteps = suffices ? numSteps + count : kMaxSteps;
    return suffices;
  }
  bool takeStep() { return takeSteps(1); }

  /// The most elements of a tensor, and the most steps of one evaluator.
  static constexpr int64_t kMaxElements = 1 << 13;
  static constexpr unsigned kMaxSteps = 1 << 18;

private:
  /// The longest dependence of one value on another.
  static constexpr unsigned kMaxDepth = 64;

  Attribute computeScalar(Value value);
  Attribute foldOp(OpResult result);
  std::optional<ConstantTensor> computeTensor(Value value);
  std::optional<ConstantTensor> runLinalg(linalg::LinalgOp op);
  std::optional<ConstantTensor> move(Operation *op);

  /// What a loop carries and results in: one of the two.
  struct Element {
    Attribute scalar;
    std::optional<ConstantTensor> tensor;
  };
  std::optional<Element> getElement(Value value);
  void carry(Value value, const Element &element);
  std::optional<SmallVector<Element, 0>> runLoop(scf::ForOp loop);

  DenseMap<Value, Attribute> scalars;
  /// Scalars that the iteration of a loop has, for tensors in its body too.
  DenseMap<Value, Attribute> carried;
  DenseMap<Value, std::unique_ptr<ConstantTensor>> tensors;
  unsigned numSteps = 0, depth = 0;
};

/// Calls `visit` for each index of a space of the given extents, row-major,
/// until it returns false. Returns whether it never did.
bool forEachIndex(ArrayRef<int64_t> extents,
                  function_ref<bool(ArrayRef<int64_t>)> visit);

/// The value of an expression of dimensions alone, none where it divides by
/// zero or does not fit in 64 bits.
std::optional<int64_t> evaluate(AffineExpr expr, ArrayRef<int64_t> dims);
std::optional<SmallVector<int64_t>> evaluate(AffineMap map,
                                             ArrayRef<int64_t> dims);

/// The number of elements if it is at most Evaluator::kMaxElements.
std::optional<int64_t> getBoundedSize(ArrayRef<int64_t> shape);

/// What an elementwise, joining or reducing op of TOSA makes of tensors of
/// integers, if `op` is one that index arithmetic is made of.
std::optional<ConstantTensor> evaluateTosa(Operation *op, Evaluator &evaluator);

/// The result of a concat, a slice, an insertion or a padding.
std::optional<ConstantTensor> evaluateParts(Operation *op,
                                            Evaluator &evaluator);

} // namespace mlir::ditto

#endif // DITTO_LIB_ANALYSIS_EVALUATOR_H
