// The ops, passes, pipelines and remarks of ditto in upstream's own mlir-opt.
//
// RUN: %mlir_opt_ditto %s --pass-pipeline='builtin.module(func.func(ditto-sink-repeats))' | FileCheck %s --check-prefix=PASS
// RUN: %mlir_opt_ditto %s --pass-pipeline='builtin.module(ditto-optimize)' | FileCheck %s --check-prefix=PIPELINE
// RUN: %mlir_opt_ditto %s --pass-pipeline='builtin.module(ditto-compile{vector-bits=128})' | FileCheck %s --check-prefix=LLVM
// RUN: %mlir_opt_ditto %s --pass-pipeline='builtin.module(ditto-optimize)' -o /dev/null --remarks-filter=ditto --remark-format=emitRemark 2>&1 | FileCheck %s --check-prefix=REMARK

// Bufferization asks the ops' external model.
// RUN: %mlir_opt_ditto %s --one-shot-bufferize='bufferize-function-boundaries' | FileCheck %s --check-prefix=BUFFERS

// An unknown option is an error of mlir-opt's.
// RUN: not %mlir_opt_ditto %s --pass-pipeline='builtin.module(ditto-compile{vector-bit=128})' 2>&1 | FileCheck %s --check-prefix=OPTION
// OPTION: no such option vector-bit

// It has every pass and pipeline that ditto-opt has.
// RUN: ditto-opt --help | grep -o -e '--[a-z-]*ditto-*[a-z-]* ' | grep -v -e --ditto-report | sort > %t.opt
// RUN: %mlir_opt_ditto --help | grep -o -e '--[a-z-]*ditto-*[a-z-]* ' | sort > %t.plugin
// RUN: diff %t.opt %t.plugin
// RUN: FileCheck %s --check-prefix=NAMES < %t.plugin
// NAMES: --convert-ditto-to-linalg
// NAMES: --ditto-compile
// NAMES: --ditto-raise

// An op that is wrong, and a type that cannot be compiled, are diagnostics.
// RUN: echo 'func.func @f(%%x: tensor<2xf32>) { ditto.repeat %%x by [-1] : tensor<2xf32> -> tensor<?xf32> return }' | not %mlir_opt_ditto 2>&1 | FileCheck %s --check-prefix=OP
// OP: error: 'ditto.repeat' op expected the count of dimension 0 to be >= 0, but got -1
// RUN: echo 'func.func @f(%%x: tensor<2xtf32>) -> tensor<4xtf32> { %%r = ditto.repeat %%x by [2] : tensor<2xtf32> -> tensor<4xtf32> return %%r : tensor<4xtf32> }' | not %mlir_opt_ditto --pass-pipeline='builtin.module(ditto-compile)' 2>&1 | FileCheck %s --check-prefix=TYPE
// TYPE: error: {{.*}}tf32

// Loaded twice, or by a tool that has ditto, it changes nothing.
// RUN: %mlir_opt_ditto --load-pass-plugin=%ditto_plugin --load-dialect-plugin=%ditto_plugin %s -o /dev/null
// RUN: ditto-opt --load-pass-plugin=%ditto_plugin --load-dialect-plugin=%ditto_plugin %s --ditto-optimize | FileCheck %s --check-prefix=PIPELINE

// PASS-LABEL: func.func @scores
// PASS: ditto.repeat_interleave
// PASS: linalg.batch_matmul
// PIPELINE-LABEL: func.func @scores
// PIPELINE-NOT: ditto.
// PIPELINE: linalg.batch_matmul
// PIPELINE-SAME: tensor<2x20x16xf32>, tensor<2x16x7xf32>
// LLVM: llvm.func @scores
// LLVM: vector<4xf32>
// REMARK: plugin.mlir:[[#@LINE+4]]:{{.*}}Removed{{.*}}Bytes=3584
// BUFFERS-LABEL: func.func @scores
// BUFFERS-NOT: ditto.
func.func @scores(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%init : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}
