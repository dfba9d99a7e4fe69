//===- Passes.td - Passes from buffers to LLVM ----------- -*- tablegen -*-===//
//
// Part of ditto, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The stage's contract: functions over tensors or buffers in, the same with
// loops over vectors out. The upstream passes around these are in
// lib/Pipelines/LowerToLLVM.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef DITTO_CODEGEN_PASSES
#define DITTO_CODEGEN_PASSES

include "mlir/Pass/PassBase.td"

def VerifyCPUSupportPass : Pass<"ditto-verify-cpu-support"> {
  let summary = "Refuse types that the CPU lowering would mistreat";
  let description = [{
    Fails on element types without a storage on the CPU (tf32, quantised and
    other dialects' types), on tensors with an encoding, and on arithmetic in
    floats of less than 16 bits, which the lowering can only move.
  }];
}

def VerifyLoweredPass : Pass<"ditto-verify-lowered"> {
  let summary = "Check that only the LLVM dialect is left";
  let description = [{
    The contract of `ditto-lower-to-llvm`'s output. Names the first op that breaks
    it.
  }];
}

def PrepareFunctionsPass : Pass<"ditto-prepare-functions", "mlir::ModuleOp"> {
  let summary = "Say what callers of public functions may rely on";
  let description = [{
    A public function that is given a body promises its callers
    - not to write into its tensor arguments: they get the attribute
      `bufferization.writable = false`, unless they carry one already;
    - a C wrapper, with `emit-c-interface`.

    Private functions are left as they are: bufferization sees all their calls.

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      return %x : tensor<4xf32>
    }
    // becomes
    func.func @f(%x: tensor<4xf32> {bufferization.writable = false}) -> tensor<4xf32>
        attributes {llvm.emit_c_interface} {
      return %x : tensor<4xf32>
    }
    ```
  }];
  let options = [
    Option<"emitCInterface", "emit-c-interface", "bool", /*default=*/"false",
           "Ask for a C wrapper of each public function">,
  ];
  let dependentDialects = ["mlir::bufferization::BufferizationDialect"];
}

def ExpandDynamicReshapesPass
    : InterfacePass<"ditto-expand-dynamic-reshapes",
                    "mlir::FunctionOpInterface"> {
  let summary = "Lower expand_shape with the extents that it is given";
  let description = [{
    Upstream's `expand-strided-metadata` divides the source's extent by the static
    extents of a group to get its dynamic one. It crashes on a group with two, and
    the quotient is wrong where the product does not fit in 64 bits, as it may be
    in an empty buffer. The extents are operands of the op: a
    `memref.reinterpret_cast` takes them as they are.

    ```mlir
    %e = memref.expand_shape %m [[0, 1]] output_shape [%a, %b] : memref<?xf32> into memref<?x?xf32>
    // becomes
    %e = memref.reinterpret_cast %m to offset: [0], sizes: [%a, %b], strides: [%b, 1]
        : memref<?xf32> to memref<?x?xf32>
    ```
  }];
  let dependentDialects = [
    "mlir::affine::AffineDialect",
    "mlir::memref::MemRefDialect",
  ];
}

def DecomposeOpsPass
    : InterfacePass<"ditto-decompose-ops", "mlir::FunctionOpInterface"> {
  let summary = "Split tensor ops that have no buffer form into ops that do";
  let description = [{
    `tensor.concat` becomes a chain of `tensor.insert_slice`; aggregates such as
    `linalg.softmax` become the linalg ops they stand for, and powers with a small
    constant exponent become multiplications.
  }];
  let dependentDialects = [
    "mlir::affine::AffineDialect",
    "mlir::arith::ArithDialect",
    "mlir::linalg::LinalgDialect",
    "mlir::tensor::TensorDialect",
  ];
}

def ExpandCopiesPass
    : InterfacePass<"ditto-expand-copies", "mlir::FunctionOpInterface"> {
  let summary = "Turn copies of strided buffers into linalg.copy";
  let description = [{
    A `memref.copy` whose two sides are contiguous becomes a call of memcpy when
    it is lowered. Any other one would call a function of MLIR's runner library,
    which copies element by element; it becomes a `linalg.copy`, so that
    `ditto-codegen` sees it.
  }];
  let dependentDialects = ["mlir::linalg::LinalgDialect"];
}

def SkipEmptyOpsPass
    : InterfacePass<"ditto-skip-empty-ops", "mlir::FunctionOpInterface"> {
  let summary = "Do not enter the loops of linalg ops that have nothing to do";
  let description = [{
    A buffer with an extent of 0 takes no memory, so its other extents may be as
    large as 2^63 - 1. Loops over those would run for ever around an innermost
    one that does nothing.

    ```mlir
    linalg.copy ins(%x : memref<?x4xf32, strided<[8, 1]>>) outs(%y : memref<?x4xf32>)
    // becomes
    %n = memref.dim %x, %c0 : memref<?x4xf32, strided<[8, 1]>>
    %filled = arith.cmpi ne, %n, %c0 : index
    scf.if %filled {
      linalg.copy ins(%x : memref<?x4xf32, strided<[8, 1]>>) outs(%y : memref<?x4xf32>)
    }
    ```

    Ops with a static extent of 0 are erased.
  }];
  let dependentDialects = [
    "mlir::affine::AffineDialect",
    "mlir::arith::ArithDialect",
    "mlir::memref::MemRefDialect",
    "mlir::scf::SCFDialect",
  ];
}

def PackContractionsPass
    : InterfacePass<"ditto-pack-contractions", "mlir::FunctionOpInterface"> {
  let summary = "Copy an operand of products with many rows into panels";
  let description = [{
    A product reads its right-hand side once per block of rows, as vectors along
    the result's last dimension. Where there are many rows, a block of that
    operand that fits into the first cache is copied into a contiguous panel first,
    transposed if need be. Where the number of rows is known at run time only, the
    product is there twice.

    ```mlir
    linalg.matmul
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                         affine_map<(m, n, k) -> (n, k)>,
                         affine_map<(m, n, k) -> (m, n)>]
        ins(%a, %b : memref<64x128xf32>, memref<512x128xf32>)
        outs(%c : memref<64x512xf32>)
    // becomes
    %panel = memref.alloc() {alignment = 64 : i64} : memref<128x32xf32>
    scf.for %n = %c0 to %c512 step %c32 {
      %bn = memref.subview %b[%n, 0] [32, 128] [1, 1]
          : memref<512x128xf32> to memref<32x128xf32, strided<[128, 1], offset: ?>>
      linalg.transpose ins(%bn : memref<32x128xf32, strided<[128, 1], offset: ?>>)
          outs(%panel : memref<128x32xf32>) permutation = [1, 0]
      %cn = memref.subview %c[0, %n] [64, 32] [1, 1]
          : memref<64x512xf32> to memref<64x32xf32, strided<[512, 1], offset: ?>>
      linalg.matmul ins(%a, %panel : memref<64x128xf32>, memref<128x32xf32>)
          outs(%cn : memref<64x32xf32, strided<[512, 1], offset: ?>>)
    }
    memref.dealloc %panel : memref<128x32xf32>
    ```

    With `bf16-dot`, two rows of a panel of bf16 take turns where the product is
    summed up in f32 and the other operand is contiguous along the sum, for
    `ditto-codegen` to add up products in pairs: the product is one with
    `panel[k, 2 * n + p]`. Columns that are no whole panel are not interleaved, nor
    is the last one of an odd number of rows.

    Contiguous rows of columns that are as short as in `memref<4096x64xf32>` are not
    worth a copy: as many of them as a panel has, 256 here, take 64 KiB, which is at
    most a quarter of what rows may take of the second cache. The product reads them
    where they are, in the same loops.

    The order in which the products are added up stays. A remark of category
    `ditto-codegen` tells the size of the panels and what is done to get them, or
    why a product has none.
  }];
  let options = [
    Option<"minRows", "min-rows", "int64_t", /*default=*/"32",
           "How many rows make up for the copy">,
    Option<"bf16Dot", "bf16-dot", "bool", /*default=*/"false",
           "Interleave the rows of panels of bf16 for ditto-codegen, which needs "
           "bf16-dot and reassociate to add up their products in pairs">,
    Option<"parallel", "parallel", "bool", /*default=*/"false",
           "Emit the outermost loops as scf.forall, for several threads">,
    Option<"vectorBits", "vector-bits", "unsigned", /*default=*/"512",
           "Width of the vectors, in bits">,
  ];
  let dependentDialects = [
    "mlir::affine::AffineDialect",
    "mlir::arith::ArithDialect",
    "mlir::linalg::LinalgDialect",
    "mlir::memref::MemRefDialect",
    "mlir::scf::SCFDialect",
  ];
}

def CodegenPass
    : InterfacePass<"ditto-codegen", "mlir::FunctionOpInterface"> {
  let summary = "Vectorise linalg ops on buffers";
  let description = [{
    Turns each linalg op that is contiguous along a parallel dimension into loops
    whose innermost parallel one runs over vectors, with narrower vectors and
    scalars for what is left over. Reductions keep their accumulators in
    registers, as many rows and columns at once as the registers hold.

    Each element is computed by the same operations in the same order as in scalar
    loops, unless `reassociate` is set. Then reductions whose operands are
    contiguous along the reduced dimension add up partial sums lane by lane, and
    products are added to sums in one rounding where the CPU can.

    With `bf16-dot` and `reassociate`, products of bf16 that are added up in f32
    are added in pairs by one instruction, which takes subnormal numbers for 0:
    where both operands are contiguous along the sum, or one is and the other is
    along the result's last dimension, so that two of its rows are interleaved,
    unless they are interleaved in memory already.

    A product with few rows prefetches its large operand, which it reads once.

    Copies that repeat runs shorter than a vector permute the lanes of whole
    vectors, transposes of the last dimension go through registers, as do those of
    pairs and of longer groups up to 64 bits, and rows that take turns, and one load
    feeds up to eight rows. With `byte-permute`, rows that take the same columns of
    a matrix of bytes or 16-bit words permute windows of it. Results that are
    larger than `stream-bytes`, new and returned without being read, are written
    past the caches.

    Ops that only move elements move them as integers of their storage's size,
    because vectors of i1 and of other narrow types are packed in memory:

    ```mlir
    linalg.broadcast ins(%x : memref<64xi1>) outs(%y : memref<8x64xi1>) dimensions = [0]
    // becomes
    %xs = builtin.unrealized_conversion_cast %x : memref<64xi1> to memref<64xi8>
    %ys = builtin.unrealized_conversion_cast %y : memref<8x64xi1> to memref<8x64xi8>
    scf.for %i = %c0 to %c8 step %c1 {
      %v = vector.load %xs[%c0] : memref<64xi8>, vector<64xi8>
      vector.store %v, %ys[%i, %c0] : memref<8x64xi8>, vector<64xi8>
    }
    ```

    Ops that cannot be vectorised so stay as they are, for
    `convert-linalg-to-loops`: no parallel dimension is contiguous in all
    operands that depend on it, or the body computes with a type that vectors do
    not hold like buffers do.

    A remark of category `ditto-codegen` says for each op which form was chosen and
    how much one turn of the loops computes, a missed one why the op stays.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", /*default=*/"512",
           "Width of the vectors, in bits">,
    Option<"reassociate", "reassociate", "bool", /*default=*/"true",
           "Let sums of floats be added up in another order">,
    Option<"bf16Dot", "bf16-dot", "bool", /*default=*/"false",
           "Multiply pairs of bf16 with AVX-512 BF16">,
    Option<"bytePermute", "byte-permute", "bool", /*default=*/"false",
           "Permute bytes by vectors of indices with AVX-512 VBMI">,
    Option<"streamBytes", "stream-bytes", "int64_t", /*default=*/"24 << 20",
           "Results of this size are written past the caches; three quarters of "
           "the last one">,
    Option<"parallel", "parallel", "bool", /*default=*/"false",
           "Emit the outermost loops as scf.forall, for several threads">,
  ];
  let dependentDialects = [
    "mlir::LLVM::LLVMDialect",
    "mlir::affine::AffineDialect",
    "mlir::arith::ArithDialect",
    "mlir::memref::MemRefDialect",
    "mlir::scf::SCFDialect",
    "mlir::vector::VectorDialect",
    "mlir::x86vector::X86VectorDialect",
  ];
}

def OutlineParallelLoopsPass
    : Pass<"ditto-outline-parallel-loops", "mlir::ModuleOp"> {
  let summary = "Run independent loops on several threads";
  let description = [{
    Moves the body of each outermost `scf.forall` on buffers to a function that runs
    a part of the loop, and lets ditto's runtime call it, on as many threads as it
    is told at run time:

    ```
    scf.forall (%i) in (%n) {
      %v = memref.load %x[%i] : memref<?xf32>
      memref.store %v, %y[%i] : memref<?xf32>
    }
    // becomes, with what the body uses in a struct
    %f = func.constant @f_loop : (!llvm.ptr, index, index) -> ()
    func.call @dittoRuntimeParallelFor(%n, %grain, %f, %context)
        : (index, index, (!llvm.ptr, index, index) -> (), !llvm.ptr) -> ()
    ```

    The instructions of an iteration are estimated, before the loop runs where
    extents are dynamic: a part of the loop takes at least `part-instructions`, and a
    loop that is known to take less than two parts stays. Which loops are split does
    not change the results. A remark of category `ditto-codegen` tells how many turns
    threads share, a missed one why they share none.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", /*default=*/"512",
           "Width of the vectors, in bits">,
    Option<"partInstructions", "part-instructions", "int64_t",
           /*default=*/"16 << 10",
           "Instructions that are worth handing to another thread">,
  ];
  let dependentDialects = [
    "mlir::LLVM::LLVMDialect",
    "mlir::arith::ArithDialect",
    "mlir::func::FuncDialect",
    "mlir::scf::SCFDialect",
  ];
}

def FuseElementwisePass
    : InterfacePass<"ditto-fuse-elementwise", "mlir::FunctionOpInterface"> {
  let summary = "Fuse elementwise ops with their readers where that costs nothing";
  let description = [{
    Upstream's elementwise fusion where it saves a pass over memory and nothing is
    computed twice: the intermediate has one reader, which needs each of its
    elements once, or it is a transpose or a broadcast, which a reader's indexing
    map can stand for. A transpose of the last dimension moves into contractions
    only, which ditto-pack-contractions and ditto-codegen read in any order.

    Reshapes between such ops are moved out of the way by splitting loops, but
    never the columns or the reduction of a contraction, along which vectors run.
    Results that nobody uses, such as the indices of a maximum, go.

    ```mlir
    %t = linalg.transpose ins(%w : tensor<32x8xf32>)
        outs(%e : tensor<8x32xf32>) permutation = [1, 0]
    %y = linalg.matmul ins(%x, %t : tensor<4x8xf32>, tensor<8x32xf32>)
        outs(%init : tensor<4x32xf32>) -> tensor<4x32xf32>
    // becomes
    %y = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                                          affine_map<(m, n, k) -> (n, k)>,
                                          affine_map<(m, n, k) -> (m, n)>],
                         iterator_types = ["parallel", "parallel", "reduction"]}
        ins(%x, %w : tensor<4x8xf32>, tensor<32x8xf32>)
        outs(%init : tensor<4x32xf32>) {
      ^bb0(%a: f32, %b: f32, %c: f32):
        %p = arith.mulf %a, %b : f32
        %s = arith.addf %c, %p : f32
        linalg.yield %s : f32
    } -> tensor<4x32xf32>
    ```
  }];
  let dependentDialects = [
    "mlir::affine::AffineDialect",
    "mlir::linalg::LinalgDialect",
    "mlir::tensor::TensorDialect",
  ];
}

def WidenOperandsPass
    : InterfacePass<"ditto-widen-operands", "mlir::FunctionOpInterface"> {
  let summary = "Convert the operands of products with many rows once";
  let description = [{
    A product of narrow operands that is summed up in a wider type, such as this one
    in its generic form, converts each element whenever it is used:

    ```mlir
    %c = linalg.matmul ins(%a, %b : tensor<64x128xbf16>, tensor<128x64xbf16>)
        outs(%init : tensor<64x64xf32>) -> tensor<64x64xf32>
    ```

    Where both operands are used often, they are converted first, by ops of their
    own that may be fused with what computes them. The results are the same.
  }];
  let options = [
    Option<"minUses", "min-uses", "int64_t", /*default=*/"32",
           "How often an element must be used">,
    Option<"bf16Dot", "bf16-dot", "bool", /*default=*/"false",
           "Leave products of bf16 that ditto-codegen adds up in pairs">,
  ];
  let dependentDialects = [
    "mlir::arith::ArithDialect",
    "mlir::linalg::LinalgDialect",
    "mlir::tensor::TensorDialect",
  ];
}

def FuseRowsPass : InterfacePass<"ditto-fuse-rows", "mlir::FunctionOpInterface"> {
  let summary = "Compute the rows of a product where the next product reads them";
  let description = [{
    A product whose operand is computed row by row from another product, as in
    attention, becomes a loop over blocks of rows that computes both products and
    what is between: intermediates as large as a block, which stay in the second
    cache, instead of the square of the sequence. Ops that other ops read too, and
    those that do not depend on the rows, stay outside. A remark of category
    `ditto-codegen` tells how many rows a block has.
  }];
  let dependentDialects = [
    "mlir::affine::AffineDialect",
    "mlir::linalg::LinalgDialect",
    "mlir::scf::SCFDialect",
    "mlir::tensor::TensorDialect",
  ];
}

def SkipHiddenColumnsPass
    : InterfacePass<"ditto-skip-hidden-columns", "mlir::FunctionOpInterface"> {
  let summary = "Leave out columns that a mask hides from a block of rows";
  let description = [{
    In the loops that `ditto-fuse-rows` makes, a block of rows needs the columns up
    to the last one that its mask does not hide: half of them under a causal mask,
    and what a static cache holds so far. How many these are is asked of the mask
    when it runs, so that it may come from anywhere.

    ```mlir
    %s = linalg.batch_matmul ins(%q, %k : tensor<1x32x16xf32>, tensor<1x16x512xf32>)
        outs(%e : tensor<1x32x512xf32>) -> tensor<1x32x512xf32>
    // becomes
    %n = affine.min affine_map<()[s] -> (s ceildiv 32 * 32, 512)>()[%last_seen]
    %kn = tensor.extract_slice %k[0, 0, 0] [1, 16, %n] [1, 1, 1]
        : tensor<1x16x512xf32> to tensor<1x16x?xf32>
    %s = linalg.batch_matmul ins(%q, %kn : tensor<1x32x16xf32>, tensor<1x16x?xf32>)
        outs(%en : tensor<1x32x?xf32>) -> tensor<1x32x?xf32>
    ```

    A column is hidden where minus infinity or the lowest float (-1e38 or less) is
    added to its score or selected instead. Its weight is 0 then, so nothing
    changes, unless what is hidden is no finite number: 0 * inf is taken for 0. Rows
    without a column that is seen keep all of them.
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "unsigned", /*default=*/"512",
           "Width of the vectors, in bits">,
  ];
  let dependentDialects = [
    "mlir::affine::AffineDialect",
    "mlir::arith::ArithDialect",
    "mlir::linalg::LinalgDialect",
    "mlir::tensor::TensorDialect",
  ];
}

def ApproximateMathPass : Pass<"ditto-approximate-math"> {
  let summary = "Compute elementary functions of vectors lane by lane";
  let description = [{
    LLVM takes vectors apart and calls the C library for each lane of an
    exponential. This pass uses upstream's polynomials instead, for `math.exp`,
    `math.log`, `math.tanh` and `math.erf` on vectors of f32: their errors are
    within a few units in the last place, infinities and NaNs are kept. Only
    subnormal numbers are less exact: where the exponential is one it may be 0,
    the logarithm of one is that of the smallest normal number. Scalars are left
    to the library.
  }];
  let dependentDialects = [
    "mlir::arith::ArithDialect",
    "mlir::math::MathDialect",
    "mlir::vector::VectorDialect",
  ];
}

def ConvertAssertToRuntimePass
    : Pass<"ditto-convert-assert-to-runtime", "mlir::ModuleOp"> {
  let summary = "Turn cf.assert into a call of ditto's runtime";
  let description = [{
    Upstream's lowering of `cf.assert` aborts the process. ditto reports to the
    handler of its runtime library, which does not return:

    ```
    cf.assert %ok, "size mismatch"
    // becomes
    scf.if %not_ok {
      %message = llvm.mlir.addressof @ditto_assert_0 : !llvm.ptr
      llvm.call @dittoRuntimeFailAssert(%message) : (!llvm.ptr) -> ()
    }
    ```
  }];
  let dependentDialects = [
    "mlir::LLVM::LLVMDialect",
    "mlir::arith::ArithDialect",
    "mlir::scf::SCFDialect",
  ];
}

def DropConversionFlagsPass : Pass<"ditto-drop-conversion-flags"> {
  let summary = "Drop fast-math flags of float conversions";
  let description = [{
    LLVM's fpext and fptrunc have no fast-math flags in the LLVM dialect, and the
    conversion leaves those of `arith.extf` and `arith.truncf` on them as
    attributes of the arith dialect, which readers of the output do not know.
  }];
}

def CarryBF16AsIntegersPass
    : InterfacePass<"ditto-carry-bf16-as-integers", "mlir::FunctionOpInterface"> {
  let summary = "Move bf16 as the integers of its bits";
  let description = [{
    LLVM's x86 backend keeps a bf16 that lives across basic blocks as an f32, and
    rounds it back: slow, and it turns signalling NaNs into quiet ones. This pass
    works on functions of the LLVM dialect, where arithmetic on bf16 is spelled
    out in integers and f32 already, and makes whatever is left between a load and
    a store an i16:

    ```mlir
    %v = llvm.load %p : !llvm.ptr -> bf16
    llvm.store %v, %q : bf16, !llvm.ptr
    // becomes
    %v = llvm.load %p : !llvm.ptr -> i16
    llvm.store %v, %q : i16, !llvm.ptr
    ```

    Arguments and results of functions and operands of ops that compute stay bf16;
    they are cast where they meet the integers. The other floats of the CPU move
    without a change of their bits.
  }];
  let dependentDialects = ["mlir::LLVM::LLVMDialect"];
}

#endif // DITTO_CODEGEN_PASSES
