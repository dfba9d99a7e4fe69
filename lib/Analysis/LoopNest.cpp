//===- LoopNest.cpp - Indices as functions of loops -----------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopNest.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// A loop's own index
//===----------------------------------------------------------------------===//

/// Looks through conversions that keep every index of a tensor.
static Value skipConversions(Value value) {
  // index -> i64 -> index at most.
  for (unsigned step = 0; step < 2; ++step) {
    auto cast = value.getDefiningOp<arith::IndexCastOp>();
    if (!cast || !(cast.getType().isIndex() || cast.getType().isInteger(64)))
      return value;
    value = cast.getIn();
  }
  return value;
}

/// A broadcast that leaves it to run time whether a dimension has extent 1
/// says
///
///   %is1 = arith.cmpi eq, %size, %c1
///   %i = arith.select %is1, %c0, %index
///
/// which is %index where the loop's extent is %size: 1 means that %index is 0.
/// Indices that count from the end where they are negative say
///
///   %isNegative = arith.cmpi slt, %index, %c0
///   %i = arith.select %isNegative, %wrapped, %index
///
/// which is %index where that is a loop's.
std::optional<unsigned> LoopNest::getLoop(Value value) const {
  value = skipConversions(value);
  for (const Index &index : indices)
    if (index.value == value && index.begin == 0 && index.step == 1)
      return index.loop;
  auto select = value.getDefiningOp<arith::SelectOp>();
  auto compare = select ? select.getCondition().getDefiningOp<arith::CmpIOp>()
                        : arith::CmpIOp();
  if (!compare)
    return std::nullopt;
  Value index = skipConversions(select.getFalseValue());
  const auto *it =
      llvm::find_if(indices, [&](const Index &i) { return i.value == index; });
  if (it == indices.end() || it->begin != 0 || it->step != 1)
    return std::nullopt;
  bool isNegativeWrapped =
      compare.getPredicate() == arith::CmpIPredicate::slt &&
      skipConversions(compare.getLhs()) == index &&
      matchPattern(compare.getRhs(), m_Zero());
  bool isUnitBroadcast =
      compare.getPredicate() == arith::CmpIPredicate::eq &&
      compare.getLhs().getType().isIndex() &&
      matchPattern(compare.getRhs(), m_One()) &&
      matchPattern(select.getTrueValue(), m_Zero()) &&
      SymbolicSize::of(compare.getLhs()) == extents[it->loop];
  if (isNegativeWrapped || isUnitBroadcast)
    return it->loop;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Evaluated indices
//===----------------------------------------------------------------------===//

SmallVector<unsigned> LoopNest::getLoopsOf(ValueRange values) const {
  llvm::SmallSetVector<unsigned, 4> loops;
  llvm::SetVector<Value> reached(values.begin(), values.end());
  for (size_t next = 0; next < reached.size(); ++next) {
    Value value = reached[next];
    for (const Index &index : indices)
      if (index.value == value)
        loops.insert(index.loop);
    for (const Element &element : elements)
      if (element.value == value)
        for (unsigned loop = 0; loop < element.map.getNumDims(); ++loop)
          if (element.map.isFunctionOfDim(loop))
            loops.insert(loop);
    Operation *def = value.getDefiningOp();
    if (!def || !op->isProperAncestor(def))
      continue;
    def->walk([&](Operation *inner) {
      reached.insert(inner->operand_begin(), inner->operand_end());
    });
  }
  SmallVector<unsigned> sorted(loops.begin(), loops.end());
  llvm::sort(sorted);
  return sorted;
}

/// Gives the indices and elements their values in an iteration.
void LoopNest::bind(At at) {
  evaluator.clearScalars();
  for (const Index &index : indices)
    evaluator.bind(index.value,
                   IntegerAttr::get(index.value.getType(),
                                    index.begin + at[index.loop] * index.step));
  for (const Element &element : elements) {
    const ConstantTensor *tensor = evaluator.getTensor(element.tensor);
    auto position = evaluate(element.map, at);
    evaluator.bind(element.value,
                   tensor && position ? tensor->at(*position) : Attribute());
  }
}

std::optional<int64_t> LoopNest::getNumber(OpFoldResult value, At at) {
  if (std::optional<int64_t> constant = getConstantIntValue(value))
    return constant;
  bind(at);
  return evaluator.getInteger(cast<Value>(value));
}

FailureOr<IndexSum> LoopNest::read(ArrayRef<unsigned> loops,
                                   FunctionOfLoops getValue,
                                   std::string &reason) {
  SmallVector<int64_t> ranges;
  for (unsigned loop : loops)
    ranges.push_back(extents[loop].isStatic() ? extents[loop].getStatic()
                                              : ShapedType::kDynamic);
  if (!getBoundedSize(ranges))
    return fail(reason, "expected few and static iterations of the loops that "
                        "an index depends on");
  // Along each loop alone; then all of them are the sum.
  IndexSum sum;
  SmallVector<SmallVector<int64_t>> tables;
  SmallVector<int64_t> at(extents.size(), 0);
  for (auto [loop, range] : llvm::zip_equal(loops, ranges)) {
    SmallVector<int64_t> &table = tables.emplace_back();
    for (at[loop] = 0; at[loop] < range; ++at[loop]) {
      std::optional<int64_t> value = getValue(at);
      if (!value)
        return fail(reason, "expected indices of loops and constants only");
      table.push_back(*value);
    }
    at[loop] = 0;
    auto digits = readDigits(table, reason);
    if (failed(digits))
      return failure();
    for (const TableDigit &digit : *digits)
      if (digit.stride != 0)
        sum.push_back({{LoopPart{loop, digit.inner, digit.size}},
                       SymbolicSize(digit.size),
                       digit.stride});
  }
  bool isSum = forEachIndex(ranges, [&](ArrayRef<int64_t> index) {
    int64_t expected = 0;
    for (auto [loop, table, i] : llvm::zip_equal(loops, tables, index)) {
      at[loop] = i;
      expected += table[i];
    }
    return getValue(at) == expected;
  });
  if (!isSum)
    return fail(reason, "expected an index that is a sum over loops");
  return sum;
}

FailureOr<IndexSum> LoopNest::read(ValueRange inputs, Function getValue,
                                   std::string &reason) {
  return read(
      getLoopsOf(inputs),
      [&](At at) {
        bind(at);
        return getValue(evaluator);
      },
      reason);
}

FailureOr<IndexSum> LoopNest::read(Value index, std::string &reason) {
  return read(
      ValueRange(index),
      [&](Evaluator &evaluator) { return evaluator.getInteger(index); },
      reason);
}

FailureOr<IndexSum> LoopNest::read(AffineExpr index, std::string &reason) {
  SmallVector<unsigned> loops;
  for (unsigned loop = 0; loop < extents.size(); ++loop)
    if (index.isFunctionOfDim(loop))
      loops.push_back(loop);
  return read(loops, [&](At at) { return evaluate(index, at); }, reason);
}
