// RUN: ditto-opt %s --ditto-approximate-math | FileCheck %s

// CHECK-LABEL: func @exponential
// CHECK-NOT:     math.exp
// CHECK:         math.fma {{.*}} : vector<16xf32>
// CHECK-NOT:     math.exp
// CHECK:         return
func.func @exponential(%x: vector<16xf32>) -> vector<16xf32> {
  %y = math.exp %x : vector<16xf32>
  return %y : vector<16xf32>
}

// The C library is as fast on one element, and more exact.
// CHECK-LABEL: func @negative_scalar
// CHECK:         math.exp %{{.*}} : f32
func.func @negative_scalar(%x: f32) -> f32 {
  %y = math.exp %x : f32
  return %y : f32
}

// CHECK-LABEL: func @negative_f64
// CHECK:         math.exp %{{.*}} : vector<8xf64>
func.func @negative_f64(%x: vector<8xf64>) -> vector<8xf64> {
  %y = math.exp %x : vector<8xf64>
  return %y : vector<8xf64>
}

// LLVM has an instruction for it.
// CHECK-LABEL: func @negative_square_root
// CHECK:         math.sqrt
func.func @negative_square_root(%x: vector<16xf32>) -> vector<16xf32> {
  %y = math.sqrt %x : vector<16xf32>
  return %y : vector<16xf32>
}
