// RUN: ditto-opt %s --ditto-prepare-functions | FileCheck %s
// RUN: ditto-opt %s --ditto-prepare-functions=emit-c-interface | FileCheck %s --check-prefix=INTERFACE

// CHECK: func.func @public(%arg0: tensor<4xf32> {bufferization.writable = false}, %arg1: index) -> tensor<4xf32> {
// INTERFACE: func.func @public({{.*}}) -> tensor<4xf32> attributes {llvm.emit_c_interface} {
func.func @public(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// CHECK: func.func @already_said(%arg0: tensor<4xf32> {bufferization.writable = true})
func.func @already_said(%x: tensor<4xf32> {bufferization.writable = true}) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// CHECK: func.func private @negative_private(%arg0: tensor<4xf32>) ->
// INTERFACE: func.func private @negative_private(%arg0: tensor<4xf32>) -> tensor<4xf32> {
func.func private @negative_private(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// CHECK: func.func private @negative_declared(tensor<4xf32>)
// INTERFACE: func.func private @negative_declared(tensor<4xf32>){{$}}
func.func private @negative_declared(tensor<4xf32>)
