// RUN: ditto-opt %s --ditto-optimize --ditto-report -o /dev/null 2>&1 | FileCheck %s
// RUN: ditto-opt %s --ditto-optimize --ditto-report=json -o /dev/null 2>&1 | FileCheck %s --check-prefix=JSON
// RUN: not ditto-opt %s --ditto-optimize --ditto-report --remarks-filter=ditto -o /dev/null 2>&1 | FileCheck %s --check-prefix=BOTH

// CHECK: site spelling bytes before bytes after flops outcome
// CHECK: report.mlir:[[#@LINE+17]]:8 ditto.repeat 384 0 96 -> 32 removed by linalg.reduce
// CHECK: report.mlir:[[#@LINE+21]]:8 ditto.repeat_interleave 384 384 - kept: func.return reads all of it
// CHECK: report.mlir:[[#@LINE+24]]:8 ditto.repeat_interleave ? ? - kept: func.return reads all of it
// CHECK: report.mlir:[[#@LINE+27]]:8 ditto.repeat_interleave ? 0 ? unchanged removed by linalg.batch_matmul
// CHECK: report.mlir:[[#@LINE+31]]:8 ditto.repeat ? 0 ? -> ? removed by linalg.reduce
// CHECK: 5 repeats, 3 removed, 2 kept

// JSON: "bytes_after": 0,
// JSON-NEXT: "bytes_before": 384,
// JSON: "flops_before": 96,
// JSON-NEXT: "flops_saved": 64,
// JSON: "flops_before": null,
// JSON-NEXT: "flops_saved": null,

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
func.func @loops_split(%q: tensor<?x5x16xf32>, %k: tensor<?x16x7xf32>, %init: tensor<?x5x7xf32>) -> tensor<?x5x7xf32> {
  %r = ditto.repeat_interleave %k by 4 dim(0) : tensor<?x16x7xf32> -> tensor<?x16x7xf32>
  %s = linalg.batch_matmul ins(%q, %r : tensor<?x5x16xf32>, tensor<?x16x7xf32>) outs(%init : tensor<?x5x7xf32>) -> tensor<?x5x7xf32>
  return %s : tensor<?x5x7xf32>
}
func.func @fewer_turns(%x: tensor<?x8xf32>, %init: tensor<?xf32>) -> tensor<?xf32> {
  %0 = ditto.repeat %x by [1, 3] : tensor<?x8xf32> -> tensor<?x24xf32>
  %1 = linalg.reduce { arith.maximumf } ins(%0 : tensor<?x24xf32>) outs(%init : tensor<?xf32>) dimensions = [1]
  return %1 : tensor<?xf32>
}
