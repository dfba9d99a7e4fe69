// Modules that upstream can only print in the generic form.
//
// RUN: ditto-opt %s --ditto-raise --mlir-print-op-generic | FileCheck %s

// The low padding is said to be a value, and there is none.
// CHECK: "tensor.pad"
"builtin.module"() ({
  "func.func"() <{function_type = (tensor<3x9xf32>, f32) -> tensor<3x9xf32>, sym_name = "pad_by_a_missing_value"}> ({
  ^bb0(%x: tensor<3x9xf32>, %zero: f32):
    %r = "tensor.pad"(%x) <{operandSegmentSizes = array<i32: 1, 0, 0>, static_high = array<i64: 0, 0>, static_low = array<i64: -9223372036854775808, 0>}> ({
    ^bb0(%i: index, %j: index):
      "tensor.yield"(%zero) : (f32) -> ()
    }) : (tensor<3x9xf32>) -> tensor<3x9xf32>
    "func.return"(%r) : (tensor<3x9xf32>) -> ()
  }) : () -> ()
}) : () -> ()
