//===- DittoOps.cpp - Syntax, types and verification of the ops -----------===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The labels in comments (repeat_c3, ri_c7, ..) are those of docs/Spec.md.
//
//===----------------------------------------------------------------------===//

#include "TypeInference.h"

#include "ditto/IR/Ditto.h"
#include "ditto/IR/ElementStorage.h"

#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;
using namespace mlir::ditto;

#define GET_OP_CLASSES
#include "ditto/IR/DittoOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Shared by both ops
//===----------------------------------------------------------------------===//

/// Prints an extent as types do: `?` where it is dynamic.
static std::string extentString(int64_t extent) {
  return ShapedType::isDynamic(extent) ? "?" : std::to_string(extent);
}

/// Checks a declared result type against the inferred one: element type and
/// encoding exactly, rank exactly, extents wherever both are static.
/// `explainExtent` appends to a diagnostic where the extent of a dimension
/// comes from.
static LogicalResult
verifyResultType(Operation *op, RankedTensorType declared,
                 RankedTensorType inferred, StringRef rankReason,
                 function_ref<void(InFlightDiagnostic &, int64_t)> explain) {
  // repeat_c1, ri_c1
  if (declared.getElementType() != inferred.getElementType())
    return op->emitOpError()
           << "expected result element type " << inferred.getElementType()
           << ", the operand's, but got " << declared.getElementType();
  // repeat_c3, ri_c3
  if (declared.getRank() != inferred.getRank())
    return op->emitOpError()
           << "expected result rank " << inferred.getRank() << ", "
           << rankReason << ", but got " << declared.getRank();
  // repeat_c5, ri_c7
  for (int64_t i = 0, e = declared.getRank(); i < e; ++i) {
    if (declared.isDynamicDim(i) || inferred.isDynamicDim(i) ||
        declared.getDimSize(i) == inferred.getDimSize(i))
      continue;
    InFlightDiagnostic diag = op->emitOpError() << "expected result extent "
                                                << inferred.getDimSize(i)
                                                << " in dimension " << i;
    explain(diag, i);
    return diag << ", but got " << declared.getDimSize(i);
  }
  // repeat_c6, ri_c9
  if (declared.getEncoding() != inferred.getEncoding()) {
    auto name = [](Attribute encoding) -> std::string {
      if (!encoding)
        return "no encoding";
      std::string text = "encoding ";
      llvm::raw_string_ostream(text) << encoding;
      return text;
    };
    return op->emitOpError()
           << "expected the result to have " << name(inferred.getEncoding())
           << ", like the operand, but got " << name(declared.getEncoding());
  }
  return success();
}

/// A declared result type may know more or less than the inferred one; it only
/// must not contradict it.
static bool areCompatibleTypes(TypeRange inferred, TypeRange declared) {
  if (inferred.size() != 1 || declared.size() != 1)
    return false;
  auto lhs = dyn_cast<RankedTensorType>(inferred.front());
  auto rhs = dyn_cast<RankedTensorType>(declared.front());
  return lhs && rhs && lhs.getElementType() == rhs.getElementType() &&
         lhs.getEncoding() == rhs.getEncoding() &&
         succeeded(verifyCompatibleShape(lhs, rhs));
}

/// The operand's type where the operands are those of a well-formed op.
static RankedTensorType getRankedInputType(ValueRange operands) {
  return operands.empty() ? RankedTensorType()
                          : dyn_cast<RankedTensorType>(operands[0].getType());
}

/// Reports a failed type inference where there is a location to report at.
static LogicalResult emitInferenceError(std::optional<Location> location,
                                        StringRef opName,
                                        const Twine &message) {
  return emitOptionalError(location, "'", opName, "' op ", message);
}

//===----------------------------------------------------------------------===//
// RepeatOp
//===----------------------------------------------------------------------===//

LogicalResult RepeatOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, ValueRange operands,
    DictionaryAttr attributes, OpaqueProperties properties, RegionRange regions,
    SmallVectorImpl<Type> &inferredReturnTypes) {
  RepeatOp::Adaptor adaptor(operands, attributes, properties, regions);
  RankedTensorType input = getRankedInputType(operands);
  if (!input)
    return emitInferenceError(location, getOperationName(),
                              "expected a ranked tensor as operand");
  FailureOr<RankedTensorType> type = inferRepeatType(
      [&](const Twine &message) {
        return emitInferenceError(location, getOperationName(), message);
      },
      input, adaptor.getStaticCounts());
  if (failed(type))
    return failure();
  inferredReturnTypes.assign({*type});
  return success();
}

