//===- TransformOps.td - ditto in transform scripts --------*- tablegen -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An extension of the transform dialect: the pattern families of the stages for
// `transform.apply_patterns`, and their functions as ops on single payload ops.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_TRANSFORMOPS_TRANSFORMOPS_TD
#define DITTO_TRANSFORMOPS_TRANSFORMOPS_TD

include "mlir/Dialect/Transform/IR/TransformDialect.td"
include "mlir/Dialect/Transform/Interfaces/TransformInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/IR/OpBase.td"

//===----------------------------------------------------------------------===//
// Pattern families
//===----------------------------------------------------------------------===//

class Ditto_PatternsOp<string name>
    : Op<Transform_Dialect, "apply_patterns.ditto." # name,
         [DeclareOpInterfaceMethods<PatternDescriptorOpInterface>]> {
  let cppNamespace = "::mlir::ditto";
  let assemblyFormat = "attr-dict";
}

def ApplyRaisePatternsOp : Ditto_PatternsOp<"raise"> {
  let summary = "the patterns of ditto-raise";
  let description = [{
    Chains of broadcasts and reshapes become ditto ops. Has to come before
    patterns that melt broadcasts into other ops.
  }];
  let arguments = (ins UnitAttr:$raise_plain_broadcasts);
}

def ApplySinkRepeatsPatternsOp : Ditto_PatternsOp<"sink_repeats"> {
  let summary = "the patterns of ditto-sink-repeats";
  let description = [{
    Ops that do the same work once per copy run before the repeat, where that
    saves work.
  }];
}

def ApplyFoldRepeatsPatternsOp : Ditto_PatternsOp<"fold_repeats"> {
  let summary = "the patterns of ditto-fold-repeats";
  let description = [{
    Readers of a repeat read what is repeated; with `contractions_only`,
    contractions alone.
  }];
  let arguments = (ins UnitAttr:$contractions_only);
}

def ApplyDittoToLinalgPatternsOp : Ditto_PatternsOp<"to_linalg"> {
  let summary = "the patterns of convert-ditto-to-linalg";
  let description = [{
    Ditto ops become linalg, tensor and scf, with run-time checks that call
    `@dittoRuntimeFail`, which is declared in the nearest symbol table: apply
    them to a module.
  }];
}

//===----------------------------------------------------------------------===//
// Single ops
//===----------------------------------------------------------------------===//

/// Consumes the handle of ops and returns one of those that take their place.
class Ditto_RewriteOp<string name, list<Trait> traits>
    : Op<Transform_Dialect, "ditto." # name,
         !listconcat(traits, [
           FunctionalStyleTransformOpTrait, MemoryEffectsOpInterface,
           ReportTrackingListenerFailuresOpTrait])> {
  let cppNamespace = "::mlir::ditto";
  let results = (outs TransformHandleTypeInterface:$transformed);
  let assemblyFormat =
      "$target attr-dict `:` functional-type(operands, results)";
}

/// Rewrites ops that read repeats one by one.
class Ditto_RewriteReaderOp<string name>
    : Ditto_RewriteOp<name, [TransformOpInterface, TransformEachOpTrait]> {
  let arguments = (ins TransformHandleTypeInterface:$target,
                       OptionalAttr<DenseI64ArrayAttr>:$operands);
  let extraClassDeclaration = [{
    ::mlir::DiagnosedSilenceableFailure applyToOne(
        ::mlir::transform::TransformRewriter &rewriter,
        ::mlir::Operation *target,
        ::mlir::transform::ApplyToEachResultList &results,
        ::mlir::transform::TransformState &state);
  }];
}

def RaiseOp
    : Ditto_RewriteOp<"raise", [DeclareOpInterfaceMethods<TransformOpInterface>]> {
  let summary = "raises the chains that begin with a broadcast";
  let description = [{
    Returns, for each of the chains, the op whose result takes the place
    of the chain's: a ditto op, or the last of the reshapes, transposes and casts
    behind it. Fails silenceably, with the reason, where there is nothing to
    raise.
  }];
  let arguments = (ins TransformHandleTypeInterface:$target,
                       UnitAttr:$raise_plain_broadcasts);
}

def SinkRepeatsOp : Ditto_RewriteReaderOp<"sink_repeats"> {
  let summary = "moves an op above the repeats that it reads";
  let description = [{
    Returns the op that runs before the repeat of its result. With `operands`,
    the repeats that other operands are stay where they are. Fails silenceably,
    with the reason, where the op reads no repeat, needs all of it, or would have
    more work to do.
  }];
}

def FoldRepeatsOp : Ditto_RewriteReaderOp<"fold_repeats"> {
  let summary = "lets an op read what the repeats that it reads repeat";
  let description = [{
    Returns the op that takes the target's place. With `operands`, other operands
    are read as they are. Fails silenceably, with the reason, where no repeat can
    be folded.
  }];
}

#endif // DITTO_TRANSFORMOPS_TRANSFORMOPS_TD
