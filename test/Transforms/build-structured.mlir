// What a folded contraction becomes: a named op or a linalg.contract wherever
// these can say what its body does.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-fold-repeats))' | FileCheck %s

#q = affine_map<(b, m, n, k) -> (b, m, k)>
#k = affine_map<(b, m, n, k) -> (b, k, n)>
#r = affine_map<(b, m, n, k) -> (b, m, n)>

// CHECK-LABEL: func.func @mixed_precision
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<2x20x16xf16>, tensor<2x16x7xbf16>) outs(%{{.*}} : tensor<2x20x7xf32>)
func.func @mixed_precision(%q: tensor<8x5x16xf16>, %k: tensor<2x16x7xbf16>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xbf16> -> tensor<8x16x7xbf16>
  %s = linalg.generic {indexing_maps = [#q, #k, #r], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %r : tensor<8x5x16xf16>, tensor<8x16x7xbf16>) outs(%init : tensor<8x5x7xf32>) {
  ^bb0(%a: f16, %b: bf16, %c: f32):
    %x = arith.extf %a : f16 to f32
    %y = arith.extf %b : bf16 to f32
    %m = arith.mulf %x, %y : f32
    %p = arith.addf %c, %m : f32
    linalg.yield %p : f32
  } -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// CHECK-LABEL: func.func @signed_integers
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<2x20x16xi8>, tensor<2x16x7xi8>) outs(%{{.*}} : tensor<2x20x7xi32>)
func.func @signed_integers(%q: tensor<8x5x16xi8>, %k: tensor<2x16x7xi8>, %init: tensor<8x5x7xi32>) -> tensor<8x5x7xi32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xi8> -> tensor<8x16x7xi8>
  %s = linalg.generic {indexing_maps = [#q, #k, #r], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %r : tensor<8x5x16xi8>, tensor<8x16x7xi8>) outs(%init : tensor<8x5x7xi32>) {
  ^bb0(%a: i8, %b: i8, %c: i32):
    %x = arith.extsi %a : i8 to i32
    %y = arith.extsi %b : i8 to i32
    %m = arith.muli %x, %y : i32
    %p = arith.addi %c, %m : i32
    linalg.yield %p : i32
  } -> tensor<8x5x7xi32>
  return %s : tensor<8x5x7xi32>
}

// CHECK-LABEL: func.func @unsigned_integers
// CHECK: linalg.batch_matmul {cast = #linalg.type_fn<cast_unsigned>} ins(%{{.*}}, %{{.*}} : tensor<2x20x16xi8>, tensor<2x16x7xi8>)
func.func @unsigned_integers(%q: tensor<8x5x16xi8>, %k: tensor<2x16x7xi8>, %init: tensor<8x5x7xi32>) -> tensor<8x5x7xi32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xi8> -> tensor<8x16x7xi8>
  %s = linalg.batch_matmul {cast = #linalg.type_fn<cast_unsigned>} ins(%q, %r : tensor<8x5x16xi8>, tensor<8x16x7xi8>) outs(%init : tensor<8x5x7xi32>) -> tensor<8x5x7xi32>
  return %s : tensor<8x5x7xi32>
}

// CHECK-LABEL: func.func @complex
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<2x20x16xcomplex<f32>>, tensor<2x16x7xcomplex<f32>>)
func.func @complex(%q: tensor<8x5x16xcomplex<f32>>, %k: tensor<2x16x7xcomplex<f32>>, %init: tensor<8x5x7xcomplex<f32>>) -> tensor<8x5x7xcomplex<f32>> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xcomplex<f32>> -> tensor<8x16x7xcomplex<f32>>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xcomplex<f32>>, tensor<8x16x7xcomplex<f32>>) outs(%init : tensor<8x5x7xcomplex<f32>>) -> tensor<8x5x7xcomplex<f32>>
  return %s : tensor<8x5x7xcomplex<f32>>
}

