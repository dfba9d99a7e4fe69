//===- SizeReader.cpp - Reading sizes off the IR --------------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From an extent to where it comes from: tensors to the sizes that they were
// made with, sizes to the dimensions that they were computed from.
//
//===----------------------------------------------------------------------===//

#include "ditto/Analysis/ReshapeGroups.h"
#include "ditto/Analysis/SymbolicSize.h"
#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::ditto;

namespace mlir::ditto {
/// Reads one size. What it cannot see through it calls by its name.
class SizeReader {
public:
  explicit SizeReader(const SymbolicSize *bound) : bound(bound) {}

  SymbolicSize readDim(Value tensor, int64_t dim);
  SymbolicSize read(OpFoldResult size);

private:
  using Size = std::optional<SymbolicSize>;

  SymbolicSize readValue(Value value);
  Size readOp(Operation *op);
  Size readDimOf(OpResult tensor, int64_t dim);
  Size readElement(Value tensor, int64_t index);
  Size readProductOfDims(Value tensor, ArrayRef<int64_t> dims);
  Size readSumOfDims(ValueRange tensors, int64_t dim);
  Size readProduct(OpFoldResult lhs, const SymbolicSize &rhs);
  Size readQuotient(const SymbolicSize &dividend, const SymbolicSize &divisor);
  Size readEither(Value lhs, Value rhs);
  Size readSelect(arith::SelectOp op);
  Size readExpr(AffineExpr expr, AffineMap map, ValueRange operands);
  std::optional<bool> readComparison(arith::CmpIOp op);

  /// Whether the product does not wrap around.
  bool isExact(const SymbolicSize &size) const;
  /// Whether it neither does that nor is negative.
  bool isNatural(const SymbolicSize &size) const;

  const SymbolicSize *bound;
  /// A bound for the time that one size costs, and for the cycles that
  /// unreachable blocks may contain.
  unsigned budget = 64;
};
} // namespace mlir::ditto

SymbolicSize SymbolicSize::ofDim(Value tensor, int64_t dim,
                                 const SymbolicSize *bound) {
  return SizeReader(bound).readDim(tensor, dim);
}

SymbolicSize SymbolicSize::of(OpFoldResult size, const SymbolicSize *bound) {
  return SizeReader(bound).read(size);
}

//===----------------------------------------------------------------------===//
// Dimensions
//===----------------------------------------------------------------------===//

SymbolicSize SizeReader::readDim(Value tensor, int64_t dim) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (!type.isDynamicDim(dim))
    return SymbolicSize(type.getDimSize(dim));
  if (auto result = dyn_cast<OpResult>(tensor); result && budget > 0) {
    --budget;
    if (Size size = readDimOf(result, dim))
      return *size;
  }
  return SymbolicSize(SymbolicSize::Name{tensor, dim});
}

SizeReader::Size SizeReader::readProductOfDims(Value tensor,
                                               ArrayRef<int64_t> dims) {
  Size product = SymbolicSize(1);
  for (int64_t dim : dims)
    if (product)
      product = product->times(readDim(tensor, dim));
  return product;
}

/// The sum of one dimension of each tensor, of which one may be dynamic.
SizeReader::Size SizeReader::readSumOfDims(ValueRange tensors, int64_t dim) {
  Size sum = SymbolicSize(0);
  for (Value tensor : tensors) {
    SymbolicSize size = readDim(tensor, dim);
    if (sum && size.isStatic())
      sum = sum->plus(size.getStatic());
    else if (sum && sum->isStatic())
      sum = size.plus(sum->getStatic());
    else
      return std::nullopt;
  }
  return sum;
}

/// The dimension of the sliced tensor that dimension `dim` of the slice is.
static unsigned getSlicedDim(tensor::ExtractSliceOp op, int64_t dim) {
  llvm::SmallBitVector dropped = op.getDroppedDims();
  unsigned sliced = 0;
  while (dropped.test(sliced) || dim-- > 0)
    ++sliced;
  return sliced;
}

SizeReader::Size SizeReader::readDimOf(OpResult tensor, int64_t dim) {
  return TypeSwitch<Operation *, Size>(tensor.getOwner())
      .Case([&](tensor::CastOp op) -> Size {
        if (isa<RankedTensorType>(op.getSource().getType()))
          return readDim(op.getSource(), dim);
        return std::nullopt;
      })
      .Case([&](tensor::EmptyOp op) { return read(op.getMixedSizes()[dim]); })
      .Case([&](tensor::ExpandShapeOp op) {
        return read(op.getMixedOutputShape()[dim]);
      })
      .Case([&](tensor::CollapseShapeOp op) {
        return readProductOfDims(op.getSrc(), getReshapeGroups(op)[dim]);
      })
      .Case(
          [&](tensor::ReshapeOp op) { return readElement(op.getShape(), dim); })
      .Case([&](tensor::ExtractSliceOp op) {
        return read(op.getMixedSizes()[getSlicedDim(op, dim)]);
      })
      .Case([&](tensor::ConcatOp op) -> Size {
        return dim == static_cast<int64_t>(op.getDim())
                   ? readSumOfDims(op.getInputs(), dim)
                   : readDim(op.getInputs().front(), dim);
      })
      .Case([&](RepeatOp op) -> Size {
        int64_t source = dim - op.getNumNewDims();
        OpFoldResult count = op.getMixedCounts()[dim];
        return source < 0 ? read(count)
                          : readProduct(count, readDim(op.getInput(), source));
      })
      .Case([&](RepeatInterleaveOp op) -> Size {
        if (op.getCountsTensor() || op.isFlattened())
          return std::nullopt;
        SymbolicSize source = readDim(op.getInput(), dim);
        return dim == op.getResultDim()
                   ? readProduct(op.getMixedCount(), source)
                   : source;
      })
      .Case([&](DestinationStyleOpInterface op) {
        return readDim(op.getTiedOpOperand(tensor)->get(), dim);
      })
      .Default([](Operation *) { return std::nullopt; });
}