bool RepeatOp::isCompatibleReturnTypes(TypeRange inferred, TypeRange declared) {
  return areCompatibleTypes(inferred, declared);
}

/// Verification through the interface would only say that types differ;
/// verify() below says which constraint is violated, so this accepts.
LogicalResult RepeatOp::refineReturnTypes(MLIRContext *,
                                          std::optional<Location>, ValueRange,
                                          DictionaryAttr, OpaqueProperties,
                                          RegionRange,
                                          SmallVectorImpl<Type> &) {
  return success();
}

LogicalResult RepeatOp::verify() {
  auto emitError = [&](const Twine &message) -> LogicalResult {
    return emitOpError(message);
  };
  ArrayRef<int64_t> counts = getStaticCounts();
  size_t numDynamic = llvm::count_if(counts, ShapedType::isDynamic);
  if (numDynamic != getCounts().size())
    return emitOpError() << "expected " << numDynamic
                         << " count operands, one per dynamic entry of "
                            "static_counts, but got "
                         << getCounts().size();
  RankedTensorType input = getInputType();
  FailureOr<RankedTensorType> inferred =
      inferRepeatType(emitError, input, counts);
  if (failed(inferred))
    return failure();
  int64_t newDims = inferred->getRank() - input.getRank();
  return verifyResultType(
      *this, getResultType(), *inferred, "one dimension per count",
      [&](InFlightDiagnostic &diag, int64_t i) {
        diag << " (count " << counts[i];
        if (i >= newDims)
          diag << " x operand extent " << input.getDimSize(i - newDims);
        diag << ")";
      });
}

bool RepeatOp::mayFailAtRunTime() {
  // repeat_r1 needs a dynamic count, repeat_r2 and repeat_r3 a dynamic count or
  // extent; with neither, the verifier has seen all but the byte size.
  return !getCounts().empty() || !getInputType().hasStaticShape() ||
         !fitsInMemory(getResultType());
}

bool RepeatOp::assertsExtents() { return ditto::assertsExtents(*this); }

SmallVector<OpFoldResult> RepeatOp::getMixedCounts() {
  return getMixedValues(getStaticCounts(), getCounts(), getContext());
}

void RepeatOp::build(OpBuilder &builder, OperationState &state, Value input,
                     ArrayRef<OpFoldResult> counts) {
  SmallVector<int64_t> staticCounts;
  SmallVector<Value> dynamicCounts;
  dispatchIndexOpFoldResults(counts, dynamicCounts, staticCounts);
  build(builder, state, input, dynamicCounts, staticCounts);
}

void RepeatOp::build(OpBuilder &builder, OperationState &state,
                     RankedTensorType resultType, Value input,
                     ArrayRef<OpFoldResult> counts) {
  SmallVector<int64_t> staticCounts;
  SmallVector<Value> dynamicCounts;
  dispatchIndexOpFoldResults(counts, dynamicCounts, staticCounts);
  build(builder, state, resultType, input, dynamicCounts, staticCounts);
}

//===----------------------------------------------------------------------===//
// RepeatInterleaveOp: types and verification
//===----------------------------------------------------------------------===//

LogicalResult RepeatInterleaveOp::inferReturnTypes(
    MLIRContext *context, std::optional<Location> location, ValueRange operands,
    DictionaryAttr attributes, OpaqueProperties properties, RegionRange regions,
    SmallVectorImpl<Type> &inferredReturnTypes) {
  RepeatInterleaveOp::Adaptor adaptor(operands, attributes, properties,
                                      regions);
  StaticInterleave op;
  op.input = getRankedInputType(operands);
  if (!op.input)
    return emitInferenceError(location, getOperationName(),
                              "expected a ranked tensor as operand");
  if (Value count = adaptor.getCount())
    op.countsTensor = dyn_cast<RankedTensorType>(count.getType());
  op.count = adaptor.getStaticCount().value_or(ShapedType::kDynamic);
  op.dim = adaptor.getDim();
  op.outputSize = adaptor.getStaticOutputSize().value_or(ShapedType::kDynamic);
  FailureOr<RankedTensorType> type = inferInterleaveType(
      [&](const Twine &message) {
        return emitInferenceError(location, getOperationName(), message);
      },
      op);
  if (failed(type))
    return failure();
  inferredReturnTypes.assign({*type});
  return success();
}

bool RepeatInterleaveOp::isCompatibleReturnTypes(TypeRange inferred,
                                                 TypeRange declared) {
  return areCompatibleTypes(inferred, declared);
}

