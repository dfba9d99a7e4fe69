// The other extents of an empty tensor can be huge. Nothing loops over them, not
// even where LLVM does not delete loops without effect.
// DEFINE: %{run} = timeout 60 ditto-run -O 0 --print

// RUN: %{run} %s --entry=repeat --input=zeros:0 --input=9223372036854775807 --input=3 | FileCheck %s --check-prefix=REPEAT
// REPEAT: result 0: tensor<9223372036854775807x0xf32>
func.func @repeat(%x: tensor<?xf32>, %n: index, %m: index) -> tensor<?x?xf32> {
  %r = ditto.repeat %x by [%n, %m] : tensor<?xf32> -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// RUN: %{run} %s --entry=static --fill=zeros | FileCheck %s --check-prefix=STATIC
// STATIC: result 0: tensor<9223372036854775807x0x1x51xi7>
func.func @static(%x: tensor<3x1x17xi7>, %zero: index) -> tensor<9223372036854775807x?x1x51xi7> {
  %r = ditto.repeat %x by [9223372036854775807, %zero, 1, 3] : tensor<3x1x17xi7> -> tensor<9223372036854775807x?x1x51xi7>
  return %r : tensor<9223372036854775807x?x1x51xi7>
}

// RUN: %{run} %s --entry=uniform --input=zeros:2x0 --input=4611686018427387903 | FileCheck %s --check-prefix=UNIFORM
// UNIFORM: result 0: tensor<9223372036854775806x0xi1>
func.func @uniform(%x: tensor<?x?xi1>, %n: index) -> tensor<?x?xi1> {
  %r = ditto.repeat_interleave %x by %n dim(0) : tensor<?x?xi1> -> tensor<?x?xi1>
  return %r : tensor<?x?xi1>
}

// One count that is shared by 2^62 rows of no elements, then each of them with
// no rows.
// RUN: %{run} %s --entry=counts --input=zeros:5x4611686018427387904x0 --input=zeros:1 | FileCheck %s --check-prefix=SHARED
// SHARED: result 0: tensor<5x0x0xf32>
// RUN: %{run} %s --entry=counts --input=zeros:4611686018427387904x0x3 --input=zeros:0 | FileCheck %s --check-prefix=NONE
// NONE: result 0: tensor<4611686018427387904x0x3xf32>
// RUN: %{run} %s --entry=counts --input=zeros:4611686018427387904x2x0 --input=iota:2 | FileCheck %s --check-prefix=OUTER
// OUTER: result 0: tensor<4611686018427387904x1x0xf32>
func.func @counts(%x: tensor<?x?x?xf32>, %c: tensor<?xi64>) -> tensor<?x?x?xf32> {
  %r = ditto.repeat_interleave %x by %c dim(1) : tensor<?x?x?xf32>, tensor<?xi64> -> tensor<?x?x?xf32>
  return %r : tensor<?x?x?xf32>
}

// Products of extents that do not fit in 64 bits.
// RUN: %{run} %s --entry=wraps --input=zeros:4611686018427387904x2x3x0 --input=iota:3 | FileCheck %s --check-prefix=WRAPS
// WRAPS: result 0: tensor<4611686018427387904x2x3x0xf32>
func.func @wraps(%x: tensor<4611686018427387904x?x3x?xf32>, %c: tensor<3xi64>) -> tensor<4611686018427387904x?x?x?xf32> {
  %r = ditto.repeat_interleave %x by %c dim(2) : tensor<4611686018427387904x?x3x?xf32>, tensor<3xi64> -> tensor<4611686018427387904x?x?x?xf32>
  return %r : tensor<4611686018427387904x?x?x?xf32>
}
// RUN: %{run} %s --entry=has_to_be_empty --input=zeros:4611686018427387904x2x3x0 --input=iota:3 | FileCheck %s --check-prefix=WRAPS
func.func @has_to_be_empty(%x: tensor<4611686018427387904x2x3x?xf32>, %c: tensor<3xi64>) -> tensor<4611686018427387904x2x?x?xf32> {
  %r = ditto.repeat_interleave %x by %c dim(2) : tensor<4611686018427387904x2x3x?xf32>, tensor<3xi64> -> tensor<4611686018427387904x2x?x?xf32>
  return %r : tensor<4611686018427387904x2x?x?xf32>
}

// Elementwise, a reduction to an empty result, a transpose.
// RUN: %{run} %s --entry=linalg --input=zeros:4611686018427387904x0 | FileCheck %s --check-prefix=LINALG
// LINALG: result 0: tensor<4611686018427387904x0xf32>
// LINALG: result 1: tensor<0xf32>
// LINALG: result 2: tensor<0x4611686018427387904xf32>
func.func @linalg(%x: tensor<?x?xf32>) -> (tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %doubled = arith.addf %x, %x : tensor<?x?xf32>
  %e0 = tensor.empty(%cols) : tensor<?xf32>
  %f0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<?xf32>) -> tensor<?xf32>
  %sum = linalg.reduce {arith.addf} ins(%x : tensor<?x?xf32>) outs(%f0 : tensor<?xf32>) dimensions = [0]
  %e1 = tensor.empty(%cols, %rows) : tensor<?x?xf32>
  %transposed = linalg.transpose ins(%x : tensor<?x?xf32>) outs(%e1 : tensor<?x?xf32>) permutation = [1, 0]
  return %doubled, %sum, %transposed : tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>
}