//===----------------------------------------------------------------------===//
// Elements of shapes
//===----------------------------------------------------------------------===//

SizeReader::Size SizeReader::readElement(Value tensor, int64_t index) {
  if (auto elements = tensor.getDefiningOp<tensor::FromElementsOp>())
    return read(elements.getElements()[index]);
  DenseIntElementsAttr constant;
  if (matchPattern(tensor, m_Constant(&constant))) {
    APInt element = constant.getValues<APInt>()[index];
    if (element.isNonNegative() && element.getSignificantBits() <= 64)
      return SymbolicSize(element.getSExtValue());
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

SymbolicSize SizeReader::read(OpFoldResult size) {
  // A negative constant is no extent: it keeps its name, its user its error.
  std::optional<int64_t> constant = getConstantIntValue(size);
  if (constant && *constant >= 0)
    return SymbolicSize(*constant);
  return readValue(cast<Value>(size));
}

/// Whether `type` is of 64 bits, like an index.
static bool is64Bits(Type type) { return type.isIndex() || type.isInteger(64); }

SymbolicSize SizeReader::readValue(Value value) {
  Operation *def = value.getDefiningOp();
  if (def && budget > 0 && is64Bits(value.getType())) {
    --budget;
    if (Size size = readOp(def)) {
      ArrayRef<SymbolicSize::Name> names = size->getNames();
      bool isName = names.size() == 1 && size->getNumber() == 1 &&
                    names.front().offset == 0;
      if (!size->isStatic() && !isName && !size->holder)
        size->holder = value;
      return *size;
    }
  }
  return SymbolicSize(SymbolicSize::Name{value});
}

SizeReader::Size SizeReader::readOp(Operation *op) {
  return TypeSwitch<Operation *, Size>(op)
      .Case([&](tensor::DimOp op) -> Size {
        std::optional<int64_t> dim = op.getConstantIndex();
        auto type = dyn_cast<RankedTensorType>(op.getSource().getType());
        if (!dim || !type || *dim < 0 || *dim >= type.getRank())
          return std::nullopt;
        return readDim(op.getSource(), *dim);
      })
      .Case<arith::IndexCastOp, arith::ExtSIOp>(
          [&](auto op) { return readValue(op.getIn()); })
      .Case([&](arith::IndexCastUIOp op) -> Size {
        // From fewer bits it would not keep the sign.
        if (!is64Bits(op.getIn().getType()))
          return std::nullopt;
        return readValue(op.getIn());
      })
      .Case([&](arith::MulIOp op) {
        return readProduct(op.getLhs(), read(op.getRhs()));
      })
      .Case([&](arith::AddIOp op) -> Size {
        if (std::optional<int64_t> rhs = getConstantIntValue(op.getRhs()))
          return read(op.getLhs()).plus(*rhs);
        if (std::optional<int64_t> lhs = getConstantIntValue(op.getLhs()))
          return read(op.getRhs()).plus(*lhs);
        return std::nullopt;
      })
      .Case<arith::DivSIOp, arith::DivUIOp, arith::FloorDivSIOp,
            arith::CeilDivSIOp, arith::CeilDivUIOp>([&](auto op) {
        return readQuotient(read(op.getLhs()), read(op.getRhs()));
      })
      .Case<arith::MaxSIOp, arith::MaxUIOp, arith::MinSIOp, arith::MinUIOp>(
          [&](auto op) { return readEither(op.getLhs(), op.getRhs()); })
      .Case([&](arith::SelectOp op) { return readSelect(op); })
      .Case([&](affine::AffineApplyOp op) {
        AffineMap map = op.getAffineMap();
        return readExpr(map.getResult(0), map, op.getMapOperands());
      })
      .Case([&](tensor::ExtractOp op) -> Size {
        std::optional<int64_t> index;
        if (op.getIndices().size() == 1)
          index = getConstantIntValue(op.getIndices().front());
        auto type = op.getTensor().getType();
        if (!index || *index < 0 || type.isDynamicDim(0) ||
            *index >= type.getDimSize(0))
          return std::nullopt;
        return readElement(op.getTensor(), *index);
      })
      .Default([](Operation *) { return std::nullopt; });
}

SizeReader::Size SizeReader::readProduct(OpFoldResult lhs,
                                         const SymbolicSize &rhs) {
  return read(lhs).times(rhs);
}

/// (a * b) / b is a where the product is exact. If b is 0, the division is
/// undefined; if a or another factor of the dividend is, both sides are 0.
SizeReader::Size SizeReader::readQuotient(const SymbolicSize &dividend,
                                          const SymbolicSize &divisor) {
  if (!isExact(dividend))
    return std::nullopt;
  return dividend.dividedBy(divisor);
}

SizeReader::Size SizeReader::readEither(Value lhs, Value rhs) {
  SymbolicSize size = read(lhs);
  if (size == read(rhs))
    return size;
  return std::nullopt;
}

SizeReader::Size SizeReader::readSelect(arith::SelectOp op) {
  auto comparison = op.getCondition().getDefiningOp<arith::CmpIOp>();
  std::optional<bool> holds;
  if (comparison)
    holds = readComparison(comparison);
  if (holds)
    return read(*holds ? op.getTrueValue() : op.getFalseValue());
  return readEither(op.getTrueValue(), op.getFalseValue());
}

SizeReader::Size SizeReader::readExpr(AffineExpr expr, AffineMap map,
                                      ValueRange operands) {
  if (auto constant = dyn_cast<AffineConstantExpr>(expr))
    return constant.getValue() >= 0 ? Size(SymbolicSize(constant.getValue()))
                                    : std::nullopt;
  if (auto dim = dyn_cast<AffineDimExpr>(expr))
    return read(operands[dim.getPosition()]);
  if (auto symbol = dyn_cast<AffineSymbolExpr>(expr))
    return read(operands[map.getNumDims() + symbol.getPosition()]);
  auto binary = cast<AffineBinaryOpExpr>(expr);
  Size lhs = readExpr(binary.getLHS(), map, operands);
  auto offset = dyn_cast<AffineConstantExpr>(binary.getRHS());
  if (lhs && offset && expr.getKind() == AffineExprKind::Add)
    return lhs->plus(offset.getValue());
  Size rhs = readExpr(binary.getRHS(), map, operands);
  if (!lhs || !rhs)
    return std::nullopt;
  switch (expr.getKind()) {
  case AffineExprKind::Mul:
    return lhs->times(*rhs);
  case AffineExprKind::FloorDiv:
  case AffineExprKind::CeilDiv:
    return readQuotient(*lhs, *rhs);
  default:
    return std::nullopt;
  }
}

//===----------------------------------------------------------------------===//
// What holds without wrapping around only
//===----------------------------------------------------------------------===//

bool SizeReader::isExact(const SymbolicSize &size) const {
  ArrayRef<SymbolicSize::Name> names = size.getNames();
  if (names.empty() || (names.size() == 1 && size.getNumber() == 1))
    return true;
  auto isWithin = [&](const SymbolicSize &bound) {
    SymbolicSize rest(bound);
    rest.number = size.getNumber();
    return size.getNumber() <= bound.getNumber() &&
           rest.dividedBy(size).has_value();
  };
  if (bound && isWithin(*bound))
    return true;
  // The first name's tensor, of whose dimensions all names may be.
  if (!names.front().isDim())
    return false;
  Value tensor = names.front().value;
  SmallVector<SymbolicSize> extents;
  auto type = cast<RankedTensorType>(tensor.getType());
  for (auto [dim, extent] : llvm::enumerate(type.getShape()))
    extents.push_back(ShapedType::isDynamic(extent)
                          ? SymbolicSize(SymbolicSize::Name{
                                tensor, static_cast<int64_t>(dim)})
                          : SymbolicSize(extent));
  return isWithin(SymbolicSize::getBound(extents));
}

bool SizeReader::isNatural(const SymbolicSize &size) const {
  return isExact(size) &&
         llvm::all_of(size.getNames(), [](const SymbolicSize::Name &name) {
           return name.isDim() && name.offset == 0;
         });
}

/// Frontends ask whether sizes are negative: torch's -1 is to be inferred,
/// other negative dimensions count from the end.
std::optional<bool> SizeReader::readComparison(arith::CmpIOp op) {
  if (!is64Bits(op.getLhs().getType()))
    return std::nullopt;
  std::optional<int64_t> number = getConstantIntValue(op.getRhs());
  SymbolicSize size = read(op.getLhs());
  using Predicate = arith::CmpIPredicate;
  Predicate predicate = op.getPredicate();
  bool isNegative = number && *number < 0;
  if (isNegative ||
      (number && *number == 0 &&
       (predicate == Predicate::slt || predicate == Predicate::sge))) {
    if (!isNatural(size))
      return std::nullopt;
    // As for 1 and a negative number.
    return arith::applyCmpPredicate(predicate, APInt(64, 1),
                                    APInt(64, *number, /*isSigned=*/true));
  }
  if (size == read(op.getRhs()))
    return arith::applyCmpPredicate(predicate, APInt(64, 1), APInt(64, 1));
  if (number && size.isStatic())
    return arith::applyCmpPredicate(predicate, APInt(64, size.getStatic()),
                                    APInt(64, *number));
  return std::nullopt;
}
