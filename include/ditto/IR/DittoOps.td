//===- DittoOps.td - The ditto ops -------------------------*- tablegen -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_IR_DITTOOPS_TD
#define DITTO_IR_DITTOOPS_TD

include "ditto/IR/Ditto.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/TilingInterface.td"
include "mlir/Interfaces/ValueBoundsOpInterface.td"

/// What both ops promise. They are free of side effects, but only speculatable
/// where no run-time check can fail (a bad dynamic count is an error, so the op
/// must not be hoisted above the branch that guards it).
class Ditto_MovementOp<string mnemonic, list<Trait> traits = []>
    : Ditto_Op<mnemonic, !listconcat(traits, [
        DeclareOpInterfaceMethods<InferTypeOpInterface, ["refineReturnTypes"]>,
        DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface,
          ["reifyResultShapes", "reifyDimOfResult"]>,
        DeclareOpInterfaceMethods<TilingInterface,
          ["getLoopIteratorTypes", "getIterationDomain",
           "getTiledImplementation", "getResultTilePosition",
           "generateResultTileValue", "getIterationDomainTileFromResultTile"]>,
        DeclareOpInterfaceMethods<ValueBoundsOpInterface,
          ["populateBoundsForShapedValueDim"]>,
        ConditionallySpeculatable,
        NoMemoryEffect,
      ])> {
  let hasVerifier = 1;
  let hasFolder = 1;
  let hasCanonicalizer = 1;

  code commonDeclarations = [{
    /// The operand's and the result's type: both are always ranked tensors.
    RankedTensorType getInputType() {
      return ::llvm::cast<RankedTensorType>(getInput().getType());
    }
    RankedTensorType getResultType() {
      return ::llvm::cast<RankedTensorType>(getResult().getType());
    }

    /// Part of InferTypeOpInterface: whether the declared result type does not
    /// contradict the inferred one (it may know more or fewer extents).
    static bool isCompatibleReturnTypes(TypeRange inferred, TypeRange declared);

    /// Whether some run-time check of docs/Spec.md can fail. Where none can, the
    /// op is speculatable and lowers without checks.
    bool mayFailAtRunTime();

    /// Whether the result type knows an extent that is not inferred: then the
    /// op compares it at run time.
    bool assertsExtents();

    Speculation::Speculatability getSpeculatability() {
      return mayFailAtRunTime() ? Speculation::NotSpeculatable
                                : Speculation::Speculatable;
    }
  }];
}

//===----------------------------------------------------------------------===//
// RepeatOp
//===----------------------------------------------------------------------===//

def Ditto_RepeatOp : Ditto_MovementOp<"repeat"> {
  let summary = "repeats a tensor as a whole along its dimensions";
  let description = [{
    PyTorch's `Tensor.repeat`. With operand extents d(0) .. d(k-1), counts
    c(0) .. c(m-1), m >= k, and off = m - k,

    ```
    r[j(0), .., j(m-1)] = x[j(off) mod d(0), .., j(m-1) mod d(k-1)]
    ```

    and the result's extent in dimension i is c(i) times d(i-off), or c(i) alone
    in the m - k new leading dimensions. A count is an attribute or an `index`
    value. A count or an extent of 0 gives an empty result. At run time a
    negative count, an extent or a byte size beyond 64 bits, and a static result
    extent other than the computed one are errors, found before anything is
    allocated (docs/Spec.md, repeat_r1 to repeat_r3).

    Example:

    ```mlir
    // Static counts, one per dimension.
    %0 = ditto.repeat %x by [2, 3] : tensor<2x2xf32> -> tensor<4x6xf32>

    // More counts than dimensions: new leading dimensions.
    %1 = ditto.repeat %y by [3, 4, 2] : tensor<3xi64> -> tensor<3x4x6xi64>

    // A count known at run time, beside a static one.
    %2 = ditto.repeat %z by [%n, 1] : tensor<?x8xbf16> -> tensor<?x8xbf16>

    // Rank 0.
    %3 = ditto.repeat %s by [] : tensor<f32> -> tensor<f32>
    ```
  }];

  let arguments = (ins AnyRankedTensor:$input, Variadic<Index>:$counts,
                       DenseI64ArrayAttr:$static_counts);
  let results = (outs AnyRankedTensor:$result);

  let assemblyFormat = [{
    $input `by` custom<DynamicIndexList>($counts, $static_counts) attr-dict
    `:` type($input) `->` type($result)
  }];

  let builders = [
    /// The result type is inferred; static dimensions wherever they are known.
    OpBuilder<(ins "Value":$input, "ArrayRef<OpFoldResult>":$counts)>,
    OpBuilder<(ins "RankedTensorType":$resultType, "Value":$input,
                   "ArrayRef<OpFoldResult>":$counts)>,
  ];

  let extraClassDeclaration = commonDeclarations # [{
    /// One count per result dimension: an index attribute or an SSA value.
    SmallVector<OpFoldResult> getMixedCounts();

    /// Number of result dimensions that the operand does not have.
    int64_t getNumNewDims() {
      return getResultType().getRank() - getInputType().getRank();
    }
  }];
}

