// The error is that of the first iteration that fails, whichever thread runs it and
// whatever others do.
// RUN: not ditto-run %s --input=iota --input=7 --input=60 2>&1 | FileCheck %s
// RUN: not ditto-run %s --input=iota --input=7 --input=60 --num-threads=1 --part-instructions=1 2>&1 | FileCheck %s
// RUN: not ditto-run %s --input=iota --input=7 --input=60 --num-threads=4 --part-instructions=1 2>&1 | FileCheck %s
// CHECK: ditto-run: element of the first kind
// RUN: not ditto-run %s --input=iota --input=60 --input=7 --num-threads=4 --part-instructions=1 2>&1 | FileCheck %s --check-prefix=SECOND
// SECOND: ditto-run: element of the second kind
// RUN: ditto-run %s --input=iota --input=100 --input=101 --num-threads=4 --part-instructions=1

func.func @main(%x: tensor<64xf32>, %a: index, %b: index) -> tensor<64xf32> {
  %e = tensor.empty() : tensor<64xf32>
  %r = scf.forall (%i) in (64) shared_outs(%o = %e) -> tensor<64xf32> {
    %first = arith.cmpi ne, %i, %a : index
    cf.assert %first, "element of the first kind"
    %second = arith.cmpi ne, %i, %b : index
    cf.assert %second, "element of the second kind"
    %s = tensor.extract_slice %x[%i] [1] [1] : tensor<64xf32> to tensor<1xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %o[%i] [1] [1] : tensor<1xf32> into tensor<64xf32>
    }
  }
  return %r : tensor<64xf32>
}
