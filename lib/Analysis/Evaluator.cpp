//===- Evaluator.cpp - Values of constant index arithmetic ----------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Evaluator.h"

#include "ditto/Analysis/DigitLayout.h"
#include "ditto/IR/Ditto.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::ditto;

//===----------------------------------------------------------------------===//
// Index spaces
//===----------------------------------------------------------------------===//

std::optional<int64_t> mlir::ditto::getBoundedSize(ArrayRef<int64_t> shape) {
  int64_t size = 1;
  for (int64_t extent : shape)
    if (ShapedType::isDynamic(extent) ||
        llvm::MulOverflow(size, extent, size) || size > Evaluator::kMaxElements)
      return std::nullopt;
  return size;
}

bool mlir::ditto::forEachIndex(ArrayRef<int64_t> extents,
                               function_ref<bool(ArrayRef<int64_t>)> visit) {
  if (llvm::is_contained(extents, 0))
    return true;
  SmallVector<int64_t> index(extents.size(), 0);
  while (visit(index)) {
    size_t dim = extents.size();
    while (dim > 0 && ++index[dim - 1] == extents[dim - 1])
      index[--dim] = 0;
    if (dim == 0)
      return true;
  }
  return false;
}

std::optional<int64_t> mlir::ditto::evaluate(AffineExpr expr,
                                             ArrayRef<int64_t> dims) {
  if (auto constant = dyn_cast<AffineConstantExpr>(expr))
    return constant.getValue();
  if (auto dim = dyn_cast<AffineDimExpr>(expr))
    return dims[dim.getPosition()];
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary)
    return std::nullopt;
  std::optional<int64_t> lhs = evaluate(binary.getLHS(), dims);
  std::optional<int64_t> rhs = evaluate(binary.getRHS(), dims);
  int64_t result;
  if (!lhs || !rhs)
    return std::nullopt;
  switch (expr.getKind()) {
  case AffineExprKind::Add:
    return llvm::AddOverflow(*lhs, *rhs, result) ? std::nullopt
                                                 : std::optional(result);
  case AffineExprKind::Mul:
    return llvm::MulOverflow(*lhs, *rhs, result) ? std::nullopt
                                                 : std::optional(result);
  case AffineExprKind::FloorDiv:
    return *rhs > 0
               ? std::optional<int64_t>(llvm::divideFloorSigned(*lhs, *rhs))
               : std::nullopt;
  case AffineExprKind::CeilDiv:
    return *rhs > 0 ? std::optional<int64_t>(llvm::divideCeilSigned(*lhs, *rhs))
                    : std::nullopt;
  case AffineExprKind::Mod:
    return *rhs > 0 ? std::optional(*lhs % *rhs + (*lhs % *rhs < 0 ? *rhs : 0))
                    : std::nullopt;
  default:
    return std::nullopt;
  }
}

