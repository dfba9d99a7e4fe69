// RUN: ditto-opt %s --ditto-optimize --ditto-report -o /dev/null 2>&1 | FileCheck %s
// RUN: ditto-opt %s --ditto-optimize --ditto-report=json -o /dev/null 2>&1 | FileCheck %s --check-prefix=JSON
// RUN: not ditto-opt %s --ditto-optimize --ditto-report --remarks-filter=ditto -o /dev/null 2>&1 | FileCheck %s --check-prefix=BOTH

// CHECK: site spelling bytes before bytes after outcome
// CHECK: report.mlir:[[#@LINE+11]]:8 ditto.repeat 384 0 removed by linalg.reduce
// CHECK: report.mlir:[[#@LINE+15]]:8 ditto.repeat_interleave 384 384 kept: func.return reads all of it
// CHECK: report.mlir:[[#@LINE+18]]:8 ditto.repeat_interleave ? ? kept: func.return reads all of it
// CHECK: 3 repeats, 1 removed, 2 kept

// JSON: "bytes_after": 0,
// JSON-NEXT: "bytes_before": 384,

// BOTH: --ditto-report takes the remarks that --remarks-filter asks for

func.func @removed(%x: tensor<4x8xf32>, %init: tensor<4xf32>) -> tensor<4xf32> {
  %0 = ditto.repeat %x by [1, 3] : tensor<4x8xf32> -> tensor<4x24xf32>
  %1 = linalg.reduce { arith.maximumf } ins(%0 : tensor<4x24xf32>) outs(%init : tensor<4xf32>) dimensions = [1]
  return %1 : tensor<4xf32>
}
func.func @kept(%x: tensor<4x8xf32>) -> tensor<4x24xf32> {
  %0 = ditto.repeat_interleave %x by 3 dim(1) : tensor<4x8xf32> -> tensor<4x24xf32>
  return %0 : tensor<4x24xf32>
}
func.func @size_known_at_run_time(%x: tensor<4x?xf32>) -> tensor<4x?xf32> {
  %0 = ditto.repeat_interleave %x by 3 dim(1) : tensor<4x?xf32> -> tensor<4x?xf32>
  return %0 : tensor<4x?xf32>
}