// CHECK-LABEL: func.func @booleans
// CHECK: linalg.batch_matmul ins(%{{.*}}, %{{.*}} : tensor<2x20x16xi1>, tensor<2x16x7xi1>)
func.func @booleans(%q: tensor<8x5x16xi1>, %k: tensor<2x16x7xi1>, %init: tensor<8x5x7xi1>) -> tensor<8x5x7xi1> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xi1> -> tensor<8x16x7xi1>
  %s = linalg.batch_matmul ins(%q, %r : tensor<8x5x16xi1>, tensor<8x16x7xi1>) outs(%init : tensor<8x5x7xi1>) -> tensor<8x5x7xi1>
  return %s : tensor<8x5x7xi1>
}

// Named products of i1 are disjunctions, not sums.
// CHECK-LABEL: func.func @negative_sum_of_booleans
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x20x16xi1>, tensor<2x16x7xi1>)
// CHECK: arith.muli
// CHECK: arith.addi
func.func @negative_sum_of_booleans(%q: tensor<8x5x16xi1>, %k: tensor<2x16x7xi1>, %init: tensor<8x5x7xi1>) -> tensor<8x5x7xi1> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xi1> -> tensor<8x16x7xi1>
  %s = linalg.generic {indexing_maps = [#q, #k, #r], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %r : tensor<8x5x16xi1>, tensor<8x16x7xi1>) outs(%init : tensor<8x5x7xi1>) {
  ^bb0(%a: i1, %b: i1, %c: i1):
    %m = arith.muli %a, %b : i1
    %p = arith.addi %c, %m : i1
    linalg.yield %p : i1
  } -> tensor<8x5x7xi1>
  return %s : tensor<8x5x7xi1>
}

// One operand is taken as signed, the other as unsigned.
// CHECK-LABEL: func.func @negative_mixed_signs
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x20x16xi8>, tensor<2x16x7xi8>)
// CHECK: arith.extsi
// CHECK: arith.extui
func.func @negative_mixed_signs(%q: tensor<8x5x16xi8>, %k: tensor<2x16x7xi8>, %init: tensor<8x5x7xi32>) -> tensor<8x5x7xi32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xi8> -> tensor<8x16x7xi8>
  %s = linalg.generic {indexing_maps = [#q, #k, #r], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %r : tensor<8x5x16xi8>, tensor<8x16x7xi8>) outs(%init : tensor<8x5x7xi32>) {
  ^bb0(%a: i8, %b: i8, %c: i32):
    %x = arith.extsi %a : i8 to i32
    %y = arith.extui %b : i8 to i32
    %m = arith.muli %x, %y : i32
    %p = arith.addi %c, %m : i32
    linalg.yield %p : i32
  } -> tensor<8x5x7xi32>
  return %s : tensor<8x5x7xi32>
}

// CHECK-LABEL: func.func @negative_fastmath
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x20x16xf32>, tensor<2x16x7xf32>)
// CHECK: arith.mulf {{.*}} fastmath<contract>
func.func @negative_fastmath(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.generic {indexing_maps = [#q, #k, #r], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%init : tensor<8x5x7xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b fastmath<contract> : f32
    %p = arith.addf %c, %m : f32
    linalg.yield %p : f32
  } -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// CHECK-LABEL: func.func @negative_overflow_flags
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x20x16xi32>, tensor<2x16x7xi32>)
// CHECK: arith.addi {{.*}} overflow<nsw>
func.func @negative_overflow_flags(%q: tensor<8x5x16xi32>, %k: tensor<2x16x7xi32>, %init: tensor<8x5x7xi32>) -> tensor<8x5x7xi32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xi32> -> tensor<8x16x7xi32>
  %s = linalg.generic {indexing_maps = [#q, #k, #r], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %r : tensor<8x5x16xi32>, tensor<8x16x7xi32>) outs(%init : tensor<8x5x7xi32>) {
  ^bb0(%a: i32, %b: i32, %c: i32):
    %m = arith.muli %a, %b : i32
    %p = arith.addi %c, %m overflow<nsw> : i32
    linalg.yield %p : i32
  } -> tensor<8x5x7xi32>
  return %s : tensor<8x5x7xi32>
}

// The square root is part of the body, so that the op stays generic.
// CHECK-LABEL: func.func @negative_other_unary_op
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x20x16xf32>, tensor<2x16x7xf32>)
// CHECK: math.sqrt
func.func @negative_other_unary_op(%q: tensor<8x5x16xf32>, %k: tensor<2x16x7xf32>, %init: tensor<8x5x7xf32>) -> tensor<8x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xf32> -> tensor<8x16x7xf32>
  %s = linalg.generic {indexing_maps = [#q, #k, #r], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %r : tensor<8x5x16xf32>, tensor<8x16x7xf32>) outs(%init : tensor<8x5x7xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %x = math.sqrt %b : f32
    %m = arith.mulf %a, %x : f32
    %p = arith.addf %c, %m : f32
    linalg.yield %p : f32
  } -> tensor<8x5x7xf32>
  return %s : tensor<8x5x7xf32>
}

