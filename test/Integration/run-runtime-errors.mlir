// Status 1 and one line, whatever goes wrong at run time; `not` refuses a crash.
// RUN: not ditto-run %s --entry=repeat --input=iota:2x4 --input=-2 --print 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// RUN: not ditto-run %s --entry=repeat --input=iota:2x4 --input=9223372036854775807 2>&1 | FileCheck %s --check-prefix=OVERFLOW
// RUN: not ditto-run %s --entry=repeat --input=iota:2x4 --input=100000000000000 2>&1 | FileCheck %s --check-prefix=MEMORY
// RUN: not ditto-run %s --entry=assertion --input=iota:3 --input=4 2>&1 | FileCheck %s --check-prefix=ASSERT
// RUN: not ditto-run %s --entry=late --input=iota:2x4 --input=-1 2>&1 | FileCheck %s --check-prefix=LATE
// RUN: ditto-run %s --entry=repeat --input=iota:2x4 --input=0 --print | FileCheck %s --check-prefix=ZERO

// NEGATIVE-NOT: result
// NEGATIVE: ditto-run: ditto.repeat: count -2 of dimension 0 is negative
// OVERFLOW: ditto-run: ditto.repeat: the extent of result dimension 0, count 9223372036854775807 x operand extent 2, does not fit in 64 bits
// MEMORY: ditto-run: out of memory: cannot allocate {{[0-9]+}} bytes
// ZERO: result 0: tensor<0x4xf32>
// ZERO-NEXT: []
func.func @repeat(%x: tensor<?x4xf32>, %n: index) -> tensor<?x4xf32> {
  %r = ditto.repeat %x by [%n, 1] : tensor<?x4xf32> -> tensor<?x4xf32>
  return %r : tensor<?x4xf32>
}

// ASSERT: ditto-run: 100%s of the sizes differ
func.func @assertion(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?xf32>
  %same = arith.cmpi eq, %d, %n : index
  cf.assert %same, "100%s of the sizes differ"
  return %x : tensor<?xf32>
}

// What has been allocated when the second repeat fails is freed.
// LATE: ditto-run: ditto.repeat: count -1 of dimension 0 is negative
// LATE-NOT: has not freed
func.func @late(%x: tensor<?x4xf32>, %n: index) -> (tensor<?x4xf32>, tensor<?x4xf32>) {
  %c3 = arith.constant 3 : index
  %m = arith.addi %n, %c3 : index
  %a = ditto.repeat %x by [%m, 1] : tensor<?x4xf32> -> tensor<?x4xf32>
  %b = ditto.repeat %a by [%n, 1] : tensor<?x4xf32> -> tensor<?x4xf32>
  return %a, %b : tensor<?x4xf32>, tensor<?x4xf32>
}