std::optional<SmallVector<int64_t>>
mlir::ditto::evaluate(AffineMap map, ArrayRef<int64_t> dims) {
  SmallVector<int64_t> values;
  for (AffineExpr expr : map.getResults()) {
    std::optional<int64_t> value = evaluate(expr, dims);
    if (!value)
      return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

/// The row-major position of an index, none where it is out of bounds.
static std::optional<int64_t> linearize(ArrayRef<int64_t> shape,
                                        ArrayRef<int64_t> index) {
  int64_t position = 0;
  for (auto [extent, at] : llvm::zip_equal(shape, index)) {
    if (at < 0 || at >= extent)
      return std::nullopt;
    position = position * extent + at;
  }
  return position;
}

Attribute ConstantTensor::at(ArrayRef<int64_t> index) const {
  std::optional<int64_t> position = linearize(shape, index);
  return position ? elements[*position] : Attribute();
}

Attribute *ConstantTensor::find(ArrayRef<int64_t> index) {
  std::optional<int64_t> position = linearize(shape, index);
  return position ? &elements[*position] : nullptr;
}

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

Attribute Evaluator::getScalar(Value value) {
  if (auto it = carried.find(value); it != carried.end())
    return it->second;
  if (auto it = scalars.find(value); it != scalars.end())
    return it->second;
  if (depth >= kMaxDepth || !takeStep())
    return {};
  ++depth;
  Attribute element = computeScalar(value);
  --depth;
  scalars[value] = element;
  return element;
}

std::optional<int64_t> Evaluator::getInteger(Value value) {
  auto integer = dyn_cast_or_null<IntegerAttr>(getScalar(value));
  if (!integer || integer.getValue().getSignificantBits() > 64)
    return std::nullopt;
  return integer.getValue().getSExtValue();
}

Attribute Evaluator::computeScalar(Value value) {
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return {};
  Operation *op = result.getOwner();
  Attribute constant;
  if (matchPattern(op, m_Constant(&constant)))
    return constant;
  // Only what is chosen needs a value.
  if (auto select = dyn_cast<arith::SelectOp>(op)) {
    std::optional<int64_t> condition = getInteger(select.getCondition());
    if (!condition)
      return {};
    return getScalar(*condition ? select.getTrueValue()
                                : select.getFalseValue());
  }
  if (auto branch = dyn_cast<scf::IfOp>(op)) {
    std::optional<int64_t> condition = getInteger(branch.getCondition());
    if (!condition)
      return {};
    Block *taken = *condition ? branch.thenBlock() : branch.elseBlock();
    return getScalar(
        taken->getTerminator()->getOperand(result.getResultNumber()));
  }
  if (auto loop = dyn_cast<scf::ForOp>(op)) {
    std::optional<SmallVector<Element, 0>> results = runLoop(loop);
    return results ? (*results)[result.getResultNumber()].scalar : Attribute();
  }
  if (auto extract = dyn_cast<tensor::ExtractOp>(op)) {
    SmallVector<int64_t> index;
    for (Value operand : extract.getIndices()) {
      std::optional<int64_t> at = getInteger(operand);
      if (!at)
        return {};
      index.push_back(*at);
    }
    const ConstantTensor *tensor = getTensor(extract.getTensor());
    return tensor ? tensor->at(index) : Attribute();
  }
  return foldOp(result);
}

/// Whether the folder of `op` writes nothing into it, given constants for all
/// operands.
static bool isFoldedWithoutChange(Operation *op) {
  // These move constants of their operand list into an attribute.
  if (auto delinearize = dyn_cast<affine::AffineDelinearizeIndexOp>(op))
    return delinearize.getDynamicBasis().empty();
  if (auto linearize = dyn_cast<affine::AffineLinearizeIndexOp>(op))
    return linearize.getDynamicBasis().empty();
  return isa_and_nonnull<arith::ArithDialect, math::MathDialect,
                         affine::AffineDialect>(op->getDialect()) &&
         op->getNumRegions() == 0 && isMemoryEffectFree(op);
}

Attribute Evaluator::foldOp(OpResult result) {
  Operation *op = result.getOwner();
  if (!isFoldedWithoutChange(op))
    return {};
  SmallVector<Attribute> operands;
  for (Value operand : op->getOperands()) {
    if (!operands.emplace_back(getScalar(operand)))
      return {};
  }
  SmallVector<OpFoldResult> folded;
  if (failed(op->fold(operands, folded)) || folded.empty())
    return {};
  OpFoldResult element = folded[result.getResultNumber()];
  if (auto value = dyn_cast<Value>(element))
    return getScalar(value);
  auto attribute = cast<Attribute>(element);
  return isa<IntegerAttr, FloatAttr>(attribute) ? attribute : Attribute();
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

const ConstantTensor *Evaluator::getTensor(Value value) {
  auto it = tensors.find(value);
  if (it != tensors.end())
    return it->second.get();
  // Cycles of unreachable blocks end here.
  tensors[value] = nullptr;
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || !getBoundedSize(type.getShape()) || depth >= kMaxDepth)
    return nullptr;
  ++depth;
  auto outerScalars = std::exchange(scalars, DenseMap<Value, Attribute>());
  std::optional<ConstantTensor> tensor = computeTensor(value);
  scalars = std::move(outerScalars);
  --depth;
  if (!tensor || llvm::is_contained(tensor->elements, Attribute()))
    return nullptr;
  return (tensors[value] = std::make_unique<ConstantTensor>(std::move(*tensor)))
      .get();
}

/// The elements of a resource, null if it is not there or of another size.
static DenseElementsAttr fromResource(DenseResourceElementsAttr attribute) {
  AsmResourceBlob *blob = attribute.getRawHandle().getBlob();
  ShapedType type = attribute.getType();
  std::optional<int64_t> size = getBoundedSize(type.getShape());
  unsigned width =
      type.getElementType().isIntOrFloat() ? type.getElementTypeBitWidth() : 0;
  // Smaller elements may be packed.
  if (!blob || !size || width < 8 || width % 8 != 0 ||
      int64_t(blob->getData().size()) != *size * (width / 8))
    return {};
  return DenseElementsAttr::getFromRawBuffer(type, blob->getData());
}

static std::optional<ConstantTensor> fromAttribute(Attribute attribute) {
  if (auto resource = dyn_cast_or_null<DenseResourceElementsAttr>(attribute))
    attribute = fromResource(resource);
  auto dense = dyn_cast_or_null<DenseElementsAttr>(attribute);
  if (!dense || !isa<IntegerType, IndexType, FloatType>(dense.getElementType()))
    return std::nullopt;
  auto values = dense.getValues<Attribute>();
  return ConstantTensor{SmallVector<int64_t>(dense.getType().getShape()),
                        std::vector<Attribute>(values.begin(), values.end())};
}

std::optional<ConstantTensor> Evaluator::computeTensor(Value value) {
  Operation *op = value.getDefiningOp();
  if (auto loop = dyn_cast_or_null<scf::ForOp>(op)) {
    std::optional<SmallVector<Element, 0>> results = runLoop(loop);
    unsigned number = cast<OpResult>(value).getResultNumber();
    return results ? (*results)[number].tensor : std::nullopt;
  }
  if (!op || op->getNumResults() != 1)
    return std::nullopt;
  ArrayRef<int64_t> shape = cast<RankedTensorType>(value.getType()).getShape();
  Attribute constant;
  if (matchPattern(op, m_Constant(&constant)))
    return fromAttribute(constant);
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return runLinalg(linalgOp);
  if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::CastOp,
          tosa::ReshapeOp, tosa::TransposeOp, tosa::TileOp, RepeatOp,
          RepeatInterleaveOp>(op))
    return move(op);
  if (isa<tensor::ConcatOp, tensor::ExtractSliceOp, tensor::InsertSliceOp,
          tensor::InsertOp, tensor::PadOp, tosa::ConcatOp, tosa::SliceOp,
          tosa::PadOp>(op))
    return evaluateParts(op, *this);
  if (isa<tosa::TosaDialect>(op->getDialect()))
    return evaluateTosa(op, *this);
  if (auto elements = dyn_cast<tensor::FromElementsOp>(op)) {
    ConstantTensor result{SmallVector<int64_t>(shape), {}};
    for (Value element : elements.getElements())
      result.elements.push_back(getScalar(element));
    return result;
  }
  if (!isFoldedWithoutChange(op))
    return std::nullopt;
  // Elementwise ops fold whole tensors.
  SmallVector<Attribute> operands;
  for (Value operand : op->getOperands()) {
    const ConstantTensor *tensor = getTensor(operand);
    if (!tensor)
      return std::nullopt;
    operands.push_back(DenseElementsAttr::get(
        cast<ShapedType>(operand.getType()), ArrayRef(tensor->elements)));
  }
  SmallVector<OpFoldResult> folded;
  if (failed(op->fold(operands, folded)) || folded.empty())
    return std::nullopt;
  if (auto same = dyn_cast<Value>(folded.front())) {
    const ConstantTensor *tensor = getTensor(same);
    return tensor ? std::optional(*tensor) : std::nullopt;
  }
  return fromAttribute(cast<Attribute>(folded.front()));
}

/// Runs the loops, with the body's ops evaluated one by one.
std::optional<ConstantTensor> Evaluator::runLinalg(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics() || op.getNumDpsInits() != 1)
    return std::nullopt;
  SmallVector<int64_t> ranges(op.getStaticLoopRanges());
  if (!getBoundedSize(ranges))
    return std::nullopt;
  OpOperand *init = op.getDpsInitOperand(0);
  auto type = cast<RankedTensorType>(init->get().getType());
  ConstantTensor result{SmallVector<int64_t>(type.getShape()), {}};
  if (const ConstantTensor *tensor = getTensor(init->get()))
    result = *tensor;
  else
    result.elements.resize(*getBoundedSize(result.shape));

  SmallVector<linalg::IndexOp> indices(
      op.getBlock()->getOps<linalg::IndexOp>());
  Builder builder(op.getContext());
  Value yielded = op.getBlock()->getTerminator()->getOperand(0);
  bool complete = forEachIndex(ranges, [&](ArrayRef<int64_t> at) {
    clearScalars();
    for (linalg::IndexOp index : indices)
      bind(index, builder.getIndexAttr(at[index.getDim()]));
    for (OpOperand &operand : op->getOpOperands()) {
      Attribute element;
      if (isa<RankedTensorType>(operand.get().getType())) {
        const ConstantTensor *tensor =
            &operand == init ? &result : getTensor(operand.get());
        auto index = evaluate(op.getMatchingIndexingMap(&operand), at);
        if (tensor && index)
          element = tensor->at(*index);
      } else {
        element = getScalar(operand.get());
      }
      bind(op.getMatchingBlockArgument(&operand), element);
    }
    auto index = evaluate(op.getMatchingIndexingMap(init), at);
    auto position = index ? linearize(result.shape, *index) : std::nullopt;
    return takeStep() && position &&
           (result.elements[*position] = getScalar(yielded));
  });
  if (!complete)
    return std::nullopt;
  return result;
}

