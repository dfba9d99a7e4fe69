// Remarks as a YAML file, for scripts: the fields and their order stay.
//
// RUN: ditto-opt %s --pass-pipeline='builtin.module(func.func(ditto-sink-repeats))' --remarks-filter=ditto --remark-format=yaml --remarks-output-file=%t.yaml -o /dev/null
// RUN: FileCheck %s < %t.yaml
// CHECK:      --- !Passed
// CHECK-NEXT: Pass: 'ditto:ditto-sink-repeats'
// CHECK-NEXT: Name: Removed
// CHECK-NEXT: DebugLoc: { File: '{{.*}}remarks-yaml.mlir',{{[[:space:]]+}}Line: [[#@LINE+11]],{{[[:space:]]+}}Column: 8 }
// CHECK-NEXT: Function: absorbed
// CHECK-NEXT: Args:
// CHECK-NEXT: - Op: ditto.repeat
// CHECK-NEXT: - Bytes: '384'
// CHECK-NEXT: - Reader: linalg.reduce
// CHECK-NEXT: - Flops: '96'
// CHECK-NEXT: - FlopsSaved: '64'
// CHECK-NEXT: ...
// CHECK-NOT: {{.}}
func.func @absorbed(%x: tensor<4x8xf32>, %init: tensor<4xf32>) -> tensor<4xf32> {
  %0 = ditto.repeat %x by [1, 3] : tensor<4x8xf32> -> tensor<4x24xf32>
  %1 = linalg.reduce { arith.maximumf } ins(%0 : tensor<4x24xf32>) outs(%init : tensor<4xf32>) dimensions = [1]
  return %1 : tensor<4xf32>
}
