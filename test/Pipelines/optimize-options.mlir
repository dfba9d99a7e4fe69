// What ditto-optimize and ditto-compile leave to others.
//
// RUN: ditto-opt %s --ditto-optimize | FileCheck %s --check-prefix=ALL
// RUN: ditto-opt %s --ditto-optimize="raise=false fold-into=nothing" | FileCheck %s --check-prefix=NO-RAISE
// RUN: ditto-opt %s --ditto-optimize="sink=false" | FileCheck %s --check-prefix=NO-SINK
// RUN: ditto-opt %s --ditto-optimize="fold-into=contractions sink=false" | FileCheck %s --check-prefix=CONTRACTIONS
// RUN: ditto-opt %s --ditto-optimize="fold-into=nothing sink=false" | FileCheck %s --check-prefix=NOTHING
// RUN: ditto-opt %s --ditto-optimize="raise-plain-broadcasts=true fold-into=nothing" | FileCheck %s --check-prefix=PLAIN
// RUN: not ditto-opt %s --ditto-optimize="fold-into=something" 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: something

// RUN: ditto-opt %s --ditto-optimize="fold-into=nothing sink=false" --remarks-filter=ditto --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=KEPT
// RUN: ditto-opt %s --ditto-optimize="fold-into=nothing sink=false remark-kept=false" --remarks-filter=ditto --remark-format=emitRemark -o /dev/null 2>&1 | FileCheck %s --check-prefix=SILENT
// KEPT: [Missed] Kept
// SILENT: [Passed] Raised
// SILENT-NOT: [Missed]

// ditto-compile has the options of both of its parts.
// RUN: ditto-opt %s --ditto-compile="raise=false vector-bits=128" | FileCheck %s --check-prefix=COMPILE
// COMPILE: llvm.func @product
// COMPILE-NOT: vector<16xf32>
// COMPILE: vector<4xf32>

// ALL-LABEL: func.func @product
// ALL-NOT: ditto.
// ALL: linalg.batch_matmul {{.*}}tensor<2x20x16xf32>
// NO-RAISE-LABEL: func.func @product
// NO-RAISE-NOT: ditto.
// NO-RAISE: linalg.broadcast
// NO-RAISE: linalg.batch_matmul {{.*}}tensor<8x5x16xf32>
// CONTRACTIONS-LABEL: func.func @product
// CONTRACTIONS-NOT: ditto.
// CONTRACTIONS: linalg.batch_matmul
// NOTHING-LABEL: func.func @product
// NOTHING: ditto.repeat_interleave
func.func @product(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %e = tensor.empty() : tensor<2x4x16x7xf32>
  %b = linalg.broadcast ins(%k : tensor<2x16x7xf32>) outs(%e : tensor<2x4x16x7xf32>) dimensions = [1]
  %r = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<2x4x16x7xf32> into tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%init : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// ALL-LABEL: func.func @sum
// ALL-NOT: ditto.
// CONTRACTIONS-LABEL: func.func @sum
// CONTRACTIONS: ditto.repeat_interleave
func.func @sum(%x: tensor<2x7xf32>, %y: tensor<8x7xf32>) -> tensor<8x7xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x7xf32> -> tensor<8x7xf32>
  %s = linalg.add ins(%r, %y : tensor<8x7xf32>, tensor<8x7xf32>) outs(%y : tensor<8x7xf32>) -> tensor<8x7xf32>
  return %s : tensor<8x7xf32>
}

// ALL-LABEL: func.func @function
// ALL: linalg.exp {{.*}}tensor<2x7xf32>
// NO-SINK-LABEL: func.func @function
// NO-SINK: linalg.exp {{.*}}tensor<8x7xf32>
func.func @function(%x: tensor<2x7xf32>, %e: tensor<8x7xf32>) -> tensor<8x7xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x7xf32> -> tensor<8x7xf32>
  %s = linalg.exp ins(%r : tensor<8x7xf32>) outs(%e : tensor<8x7xf32>) -> tensor<8x7xf32>
  return %s : tensor<8x7xf32>
}

// ALL-LABEL: func.func @plain
// ALL: linalg.broadcast
// PLAIN-LABEL: func.func @plain
// PLAIN: ditto.repeat
func.func @plain(%x: tensor<7xf32>) -> tensor<4x7xf32> {
  %e = tensor.empty() : tensor<4x7xf32>
  %b = linalg.broadcast ins(%x : tensor<7xf32>) outs(%e : tensor<4x7xf32>) dimensions = [0]
  return %b : tensor<4x7xf32>
}
