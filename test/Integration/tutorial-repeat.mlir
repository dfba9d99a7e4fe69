// The tutorial's examples of `Tensor.repeat`.
//
// RUN: ditto-run %s --entry=two_dims --print | FileCheck %s --check-prefix=TWO
// RUN: ditto-run %s --entry=ones --print | FileCheck %s --check-prefix=ONES
// RUN: ditto-run %s --entry=new_dims --print | FileCheck %s --check-prefix=NEW
// RUN: not ditto-opt %S/Inputs/tutorial-fewer-counts.mlir 2>&1 | FileCheck %s --check-prefix=FEWER

// TWO:      result 0: tensor<4x6xi64>
// TWO-NEXT: {{^}}{{\[\[}}1 2 1 2 1 2]{{$}}
// TWO-NEXT: {{^}} [3 4 3 4 3 4]{{$}}
// TWO-NEXT: {{^}} [1 2 1 2 1 2]{{$}}
// TWO-NEXT: {{^}} [3 4 3 4 3 4]]{{$}}
func.func @two_dims() -> tensor<4x6xi64> {
  %x = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
  %r = ditto.repeat %x by [2, 3] : tensor<2x2xi64> -> tensor<4x6xi64>
  return %r : tensor<4x6xi64>
}

// ONES:      result 0: tensor<1x3xi64>
// ONES-NEXT: {{^}}{{\[\[}}1 2 3]]{{$}}
func.func @ones() -> tensor<1x3xi64> {
  %x = arith.constant dense<[1, 2, 3]> : tensor<3xi64>
  %r = ditto.repeat %x by [1, 1] : tensor<3xi64> -> tensor<1x3xi64>
  return %r : tensor<1x3xi64>
}

// NEW:      result 0: tensor<3x4x6xi64>
// NEW-NEXT: {{^}}{{\[\[\[}}1 2 3 1 2 3]{{$}}
// NEW-NEXT: {{^}}  [1 2 3 1 2 3]{{$}}
// NEW-NEXT: {{^}}  [1 2 3 1 2 3]{{$}}
// NEW-NEXT: {{^}}  [1 2 3 1 2 3]]{{$}}
// NEW-EMPTY:
// NEW-NEXT: {{^}} {{\[\[}}1 2 3 1 2 3]{{$}}
// NEW-NEXT: {{^}}  [1 2 3 1 2 3]{{$}}
// NEW-NEXT: {{^}}  [1 2 3 1 2 3]{{$}}
// NEW-NEXT: {{^}}  [1 2 3 1 2 3]]{{$}}
// NEW-EMPTY:
// NEW-NEXT: {{^}} {{\[\[}}1 2 3 1 2 3]{{$}}
// NEW-NEXT: {{^}}  [1 2 3 1 2 3]{{$}}
// NEW-NEXT: {{^}}  [1 2 3 1 2 3]{{$}}
// NEW-NEXT: {{^}}  [1 2 3 1 2 3]]]{{$}}
func.func @new_dims() -> tensor<3x4x6xi64> {
  %x = arith.constant dense<[1, 2, 3]> : tensor<3xi64>
  %r = ditto.repeat %x by [3, 4, 2] : tensor<3xi64> -> tensor<3x4x6xi64>
  return %r : tensor<3x4x6xi64>
}

// FEWER: error: 'ditto.repeat' op expected at least 2 counts, one per operand dimension, but got 1
