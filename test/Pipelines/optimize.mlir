// What folding and sinking bring together is optimised in the same run.
//
// RUN: ditto-opt %s --ditto-optimize -o %t.once.mlir
// RUN: FileCheck %s --input-file=%t.once.mlir
// RUN: ditto-opt %t.once.mlir --ditto-optimize | diff %t.once.mlir -

// The product's rows are joined, and then the broadcast that its result is added to.
// CHECK-LABEL: func.func @init_that_folding_reshapes
// CHECK-SAME: %[[INIT:[a-z0-9]*]]: tensor<?x?xf32>, %[[B:[a-z0-9]*]]: index
// CHECK: %[[R:.*]] = ditto.repeat %[[INIT]] by [%[[B]], 1]
// CHECK: linalg.matmul {{.*}} outs(%[[R]] :
func.func @init_that_folding_reshapes(%a: tensor<?x?x4xf32>, %w: tensor<4x?xf32>, %init: tensor<?x?xf32>, %b: index, %m: index, %n: index) -> tensor<?x?x?xf32> {
  %e = tensor.empty(%b, %n) : tensor<?x4x?xf32>
  %wb = linalg.broadcast ins(%w : tensor<4x?xf32>) outs(%e : tensor<?x4x?xf32>) dimensions = [0]
  %f = tensor.empty(%b, %m, %n) : tensor<?x?x?xf32>
  %ib = linalg.broadcast ins(%init : tensor<?x?xf32>) outs(%f : tensor<?x?x?xf32>) dimensions = [0]
  %r = linalg.batch_matmul ins(%a, %wb : tensor<?x?x4xf32>, tensor<?x4x?xf32>) outs(%ib : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  return %r : tensor<?x?x?xf32>
}
