// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-align-contractions))' | FileCheck %s

#q = affine_map<(m, n, k) -> (m, k)>
#k = affine_map<(m, n, k) -> (n, k)>
#s = affine_map<(m, n, k) -> (m, n)>

// CHECK-LABEL: @many_rows
// CHECK: %[[T:.*]] = linalg.transpose ins(%{{.*}} : tensor<32x8xf32>) outs(%{{.*}} : tensor<8x32xf32>) permutation = [1, 0]
// CHECK: linalg.matmul ins(%{{.*}}, %[[T]] : tensor<64x8xf32>, tensor<8x32xf32>)
func.func @many_rows(%q: tensor<64x8xf32>, %k: tensor<32x8xf32>, %init: tensor<64x32xf32>) -> tensor<64x32xf32> {
  %s = linalg.matmul indexing_maps = [#q, #k, #s] ins(%q, %k : tensor<64x8xf32>, tensor<32x8xf32>) outs(%init : tensor<64x32xf32>) -> tensor<64x32xf32>
  return %s : tensor<64x32xf32>
}

// CHECK-LABEL: @rows_known_at_run_time
// CHECK: linalg.transpose
// CHECK: linalg.contract
func.func @rows_known_at_run_time(%q: tensor<?x8xf32>, %k: tensor<32x8xf32>, %init: tensor<?x32xf32>) -> tensor<?x32xf32> {
  %s = linalg.contract indexing_maps = [#q, #k, #s] ins(%q, %k : tensor<?x8xf32>, tensor<32x8xf32>) outs(%init : tensor<?x32xf32>) -> tensor<?x32xf32>
  return %s : tensor<?x32xf32>
}

// CHECK-LABEL: @negative_few_rows
// CHECK-NOT: linalg.transpose
func.func @negative_few_rows(%q: tensor<4x8xf32>, %k: tensor<32x8xf32>, %init: tensor<4x32xf32>) -> tensor<4x32xf32> {
  %s = linalg.matmul indexing_maps = [#q, #k, #s] ins(%q, %k : tensor<4x8xf32>, tensor<32x8xf32>) outs(%init : tensor<4x32xf32>) -> tensor<4x32xf32>
  return %s : tensor<4x32xf32>
}

// CHECK-LABEL: @negative_last_already
// CHECK-NOT: linalg.transpose
func.func @negative_last_already(%q: tensor<64x8xf32>, %k: tensor<8x32xf32>, %init: tensor<64x32xf32>) -> tensor<64x32xf32> {
  %s = linalg.matmul ins(%q, %k : tensor<64x8xf32>, tensor<8x32xf32>) outs(%init : tensor<64x32xf32>) -> tensor<64x32xf32>
  return %s : tensor<64x32xf32>
}
