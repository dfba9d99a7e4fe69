// Sums of comparisons that count how many limits a place has reached.
//
// RUN: ditto-opt %s --ditto-raise | FileCheck %s

#places = affine_map<(d0, d1) -> (d0)>
#limits = affine_map<(d0, d1) -> (d1)>
#both = affine_map<(d0, d1) -> (d0, d1)>

// The places are a constant, which begins at 1.
// CHECK-LABEL: @constant_places
//       CHECK: %[[LOW:.+]] = arith.constant 1 : index
//       CHECK: arith.maxsi %{{.+}}, %[[LOW]]
//       CHECK: ditto.repeat_interleave %{{.+}} by %{{.+}} dim(0) output_size(7)
func.func @constant_places(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zeros = arith.constant dense<0> : tensor<7xi64>
  %places = arith.constant dense<[1, 2, 3, 4, 5, 6, 7]> : tensor<7xi64>
  %sum = linalg.generic {indexing_maps = [#limits, #places, #places], iterator_types = ["parallel", "reduction"]} ins(%limits, %places : tensor<3xi64>, tensor<7xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %p: i64, %o: i64):
    %m = arith.cmpi sle, %l, %p : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %indices = tensor.expand_shape %sum [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %r = tensor.gather %x[%indices] gather_dims([0]) : (tensor<3x5xf32>, tensor<7x1xi64>) -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// They do not count up by one.
// CHECK-LABEL: @negative_constant_places
//   CHECK-NOT: ditto
func.func @negative_constant_places(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zeros = arith.constant dense<0> : tensor<7xi64>
  %places = arith.constant dense<[1, 2, 3, 4, 5, 6, 8]> : tensor<7xi64>
  %sum = linalg.generic {indexing_maps = [#limits, #places, #places], iterator_types = ["parallel", "reduction"]} ins(%limits, %places : tensor<3xi64>, tensor<7xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %p: i64, %o: i64):
    %m = arith.cmpi sle, %l, %p : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %indices = tensor.expand_shape %sum [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %r = tensor.gather %x[%indices] gather_dims([0]) : (tensor<3x5xf32>, tensor<7x1xi64>) -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// The sum of such numbers may not fit.
// CHECK-LABEL: @negative_large_places
//   CHECK-NOT: ditto
func.func @negative_large_places(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zeros = arith.constant dense<0> : tensor<7xi64>
  %places = arith.constant dense<[1099511627777, 1099511627778, 1099511627779, 1099511627780, 1099511627781, 1099511627782, 1099511627783]> : tensor<7xi64>
  %sum = linalg.generic {indexing_maps = [#limits, #places, #places], iterator_types = ["parallel", "reduction"]} ins(%limits, %places : tensor<3xi64>, tensor<7xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %p: i64, %o: i64):
    %m = arith.cmpi sle, %l, %p : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %indices = tensor.expand_shape %sum [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %r = tensor.gather %x[%indices] gather_dims([0]) : (tensor<3x5xf32>, tensor<7x1xi64>) -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// Each place has a limit of its own.
// CHECK-LABEL: @negative_matrix_of_limits
//   CHECK-NOT: ditto
func.func @negative_matrix_of_limits(%x: tensor<3x5xf32>, %limits: tensor<7x3xi64>) -> tensor<7x5xf32> {
  %zeros = arith.constant dense<0> : tensor<7xi64>
  %places = arith.constant dense<[0, 1, 2, 3, 4, 5, 6]> : tensor<7xi64>
  %sum = linalg.generic {indexing_maps = [#both, #places, #places], iterator_types = ["parallel", "reduction"]} ins(%limits, %places : tensor<7x3xi64>, tensor<7xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %p: i64, %o: i64):
    %m = arith.cmpi sle, %l, %p : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %indices = tensor.expand_shape %sum [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %r = tensor.gather %x[%indices] gather_dims([0]) : (tensor<3x5xf32>, tensor<7x1xi64>) -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// One limit for all, as often as there are others.
// CHECK-LABEL: @negative_one_limit
//   CHECK-NOT: ditto
func.func @negative_one_limit(%x: tensor<3x5xf32>, %limits: tensor<3xi64>, %limit: i64) -> tensor<7x5xf32> {
  %zeros = arith.constant dense<0> : tensor<7xi64>
  %places = arith.constant dense<[0, 1, 2, 3, 4, 5, 6]> : tensor<7xi64>
  %sum = linalg.generic {indexing_maps = [#limits, #places, #places], iterator_types = ["parallel", "reduction"]} ins(%limits, %places : tensor<3xi64>, tensor<7xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %p: i64, %o: i64):
    %m = arith.cmpi sle, %limit, %p : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %indices = tensor.expand_shape %sum [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %r = tensor.gather %x[%indices] gather_dims([0]) : (tensor<3x5xf32>, tensor<7x1xi64>) -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// It holds at one place only.
// CHECK-LABEL: @negative_equal
//   CHECK-NOT: ditto
func.func @negative_equal(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zeros = arith.constant dense<0> : tensor<7xi64>
  %places = arith.constant dense<[0, 1, 2, 3, 4, 5, 6]> : tensor<7xi64>
  %sum = linalg.generic {indexing_maps = [#limits, #places, #places], iterator_types = ["parallel", "reduction"]} ins(%limits, %places : tensor<3xi64>, tensor<7xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %p: i64, %o: i64):
    %m = arith.cmpi eq, %l, %p : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %indices = tensor.expand_shape %sum [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %r = tensor.gather %x[%indices] gather_dims([0]) : (tensor<3x5xf32>, tensor<7x1xi64>) -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// The limit on the other side of an equation.
// CHECK-LABEL: @negative_equal_swapped
//   CHECK-NOT: ditto
func.func @negative_equal_swapped(%x: tensor<3x5xf32>, %limits: tensor<3xi64>) -> tensor<7x5xf32> {
  %zeros = arith.constant dense<0> : tensor<7xi64>
  %places = arith.constant dense<[0, 1, 2, 3, 4, 5, 6]> : tensor<7xi64>
  %sum = linalg.generic {indexing_maps = [#limits, #places, #places], iterator_types = ["parallel", "reduction"]} ins(%limits, %places : tensor<3xi64>, tensor<7xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %p: i64, %o: i64):
    %m = arith.cmpi ne, %p, %l : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %indices = tensor.expand_shape %sum [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %r = tensor.gather %x[%indices] gather_dims([0]) : (tensor<3x5xf32>, tensor<7x1xi64>) -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// Whether it holds is given, not compared.
// CHECK-LABEL: @negative_bits
//   CHECK-NOT: ditto
func.func @negative_bits(%x: tensor<3x5xf32>, %bits: tensor<7x3xi1>) -> tensor<7x5xf32> {
  %zeros = arith.constant dense<0> : tensor<7xi64>
  %sum = linalg.generic {indexing_maps = [#both, #places], iterator_types = ["parallel", "reduction"]} ins(%bits : tensor<7x3xi1>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%m: i1, %o: i64):
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %indices = tensor.expand_shape %sum [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %r = tensor.gather %x[%indices] gather_dims([0]) : (tensor<3x5xf32>, tensor<7x1xi64>) -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// A sum of larger numbers.
// CHECK-LABEL: @negative_bytes
//   CHECK-NOT: ditto
func.func @negative_bytes(%x: tensor<3x5xf32>, %bytes: tensor<7x3xi8>) -> tensor<7x5xf32> {
  %zeros = arith.constant dense<0> : tensor<7xi64>
  %sum = linalg.generic {indexing_maps = [#both, #places], iterator_types = ["parallel", "reduction"]} ins(%bytes : tensor<7x3xi8>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%m: i8, %o: i64):
    %one = arith.extui %m : i8 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %indices = tensor.expand_shape %sum [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %r = tensor.gather %x[%indices] gather_dims([0]) : (tensor<3x5xf32>, tensor<7x1xi64>) -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}

// A sum over two dimensions.
// CHECK-LABEL: @negative_two_sums
//   CHECK-NOT: ditto
func.func @negative_two_sums(%x: tensor<3x5xf32>, %limits: tensor<3x2xi64>) -> tensor<7x5xf32> {
  %zeros = arith.constant dense<0> : tensor<7xi64>
  %places = arith.constant dense<[0, 1, 2, 3, 4, 5, 6]> : tensor<7xi64>
  %sum = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0)>, affine_map<(d0, d1, d2) -> (d0)>], iterator_types = ["parallel", "reduction", "reduction"]} ins(%limits, %places : tensor<3x2xi64>, tensor<7xi64>) outs(%zeros : tensor<7xi64>) {
  ^bb0(%l: i64, %p: i64, %o: i64):
    %m = arith.cmpi sle, %l, %p : i64
    %one = arith.extui %m : i1 to i64
    %s = arith.addi %o, %one : i64
    linalg.yield %s : i64
  } -> tensor<7xi64>
  %indices = tensor.expand_shape %sum [[0, 1]] output_shape [7, 1] : tensor<7xi64> into tensor<7x1xi64>
  %r = tensor.gather %x[%indices] gather_dims([0]) : (tensor<3x5xf32>, tensor<7x1xi64>) -> tensor<7x5xf32>
  return %r : tensor<7x5xf32>
}
