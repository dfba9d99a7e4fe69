// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(linalg-generalize-named-ops,ditto-widen-operands))' --split-input-file | FileCheck %s
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(linalg-generalize-named-ops,ditto-widen-operands{bf16-dot}))' --split-input-file | FileCheck %s --check-prefix=PAIRS

// CHECK-LABEL: func @many_rows
// CHECK-SAME:    (%[[A:.*]]: tensor<64x128xbf16>, %[[B:.*]]: tensor<128x32xbf16>
// CHECK:         %[[WA:.*]] = linalg.generic {{.*}} ins(%[[A]] : tensor<64x128xbf16>) outs({{.*}} : tensor<64x128xf32>)
// CHECK:           arith.extf
// CHECK:         %[[WB:.*]] = linalg.generic {{.*}} ins(%[[B]] : tensor<128x32xbf16>) outs({{.*}} : tensor<128x32xf32>)
// CHECK:           arith.extf
// CHECK:         linalg.generic {{.*}} ins(%[[WA]], %[[WB]] :
// CHECK-NOT:       arith.extf
// CHECK:           arith.mulf
// CHECK:           arith.addf
//
// Added up in pairs.
// PAIRS-LABEL: func @many_rows
// PAIRS-COUNT-1: linalg.generic
// PAIRS-NOT:     linalg.generic
// PAIRS:         return
func.func @many_rows(%a: tensor<64x128xbf16>, %b: tensor<128x32xbf16>, %init: tensor<64x32xf32>) -> tensor<64x32xf32> {
  %c = linalg.matmul ins(%a, %b : tensor<64x128xbf16>, tensor<128x32xbf16>) outs(%init : tensor<64x32xf32>) -> tensor<64x32xf32>
  return %c : tensor<64x32xf32>
}

// -----

// Not contiguous along the sum, so that there are no pairs.
// CHECK-LABEL: func @columns_first
// PAIRS-LABEL: func @columns_first
// CHECK-COUNT-3: linalg.generic
// PAIRS-COUNT-3: linalg.generic
func.func @columns_first(%a: tensor<128x64xbf16>, %b: tensor<128x32xbf16>, %init: tensor<64x32xf32>) -> tensor<64x32xf32> {
  %c = linalg.matmul indexing_maps = [affine_map<(m, n, k) -> (k, m)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : tensor<128x64xbf16>, tensor<128x32xbf16>) outs(%init : tensor<64x32xf32>) -> tensor<64x32xf32>
  return %c : tensor<64x32xf32>
}

// -----

// The right-hand side would be written and read once more than it is used.
// CHECK-LABEL: func @negative_few_rows
// CHECK-COUNT-1: linalg.generic
// CHECK-NOT:     linalg.generic
func.func @negative_few_rows(%a: tensor<4x128xbf16>, %b: tensor<128x64xbf16>, %init: tensor<4x64xf32>) -> tensor<4x64xf32> {
  %c = linalg.matmul ins(%a, %b : tensor<4x128xbf16>, tensor<128x64xbf16>) outs(%init : tensor<4x64xf32>) -> tensor<4x64xf32>
  return %c : tensor<4x64xf32>
}

// -----

// As few as there may be at run time.
// CHECK-LABEL: func @negative_dynamic_rows
// CHECK-COUNT-1: linalg.generic
// CHECK-NOT:     linalg.generic
func.func @negative_dynamic_rows(%a: tensor<?x128xbf16>, %b: tensor<128x64xbf16>, %init: tensor<?x64xf32>) -> tensor<?x64xf32> {
  %c = linalg.matmul ins(%a, %b : tensor<?x128xbf16>, tensor<128x64xbf16>) outs(%init : tensor<?x64xf32>) -> tensor<?x64xf32>
  return %c : tensor<?x64xf32>
}

// -----

// CHECK-LABEL: func @negative_wide_already
// CHECK-COUNT-1: linalg.generic
// CHECK-NOT:     linalg.generic
func.func @negative_wide_already(%a: tensor<64x128xf32>, %b: tensor<128x64xf32>, %init: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %c = linalg.matmul ins(%a, %b : tensor<64x128xf32>, tensor<128x64xf32>) outs(%init : tensor<64x64xf32>) -> tensor<64x64xf32>
  return %c : tensor<64x64xf32>
}