// The index along the split loop is put together from its parts.
// CHECK-LABEL: func.func @index_of_a_split_loop
// CHECK: %[[FOUR:.*]] = arith.constant 4 : index
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x4x5xindex>, tensor<2x5xindex>)
// CHECK: %[[I0:.*]] = linalg.index 0
// CHECK: %[[I1:.*]] = linalg.index 1
// CHECK: %[[HIGH:.*]] = arith.muli %[[I0]], %[[FOUR]]
// CHECK: %[[I:.*]] = arith.addi %[[HIGH]], %[[I1]]
// CHECK: %[[J:.*]] = linalg.index 2
// CHECK: arith.muli %[[I]], %[[J]]
func.func @index_of_a_split_loop(%x: tensor<8x5xindex>, %k: tensor<2x5xindex>, %e: tensor<8x5xindex>) -> tensor<8x5xindex> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xindex> -> tensor<8x5xindex>
  %s = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x, %r : tensor<8x5xindex>, tensor<8x5xindex>) outs(%e : tensor<8x5xindex>) {
  ^bb0(%a: index, %b: index, %c: index):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %m = arith.addi %a, %b : index
    %n = arith.muli %i, %j : index
    %p = arith.addi %m, %n : index
    linalg.yield %p : index
  } -> tensor<8x5xindex>
  return %s : tensor<8x5xindex>
}

// Two of its three parts stay one loop.
// CHECK-LABEL: func.func @index_of_joined_loops
// CHECK: %[[SIX:.*]] = arith.constant 6 : index
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<4x6x5xindex>, tensor<4x5xindex>)
// CHECK: %[[I0:.*]] = linalg.index 0
// CHECK: %[[I1:.*]] = linalg.index 1
// CHECK: %[[HIGH:.*]] = arith.muli %[[I0]], %[[SIX]]
// CHECK: %[[I:.*]] = arith.addi %[[HIGH]], %[[I1]]
// CHECK-NEXT: %[[SUM:.*]] = arith.addi
// CHECK-NEXT: arith.muli %[[I]], %[[SUM]]
func.func @index_of_joined_loops(%x: tensor<24x5xindex>, %k: tensor<4x5xindex>, %e: tensor<24x5xindex>) -> tensor<24x5xindex> {
  %r = ditto.repeat_interleave %k by 2 dim(0) : tensor<4x5xindex> -> tensor<8x5xindex>
  %c = ditto.repeat_interleave %r by 3 dim(0) : tensor<8x5xindex> -> tensor<24x5xindex>
  %s = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%x, %c : tensor<24x5xindex>, tensor<24x5xindex>) outs(%e : tensor<24x5xindex>) {
  ^bb0(%a: index, %b: index, %o: index):
    %i = linalg.index 0 : index
    %m = arith.addi %a, %b : index
    %n = arith.muli %i, %m : index
    linalg.yield %n : index
  } -> tensor<24x5xindex>
  return %s : tensor<24x5xindex>
}

