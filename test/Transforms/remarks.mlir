// Each repeat that is gone is a passed remark, each that stays a missed one with
// the reason.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats))' --remarks-filter=ditto --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats{remark-kept=false}))' --remarks-filter=ditto --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=PASSED
// PASSED-NOT: Kept
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats{rewrite=false}))' --remarks-filter=ditto --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=ONLY
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-sink-repeats))' --remarks-filter=ditto --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=SINK

func.func @folded(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Passed] Removed | Category:ditto:ditto-fold-repeats | {{.*}}Bytes=3584{{.*}}Reader=linalg.batch_matmul
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%init : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

func.func @folded_dynamic(%q: tensor<?x5x16xf32>, %k: tensor<?x16x7xf32>, %init: tensor<?x5x7xf32>) -> tensor<?x5x7xf32> {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Passed] Removed | Category:ditto:ditto-fold-repeats | {{.*}}Bytes=?{{.*}}Reader=linalg.batch_matmul
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<?x16x7xf32> -> tensor<?x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<?x5x16xf32>, tensor<?x16x7xf32>) outs(%init : tensor<?x5x7xf32>) -> tensor<?x5x7xf32>
  return %s : tensor<?x5x7xf32>
}

func.func @returned(%k: tensor<2x16x7xf16>) -> tensor<8x16x7xf16> {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Missed] Kept | Category:ditto:ditto-fold-repeats | {{.*}}Bytes=1792{{.*}}Reason="func.return reads all of it"
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf16> -> tensor<8x16x7xf16>
  return %r : tensor<8x16x7xf16>
}

func.func @reduced(%k: tensor<5x2xf32>, %q: tensor<3x8xf32>, %init: tensor<3x5xf32>) -> tensor<3x5xf32> {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Missed] Kept | Category:ditto:ditto-fold-repeats | {{.*}}Reason="linalg.matmul: expected no reduction along the repeated dimension
  %r = ditto.repeat_interleave %k by 4 dim(1) : tensor<5x2xf32> -> tensor<5x8xf32>
  %s = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%q, %r : tensor<3x8xf32>, tensor<5x8xf32>) outs(%init : tensor<3x5xf32>) -> tensor<3x5xf32>
  return %s : tensor<3x5xf32>
}

func.func @checked(%q: tensor<8x5x16xf32>, %k: tensor<?x16x7xf32>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Missed] Kept | Category:ditto:ditto-fold-repeats | {{.*}}Reason="linalg.batch_matmul: expected a repeat without run-time checks of extents
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<?x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%init : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

func.func @dead(%k: tensor<?xf32>, %n: index) {
  // ONLY: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Missed] Kept | {{.*}}Reason="not used"
  %r = ditto.repeat %k by [%n] : tensor<?xf32> -> tensor<6xf32>
  return
}

// The product has each row four times, too: that is for sinking.
func.func @sinks_only(%k: tensor<2x5xf32>, %q: tensor<3x5xf32>, %e: tensor<8x3xf32>) -> tensor<8x3xf32> {
  %c0 = arith.constant 0.0 : f32
  %init = linalg.fill ins(%c0 : f32) outs(%e : tensor<8x3xf32>) -> tensor<8x3xf32>
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Missed] Kept | {{.*}}Reason="linalg.matmul: expected another input that depends on the repeated dimension"
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%r, %q : tensor<8x5xf32>, tensor<3x5xf32>) outs(%init : tensor<8x3xf32>) -> tensor<8x3xf32>
  return %s : tensor<8x3xf32>
}

// Who reads it is asked behind reshapes and transposes.
func.func @moved(%k: tensor<2x16x7xf16>) -> tensor<7x128xf16> {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Missed] Kept | Category:ditto:ditto-fold-repeats | {{.*}}Reason="func.return reads all of it"
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf16> -> tensor<8x16x7xf16>
  %c = tensor.collapse_shape %r [[0, 1], [2]] : tensor<8x16x7xf16> into tensor<128x7xf16>
  %e = tensor.empty() : tensor<7x128xf16>
  %t = linalg.transpose ins(%c : tensor<128x7xf16>) outs(%e : tensor<7x128xf16>) permutation = [1, 0]
  return %t : tensor<7x128xf16>
}

// The reshape is why.
func.func @other_extents(%q: tensor<?x5x16xf32>, %k: tensor<?x2x16x?xf32>, %b: index, %s: index, %init: tensor<?x5x?xf32>) -> tensor<?x5x?xf32> {
  %c16 = arith.constant 16 : index
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Missed] Kept | Category:ditto:ditto-fold-repeats | {{.*}}Reason="linalg.batch_matmul: expected extents that are known to be equal"
  %r = ditto.repeat_interleave %k by 4 dim(1) : tensor<?x2x16x?xf32> -> tensor<?x8x16x?xf32>
  %shape = tensor.from_elements %b, %c16, %s : tensor<3xindex>
  %m = tensor.reshape %r(%shape) : (tensor<?x8x16x?xf32>, tensor<3xindex>) -> tensor<?x16x?xf32>
  %p = linalg.batch_matmul ins(%q, %m : tensor<?x5x16xf32>, tensor<?x16x?xf32>) outs(%init : tensor<?x5x?xf32>) -> tensor<?x5x?xf32>
  return %p : tensor<?x5x?xf32>
}

// The operand that is a repeat gives the reason, not the last one.
func.func @first_operand(%q: tensor<3x8xf32>, %k: tensor<2x5xf32>, %init: tensor<5x3xf32>) -> tensor<5x3xf32> {
  // CHECK: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Missed] Kept | Category:ditto:ditto-fold-repeats | {{.*}}Reason="linalg.matmul: expected no reduction along the repeated dimension
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (k, m)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%r, %q : tensor<8x5xf32>, tensor<3x8xf32>) outs(%init : tensor<5x3xf32>) -> tensor<5x3xf32>
  return %s : tensor<5x3xf32>
}

// The rows are folded into the op, the columns sink below it: it is the pass that
// the remark names, and the result that is repeated.
func.func @folded_and_sunk(%x: tensor<2x7xf32>, %y: tensor<8xf32>, %init: tensor<8x21xf32>) -> tensor<8x21xf32> {
  // SINK: remarks.mlir:[[#@LINE+1]]:{{.*}}remark: [Passed] Sunk | Category:ditto:ditto-sink-repeats | {{.*}}Bytes=672{{.*}}Reader=linalg.generic
  %r = ditto.repeat %x by [4, 3] : tensor<2x7xf32> -> tensor<8x21xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%r, %y : tensor<8x21xf32>, tensor<8xf32>) outs(%init : tensor<8x21xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %p = arith.mulf %a, %b : f32
    %q = arith.addf %p, %b : f32
    linalg.yield %q : f32
  } -> tensor<8x21xf32>
  return %s : tensor<8x21xf32>
}