//===----------------------------------------------------------------------===//
// RepeatInterleaveOp
//===----------------------------------------------------------------------===//

def Ditto_RepeatInterleaveOp
    : Ditto_MovementOp<"repeat_interleave", [AttrSizedOperandSegments]> {
  let summary = "repeats each element of a tensor in place along a dimension";
  let description = [{
    PyTorch's `Tensor.repeat_interleave`. Along `dim`, with a uniform count n,

    ```
    r[.., j, ..] = x[.., j floordiv n, ..]
    ```

    and with one count c(i) per element, prefix sums p(0) = 0, p(i+1) = p(i) + c(i),

    ```
    r[.., j, ..] = x[.., i, ..]   for the i with p(i) <= j < p(i+1)
    ```

    Without `dim` the operand is flattened row-major first and the result has
    rank 1. The count is an attribute, an `index` value, or a tensor of rank 0
    or 1 of i32, i64 or index; a tensor of one count serves every element. An
    SSA count is an `index` unless a second type follows the operand's.
    `output_size` is the result's extent in `dim` where the caller knows it; a
    value other than the total is an error, nothing is ever truncated or padded.
    At run time negative counts, a wrong number of counts, a wrong output_size,
    sizes beyond 64 bits and a static result extent other than the computed one
    are errors, found before anything is allocated (docs/Spec.md, ri_r1 to
    ri_r5).

    Example:

    ```mlir
    // Two key/value heads for eight query heads.
    %0 = ditto.repeat_interleave %kv by 4 dim(1)
        : tensor<3x2x5x2xf32> -> tensor<3x8x5x2xf32>

    // A count known at run time.
    %1 = ditto.repeat_interleave %x by %n dim(0)
        : tensor<?x4xf32> -> tensor<?x4xf32>

    // No dim: flattened row-major first.
    %2 = ditto.repeat_interleave %m by 2 : tensor<2x3xi8> -> tensor<12xi8>

    // One count per element, and the total where it is known.
    %3 = ditto.repeat_interleave %v by %c dim(0)
        : tensor<3xf32>, tensor<3xi64> -> tensor<?xf32>
    %4 = ditto.repeat_interleave %v by %c dim(0) output_size(6)
        : tensor<3xf32>, tensor<3xi64> -> tensor<6xf32>
    %5 = ditto.repeat_interleave %w by %d output_size(%t)
        : tensor<?x2xf32>, tensor<?xi32> -> tensor<?xf32>
    ```
  }];

  let arguments = (ins AnyRankedTensor:$input,
                       Optional<AnyTypeOf<[Index, AnyRankedTensor]>>:$count,
                       Optional<Index>:$output_size,
                       OptionalAttr<I64Attr>:$static_count,
                       OptionalAttr<I64Attr>:$dim,
                       OptionalAttr<I64Attr>:$static_output_size);
  let results = (outs AnyRankedTensor:$result);

  let hasCustomAssemblyFormat = 1;

  let builders = [
    /// `count` is an integer attribute, an `index` value or a counts tensor;
    /// `dim` may be negative (counted from the end), it is stored normalised;
    /// `outputSize` may be null. The result type is inferred.
    OpBuilder<(ins "Value":$input, "OpFoldResult":$count,
                   "std::optional<int64_t>":$dim,
                   CArg<"OpFoldResult", "{}">:$outputSize)>,
    OpBuilder<(ins "RankedTensorType":$resultType, "Value":$input,
                   "OpFoldResult":$count, "std::optional<int64_t>":$dim,
                   CArg<"OpFoldResult", "{}">:$outputSize)>,
  ];

  let extraClassDeclaration = commonDeclarations # [{
    /// The count as an index attribute or as the SSA value (`index` or tensor).
    OpFoldResult getMixedCount();

    /// The counts tensor, or null where one count serves every element by type.
    TypedValue<RankedTensorType> getCountsTensor() {
      return ::llvm::dyn_cast_if_present<TypedValue<RankedTensorType>>(
          getCount());
    }

    /// `output_size` as an index attribute or an SSA value; null if absent.
    OpFoldResult getMixedOutputSize();

    /// Whether the operand is flattened before it is repeated.
    bool isFlattened() { return !getDim().has_value(); }

    /// The result dimension that grows: `dim`, or 0 of the flattened result.
    int64_t getResultDim() { return getDim().value_or(0); }
  }];
}

#endif // DITTO_IR_DITTOOPS_TD
