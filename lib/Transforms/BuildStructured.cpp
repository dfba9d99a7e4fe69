//===- BuildStructured.cpp - Linalg ops on given loops --------------------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BuildStructured.h"

#include "ditto/Analysis/Movement.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Complex/IR/Complex.h"
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"

using namespace mlir;
using namespace mlir::ditto;

bool mlir::ditto::hasNamedOps(linalg::LinalgOp op) {
  return llvm::all_of(op.getBlock()->getArgumentTypes(), [](Type type) {
    return isa<IntegerType, FloatType, ComplexType>(type);
  });
}

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

namespace {
/// What a loop of a contraction is, in the order of named ops' loops.
enum LoopKind : unsigned { kBatch, kRows, kColumns, kReduced, kOther };
} // namespace

static LoopKind getKind(bool inLeft, bool inRight, bool inResult) {
  if (inLeft && inRight)
    return inResult ? kBatch : kReduced;
  if (inResult && inLeft != inRight)
    return inLeft ? kRows : kColumns;
  return kOther;
}

void mlir::ditto::sortAsContraction(MergedLoops &loops,
                                    const LoopDigits &digits) {
  loops.sortBy([&](unsigned digit) -> unsigned {
    return getKind(digits.dependsOn(0, digit), digits.dependsOn(1, digit),
                   digits.dependsOn(2, digit));
  });
}

/// Whether an arithmetic op has no flags that another op would lose.
static bool hasNoFlags(Operation *op) {
  if (auto flags = dyn_cast<arith::ArithFastMathInterface>(op))
    if (auto attribute = flags.getFastMathFlagsAttr();
        attribute && attribute.getValue() != arith::FastMathFlags::none)
      return false;
  if (auto flags = dyn_cast<arith::ArithIntegerOverflowFlagsInterface>(op))
    if (auto attribute = flags.getOverflowAttr();
        attribute && attribute.getValue() != arith::IntegerOverflowFlags::none)
      return false;
  return true;
}

/// The argument of `body` that `value` is after a conversion to the type it is
/// computed in, and whether that takes it as unsigned.
static BlockArgument getConvertedArgument(Value value, bool &isSigned,
                                          bool &isUnsigned) {
  Operation *cast = value.getDefiningOp();
  if (!cast)
    return dyn_cast<BlockArgument>(value);
  if (isa<arith::ExtSIOp, arith::SIToFPOp>(cast))
    isSigned = true;
  else if (isa<arith::ExtUIOp, arith::UIToFPOp>(cast))
    isUnsigned = true;
  else if (!isa<arith::ExtFOp>(cast))
    return {};
  return hasNoFlags(cast) ? dyn_cast<BlockArgument>(cast->getOperand(0))
                          : BlockArgument();
}

/// Whether `mul` and `add` are what linalg.contract multiplies and adds with.
static bool areMulAndAdd(Operation *mul, Operation *add) {
  if (!mul || !add || !hasNoFlags(mul) || !hasNoFlags(add))
    return false;
  if (mul->getResult(0).getType().isInteger(1))
    return isa<arith::AndIOp>(mul) && isa<arith::OrIOp>(add);
  return (isa<arith::MulFOp>(mul) && isa<arith::AddFOp>(add)) ||
         (isa<arith::MulIOp>(mul) && isa<arith::AddIOp>(add)) ||
         (isa<complex::MulOp>(mul) && isa<complex::AddOp>(add));
}

/// How linalg.contract has to convert its inputs to compute what `body` does,
/// `out + left * right`; none where `body` does anything else.
static std::optional<linalg::TypeFn> getConversion(Block &body) {
  if (body.getNumArguments() != 3)
    return std::nullopt;
  BlockArgument out = body.getArgument(2);
  Operation *add = body.getTerminator()->getOperand(0).getDefiningOp();
  if (!add || add->getNumOperands() != 2 ||
      !llvm::is_contained(add->getOperands(), out))
    return std::nullopt;
  Value product = add->getOperand(add->getOperand(0) == out ? 1 : 0);
  Operation *mul = product.getDefiningOp();
  if (!areMulAndAdd(mul, add))
    return std::nullopt;
  bool isSigned = false, isUnsigned = false;
  BlockArgument lhs =
      getConvertedArgument(mul->getOperand(0), isSigned, isUnsigned);
  BlockArgument rhs =
      getConvertedArgument(mul->getOperand(1), isSigned, isUnsigned);
  if (!lhs || !rhs || lhs == rhs || lhs == out || rhs == out ||
      (isSigned && isUnsigned))
    return std::nullopt;
  return isUnsigned ? linalg::TypeFn::cast_unsigned
                    : linalg::TypeFn::cast_signed;
}