/// Reads each result element from where the layout says that it comes from.
std::optional<ConstantTensor> Evaluator::move(Operation *op) {
  std::string ignored;
  Value source = getMovedValue(op, ignored);
  const ConstantTensor *from = source ? getTensor(source) : nullptr;
  if (!from)
    return std::nullopt;
  FailureOr<DigitLayout> layout = DigitLayout::identity(source, ignored);
  if (failed(layout) || failed(layout->apply(op, ignored)))
    return std::nullopt;
  SmallVector<unsigned> order;
  SmallVector<int64_t> sizes;
  for (const DigitList &dim : layout->getResultDims())
    for (unsigned digit : dim) {
      order.push_back(digit);
      sizes.push_back(layout->getSize(digit).getStatic());
    }
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  ConstantTensor result{SmallVector<int64_t>(type.getShape()), {}};
  if (getBoundedSize(sizes) != getBoundedSize(result.shape))
    return std::nullopt;
  DenseMap<unsigned, int64_t> digits;
  forEachIndex(sizes, [&](ArrayRef<int64_t> at) {
    for (auto [digit, value] : llvm::zip_equal(order, at))
      digits[digit] = value;
    int64_t position = 0;
    for (const DigitList &dim : layout->getSourceDims())
      for (unsigned digit : dim)
        position = position * layout->getSize(digit).getStatic() +
                   digits.lookup(digit);
    result.elements.push_back(from->elements[position]);
    return takeStep();
  });
  return result;
}
