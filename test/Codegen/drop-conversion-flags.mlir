// RUN: ditto-opt %s --ditto-drop-conversion-flags | FileCheck %s

// CHECK-LABEL: func.func @conversions
// CHECK-NEXT:    %[[W:.*]] = arith.extf %arg0 : f16 to f32
// CHECK-NEXT:    %[[S:.*]] = arith.addf %[[W]], %[[W]] fastmath<contract> : f32
// CHECK-NEXT:    arith.truncf %[[S]] : f32 to f16
func.func @conversions(%x: f16) -> f16 {
  %w = arith.extf %x fastmath<contract> : f16 to f32
  %s = arith.addf %w, %w fastmath<contract> : f32
  %r = arith.truncf %s fastmath<contract> : f32 to f16
  return %r : f16
}