/// Whether maps over loops (batch, m, n, k) or (m, n, k) are those of a matrix
/// product: one batch dimension at most, outermost everywhere, and the result's
/// rows before its columns.
static bool areMatmulMaps(ArrayRef<AffineMap> maps, unsigned numBatches) {
  AffineMap result = maps[2];
  if (maps[0].getNumDims() != numBatches + 3 || numBatches > 1 ||
      result.getNumResults() != numBatches + 2)
    return false;
  for (unsigned dim = 0; dim < result.getNumResults(); ++dim)
    if (result.getDimPosition(dim) != dim)
      return false;
  return numBatches == 0 || llvm::all_of(maps, [](AffineMap map) {
           return map.getDimPosition(0) == 0;
         });
}

/// How many loops of each kind the maps have.
static SmallVector<unsigned> countKinds(ArrayRef<AffineMap> maps) {
  SmallVector<unsigned> numLoops(kOther + 1);
  for (unsigned loop = 0; loop < maps[0].getNumDims(); ++loop)
    ++numLoops[getKind(maps[0].isFunctionOfDim(loop),
                       maps[1].isFunctionOfDim(loop),
                       maps[2].isFunctionOfDim(loop))];
  return numLoops;
}

linalg::LinalgOp mlir::ditto::buildNamedContraction(RewriterBase &rewriter,
                                                    linalg::LinalgOp like,
                                                    ArrayRef<AffineMap> maps,
                                                    ValueRange inputs,
                                                    ValueRange inits) {
  if (!hasNamedOps(like))
    return {};
  std::optional<linalg::TypeFn> conversion = getConversion(*like.getBlock());
  SmallVector<unsigned> numLoops = countKinds(maps);
  if (!conversion || numLoops[kOther] || !numLoops[kReduced])
    return {};
  Location loc = like.getLoc();
  TypeRange types(inits);
  SmallVector<NamedAttribute> attributes;
  if (*conversion != linalg::TypeFn::cast_signed)
    attributes.push_back(rewriter.getNamedAttr(
        "cast", linalg::TypeFnAttr::get(rewriter.getContext(), *conversion)));
  ArrayAttr mapsAttribute = rewriter.getAffineMapArrayAttr(maps);
  bool isProduct = numLoops[kRows] == 1 && numLoops[kColumns] == 1 &&
                   numLoops[kReduced] == 1 &&
                   areMatmulMaps(maps, numLoops[kBatch]);
  auto withMaps = [&](auto product) -> linalg::LinalgOp {
    product.setIndexingMapsAttr(mapsAttribute);
    return product;
  };
  if (isProduct && numLoops[kBatch] == 0)
    return withMaps(linalg::MatmulOp::create(rewriter, loc, types, inputs,
                                             inits, attributes));
  if (isProduct)
    return withMaps(linalg::BatchMatmulOp::create(rewriter, loc, types, inputs,
                                                  inits, attributes));
  return linalg::ContractOp::create(rewriter, loc, types, inputs, inits,
                                    mapsAttribute, attributes);
}

//===----------------------------------------------------------------------===//
// Other named ops
//===----------------------------------------------------------------------===//

/// Whether named ops with `oldMaps` do the same on operands with `newMaps`:
/// elementwise ones take any rank.
static bool doesTheSame(linalg::LinalgOp op, ArrayRef<AffineMap> newMaps) {
  SmallVector<AffineMap> oldMaps = op.getIndexingMapsArray();
  if (isa<linalg::GenericOp>(op.getOperation()))
    return false;
  auto isIdentity = [](AffineMap map) { return map.isIdentity(); };
  return ArrayRef(oldMaps) == newMaps ||
         (!isa<linalg::TransposeOp>(op.getOperation()) &&
          !op.hasIndexSemantics() && llvm::all_of(oldMaps, isIdentity) &&
          llvm::all_of(newMaps, isIdentity));
}

linalg::LinalgOp mlir::ditto::buildSameOp(RewriterBase &rewriter,
                                          linalg::LinalgOp like,
                                          ArrayRef<AffineMap> maps,
                                          ValueRange inputs, ValueRange inits) {
  if (!doesTheSame(like, maps))
    return {};
  SmallVector<Value> operands(inputs);
  llvm::append_range(operands, inits);
  auto op = clone(rewriter, like, TypeRange(inits), operands);
  if (auto elementwise = dyn_cast<linalg::ElementwiseOp>(op.getOperation()))
    elementwise.setIndexingMapsAttr(rewriter.getAffineMapArrayAttr(maps));
  return op;
}

