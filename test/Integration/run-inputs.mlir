// RUN: ditto-run %s --entry=dynamic --input=iota:2x3 --input=-4 --print | FileCheck %s --check-prefix=DYNAMIC
// RUN: ditto-run %s --entry=wrap --fill=iota --print | FileCheck %s --check-prefix=WRAP
// RUN: ditto-run %s --entry=scalars --input=1e-3 --input=200 --input=true --input=nan --print | FileCheck %s --check-prefix=SCALARS
// RUN: ditto-run %s --entry=random --fill=random --seed=1 --print > %t.1
// RUN: ditto-run %s --entry=random --fill=random --seed=1 --print > %t.2
// RUN: ditto-run %s --entry=random --fill=random --seed=2 --print > %t.3
// RUN: cmp %t.1 %t.2
// RUN: not cmp %t.1 %t.3
// RUN: ditto-run %s --entry=random --fill=zeros --print | FileCheck %s --check-prefix=ZEROS

// RUN: not ditto-run %s --entry=dynamic --input=iota --input=1 2>&1 | FileCheck %s --check-prefix=SHAPE
// SHAPE: ditto-run: input 0: expected a shape for tensor<?x3xf32>, such as 'zeros:2x8', but got ''
// RUN: not ditto-run %s --entry=dynamic --input=iota:2x4 --input=1 2>&1 | FileCheck %s --check-prefix=EXTENT
// EXTENT: ditto-run: input 0: expected a shape for tensor<?x3xf32>, but got '2x4'
// RUN: not ditto-run %s --entry=dynamic --input=iota:2x3 2>&1 | FileCheck %s --check-prefix=COUNT
// COUNT: ditto-run: @dynamic has 2 arguments (tensor<?x3xf32>, index), but 1 inputs were given
// RUN: not ditto-run %s --entry=dynamic --input=5 --input=1 2>&1 | FileCheck %s --check-prefix=NUMBER
// NUMBER: ditto-run: input 0: expected a .npy file, zeros, iota or random for tensor<?x3xf32>, but got the number '5'
// RUN: not ditto-run %s --entry=dynamic --input=ones --input=1 2>&1 | FileCheck %s --check-prefix=SPEC
// SPEC: ditto-run: input 0: expected a .npy file, zeros, iota, random or a number, but got 'ones'
// RUN: not ditto-run %s --entry=dynamic --input=iota:2x3 --input=1.5 2>&1 | FileCheck %s --check-prefix=FRACTION
// FRACTION: ditto-run: input 1: expected a number that fits in index, but got '1.5'
// RUN: not ditto-run %s --entry=scalars --input=0 --input=256 --input=0 --input=0 2>&1 | FileCheck %s --check-prefix=RANGE
// RANGE: ditto-run: input 1: expected a number that fits in i8, but got '256'
// RUN: not ditto-run %s --entry=dynamic --input=iota:4611686018427387904x3 --input=1 2>&1 | FileCheck %s --check-prefix=HUGE
// HUGE: ditto-run: input 0: the size of tensor<4611686018427387904x3xf32> does not fit in 64 bits

//      DYNAMIC: result 0: tensor<2x3xf32>
// DYNAMIC-NEXT: {{\[\[}}0. 1. 2.]
// DYNAMIC-NEXT: [3. 4. 5.]]
//      DYNAMIC: result 1: index
// DYNAMIC-NEXT: -4
func.func @dynamic(%x: tensor<?x3xf32>, %n: index) -> (tensor<?x3xf32>, index) {
  return %x, %n : tensor<?x3xf32>, index
}

// WRAP: [ 0 1 2 3 4 5 6 7 -8 -7]
// WRAP: [0. 1. 2. 3. 4. 5. 6. 7. 0. 1.]
func.func @wrap(%x: tensor<10xi4>, %y: tensor<10xf8E5M2>) -> (tensor<10xi4>, tensor<10xf8E5M2>) {
  return %x, %y : tensor<10xi4>, tensor<10xf8E5M2>
}

// SCALARS: 0.001
// SCALARS: -56
// SCALARS: True
// SCALARS: nan
func.func @scalars(%f: f64, %i: i8, %b: i1, %t: tensor<f16>) -> (f64, i8, i1, tensor<f16>) {
  return %f, %i, %b, %t : f64, i8, i1, tensor<f16>
}

// ZEROS: [0. 0. 0. 0.]
// ZEROS: [0 0 0 0]
func.func @random(%x: tensor<4xf32>, %y: tensor<4xi32>) -> (tensor<4xf32>, tensor<4xi32>) {
  return %x, %y : tensor<4xf32>, tensor<4xi32>
}
