// Repeats move below the ops that do the same work for each copy.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-sink-repeats))' | FileCheck %s

#id2 = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>
#column = affine_map<(i, j) -> (j)>
#transposed = affine_map<(i, j) -> (j, i)>

// CHECK-LABEL: func.func @exp
// CHECK-SAME: %[[K:.*]]: tensor<1x2x5x8xf32>,
// CHECK: %[[S:.*]] = linalg.exp ins(%[[K]] : tensor<1x2x5x8xf32>)
// CHECK: %[[R:.*]] = ditto.repeat_interleave %[[S]] by 4 dim(1)
// CHECK: return %[[R]]
func.func @exp(%k: tensor<1x2x5x8xf32>, %e: tensor<1x8x5x8xf32>) -> tensor<1x8x5x8xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(1) : tensor<1x2x5x8xf32> -> tensor<1x8x5x8xf32>
  %s = linalg.exp ins(%r : tensor<1x8x5x8xf32>) outs(%e : tensor<1x8x5x8xf32>) -> tensor<1x8x5x8xf32>
  return %s : tensor<1x8x5x8xf32>
}

// CHECK-LABEL: func.func @outer_count
// CHECK: %[[S:.*]] = linalg.exp
// CHECK: ditto.repeat %[[S]] by [4, 1]
func.func @outer_count(%k: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat %k by [4, 1] : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.exp ins(%r : tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// A name that no generic op could be given back.
// CHECK-LABEL: func.func @tanh
// CHECK: %[[S:.*]] = linalg.tanh
// CHECK: ditto.repeat_interleave %[[S]] by 4 dim(0)
func.func @tanh(%k: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.tanh ins(%r : tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// A dimension that is nothing but copies goes: elementwise ops have any rank.
// CHECK-LABEL: func.func @new_dimension
// CHECK-DAG: %[[S:.*]] = linalg.tanh ins(%{{.*}} : tensor<5xf32>)
// CHECK-DAG: %[[RS:.*]] = ditto.repeat %[[S]] by [4, 1]
// CHECK-DAG: %[[T:.*]] = linalg.elementwise kind=#linalg.elementwise_kind<exp> ins(%{{.*}} : tensor<5xf32>)
// CHECK-DAG: %[[RT:.*]] = ditto.repeat %[[T]] by [4, 1]
// CHECK: return %[[RS]], %[[RT]]
func.func @new_dimension(%k: tensor<5xf32>, %e: tensor<4x5xf32>) -> (tensor<4x5xf32>, tensor<4x5xf32>) {
  %r = ditto.repeat %k by [4, 1] : tensor<5xf32> -> tensor<4x5xf32>
  %s = linalg.tanh ins(%r : tensor<4x5xf32>) outs(%e : tensor<4x5xf32>) -> tensor<4x5xf32>
  %t = linalg.elementwise kind=#linalg.elementwise_kind<exp> ins(%r : tensor<4x5xf32>) outs(%e : tensor<4x5xf32>) -> tensor<4x5xf32>
  return %s, %t : tensor<4x5xf32>, tensor<4x5xf32>
}

// CHECK-LABEL: func.func @same_operand_twice
// CHECK-SAME: %[[K:.*]]: tensor<2x5xf32>,
// CHECK-NOT: ditto.
// CHECK: %[[S:.*]] = linalg.mul ins(%[[K]], %[[K]] :
// CHECK: ditto.repeat_interleave %[[S]]
func.func @same_operand_twice(%k: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.mul ins(%r, %r : tensor<8x5xf32>, tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// One operand comes from the other: both chains are dead afterwards.
// CHECK-LABEL: func.func @operands_of_one_chain
// CHECK-SAME: %[[K:.*]]: tensor<2x2xf32>,
// CHECK-NOT: ditto.
// CHECK: %[[S:.*]] = linalg.mul ins(%[[K]], %[[K]] :
// CHECK: ditto.repeat_interleave %[[S]]
func.func @operands_of_one_chain(%k: tensor<2x2xf32>, %e: tensor<8x2xf32>) -> tensor<8x2xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x2xf32> -> tensor<8x2xf32>
  %x = tensor.expand_shape %r [[0, 1], [2]] output_shape [2, 4, 2] : tensor<8x2xf32> into tensor<2x4x2xf32>
  %c = tensor.collapse_shape %x [[0, 1], [2]] : tensor<2x4x2xf32> into tensor<8x2xf32>
  %s = linalg.mul ins(%r, %c : tensor<8x2xf32>, tensor<8x2xf32>) outs(%e : tensor<8x2xf32>) -> tensor<8x2xf32>
  return %s : tensor<8x2xf32>
}

// CHECK-LABEL: func.func @scale_by_scalar
// CHECK: %[[S:.*]] = linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x5xf32>, f32)
// CHECK: ditto.repeat_interleave %[[S]]
func.func @scale_by_scalar(%k: tensor<2x5xf32>, %scale: f32, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.generic {indexing_maps = [#id2, affine_map<(i, j) -> ()>, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r, %scale : tensor<8x5xf32>, f32) outs(%e : tensor<8x5xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    linalg.yield %m : f32
  } -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// The table of a rotary embedding does not depend on the head.
// CHECK-LABEL: func.func @operand_without_the_dimension
// CHECK: %[[S:.*]] = linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x5xf32>, tensor<5xf32>)
// CHECK: ditto.repeat_interleave %[[S]]
func.func @operand_without_the_dimension(%k: tensor<2x5xf32>, %table: tensor<5xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.generic {indexing_maps = [#id2, #column, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r, %table : tensor<8x5xf32>, tensor<5xf32>) outs(%e : tensor<8x5xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    linalg.yield %m : f32
  } -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// CHECK-LABEL: func.func @cast
// CHECK: %[[S:.*]] = linalg.generic {{.*}} ins(%{{.*}} : tensor<2x5xf16>)
// CHECK: ditto.repeat_interleave %[[S]] {{.*}} -> tensor<8x5xf32>
func.func @cast(%k: tensor<2x5xf16>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf16> -> tensor<8x5xf16>
  %s = linalg.generic {indexing_maps = [#id2, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<8x5xf16>) outs(%e : tensor<8x5xf32>) {
  ^bb0(%a: f16, %c: f32):
    %m = arith.extf %a : f16 to f32
    linalg.yield %m : f32
  } -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// CHECK-LABEL: func.func @transpose
// CHECK: %[[S:.*]] = linalg.transpose ins(%{{.*}} : tensor<2x5xf32>)
// CHECK: ditto.repeat_interleave %[[S]] by 4 dim(1) : tensor<5x2xf32> -> tensor<5x8xf32>
func.func @transpose(%k: tensor<2x5xf32>, %e: tensor<5x8xf32>) -> tensor<5x8xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.transpose ins(%r : tensor<8x5xf32>) outs(%e : tensor<5x8xf32>) permutation = [1, 0]
  return %s : tensor<5x8xf32>
}

// CHECK-LABEL: func.func @row_reduction
// CHECK: %[[F:.*]] = linalg.fill {{.*}} -> tensor<2xf32>
// CHECK: %[[S:.*]] = linalg.reduce ins(%{{.*}} : tensor<2x5xf32>) outs(%[[F]] : tensor<2xf32>)
// CHECK: ditto.repeat_interleave %[[S]] by 4 dim(0) : tensor<2xf32> -> tensor<8xf32>
func.func @row_reduction(%k: tensor<2x5xf32>, %e: tensor<8xf32>) -> tensor<8xf32> {
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.reduce ins(%r : tensor<8x5xf32>) outs(%f : tensor<8xf32>) dimensions = [1]
    (%a: f32, %b: f32) {
      %p = arith.addf %a, %b : f32
      linalg.yield %p : f32
    }
  return %s : tensor<8xf32>
}

// Rows that are alike have alike products.
// CHECK-LABEL: func.func @free_dimension
// CHECK: %[[S:.*]] = linalg.matmul ins(%{{.*}}, %{{.*}} : tensor<2x8xf32>, tensor<8x7xf32>)
// CHECK: ditto.repeat_interleave %[[S]] by 3 dim(0)
func.func @free_dimension(%x: tensor<2x8xf32>, %w: tensor<8x7xf32>, %e: tensor<6x7xf32>) -> tensor<6x7xf32> {
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<6x7xf32>) -> tensor<6x7xf32>
  %r = ditto.repeat_interleave %x by 3 dim(0) : tensor<2x8xf32> -> tensor<6x8xf32>
  %s = linalg.matmul ins(%r, %w : tensor<6x8xf32>, tensor<8x7xf32>) outs(%f : tensor<6x7xf32>) -> tensor<6x7xf32>
  return %s : tensor<6x7xf32>
}

// CHECK-LABEL: func.func @both_operands_alike
// CHECK: %[[S:.*]] = linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<6x5x8xf32>, tensor<6x8x7xf32>)
// CHECK: ditto.repeat_interleave %[[S]] by 4 dim(0)
func.func @both_operands_alike(%q: tensor<6x5x8xf32>, %k: tensor<6x8x7xf32>, %e: tensor<24x5x7xf32>) -> tensor<24x5x7xf32> {
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  %rq = ditto.repeat_interleave %q by 4 dim(0) : tensor<6x5x8xf32> -> tensor<24x5x8xf32>
  %rk = ditto.repeat_interleave %k by 4 dim(0) : tensor<6x8x7xf32> -> tensor<24x8x7xf32>
  %s = linalg.batch_matmul ins(%rq, %rk : tensor<24x5x8xf32>, tensor<24x8x7xf32>) outs(%f : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  return %s : tensor<24x5x7xf32>
}

// Two results, one of them transposed.
// CHECK-LABEL: func.func @two_results
// CHECK: %[[S:.*]]:2 = linalg.generic {{.*}} ins(%{{.*}} : tensor<2x5xf32>)
// CHECK-DAG: %[[R0:.*]] = ditto.repeat_interleave %[[S]]#0 by 4 dim(0)
// CHECK-DAG: %[[R1:.*]] = ditto.repeat_interleave %[[S]]#1 by 4 dim(1)
// CHECK: return %[[R0]], %[[R1]]
func.func @two_results(%k: tensor<2x5xf32>, %e: tensor<8x5xf32>, %f: tensor<5x8xf32>) -> (tensor<8x5xf32>, tensor<5x8xf32>) {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s:2 = linalg.generic {indexing_maps = [#id2, #id2, #transposed], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<8x5xf32>) outs(%e, %f : tensor<8x5xf32>, tensor<5x8xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %x = math.exp %a : f32
    %y = arith.negf %a : f32
    linalg.yield %x, %y : f32, f32
  } -> (tensor<8x5xf32>, tensor<5x8xf32>)
  return %s#0, %s#1 : tensor<8x5xf32>, tensor<5x8xf32>
}

// The index of another dimension is what it was.
// CHECK-LABEL: func.func @index_of_another_dimension
// CHECK: %[[S:.*]] = linalg.generic {{.*}} ins(%{{.*}} : tensor<2x5xindex>)
// CHECK: linalg.index 1
// CHECK: ditto.repeat_interleave %[[S]]
func.func @index_of_another_dimension(%k: tensor<2x5xindex>, %e: tensor<8x5xindex>) -> tensor<8x5xindex> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xindex> -> tensor<8x5xindex>
  %s = linalg.generic {indexing_maps = [#id2, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<8x5xindex>) outs(%e : tensor<8x5xindex>) {
  ^bb0(%a: index, %c: index):
    %j = linalg.index 1 : index
    %m = arith.addi %a, %j : index
    linalg.yield %m : index
  } -> tensor<8x5xindex>
  return %s : tensor<8x5xindex>
}

// The loop of extent 1 is gone; its index was 0.
// CHECK-LABEL: func.func @index_of_a_unit_loop
// CHECK: %[[S:.*]] = linalg.generic {{.*}} ins(%{{.*}} : tensor<2x5xindex>)
// CHECK: %[[ZERO:.*]] = arith.constant 0 : index
// CHECK: arith.addi %{{.*}}, %[[ZERO]]
// CHECK: ditto.repeat_interleave %[[S]] by 4 dim(0)
func.func @index_of_a_unit_loop(%k: tensor<2x5xindex>, %e: tensor<1x8x5xindex>) -> tensor<1x8x5xindex> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xindex> -> tensor<8x5xindex>
  %x = tensor.expand_shape %r [[0, 1], [2]] output_shape [1, 8, 5] : tensor<8x5xindex> into tensor<1x8x5xindex>
  %s = linalg.generic {indexing_maps = [affine_map<(a, i, j) -> (a, i, j)>, affine_map<(a, i, j) -> (a, i, j)>], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x : tensor<1x8x5xindex>) outs(%e : tensor<1x8x5xindex>) {
  ^bb0(%a: index, %c: index):
    %i = linalg.index 0 : index
    %m = arith.addi %a, %i : index
    linalg.yield %m : index
  } -> tensor<1x8x5xindex>
  return %s : tensor<1x8x5xindex>
}

// The check of the count stays with the repeat; no assert is needed.
// CHECK-LABEL: func.func @dynamic_count
// CHECK-SAME: %[[N:[a-z0-9]*]]: index
// CHECK-NOT: cf.assert
// CHECK: %[[S:.*]] = linalg.exp
// CHECK: ditto.repeat_interleave %[[S]] by %[[N]] dim(0)
func.func @dynamic_count(%k: tensor<?x5xf32>, %n: index, %e: tensor<?x5xf32>) -> tensor<?x5xf32> {
  %r = ditto.repeat_interleave %k by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %s = linalg.exp ins(%r : tensor<?x5xf32>) outs(%e : tensor<?x5xf32>) -> tensor<?x5xf32>
  return %s : tensor<?x5xf32>
}

// The product of two negative counts is none.
// CHECK-LABEL: func.func @product_of_counts
// CHECK-SAME: %[[N:[a-z0-9]*]]: index, %[[M:[a-z0-9]*]]: index
// CHECK: arith.cmpi sge, %[[N]]
// CHECK: cf.assert %{{.*}}, "ditto.repeat_interleave: a count is negative"
// CHECK: arith.cmpi sge, %[[M]]
// CHECK: cf.assert %{{.*}}, "ditto.repeat_interleave: a count is negative"
// CHECK: %[[S:.*]] = linalg.exp
// CHECK: %[[NM:.*]] = arith.muli %[[N]], %[[M]]
// CHECK: ditto.repeat_interleave %[[S]] by %[[NM]] dim(0)
func.func @product_of_counts(%k: tensor<?x5xf32>, %n: index, %m: index, %e: tensor<?x5xf32>) -> tensor<?x5xf32> {
  %r = ditto.repeat_interleave %k by %n dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %t = ditto.repeat_interleave %r by %m dim(0) : tensor<?x5xf32> -> tensor<?x5xf32>
  %s = linalg.exp ins(%t : tensor<?x5xf32>) outs(%e : tensor<?x5xf32>) -> tensor<?x5xf32>
  return %s : tensor<?x5xf32>
}

// Somebody else needs the repeat: the op would be run, and its result repeated,
// on top.
// CHECK-LABEL: func.func @negative_repeat_that_stays
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: %[[S:.*]] = linalg.tanh ins(%[[R]] :
// CHECK: return %[[R]], %[[S]]
func.func @negative_repeat_that_stays(%k: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> (tensor<8x5xf32>, tensor<8x5xf32>) {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.tanh ins(%r : tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %r, %s : tensor<8x5xf32>, tensor<8x5xf32>
}

// The product will have no need of the repeat.
// CHECK-LABEL: func.func @repeat_that_stays_before_a_product
// CHECK-SAME: %[[K:.*]]: tensor<2x5x7xf32>, %
// CHECK-DAG: %[[R:.*]] = ditto.repeat_interleave %[[K]]
// CHECK-DAG: %[[S:.*]] = linalg.tanh ins(%[[K]] :
// CHECK: ditto.repeat_interleave %[[S]]
// CHECK: linalg.batch_matmul
// CHECK: return %[[R]]
func.func @repeat_that_stays_before_a_product(%k: tensor<2x5x7xf32>, %q: tensor<8x3x5xf32>, %e: tensor<8x5x7xf32>, %init: tensor<8x3x7xf32>) -> (tensor<8x5x7xf32>, tensor<8x3x7xf32>) {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5x7xf32> -> tensor<8x5x7xf32>
  %s = linalg.tanh ins(%r : tensor<8x5x7xf32>) outs(%e : tensor<8x5x7xf32>) -> tensor<8x5x7xf32>
  %t = linalg.batch_matmul ins(%q, %s : tensor<8x3x5xf32>, tensor<8x5x7xf32>) outs(%init : tensor<8x3x7xf32>) -> tensor<8x3x7xf32>
  return %r, %t : tensor<8x5x7xf32>, tensor<8x3x7xf32>
}

// The sums are few: 30 turns less, 8 copies more.
// CHECK-LABEL: func.func @reduction_of_a_repeat_that_stays
// CHECK: linalg.reduce ins(%{{.*}} : tensor<2x5xf32>)
// CHECK: ditto.repeat_interleave %{{.*}} by 4 dim(0) : tensor<2xf32> -> tensor<8xf32>
func.func @reduction_of_a_repeat_that_stays(%k: tensor<2x5xf32>, %e: tensor<8xf32>) -> (tensor<8x5xf32>, tensor<8xf32>) {
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.reduce ins(%r : tensor<8x5xf32>) outs(%f : tensor<8xf32>) dimensions = [1]
    (%a: f32, %b: f32) {
      %p = arith.addf %a, %b : f32
      linalg.yield %p : f32
    }
  return %r, %s : tensor<8x5xf32>, tensor<8xf32>
}

// An op that may fail does not run where a count of 0 kept it from running.
// CHECK-LABEL: func.func @negative_division
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: linalg.generic {{.*}} ins(%[[R]] :
func.func @negative_division(%k: tensor<?x5xi32>, %n: index, %e: tensor<?x5xi32>) -> tensor<?x5xi32> {
  %r = ditto.repeat_interleave %k by %n dim(0) : tensor<?x5xi32> -> tensor<?x5xi32>
  %s = linalg.generic {indexing_maps = [#id2, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<?x5xi32>) outs(%e : tensor<?x5xi32>) {
  ^bb0(%a: i32, %c: i32):
    %m = arith.divsi %a, %a : i32
    linalg.yield %m : i32
  } -> tensor<?x5xi32>
  return %s : tensor<?x5xi32>
}

// CHECK-LABEL: func.func @division_static_count
// CHECK: %[[S:.*]] = linalg.generic
// CHECK: ditto.repeat_interleave %[[S]] by 4 dim(0)
func.func @division_static_count(%k: tensor<?x5xi32>, %e: tensor<?x5xi32>) -> tensor<?x5xi32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<?x5xi32> -> tensor<?x5xi32>
  %s = linalg.generic {indexing_maps = [#id2, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<?x5xi32>) outs(%e : tensor<?x5xi32>) {
  ^bb0(%a: i32, %c: i32):
    %m = arith.divsi %a, %a : i32
    linalg.yield %m : i32
  } -> tensor<?x5xi32>
  return %s : tensor<?x5xi32>
}

// CHECK-LABEL: func.func @negative_operand_with_the_dimension
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: linalg.generic {{.*}} ins(%[[R]], %{{.*}} :
func.func @negative_operand_with_the_dimension(%k: tensor<2x5xf32>, %bias: tensor<8xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.generic {indexing_maps = [#id2, #row, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r, %bias : tensor<8x5xf32>, tensor<8xf32>) outs(%e : tensor<8x5xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    linalg.yield %m : f32
  } -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// CHECK-LABEL: func.func @negative_repeated_otherwise
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: %[[T:.*]] = ditto.repeat
// CHECK: linalg.mul ins(%[[R]], %[[T]] :
func.func @negative_repeated_otherwise(%k: tensor<2x5xf32>, %v: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %t = ditto.repeat %v by [4, 1] : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.mul ins(%r, %t : tensor<8x5xf32>, tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// CHECK-LABEL: func.func @negative_index_of_the_dimension
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: linalg.generic {{.*}} ins(%[[R]] :
func.func @negative_index_of_the_dimension(%k: tensor<2x5xindex>, %e: tensor<8x5xindex>) -> tensor<8x5xindex> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xindex> -> tensor<8x5xindex>
  %s = linalg.generic {indexing_maps = [#id2, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<8x5xindex>) outs(%e : tensor<8x5xindex>) {
  ^bb0(%a: index, %c: index):
    %j = linalg.index 0 : index
    %m = arith.addi %a, %j : index
    linalg.yield %m : index
  } -> tensor<8x5xindex>
  return %s : tensor<8x5xindex>
}

// Each copy is added to other values.
// CHECK-LABEL: func.func @negative_init_that_is_no_fill
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: linalg.reduce ins(%[[R]] :
func.func @negative_init_that_is_no_fill(%k: tensor<2x5xf32>, %init: tensor<8xf32>) -> tensor<8xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.reduce ins(%r : tensor<8x5xf32>) outs(%init : tensor<8xf32>) dimensions = [1]
    (%a: f32, %b: f32) {
      %p = arith.addf %a, %b : f32
      linalg.yield %p : f32
    }
  return %s : tensor<8xf32>
}

// CHECK-LABEL: func.func @negative_reduction_of_the_dimension
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: linalg.reduce ins(%[[R]] :
func.func @negative_reduction_of_the_dimension(%k: tensor<2x5xf32>, %e: tensor<5xf32>) -> tensor<5xf32> {
  %zero = arith.constant 0.0 : f32
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<5xf32>) -> tensor<5xf32>
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.reduce ins(%r : tensor<8x5xf32>) outs(%f : tensor<5xf32>) dimensions = [0]
    (%a: f32, %b: f32) {
      %p = arith.addf %a, %b : f32
      linalg.yield %p : f32
    }
  return %s : tensor<5xf32>
}

func.func private @seen(f32)

// The body is called as often as before.
// CHECK-LABEL: func.func @negative_side_effects
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: linalg.generic {{.*}} ins(%[[R]] :
func.func @negative_side_effects(%k: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.generic {indexing_maps = [#id2, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) {
  ^bb0(%a: f32, %c: f32):
    func.call @seen(%a) : (f32) -> ()
    %m = arith.negf %a : f32
    linalg.yield %m : f32
  } -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// A plain broadcast is for the op that reads it to deal with.
// CHECK-LABEL: func.func @negative_plain_broadcast
// CHECK: linalg.broadcast
// CHECK: linalg.exp ins(%{{.*}} : tensor<4x5xf32>)
func.func @negative_plain_broadcast(%x: tensor<5xf32>, %b: tensor<4x5xf32>, %e: tensor<4x5xf32>) -> tensor<4x5xf32> {
  %r = linalg.broadcast ins(%x : tensor<5xf32>) outs(%b : tensor<4x5xf32>) dimensions = [0]
  %s = linalg.exp ins(%r : tensor<4x5xf32>) outs(%e : tensor<4x5xf32>) -> tensor<4x5xf32>
  return %s : tensor<4x5xf32>
}

// The extent of %y is %m unless %n is 0; %x depends on neither.
// CHECK-LABEL: func.func @counts_that_do_not_line_up
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor<1x1xf32>, %[[Y:[a-z0-9]*]]: tensor<?xf32>
// CHECK: %[[S:.*]] = linalg.generic {{.*}} ins(%[[X]], %[[Y]] : tensor<1x1xf32>, tensor<?xf32>)
// CHECK: ditto.repeat %[[S]] by [1, %{{.*}}] : tensor<1x?xf32> -> tensor<1x?xf32>
func.func @counts_that_do_not_line_up(%x: tensor<1x1xf32>, %y: tensor<?xf32>, %m: index, %n: index, %e: tensor<1x?xf32>, %w: tensor<?x7xf32>, %init: tensor<1x7xf32>) -> tensor<1x7xf32> {
  %m1 = ditto.repeat_interleave %x by %n dim(1) : tensor<1x1xf32> -> tensor<1x?xf32>
  %0 = ditto.repeat_interleave %m1 by %m dim(1) : tensor<1x?xf32> -> tensor<1x?xf32>
  %1 = ditto.repeat %y by [%n] : tensor<?xf32> -> tensor<?xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(a, b) -> (a, b)>, affine_map<(a, b) -> (b)>, affine_map<(a, b) -> (a, b)>], iterator_types = ["parallel", "parallel"]}
      ins(%0, %1 : tensor<1x?xf32>, tensor<?xf32>) outs(%e : tensor<1x?xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %p = arith.addf %a, %b : f32
    linalg.yield %p : f32
  } -> tensor<1x?xf32>
  %r = linalg.matmul ins(%s, %w : tensor<1x?xf32>, tensor<?x7xf32>) outs(%init : tensor<1x7xf32>) -> tensor<1x7xf32>
  return %r : tensor<1x7xf32>
}

// The op does nothing now.
// CHECK-LABEL: func.func @negative_lone_count_0
// CHECK: %[[R:.*]] = ditto.repeat
// CHECK: linalg.exp ins(%[[R]] :
func.func @negative_lone_count_0(%x: tensor<2x1xf32>) -> tensor<2x0xf32> {
  %r = ditto.repeat %x by [1, 0] : tensor<2x1xf32> -> tensor<2x0xf32>
  %e = tensor.empty() : tensor<2x0xf32>
  %s = linalg.exp ins(%r : tensor<2x0xf32>) outs(%e : tensor<2x0xf32>) -> tensor<2x0xf32>
  return %s : tensor<2x0xf32>
}

// %r stays in any case: 2 * 40 operations against 2 * 10 and a copy of 40.
// CHECK-LABEL: func.func @two_operations_below_a_repeat_that_stays
// CHECK-SAME: %[[X:[a-z0-9]*]]: tensor<2x5xf32>
// CHECK: linalg.generic {{.*}} ins(%[[X]] : tensor<2x5xf32>)
func.func @two_operations_below_a_repeat_that_stays(%x: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> (tensor<8x5xf32>, tensor<8x5xf32>) {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.generic {indexing_maps = [#id2, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%r : tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) {
  ^bb0(%a: f32, %c: f32):
    %exp = math.exp %a : f32
    %m = arith.mulf %exp, %a : f32
    linalg.yield %m : f32
  } -> tensor<8x5xf32>
  return %r, %s : tensor<8x5xf32>, tensor<8x5xf32>
}

// 40 operations against 10 and a copy of 40.
// CHECK-LABEL: func.func @negative_one_operation_below_a_repeat_that_stays
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: linalg.exp ins(%[[R]] :
func.func @negative_one_operation_below_a_repeat_that_stays(%x: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> (tensor<8x5xf32>, tensor<8x5xf32>) {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.exp ins(%r : tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %r, %s : tensor<8x5xf32>, tensor<8x5xf32>
}

// Each copy is added to something else.
// CHECK-LABEL: func.func @negative_map_reads_init
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: linalg.map ins(%[[R]] :
func.func @negative_map_reads_init(%x: tensor<2x4xf32>, %init: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x4xf32> -> tensor<8x4xf32>
  %s = linalg.map ins(%r : tensor<8x4xf32>) outs(%init : tensor<8x4xf32>)
    (%a: f32, %o: f32) {
      %q = arith.addf %a, %o : f32
      linalg.yield %q : f32
    }
  return %s : tensor<8x4xf32>
}

// A constant of equal elements has the same one for each copy.
// CHECK-LABEL: func.func @splat
// CHECK: %[[C:.*]] = arith.constant dense<2.000000e+00> : tensor<f32>
// CHECK: %[[S:.*]] = linalg.elementwise {{.*}} ins(%{{.*}}, %[[C]] : tensor<2x5xf32>, tensor<f32>)
// CHECK: ditto.repeat_interleave %[[S]] by 4 dim(0)
func.func @splat(%x: tensor<2x5xf32>, %e: tensor<8x5xf32>) -> tensor<8x5xf32> {
  %c = arith.constant dense<2.0> : tensor<8x5xf32>
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.mul ins(%r, %c : tensor<8x5xf32>, tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// Their elements differ.
// CHECK-LABEL: func.func @negative_constant
// CHECK: %[[R:.*]] = ditto.repeat_interleave
// CHECK: linalg.mul ins(%[[R]], %{{.*}} : tensor<8xf32>, tensor<8xf32>)
func.func @negative_constant(%x: tensor<2xf32>, %e: tensor<8xf32>) -> tensor<8xf32> {
  %c = arith.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]> : tensor<8xf32>
  %r = ditto.repeat_interleave %x by 4 dim(0) : tensor<2xf32> -> tensor<8xf32>
  %s = linalg.mul ins(%r, %c : tensor<8xf32>, tensor<8xf32>) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  return %s : tensor<8xf32>
}
