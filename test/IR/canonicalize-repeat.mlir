// RUN: ditto-opt %s --canonicalize="test-convergence" --split-input-file | FileCheck %s

// CHECK-LABEL: @identity
// CHECK-SAME:    %[[X:.*]]: tensor<?x3xf32>
// CHECK-NEXT:    return %[[X]]
func.func @identity(%x: tensor<?x3xf32>) -> tensor<?x3xf32> {
  %r = ditto.repeat %x by [1, 1] : tensor<?x3xf32> -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}

// -----

// The type says more than the operand: that is a check, not an identity.
// CHECK-LABEL: @negative_identity_with_check
// CHECK:         ditto.repeat %{{.*}} by [1] : tensor<?xf32> -> tensor<4xf32>
func.func @negative_identity_with_check(%x: tensor<?xf32>) -> tensor<4xf32> {
  %r = ditto.repeat %x by [1] : tensor<?xf32> -> tensor<4xf32>
  return %r : tensor<4xf32>
}

// -----

// CHECK-LABEL: @compose
// CHECK-SAME:    %[[X:.*]]: tensor<?x3xf32>, %[[N:.*]]: index
// CHECK-NEXT:    %[[R:.*]] = ditto.repeat %[[X]] by [5, 6, %[[N]]] : tensor<?x3xf32> -> tensor<5x?x?xf32>
// CHECK-NEXT:    return %[[R]]
func.func @compose(%x: tensor<?x3xf32>, %n: index) -> tensor<5x?x?xf32> {
  %a = ditto.repeat %x by [2, %n] : tensor<?x3xf32> -> tensor<?x?xf32>
  %r = ditto.repeat %a by [5, 3, 1] : tensor<?x?xf32> -> tensor<5x?x?xf32>
  return %r : tensor<5x?x?xf32>
}

// -----