/// See RepeatOp::refineReturnTypes.
LogicalResult RepeatInterleaveOp::refineReturnTypes(
    MLIRContext *, std::optional<Location>, ValueRange, DictionaryAttr,
    OpaqueProperties, RegionRange, SmallVectorImpl<Type> &) {
  return success();
}

LogicalResult RepeatInterleaveOp::verify() {
  auto emitError = [&](const Twine &message) -> LogicalResult {
    return emitOpError(message);
  };
  // Generated verification checks the segments of optional operands only.
  if (unsigned numInputs = getODSOperandIndexAndLength(0).second;
      numInputs != 1)
    return emitOpError() << "expected 1 input operand, but got " << numInputs;
  if (bool(getCount()) == getStaticCount().has_value())
    return emitOpError() << "expected a count operand or a static_count, but "
                            "got "
                         << (getCount() ? "both" : "neither");
  if (getOutputSize() && getStaticOutputSize())
    return emitOpError() << "expected an output_size operand or a "
                            "static_output_size, but got both";
  StaticInterleave op = StaticInterleave::get(*this);
  // The marker of "dynamic" is no count that a program can mean.
  if (getStaticCount() == ShapedType::kDynamic)
    return emitOpError() << "expected the count to be >= 0, but got "
                         << int64_t(*getStaticCount());
  if (getStaticOutputSize() == ShapedType::kDynamic)
    return emitOpError() << "expected output_size to be >= 0, but got "
                         << int64_t(*getStaticOutputSize());
  FailureOr<RankedTensorType> inferred = inferInterleaveType(emitError, op);
  if (failed(inferred))
    return failure();
  return verifyResultType(*this, getResultType(), *inferred,
                          op.dim ? "the operand's" : "the flattened operand's",
                          [&](InFlightDiagnostic &diag, int64_t i) {
                            if (i != getResultDim())
                              diag << ", the operand's";
                            else if (!ShapedType::isDynamic(op.outputSize))
                              diag << " (output_size)";
                            else
                              diag << " (count " << op.count << " x extent "
                                   << extentString(*op.getExtent()) << ")";
                          });
}

bool RepeatInterleaveOp::mayFailAtRunTime() {
  return getCount() || getOutputSize() || !getInputType().hasStaticShape() ||
         !fitsInMemory(getResultType());
}

bool RepeatInterleaveOp::assertsExtents() {
  return ditto::assertsExtents(*this);
}

OpFoldResult RepeatInterleaveOp::getMixedCount() {
  if (Value count = getCount())
    return count;
  return Builder(getContext()).getIndexAttr(*getStaticCount());
}

OpFoldResult RepeatInterleaveOp::getMixedOutputSize() {
  if (Value outputSize = getOutputSize())
    return outputSize;
  if (std::optional<int64_t> outputSize = getStaticOutputSize())
    return Builder(getContext()).getIndexAttr(*outputSize);
  return {};
}

//===----------------------------------------------------------------------===//
// RepeatInterleaveOp: builders
//===----------------------------------------------------------------------===//

/// Splits a mixed value into the operand and the attribute that store it.
static std::pair<Value, IntegerAttr> splitMixed(OpBuilder &builder,
                                                OpFoldResult value) {
  if (!value)
    return {};
  if (auto ssa = dyn_cast<Value>(value))
    return {ssa, IntegerAttr()};
  int64_t number = cast<IntegerAttr>(cast<Attribute>(value)).getInt();
  return {Value(), builder.getI64IntegerAttr(number)};
}

/// A negative `dim` counts from the end.
static IntegerAttr normaliseDim(OpBuilder &builder, Value input,
                                std::optional<int64_t> dim) {
  if (!dim)
    return {};
  if (*dim < 0)
    *dim += cast<RankedTensorType>(input.getType()).getRank();
  return builder.getI64IntegerAttr(*dim);
}

void RepeatInterleaveOp::build(OpBuilder &builder, OperationState &state,
                               Value input, OpFoldResult count,
                               std::optional<int64_t> dim,
                               OpFoldResult outputSize) {
  auto [dynamicCount, staticCount] = splitMixed(builder, count);
  auto [dynamicSize, staticSize] = splitMixed(builder, outputSize);
  build(builder, state, input, dynamicCount, dynamicSize, staticCount,
        normaliseDim(builder, input, dim), staticSize);
}

void RepeatInterleaveOp::build(OpBuilder &builder, OperationState &state,
                               RankedTensorType resultType, Value input,
                               OpFoldResult count, std::optional<int64_t> dim,
                               OpFoldResult outputSize) {
  auto [dynamicCount, staticCount] = splitMixed(builder, count);
  auto [dynamicSize, staticSize] = splitMixed(builder, outputSize);
  build(builder, state, resultType, input, dynamicCount, dynamicSize,
        staticCount, normaliseDim(builder, input, dim), staticSize);
}

