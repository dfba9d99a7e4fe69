// Each raised chain is a passed remark.
//
// RUN: ditto-opt %s --ditto-raise --remarks-filter-passed=ditto -o /dev/null 2>&1 | FileCheck %s

// CHECK: remarks.mlir:[[#@LINE+2]]:{{.*}}remark: [Passed] Raised | Category:ditto |{{.*}}raised to {{.*}}ditto.repeat_interleave by 4 dim(0), ditto.repeat by [2, 1]
func.func @f(%x: tensor<3x5xf32>, %e: tensor<2x3x4x5xf32>) -> tensor<24x5xf32> {
  %b = linalg.broadcast ins(%x : tensor<3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) dimensions = [0, 2]
  %r = tensor.collapse_shape %b [[0, 1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<24x5xf32>
  return %r : tensor<24x5xf32>
}
