// Every run-time error of ditto's ops, from compiled code: the message, status 1
// and no result. Errors.def has the list.
// DEFINE: %{fails} = not ditto-run %s --print

// RUN: %{fails} --entry=repeat --input=iota:3 --input=2 --input=-7 2>&1 | FileCheck %s --check-prefix=E1 --implicit-check-not='result 0'
// E1: ditto-run: ditto.repeat: count -7 of dimension 1 is negative
// RUN: %{fails} --entry=repeat --input=iota:3 --input=2 --input=4611686018427387904 2>&1 | FileCheck %s --check-prefix=E2 --implicit-check-not='result 0'
// E2: ditto-run: ditto.repeat: the extent of result dimension 1, count 4611686018427387904 x operand extent 3, does not fit in 64 bits
// RUN: %{fails} --entry=repeat --input=iota:3 --input=4294967296 --input=1073741824 2>&1 | FileCheck %s --check-prefix=E3
// E3: ditto-run: ditto.repeat: the result's size in bytes does not fit in 64 bits
func.func @repeat(%x: tensor<?xf32>, %n: index, %m: index) -> tensor<?x?xf32> {
  %r = ditto.repeat %x by [%n, %m] : tensor<?xf32> -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// RUN: %{fails} --entry=repeat_declared --input=iota:3 --input=2 2>&1 | FileCheck %s --check-prefix=E4
// E4: ditto-run: ditto.repeat: extent 6 of result dimension 0 differs from 9, which the result type says
func.func @repeat_declared(%x: tensor<?xf32>, %n: index) -> tensor<9xf32> {
  %r = ditto.repeat %x by [%n] : tensor<?xf32> -> tensor<9xf32>
  return %r : tensor<9xf32>
}

// RUN: %{fails} --entry=uniform --input=iota:2x3 --input=-1 2>&1 | FileCheck %s --check-prefix=E5
// E5: ditto-run: ditto.repeat_interleave: count -1 of dimension 1 is negative
// RUN: %{fails} --entry=uniform --input=iota:2x3 --input=4611686018427387904 2>&1 | FileCheck %s --check-prefix=E7
// E7: ditto-run: ditto.repeat_interleave: the extent of result dimension 1 does not fit in 64 bits
// RUN: %{fails} --entry=uniform --input=iota:2x3 --input=1152921504606846976 2>&1 | FileCheck %s --check-prefix=E8
// E8: ditto-run: ditto.repeat_interleave: the result's size in bytes does not fit in 64 bits
func.func @uniform(%x: tensor<?x?xf32>, %n: index) -> tensor<?x?xf32> {
  %r = ditto.repeat_interleave %x by %n dim(1) : tensor<?x?xf32> -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// RUN: %{fails} --entry=negative_entry --input=iota:3 2>&1 | FileCheck %s --check-prefix=E6
// RUN: %{fails} --entry=negative_entry --input=iota:3 --lower-only 2>&1 | FileCheck %s --check-prefix=E6
// E6: ditto-run: ditto.repeat_interleave: count -2 at index 1 is negative
func.func @negative_entry(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c = arith.constant dense<[1, -2, 4]> : tensor<3xi32>
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<?xf32>, tensor<3xi32> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// RUN: %{fails} --entry=counts --input=iota:3 --input=iota:4 --input=0 2>&1 | FileCheck %s --check-prefix=E9
// E9: ditto-run: ditto.repeat_interleave: 4 counts for dimension 0, expected 1 or its extent 3
// RUN: %{fails} --entry=counts --input=iota:3 --input=iota:3 --input=4 2>&1 | FileCheck %s --check-prefix=E10
// E10: ditto-run: ditto.repeat_interleave: output_size 4 differs from 3, the extent of result dimension 0
func.func @counts(%x: tensor<?xf32>, %c: tensor<?xi64>, %size: index) -> tensor<?xf32> {
  %r = ditto.repeat_interleave %x by %c dim(0) output_size(%size) : tensor<?xf32>, tensor<?xi64> -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// RUN: %{fails} --entry=interleave_declared --input=iota:3 --input=iota:3 2>&1 | FileCheck %s --check-prefix=E11
// E11: ditto-run: ditto.repeat_interleave: extent 3 of result dimension 0 differs from 5, which the result type says
func.func @interleave_declared(%x: tensor<?xf32>, %c: tensor<?xi64>) -> tensor<5xf32> {
  %r = ditto.repeat_interleave %x by %c dim(0) : tensor<?xf32>, tensor<?xi64> -> tensor<5xf32>
  return %r : tensor<5xf32>
}
