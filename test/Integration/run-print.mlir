// RUN: ditto-run %s --entry=rows --input=iota --print | FileCheck %s --check-prefix=ROWS --match-full-lines --strict-whitespace
// RUN: ditto-run %s --entry=floats --print | FileCheck %s --check-prefix=FLOATS
// RUN: ditto-run %s --entry=others --print | FileCheck %s --check-prefix=OTHERS
// RUN: ditto-run %s --entry=large --fill=iota --print | FileCheck %s --check-prefix=LARGE

//      ROWS:result 0: tensor<4x6xf32>
// ROWS-NEXT:{{\[\[}}0. 1. 0. 1. 0. 1.]
// ROWS-NEXT: [2. 3. 2. 3. 2. 3.]
// ROWS-NEXT: [0. 1. 0. 1. 0. 1.]
// ROWS-NEXT: [2. 3. 2. 3. 2. 3.]]
func.func @rows(%x: tensor<2x2xf32>) -> tensor<4x6xf32> {
  %r = ditto.repeat %x by [2, 3] : tensor<2x2xf32> -> tensor<4x6xf32>
  return %r : tensor<4x6xf32>
}

// The fewest digits, in columns.
//      FLOATS: result 0: tensor<2x3xf32>
// FLOATS-NEXT: {{\[\[}}    0.1    -0. 1.e+20]
// FLOATS-NEXT:  {{\[}}    nan   -inf 100.]]
//      FLOATS: result 1: tensor<2xbf16>
// FLOATS-NEXT: [ 0.1 120.]
//      FLOATS: result 2: tensor<2xf8E4M3FN>
// FLOATS-NEXT: [448.  -0.1]
//      FLOATS: result 3: tensor<1xcomplex<f64>>
// FLOATS-NEXT: [1.5-2.j]
func.func @floats() -> (tensor<2x3xf32>, tensor<2xbf16>, tensor<2xf8E4M3FN>, tensor<1xcomplex<f64>>) {
  %0 = arith.constant dense<[[0.1, -0.0, 1.0e+20], [0x7FC00000, 0xFF800000, 100.0]]> : tensor<2x3xf32>
  %1 = arith.constant dense<[0.1, 120.0]> : tensor<2xbf16>
  %2 = arith.constant dense<[448.0, -0.1]> : tensor<2xf8E4M3FN>
  %3 = arith.constant dense<(1.5, -2.0)> : tensor<1xcomplex<f64>>
  return %0, %1, %2, %3 : tensor<2x3xf32>, tensor<2xbf16>, tensor<2xf8E4M3FN>, tensor<1xcomplex<f64>>
}

//      OTHERS: result 0: tensor<2xi1>
// OTHERS-NEXT: [False True]
//      OTHERS: result 1: index
// OTHERS-NEXT: -7
//      OTHERS: result 2: tensor<2xi4>
// OTHERS-NEXT: [-8 7]
//      OTHERS: result 3: tensor<1xi128>
// OTHERS-NEXT: [-170141183460469231731687303715884105728]
//      OTHERS: result 4: tensor<0x3xi8>
// OTHERS-NEXT: []
//      OTHERS: result 5: tensor<1x2x1xi8>
// OTHERS-NEXT: {{\[\[\[}}1]
// OTHERS-NEXT: [2]]]
func.func @others() -> (tensor<2xi1>, index, tensor<2xi4>, tensor<1xi128>, tensor<0x3xi8>, tensor<1x2x1xi8>) {
  %0 = arith.constant dense<[false, true]> : tensor<2xi1>
  %1 = arith.constant -7 : index
  %2 = arith.constant dense<[-8, 7]> : tensor<2xi4>
  %3 = arith.constant dense<-170141183460469231731687303715884105728> : tensor<1xi128>
  %4 = tensor.empty() : tensor<0x3xi8>
  %5 = arith.constant dense<[[[1], [2]]]> : tensor<1x2x1xi8>
  return %0, %1, %2, %3, %4, %5 : tensor<2xi1>, index, tensor<2xi4>, tensor<1xi128>, tensor<0x3xi8>, tensor<1x2x1xi8>
}

//      LARGE: result 0: tensor<2x1000xi32>
// LARGE-NEXT: {{\[\[}} 0 1 2 ... 997 998 999]
// LARGE-NEXT: [1000 1001 1002 ... 1997 1998 1999]]
func.func @large(%x: tensor<2x1000xi32>) -> tensor<2x1000xi32> {
  return %x : tensor<2x1000xi32>
}
