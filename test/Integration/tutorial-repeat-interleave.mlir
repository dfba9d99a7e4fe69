// The tutorial's examples of `Tensor.repeat_interleave`.
//
// RUN: ditto-run %s --entry=flattened --print | FileCheck %s --check-prefix=FLAT
// RUN: ditto-run %s --entry=rows --print | FileCheck %s --check-prefix=ROWS
// RUN: ditto-run %s --entry=counts --print | FileCheck %s --check-prefix=COUNTS
// RUN: ditto-run %s --entry=groups --input=iota --output=%t.reshaped.npy
// RUN: ditto-run %s --entry=groups --input=iota --print --expect=%t.reshaped.npy --expect=%t.reshaped.npy | FileCheck %s --check-prefix=GROUPS

// FLAT:      result 0: tensor<8xi64>
// FLAT-NEXT: {{^}}[1 1 2 2 3 3 4 4]{{$}}
func.func @flattened() -> tensor<8xi64> {
  %x = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
  %r = ditto.repeat_interleave %x by 2 : tensor<2x2xi64> -> tensor<8xi64>
  return %r : tensor<8xi64>
}

// ROWS:      result 0: tensor<4x2xi64>
// ROWS-NEXT: {{^}}{{\[\[}}1 2]{{$}}
// ROWS-NEXT: {{^}} [1 2]{{$}}
// ROWS-NEXT: {{^}} [3 4]{{$}}
// ROWS-NEXT: {{^}} [3 4]]{{$}}
func.func @rows() -> tensor<4x2xi64> {
  %x = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
  %r = ditto.repeat_interleave %x by 2 dim(0) : tensor<2x2xi64> -> tensor<4x2xi64>
  return %r : tensor<4x2xi64>
}

// COUNTS:      result 0: tensor<6xi64>
// COUNTS-NEXT: {{^}}[1 2 2 3 3 3]{{$}}
func.func @counts() -> tensor<?xi64> {
  %x = arith.constant dense<[1, 2, 3]> : tensor<3xi64>
  %c = arith.constant dense<[1, 2, 3]> : tensor<3xi64>
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<3xi64>, tensor<3xi64> -> tensor<?xi64>
  return %r : tensor<?xi64>
}

// Two key/value heads become eight by expanding and reshaping, and by
// repeat_interleave: the same.
// GROUPS:      result 0: tensor<3x8x5x2xi64>
// GROUPS-NEXT: {{^}}{{\[\[\[\[}} 0   1]{{$}}
// GROUPS:      result 1 is as in
func.func @groups(%x: tensor<3x2x5x2xi64>) -> (tensor<3x8x5x2xi64>, tensor<3x8x5x2xi64>) {
  %empty = tensor.empty() : tensor<3x2x4x5x2xi64>
  %b = linalg.broadcast ins(%x : tensor<3x2x5x2xi64>) outs(%empty : tensor<3x2x4x5x2xi64>) dimensions = [2]
  %0 = tensor.collapse_shape %b [[0], [1, 2], [3], [4]] : tensor<3x2x4x5x2xi64> into tensor<3x8x5x2xi64>
  %1 = ditto.repeat_interleave %x by 4 dim(1) : tensor<3x2x5x2xi64> -> tensor<3x8x5x2xi64>
  return %0, %1 : tensor<3x8x5x2xi64>, tensor<3x8x5x2xi64>
}
