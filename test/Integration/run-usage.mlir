// RUN: not ditto-run %s --nonsense 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: ditto-run: Unknown command line argument '--nonsense'
// RUN: not ditto-run %s --fill=ones 2>&1 | FileCheck %s --check-prefix=FILL
// FILL: ditto-run: expected --fill=zeros, iota or random, but got 'ones'
// RUN: not ditto-run %s --fill=iota --input=iota 2>&1 | FileCheck %s --check-prefix=BOTH
// BOTH: ditto-run: expected --fill or --input, but got both
// RUN: not ditto-run %s --fill=iota -O4 2>&1 | FileCheck %s --check-prefix=LEVEL
// LEVEL: ditto-run: expected -O0 to -O3, but got -O4
// RUN: not ditto-run %s --fill=iota --vector-bits=4096 2>&1 | FileCheck %s --check-prefix=BITS
// BITS: ditto-run: expected --vector-bits to be at most 2048, but got 4096
// RUN: not ditto-run %s --fill=iota --num-threads=4096 2>&1 | FileCheck %s --check-prefix=THREADS
// THREADS: ditto-run: expected --num-threads to be at most 1024, but got 4096
// RUN: not ditto-run %s --fill=iota --rtol=-1 2>&1 | FileCheck %s --check-prefix=TOLERANCE
// TOLERANCE: ditto-run: expected --rtol and --atol to be at least 0
// RUN: not ditto-run %s --fill=iota --time=0 2>&1 | FileCheck %s --check-prefix=TIME
// TIME: ditto-run: expected --time to be a number of at least 1, but got '0'
// RUN: not ditto-run %s --fill=iota --cpu=pdp11 2>&1 | FileCheck %s --check-prefix=CPU
// CPU: ditto-run: expected the CPU to be host, generic or a name that LLVM knows for {{.*}}, but got 'pdp11'
// RUN: not ditto-run %s --emit=llvm --print 2>&1 | FileCheck %s --check-prefix=EMIT
// EMIT: ditto-run: --emit does not run the function, so --print has no use
// RUN: not ditto-run %s --fill=iota -o %t 2>&1 | FileCheck %s --check-prefix=OUTPUT
// OUTPUT: ditto-run: expected -o only with --emit; --output writes results
// RUN: not ditto-run %s --fill=iota --output=%t --output=%t 2>&1 | FileCheck %s --check-prefix=RESULTS
// RESULTS: ditto-run: @f has 1 results, but --output was given 2 times
// RUN: ditto-run --help | FileCheck %s --check-prefix=HELP
// HELP: USAGE: ditto-run [options] <.mlir or .mlirbc file>
// HELP-NOT: print-after-all

// Every machine runs generic code, and every level gives the same result.
// RUN: ditto-run %s --fill=iota --cpu=generic -O0 --print | FileCheck %s
// RUN: ditto-run %s --fill=iota --cpu=host -O3 --print | FileCheck %s
// CHECK: [0. 1. 0. 1.]
func.func @f(%x: tensor<2xf32>) -> tensor<4xf32> {
  %r = ditto.repeat %x by [2] : tensor<2xf32> -> tensor<4xf32>
  return %r : tensor<4xf32>
}