//===----------------------------------------------------------------------===//
// RepeatInterleaveOp: syntax
//===----------------------------------------------------------------------===//
//
//   %x by (int | %count) [dim(int)] [output_size(int | %size)] attr-dict
//      : input-type [, counts-type] -> result-type
//

/// Parses an integer into an attribute of `result`, or an operand.
static ParseResult
parseIntegerOrOperand(OpAsmParser &parser, OperationState &result,
                      StringRef attrName,
                      std::optional<OpAsmParser::UnresolvedOperand> &operand) {
  int64_t number;
  OptionalParseResult integer = parser.parseOptionalInteger(number);
  if (integer.has_value()) {
    if (succeeded(*integer))
      result.addAttribute(attrName,
                          parser.getBuilder().getI64IntegerAttr(number));
    return *integer;
  }
  return parser.parseOperand(operand.emplace());
}

ParseResult RepeatInterleaveOp::parse(OpAsmParser &parser,
                                      OperationState &result) {
  OpAsmParser::UnresolvedOperand input;
  std::optional<OpAsmParser::UnresolvedOperand> count, outputSize;
  if (parser.parseOperand(input) || parser.parseKeyword("by") ||
      parseIntegerOrOperand(parser, result, getStaticCountAttrName(result.name),
                            count))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("dim"))) {
    int64_t dim;
    if (parser.parseLParen() || parser.parseInteger(dim) ||
        parser.parseRParen())
      return failure();
    result.addAttribute(getDimAttrName(result.name),
                        parser.getBuilder().getI64IntegerAttr(dim));
  }
  if (succeeded(parser.parseOptionalKeyword("output_size"))) {
    if (parser.parseLParen() ||
        parseIntegerOrOperand(parser, result,
                              getStaticOutputSizeAttrName(result.name),
                              outputSize) ||
        parser.parseRParen())
      return failure();
  }
  Type inputType, resultType;
  Type countType = parser.getBuilder().getIndexType();
  SMLoc attributesLoc = parser.getCurrentLocation();
  NamedAttrList extra;
  if (parser.parseOptionalAttrDict(extra))
    return failure();
  for (NamedAttribute attribute : extra) {
    if (llvm::is_contained(getAttributeNames(), attribute.getName()))
      return parser.emitError(attributesLoc)
             << "expected '" << attribute.getName().getValue()
             << "' in its own place of the syntax, not among the attributes";
    result.attributes.append(attribute);
  }
  if (parser.parseColon() || parser.parseType(inputType))
    return failure();
  SMLoc countTypeLoc = parser.getCurrentLocation();
  if (succeeded(parser.parseOptionalComma())) {
    if (!count)
      return parser.emitError(countTypeLoc,
                              "expected no counts type for a static count");
    if (parser.parseType(countType))
      return failure();
  }
  if (parser.parseArrow() || parser.parseType(resultType) ||
      parser.resolveOperand(input, inputType, result.operands) ||
      (count && parser.resolveOperand(*count, countType, result.operands)) ||
      (outputSize &&
       parser.resolveOperand(*outputSize, parser.getBuilder().getIndexType(),
                             result.operands)))
    return failure();
  result.addTypes(resultType);
  llvm::copy(
      ArrayRef<int32_t>{1, count ? 1 : 0, outputSize ? 1 : 0},
      result.getOrAddProperties<Properties>().operandSegmentSizes.begin());
  return success();
}

void RepeatInterleaveOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getInput() << " by ";
  if (Value count = getCount())
    printer << count;
  else if (std::optional<int64_t> count = getStaticCount())
    printer << *count;
  if (std::optional<int64_t> dim = getDim())
    printer << " dim(" << *dim << ")";
  if (Value outputSize = getOutputSize())
    printer << " output_size(" << outputSize << ")";
  else if (std::optional<int64_t> outputSize = getStaticOutputSize())
    printer << " output_size(" << *outputSize << ")";
  printer.printOptionalAttrDict((*this)->getAttrs(),
                                {getStaticCountAttrName(), getDimAttrName(),
                                 getStaticOutputSizeAttrName(),
                                 getOperandSegmentSizesAttrName()});
  printer << " : " << getInput().getType();
  if (getCount() && !getCount().getType().isIndex())
    printer << ", " << getCount().getType();
  printer << " -> " << getResult().getType();
}