// Two negative counts would make a positive one.
// CHECK-LABEL: @negative_compose_dynamic_counts
// CHECK-COUNT-2: ditto.repeat
func.func @negative_compose_dynamic_counts(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %a = ditto.repeat %x by [%n] : tensor<?xf32> -> tensor<?xf32>
  %r = ditto.repeat %a by [%n] : tensor<?xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @negative_compose_product_overflows
// CHECK-COUNT-2: ditto.repeat
func.func @negative_compose_product_overflows(%x: tensor<?xf32>) -> tensor<?xf32> {
  %a = ditto.repeat %x by [4611686018427387904] : tensor<?xf32> -> tensor<?xf32>
  %r = ditto.repeat %a by [2] : tensor<?xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// The inner op checks that its operand has 4 elements.
// CHECK-LABEL: @negative_compose_inner_checks
// CHECK-COUNT-2: ditto.repeat
func.func @negative_compose_inner_checks(%x: tensor<?xf32>) -> tensor<16xf32> {
  %a = ditto.repeat %x by [2] : tensor<?xf32> -> tensor<8xf32>
  %r = ditto.repeat %a by [2] : tensor<8xf32> -> tensor<16xf32>
  return %r : tensor<16xf32>
}

// -----

// CHECK-LABEL: @constant_counts
// CHECK-SAME:    %[[X:.*]]: tensor<4x?xf32>, %[[N:.*]]: index
// CHECK:         %[[R:.*]] = ditto.repeat %[[X]] by [2, %[[N]]] : tensor<4x?xf32> -> tensor<8x?xf32>
// CHECK:         tensor.cast %[[R]] : tensor<8x?xf32> to tensor<?x?xf32>
func.func @constant_counts(%x: tensor<4x?xf32>, %n: index) -> tensor<?x?xf32> {
  %c2 = arith.constant 2 : index
  %r = ditto.repeat %x by [%c2, %n] : tensor<4x?xf32> -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// -----

// A negative constant is an error of the run, not of the module.
// CHECK-LABEL: @negative_constant_count_below_zero
// CHECK:         %[[C:.*]] = arith.constant -2 : index
// CHECK:         ditto.repeat %{{.*}} by [%[[C]]]
func.func @negative_constant_count_below_zero(%x: tensor<4xf32>) -> tensor<?xf32> {
  %c = arith.constant -2 : index
  %r = ditto.repeat %x by [%c] : tensor<4xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @negative_constant_count_contradicts_type
// CHECK:         %[[C:.*]] = arith.constant 3 : index
// CHECK:         ditto.repeat %{{.*}} by [%[[C]]] : tensor<4xf32> -> tensor<8xf32>
func.func @negative_constant_count_contradicts_type(%x: tensor<4xf32>) -> tensor<8xf32> {
  %c = arith.constant 3 : index
  %r = ditto.repeat %x by [%c] : tensor<4xf32> -> tensor<8xf32>
  return %r : tensor<8xf32>
}

// -----

// CHECK-LABEL: @negative_constant_count_overflows
// CHECK:         arith.constant 4611686018427387904 : index
// CHECK:         ditto.repeat %{{.*}} by [%{{.*}}]
func.func @negative_constant_count_overflows(%x: tensor<4xf32>) -> tensor<?xf32> {
  %c = arith.constant 4611686018427387904 : index
  %r = ditto.repeat %x by [%c] : tensor<4xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @operand_cast
// CHECK-SAME:    %[[X:.*]]: tensor<4xf32>
// CHECK:         %[[R:.*]] = ditto.repeat %[[X]] by [2] : tensor<4xf32> -> tensor<8xf32>
// CHECK:         tensor.cast %[[R]] : tensor<8xf32> to tensor<?xf32>
func.func @operand_cast(%x: tensor<4xf32>) -> tensor<?xf32> {
  %c = tensor.cast %x : tensor<4xf32> to tensor<?xf32>
  %r = ditto.repeat %c by [2] : tensor<?xf32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// -----

// CHECK-LABEL: @negative_operand_cast_contradicts
// CHECK:         tensor.cast
// CHECK:         ditto.repeat %{{.*}} by [2] : tensor<?xf32> -> tensor<7xf32>
func.func @negative_operand_cast_contradicts(%x: tensor<4xf32>) -> tensor<7xf32> {
  %c = tensor.cast %x : tensor<4xf32> to tensor<?xf32>
  %r = ditto.repeat %c by [2] : tensor<?xf32> -> tensor<7xf32>
  return %r : tensor<7xf32>
}

// -----

// CHECK-LABEL: @result_cast
// CHECK-SAME:    %[[X:.*]]: tensor<?xf32>
// CHECK-NEXT:    %[[R:.*]] = ditto.repeat %[[X]] by [2] : tensor<?xf32> -> tensor<8xf32>
// CHECK-NEXT:    return %[[R]]
func.func @result_cast(%x: tensor<?xf32>) -> tensor<8xf32> {
  %r = ditto.repeat %x by [2] : tensor<?xf32> -> tensor<?xf32>
  %c = tensor.cast %r : tensor<?xf32> to tensor<8xf32>
  return %c : tensor<8xf32>
}

// -----

// CHECK-LABEL: @negative_result_cast_other_user
// CHECK:         %[[R:.*]] = ditto.repeat %{{.*}} by [2] : tensor<?xf32> -> tensor<?xf32>
// CHECK:         tensor.cast %[[R]]
func.func @negative_result_cast_other_user(%x: tensor<?xf32>) -> (tensor<8xf32>, tensor<?xf32>) {
  %r = ditto.repeat %x by [2] : tensor<?xf32> -> tensor<?xf32>
  %c = tensor.cast %r : tensor<?xf32> to tensor<8xf32>
  return %c, %r : tensor<8xf32>, tensor<?xf32>
}

// -----

// CHECK-LABEL: @new_unit_dims
// CHECK-SAME:    %[[X:.*]]: tensor<2xf32>
// CHECK:         %[[R:.*]] = ditto.repeat %[[X]] by [4, 3] : tensor<2xf32> -> tensor<4x6xf32>
// CHECK:         tensor.expand_shape %[[R]] {{\[}}[0, 1], [2, 3]] output_shape [1, 4, 1, 6] : tensor<4x6xf32> into tensor<1x4x1x6xf32>
func.func @new_unit_dims(%x: tensor<2xf32>) -> tensor<1x4x1x6xf32> {
  %r = ditto.repeat %x by [1, 4, 1, 3] : tensor<2xf32> -> tensor<1x4x1x6xf32>
  return %r : tensor<1x4x1x6xf32>
}

// -----

// CHECK-LABEL: @new_unit_dims_only
// CHECK-SAME:    %[[X:.*]]: tensor<?x3xf32>
// CHECK:         tensor.expand_shape %[[X]] {{\[}}[0, 1], [2]] output_shape [1, %{{.*}}, 3] : tensor<?x3xf32> into tensor<1x?x3xf32>
// CHECK-NOT:     ditto
func.func @new_unit_dims_only(%x: tensor<?x3xf32>) -> tensor<1x?x3xf32> {
  %r = ditto.repeat %x by [1, 1, 1] : tensor<?x3xf32> -> tensor<1x?x3xf32>
  return %r : tensor<1x?x3xf32>
}

// -----

// CHECK-LABEL: @new_unit_dims_of_scalar
// CHECK:         tensor.expand_shape %{{.*}} [] output_shape [1, 1] : tensor<f32> into tensor<1x1xf32>
func.func @new_unit_dims_of_scalar(%x: tensor<f32>) -> tensor<1x1xf32> {
  %r = ditto.repeat %x by [1, 1] : tensor<f32> -> tensor<1x1xf32>
  return %r : tensor<1x1xf32>
}

// -----

// A failing check names dimension 1, which must stay dimension 1.
// CHECK-LABEL: @negative_new_unit_dim_before_a_check
// CHECK:         ditto.repeat %{{.*}} by [1, %{{.*}}] : tensor<2xf32> -> tensor<1x?xf32>
func.func @negative_new_unit_dim_before_a_check(%x: tensor<2xf32>, %n: index) -> tensor<1x?xf32> {
  %r = ditto.repeat %x by [1, %n] : tensor<2xf32> -> tensor<1x?xf32>
  return %r : tensor<1x?xf32>
}

// -----

// An operand's own unit dimension stays: it is not new.
// CHECK-LABEL: @negative_unit_dim_of_operand
// CHECK:         ditto.repeat %{{.*}} by [1, 2] : tensor<1x3xf32> -> tensor<1x6xf32>
// CHECK-NOT:     expand_shape
func.func @negative_unit_dim_of_operand(%x: tensor<1x3xf32>) -> tensor<1x6xf32> {
  %r = ditto.repeat %x by [1, 2] : tensor<1x3xf32> -> tensor<1x6xf32>
  return %r : tensor<1x6xf32>
}

// -----

// CHECK-LABEL: @splat_of_any_size
// CHECK-NEXT:    %[[R:.*]] = arith.constant dense<7> : tensor<2305843009213693952x3xi8>
// CHECK-NEXT:    return %[[R]]
func.func @splat_of_any_size() -> tensor<2305843009213693952x3xi8> {
  %x = arith.constant dense<7> : tensor<2x3xi8>
  %r = ditto.repeat %x by [1152921504606846976, 1] : tensor<2x3xi8> -> tensor<2305843009213693952x3xi8>
  return %r : tensor<2305843009213693952x3xi8>
}

// -----

// CHECK-LABEL: @small_constant
// CHECK-NEXT:    arith.constant dense<{{\[}}[1, 2, 1, 2, 1, 2], [3, 4, 3, 4, 3, 4], [1, 2, 1, 2, 1, 2], [3, 4, 3, 4, 3, 4]]> : tensor<4x6xi32>
func.func @small_constant() -> tensor<4x6xi32> {
  %x = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>
  %r = ditto.repeat %x by [2, 3] : tensor<2x2xi32> -> tensor<4x6xi32>
  return %r : tensor<4x6xi32>
}

// -----

// CHECK-LABEL: @empty_constant
// CHECK-NEXT:    arith.constant dense<> : tensor<0x6xi32>
func.func @empty_constant() -> tensor<0x6xi32> {
  %x = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>
  %r = ditto.repeat %x by [0, 3] : tensor<2x2xi32> -> tensor<0x6xi32>
  return %r : tensor<0x6xi32>
}

// -----

// CHECK-LABEL: @negative_large_constant
// CHECK:         ditto.repeat
func.func @negative_large_constant() -> tensor<1000xi32> {
  %x = arith.constant dense<[1, 2]> : tensor<2xi32>
  %r = ditto.repeat %x by [500] : tensor<2xi32> -> tensor<1000xi32>
  return %r : tensor<1000xi32>
}

// -----

// Too many bytes for any memory: the run-time check stays.
// CHECK-LABEL: @negative_splat_too_large
// CHECK:         ditto.repeat
func.func @negative_splat_too_large() -> tensor<4294967296x4294967296xf32> {
  %x = arith.constant dense<1.0> : tensor<1x1xf32>
  %r = ditto.repeat %x by [4294967296, 4294967296] : tensor<1x1xf32> -> tensor<4294967296x4294967296xf32>
  return %r : tensor<4294967296x4294967296xf32>
}