/// The kind of linalg.elementwise that has the name of `op`.
static std::optional<linalg::ElementwiseKind>
getElementwiseKind(linalg::LinalgOp op) {
  if (auto elementwise = dyn_cast<linalg::ElementwiseOp>(op.getOperation()))
    return elementwise.getKind();
  if (isa<linalg::MaxOp>(op.getOperation()))
    return linalg::ElementwiseKind::max_signed;
  if (isa<linalg::MinOp>(op.getOperation()))
    return linalg::ElementwiseKind::min_signed;
  return linalg::symbolizeElementwiseKind(op->getName().stripDialect());
}

linalg::LinalgOp mlir::ditto::buildElementwise(RewriterBase &rewriter,
                                               linalg::LinalgOp like,
                                               ArrayRef<AffineMap> maps,
                                               ValueRange inputs,
                                               ValueRange inits) {
  std::optional<linalg::ElementwiseKind> kind = getElementwiseKind(like);
  auto isPlain = [](AffineMap map) { return map.isProjectedPermutation(); };
  if (!kind || !hasNamedOps(like) || inits.size() != 1 ||
      !maps.back().isIdentity() || !llvm::all_of(maps, isPlain))
    return {};
  auto op = linalg::ElementwiseOp::create(
      rewriter, like.getLoc(), inputs, inits,
      linalg::ElementwiseKindAttr::get(rewriter.getContext(), *kind),
      rewriter.getAffineMapArrayAttr(maps));
  // The name alone says little.
  if (OperationEquivalence::isRegionEquivalentTo(
          &op.getRegion(), &like->getRegion(0),
          OperationEquivalence::IgnoreLocations))
    return op;
  rewriter.eraseOp(op);
  return {};
}

//===----------------------------------------------------------------------===//
// Generic ops
//===----------------------------------------------------------------------===//

/// The index along an old loop, from the indices along the new ones that its
/// digits are part of:
///
///   linalg.index b   ->   linalg.index b0 * size of b1 + linalg.index b1
/// The sizes are computed before `generic`, whose body it is built in.
static Value buildOldIndex(RewriterBase &rewriter, linalg::GenericOp generic,
                           const LoopDigits &digits, const MergedLoops &loops,
                           const DigitList &oldLoop) {
  Location loc = generic.getLoc();
  auto getSize = [&](const DigitList &newLoop) {
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPoint(generic);
    MovementBuilder movement(rewriter, loc, digits);
    return getValueOrCreateConstantIndexOp(rewriter, loc,
                                           movement.getExtent(newLoop));
  };
  Value index;
  for (unsigned digit : oldLoop) {
    // A unit loop that is gone had the index 0.
    std::optional<unsigned> loop = loops.getLoopOf(digit);
    if (!loop || loops.getLoops()[*loop].front() != digit)
      continue;
    const DigitList &newLoop = loops.getLoops()[*loop];
    Value part = linalg::IndexOp::create(rewriter, loc, *loop);
    if (index) {
      Value scaled =
          arith::MulIOp::create(rewriter, loc, index, getSize(newLoop));
      part = arith::AddIOp::create(rewriter, loc, scaled, part);
    }
    index = part;
  }
  if (!index)
    index = arith::ConstantIndexOp::create(rewriter, loc, 0);
  return index;
}

linalg::GenericOp
mlir::ditto::buildGeneric(RewriterBase &rewriter, linalg::LinalgOp like,
                          const LoopDigits &digits, const MergedLoops &loops,
                          ArrayRef<AffineMap> maps, ValueRange inputs,
                          ValueRange inits) {
  SmallVector<utils::IteratorType> oldTypes = like.getIteratorTypesArray();
  SmallVector<utils::IteratorType> types(loops.getLoops().size());
  for (auto [type, list] : llvm::zip_equal(oldTypes, digits.getLoops()))
    for (unsigned digit : list)
      if (std::optional<unsigned> loop = loops.getLoopOf(digit))
        types[*loop] = type;
  auto generic = linalg::GenericOp::create(
      rewriter, like.getLoc(), TypeRange(inits), inputs, inits, maps, types);
  Region &region = generic.getRegion();
  rewriter.cloneRegionBefore(like->getRegion(0), region, region.end());
  for (auto index :
       llvm::make_early_inc_range(region.front().getOps<linalg::IndexOp>())) {
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPoint(index);
    rewriter.replaceOp(index, buildOldIndex(rewriter, generic, digits, loops,
                                            digits.getLoops()[index.getDim()]));
  }
  return generic;
}
