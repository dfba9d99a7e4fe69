// ditto-reduce keeps the op that a script is interested in and drops the rest.
//
// RUN: echo '#!/bin/sh' > %t.sh
// RUN: echo '! grep -q ditto.repeat_interleave "$1"' >> %t.sh
// RUN: chmod +x %t.sh
// RUN: ditto-reduce %s -reduction-tree='traversal-mode=0 test=%t.sh' | FileCheck %s

// CHECK-NOT: @other
// CHECK: ditto.repeat_interleave
// CHECK-NOT: @other
func.func @interesting(%x: tensor<2xf32>) -> tensor<6xf32> {
  %r = ditto.repeat_interleave %x by 3 dim(0) : tensor<2xf32> -> tensor<6xf32>
  return %r : tensor<6xf32>
}
func.func @other(%x: tensor<2xf32>) -> tensor<6xf32> {
  %r = ditto.repeat %x by [3] : tensor<2xf32> -> tensor<6xf32>
  return %r : tensor<6xf32>
}