//===----------------------------------------------------------------------===//
// Elementwise ops
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @named_elementwise
// CHECK: linalg.elementwise kind=#linalg.elementwise_kind<div_unsigned> indexing_maps = [#{{.*}}, #{{.*}}, #{{.*}}] ins(%{{.*}}, %{{.*}} : tensor<2x4x5xi32>, tensor<2x5xi32>)
// CHECK: linalg.elementwise kind=#linalg.elementwise_kind<min_signed> indexing_maps = {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x4x5xi32>, tensor<2x5xi32>)
func.func @named_elementwise(%x: tensor<8x5xi32>, %k: tensor<2x5xi32>) -> tensor<8x5xi32> {
  %e = tensor.empty() : tensor<8x5xi32>
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xi32> -> tensor<8x5xi32>
  %d = linalg.div_unsigned ins(%x, %r : tensor<8x5xi32>, tensor<8x5xi32>) outs(%e : tensor<8x5xi32>) -> tensor<8x5xi32>
  %m = linalg.min ins(%d, %r : tensor<8x5xi32>, tensor<8x5xi32>) outs(%e : tensor<8x5xi32>) -> tensor<8x5xi32>
  return %m : tensor<8x5xi32>
}

// CHECK-LABEL: func.func @elementwise
// CHECK: linalg.elementwise kind=#linalg.elementwise_kind<select> indexing_maps = {{.*}} ins(%{{.*}}, %{{.*}}, %{{.*}} : tensor<2x4x5xi1>, tensor<2x5xf32>, tensor<2x4x5xf32>)
func.func @elementwise(%c: tensor<8x5xi1>, %x: tensor<8x5xf32>, %k: tensor<2x5xf32>) -> tensor<8x5xf32> {
  %e = tensor.empty() : tensor<8x5xf32>
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.elementwise kind=#linalg.elementwise_kind<select> ins(%c, %r, %x : tensor<8x5xi1>, tensor<8x5xf32>, tensor<8x5xf32>) outs(%e : tensor<8x5xf32>) -> tensor<8x5xf32>
  return %s : tensor<8x5xf32>
}

// CHECK-LABEL: func.func @negative_map
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x4x5xf32>, tensor<2x5xf32>)
func.func @negative_map(%x: tensor<8x5xf32>, %k: tensor<2x5xf32>) -> tensor<8x5xf32> {
  %e = tensor.empty() : tensor<8x5xf32>
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x5xf32> -> tensor<8x5xf32>
  %s = linalg.map { arith.addf } ins(%x, %r : tensor<8x5xf32>, tensor<8x5xf32>) outs(%e : tensor<8x5xf32>)
  return %s : tensor<8x5xf32>
}

// The builders of named ops know no such elements.
// CHECK-LABEL: func.func @negative_product_of_indices
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x20x16xindex>, tensor<2x16x7xindex>)
func.func @negative_product_of_indices(%q: tensor<8x5x16xindex>, %k: tensor<2x16x7xindex>, %init: tensor<8x5x7xindex>) -> tensor<8x5x7xindex> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2x16x7xindex> -> tensor<8x16x7xindex>
  %s = linalg.generic {indexing_maps = [#q, #k, #r], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %r : tensor<8x5x16xindex>, tensor<8x16x7xindex>) outs(%init : tensor<8x5x7xindex>) {
  ^bb0(%a: index, %b: index, %c: index):
    %m = arith.muli %a, %b : index
    %p = arith.addi %c, %m : index
    linalg.yield %p : index
  } -> tensor<8x5x7xindex>
  return %s : tensor<8x5x7xindex>
}

// CHECK-LABEL: func.func @negative_elementwise_of_vectors
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x4xvector<2xf32>>, tensor<2xvector<2xf32>>)
func.func @negative_elementwise_of_vectors(%x: tensor<8xvector<2xf32>>, %k: tensor<2xvector<2xf32>>, %e: tensor<8xvector<2xf32>>) -> tensor<8xvector<2xf32>> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<2xvector<2xf32>> -> tensor<8xvector<2xf32>>
  %s = "linalg.mul"(%x, %r, %e) <{operandSegmentSizes = array<i32: 2, 1>}> ({
  ^bb0(%a: vector<2xf32>, %b: vector<2xf32>, %c: vector<2xf32>):
    %m = arith.mulf %a, %b : vector<2xf32>
    linalg.yield %m : vector<2xf32>
  }) : (tensor<8xvector<2xf32>>, tensor<8xvector<2xf32>>, tensor<8xvector<2xf32>>) -> tensor<8xvector<2xf32>>
  return %s : tensor<8xvector<2xf32>>
}
