// Results that are written in pieces: concats, chains of inserts, loops.
//
// RUN: %ditto_opt_test %s -split-input-file -verify-diagnostics --pass-pipeline='builtin.module(func.func(test-digit-layout))' -o /dev/null

//===----------------------------------------------------------------------===//
// Concats
//===----------------------------------------------------------------------===//

func.func @concat_of_one_value(%x: tensor<2x?xf32>) -> tensor<2x?xf32> {
  // expected-remark @+1 {{[s0:2] [count:3 s1:?] from argument 0}}
  %r = tensor.concat dim(1) %x, %x, %x {test.layout} : (tensor<2x?xf32>, tensor<2x?xf32>, tensor<2x?xf32>) -> tensor<2x?xf32>
  return %r : tensor<2x?xf32>
}

// The unit dimension's place decides.
func.func @stack(%x: tensor<2x5xf32>) -> tensor<8x5xf32> {
  %u = tensor.expand_shape %x [[0, 1], [2]] output_shape [2, 1, 5] : tensor<2x5xf32> into tensor<2x1x5xf32>
  %c = tensor.concat dim(1) %u, %u, %u, %u : (tensor<2x1x5xf32>, tensor<2x1x5xf32>, tensor<2x1x5xf32>, tensor<2x1x5xf32>) -> tensor<2x4x5xf32>
  // expected-remark @+1 {{[s0:2 count:4] [s1:5] from argument 0}}
  %r = tensor.collapse_shape %c [[0, 1], [2]] {test.layout} : tensor<2x4x5xf32> into tensor<8x5xf32>
  return %r : tensor<8x5xf32>
}

func.func @concat_of_slices(%x: tensor<2x5xf32>) -> tensor<6x5xf32> {
  %a = tensor.extract_slice %x[0, 0] [1, 5] [1, 1] : tensor<2x5xf32> to tensor<1x5xf32>
  %b = tensor.extract_slice %x[1, 0] [1, 5] [1, 1] : tensor<2x5xf32> to tensor<1x5xf32>
  // expected-remark @+1 {{[s0:2 count:3] [s1:5] from argument 0}}
  %r = tensor.concat dim(0) %a, %a, %a, %b, %b, %b {test.layout} : (tensor<1x5xf32>, tensor<1x5xf32>, tensor<1x5xf32>, tensor<1x5xf32>, tensor<1x5xf32>, tensor<1x5xf32>) -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

// Each slice is repeated before they are joined.
func.func @concat_of_repeated_slices(%x: tensor<2x5xf32>, %e: tensor<3x5xf32>) -> tensor<6x5xf32> {
  %a = tensor.extract_slice %x[0, 0] [1, 5] [1, 1] : tensor<2x5xf32> to tensor<5xf32>
  %b = tensor.extract_slice %x[1, 0] [1, 5] [1, 1] : tensor<2x5xf32> to tensor<5xf32>
  %ra = linalg.broadcast ins(%a : tensor<5xf32>) outs(%e : tensor<3x5xf32>) dimensions = [0]
  %rb = linalg.broadcast ins(%b : tensor<5xf32>) outs(%e : tensor<3x5xf32>) dimensions = [0]
  // expected-remark @+1 {{[s0:2 count:3] [s1:5] from argument 0}}
  %r = tensor.concat dim(0) %ra, %rb {test.layout} : (tensor<3x5xf32>, tensor<3x5xf32>) -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}

// Slices of two rows: the order of the slices and that within one are digits.
func.func @concat_swaps_digits(%x: tensor<4x5xf32>) -> tensor<2x10xf32> {
  %a = tensor.extract_slice %x[0, 0] [2, 5] [1, 1] : tensor<4x5xf32> to tensor<2x5xf32>
  %b = tensor.extract_slice %x[2, 0] [2, 5] [1, 1] : tensor<4x5xf32> to tensor<2x5xf32>
  // expected-remark @+1 {{[s0.1:2] [s0.0:2 s1:5] from argument 0}}
  %r = tensor.concat dim(1) %a, %b {test.layout} : (tensor<2x5xf32>, tensor<2x5xf32>) -> tensor<2x10xf32>
  return %r : tensor<2x10xf32>
}

// Rows 0 and 2, then 1 and 3: strided slices.
func.func @concat_of_strided_slices(%x: tensor<4x5xf32>) -> tensor<4x5xf32> {
  %a = tensor.extract_slice %x[0, 0] [2, 5] [2, 1] : tensor<4x5xf32> to tensor<2x5xf32>
  %b = tensor.extract_slice %x[1, 0] [2, 5] [2, 1] : tensor<4x5xf32> to tensor<2x5xf32>
  // expected-remark @+1 {{[s0.1:2 s0.0:2] [s1:5] from argument 0}}
  %r = tensor.concat dim(0) %a, %b {test.layout} : (tensor<2x5xf32>, tensor<2x5xf32>) -> tensor<4x5xf32>
  return %r : tensor<4x5xf32>
}

func.func @negative_concat_of_different_values(%x: tensor<3x5xf32>, %y: tensor<3x5xf32>) -> tensor<12x5xf32> {
  // expected-remark @+1 {{from 'tensor.concat': expected pieces of one tensor that are alike}}
  %r = tensor.concat dim(0) %x, %x, %y, %y {test.layout} : (tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x5xf32>) -> tensor<12x5xf32>
  return %r : tensor<12x5xf32>
}

func.func @negative_concat_of_some_slices(%x: tensor<3x5xf32>) -> tensor<2x5xf32> {
  %a = tensor.extract_slice %x[0, 0] [1, 5] [1, 1] : tensor<3x5xf32> to tensor<1x5xf32>
  %b = tensor.extract_slice %x[1, 0] [1, 5] [1, 1] : tensor<3x5xf32> to tensor<1x5xf32>
  // expected-remark @+1 {{from 'tensor.concat': expected an index that takes 3 values, but found one of 2}}
  %r = tensor.concat dim(0) %a, %b {test.layout} : (tensor<1x5xf32>, tensor<1x5xf32>) -> tensor<2x5xf32>
  return %r : tensor<2x5xf32>
}

func.func @negative_concat_of_reversed_slices(%x: tensor<2x5xf32>) -> tensor<2x5xf32> {
  %a = tensor.extract_slice %x[1, 0] [1, 5] [1, 1] : tensor<2x5xf32> to tensor<1x5xf32>
  %b = tensor.extract_slice %x[0, 0] [1, 5] [1, 1] : tensor<2x5xf32> to tensor<1x5xf32>
  // expected-remark @+1 {{from 'tensor.concat': expected an index that begins at 0}}
  %r = tensor.concat dim(0) %a, %b {test.layout} : (tensor<1x5xf32>, tensor<1x5xf32>) -> tensor<2x5xf32>
  return %r : tensor<2x5xf32>
}

// torch.cat([k] * 2 + [k[:1]]): the last piece is shorter.
func.func @negative_concat_with_partial_tail(%x: tensor<2x5xf32>) -> tensor<5x5xf32> {
  %t = tensor.extract_slice %x[0, 0] [1, 5] [1, 1] : tensor<2x5xf32> to tensor<1x5xf32>
  // expected-remark @+1 {{from 'tensor.concat': expected pieces of one tensor that are alike}}
  %r = tensor.concat dim(0) %x, %x, %t {test.layout} : (tensor<2x5xf32>, tensor<2x5xf32>, tensor<1x5xf32>) -> tensor<5x5xf32>
  return %r : tensor<5x5xf32>
}

// -----

//===----------------------------------------------------------------------===//
// Inserts
//===----------------------------------------------------------------------===//

// In whatever order.
func.func @inserts(%x: tensor<3x5xf32>, %e: tensor<3x15xf32>) -> tensor<3x15xf32> {
  %0 = tensor.insert_slice %x into %e[0, 10] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<3x15xf32>
  %1 = tensor.insert_slice %x into %0[0, 0] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<3x15xf32>
  // expected-remark @+1 {{[s0:3] [count:3 s1:5] from argument 0}}
  %2 = tensor.insert_slice %x into %1[0, 5] [3, 5] [1, 1] {test.layout} : tensor<3x5xf32> into tensor<3x15xf32>
  return %2 : tensor<3x15xf32>
}

func.func @negative_loop_of_nothing(%e: tensor<4xf32>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  // expected-remark @+1 {{[s0:4] from 'scf.for': expected something to be written}}
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %e) -> tensor<4xf32> {
    scf.yield %a : tensor<4xf32>
  } {test.layout}
  return %r : tensor<4xf32>
}

func.func @strided_inserts(%x: tensor<3x5xf32>, %e: tensor<3x10xf32>) -> tensor<3x10xf32> {
  %0 = tensor.insert_slice %x into %e[0, 0] [3, 5] [1, 2] : tensor<3x5xf32> into tensor<3x10xf32>
  // expected-remark @+1 {{[s0:3] [s1:5 count:2] from argument 0}}
  %1 = tensor.insert_slice %x into %0[0, 1] [3, 5] [1, 2] {test.layout} : tensor<3x5xf32> into tensor<3x10xf32>
  return %1 : tensor<3x10xf32>
}

func.func @element_inserts(%x: tensor<2xf32>, %e: tensor<4xf32>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %a = tensor.extract %x[%c0] : tensor<2xf32>
  %b = tensor.extract %x[%c1] : tensor<2xf32>
  %0 = tensor.insert %a into %e[%c0] : tensor<4xf32>
  %1 = tensor.insert %a into %0[%c1] : tensor<4xf32>
  %2 = tensor.insert %b into %1[%c2] : tensor<4xf32>
  // expected-remark @+1 {{[s0:2 count:2] from argument 0}}
  %3 = tensor.insert %b into %2[%c3] {test.layout} : tensor<4xf32>
  return %3 : tensor<4xf32>
}

func.func @negative_gap(%x: tensor<3x5xf32>, %e: tensor<3x12xf32>) -> tensor<3x12xf32> {
  %0 = tensor.insert_slice %x into %e[0, 0] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<3x12xf32>
  // expected-remark @+1 {{from 'tensor.insert_slice': expected an index that takes each value, but found a step of 7 after 5 values}}
  %1 = tensor.insert_slice %x into %0[0, 7] [3, 5] [1, 1] {test.layout} : tensor<3x5xf32> into tensor<3x12xf32>
  return %1 : tensor<3x12xf32>
}

func.func @negative_overlap(%x: tensor<3x5xf32>, %e: tensor<3x9xf32>) -> tensor<3x9xf32> {
  %0 = tensor.insert_slice %x into %e[0, 0] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<3x9xf32>
  // expected-remark @+1 {{from 'tensor.insert_slice': expected an index that takes each value, but found a step of 4 after 5 values}}
  %1 = tensor.insert_slice %x into %0[0, 4] [3, 5] [1, 1] {test.layout} : tensor<3x5xf32> into tensor<3x9xf32>
  return %1 : tensor<3x9xf32>
}

func.func @negative_rest_of_the_destination(%x: tensor<3x5xf32>, %e: tensor<3x15xf32>) -> tensor<3x15xf32> {
  %0 = tensor.insert_slice %x into %e[0, 0] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<3x15xf32>
  // expected-remark @+1 {{from 'tensor.insert_slice': expected an index that takes 15 values, but found one of 10}}
  %1 = tensor.insert_slice %x into %0[0, 5] [3, 5] [1, 1] {test.layout} : tensor<3x5xf32> into tensor<3x15xf32>
  return %1 : tensor<3x15xf32>
}

func.func @negative_written_twice(%x: tensor<2x5xf32>, %e: tensor<2x10xf32>) -> tensor<2x10xf32> {
  %0 = tensor.insert_slice %x into %e[0, 0] [2, 5] [1, 1] : tensor<2x5xf32> into tensor<2x10xf32>
  %1 = tensor.insert_slice %x into %0[0, 5] [2, 5] [1, 1] : tensor<2x5xf32> into tensor<2x10xf32>
  %2 = tensor.insert_slice %x into %1[0, 0] [2, 5] [1, 1] : tensor<2x5xf32> into tensor<2x10xf32>
  // expected-remark @+1 {{from 'tensor.insert_slice': expected each result element to be written once}}
  %3 = tensor.insert_slice %x into %2[0, 5] [2, 5] [1, 1] {test.layout} : tensor<2x5xf32> into tensor<2x10xf32>
  return %3 : tensor<2x10xf32>
}

func.func @negative_first_pieces_escape(%x: tensor<3x5xf32>, %e: tensor<3x10xf32>) -> (tensor<3x10xf32>, tensor<3x10xf32>) {
  %0 = tensor.insert_slice %x into %e[0, 0] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<3x10xf32>
  // expected-remark @+1 {{from 'tensor.insert_slice': expected pieces that nothing else reads}}
  %1 = tensor.insert_slice %x into %0[0, 5] [3, 5] [1, 1] {test.layout} : tensor<3x5xf32> into tensor<3x10xf32>
  return %0, %1 : tensor<3x10xf32>, tensor<3x10xf32>
}

// -----

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

func.func @for_interleaves(%x: tensor<2x3x5xf32>, %e: tensor<2x12x5xf32>) -> tensor<2x12x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c12 = arith.constant 12 : index
  // expected-remark @+1 {{[s0:2] [s1:3 count:4] [s2:5] from argument 0}}
  %r = scf.for %h = %c0 to %c12 step %c1 iter_args(%acc = %e) -> (tensor<2x12x5xf32>) {
    %kv = arith.divui %h, %c4 : index
    %s = tensor.extract_slice %x[0, %kv, 0] [2, 1, 5] [1, 1, 1] : tensor<2x3x5xf32> to tensor<2x1x5xf32>
    %n = tensor.insert_slice %s into %acc[0, %h, 0] [2, 1, 5] [1, 1, 1] : tensor<2x1x5xf32> into tensor<2x12x5xf32>
    scf.yield %n : tensor<2x12x5xf32>
  } {test.layout}
  return %r : tensor<2x12x5xf32>
}

// A step, and other extents at run time.
func.func @for_repeats(%x: tensor<?x3xf32>, %n: index) -> tensor<?x12xf32> {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %c12 = arith.constant 12 : index
  %d = tensor.dim %x, %c0 : tensor<?x3xf32>
  %e = tensor.empty(%d) : tensor<?x12xf32>
  // expected-remark @+1 {{[s0:?] [count:4 s1:3] from argument 0}}
  %r = scf.for %at = %c0 to %c12 step %c3 iter_args(%acc = %e) -> (tensor<?x12xf32>) {
    %i = tensor.insert_slice %x into %acc[0, %at] [%d, 3] [1, 1] : tensor<?x3xf32> into tensor<?x12xf32>
    scf.yield %i : tensor<?x12xf32>
  } {test.layout}
  return %r : tensor<?x12xf32>
}

func.func @nested_for(%x: tensor<3x5xf32>, %e: tensor<6x5xf32>) -> tensor<6x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c5 = arith.constant 5 : index
  %c6 = arith.constant 6 : index
  // expected-remark @+1 {{[s0:3 count:2] [s1:5] from argument 0}}
  %r = scf.for %i = %c0 to %c6 step %c1 iter_args(%outer = %e) -> (tensor<6x5xf32>) {
    %q = arith.divui %i, %c2 : index
    %n = scf.for %j = %c0 to %c5 step %c1 iter_args(%inner = %outer) -> (tensor<6x5xf32>) {
      %v = tensor.extract %x[%q, %j] : tensor<3x5xf32>
      %w = tensor.insert %v into %inner[%i, %j] : tensor<6x5xf32>
      scf.yield %w : tensor<6x5xf32>
    }
    scf.yield %n : tensor<6x5xf32>
  } {test.layout}
  return %r : tensor<6x5xf32>
}

func.func @forall(%x: tensor<3x5xf32>, %e: tensor<12x5xf32>) -> tensor<12x5xf32> {
  // expected-remark @+1 {{[s0:3 count:4] [s1:5] from argument 0}}
  %r = scf.forall (%h) in (12) shared_outs(%acc = %e) -> (tensor<12x5xf32>) {
    %q = affine.apply affine_map<(d0) -> (d0 floordiv 4)>(%h)
    %s = tensor.extract_slice %x[%q, 0] [1, 5] [1, 1] : tensor<3x5xf32> to tensor<1x5xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %s into %acc[%h, 0] [1, 5] [1, 1] : tensor<1x5xf32> into tensor<12x5xf32>
    }
  } {test.layout}
  return %r : tensor<12x5xf32>
}

func.func @negative_for_reads_its_result(%x: tensor<1x5xf32>, %e: tensor<4x5xf32>) -> tensor<4x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  // expected-remark @+1 {{from 'scf.for': expected a result that is only written}}
  %r = scf.for %h = %c0 to %c4 step %c1 iter_args(%acc = %e) -> (tensor<4x5xf32>) {
    %s = tensor.extract_slice %acc[0, 0] [1, 5] [1, 1] : tensor<4x5xf32> to tensor<1x5xf32>
    %n = tensor.insert_slice %s into %acc[%h, 0] [1, 5] [1, 1] : tensor<1x5xf32> into tensor<4x5xf32>
    scf.yield %n : tensor<4x5xf32>
  } {test.layout}
  return %r : tensor<4x5xf32>
}

func.func @negative_for_leaves_the_end(%x: tensor<3x5xf32>, %e: tensor<12x5xf32>) -> tensor<12x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  // expected-remark @+1 {{from 'scf.for': expected an index that takes 3 values, but found one of 2}}
  %r = scf.for %h = %c0 to %c8 step %c1 iter_args(%acc = %e) -> (tensor<12x5xf32>) {
    %kv = arith.divui %h, %c4 : index
    %s = tensor.extract_slice %x[%kv, 0] [1, 5] [1, 1] : tensor<3x5xf32> to tensor<1x5xf32>
    %n = tensor.insert_slice %s into %acc[%h, 0] [1, 5] [1, 1] : tensor<1x5xf32> into tensor<12x5xf32>
    scf.yield %n : tensor<12x5xf32>
  } {test.layout}
  return %r : tensor<12x5xf32>
}

func.func private @observe(index)

func.func @negative_for_with_side_effects(%x: tensor<3x5xf32>, %e: tensor<12x5xf32>) -> tensor<12x5xf32> {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %c12 = arith.constant 12 : index
  // expected-remark @+1 {{from 'scf.for': expected writes without side effects}}
  %r = scf.for %at = %c0 to %c12 step %c3 iter_args(%acc = %e) -> (tensor<12x5xf32>) {
    func.call @observe(%at) : (index) -> ()
    %i = tensor.insert_slice %x into %acc[%at, 0] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<12x5xf32>
    scf.yield %i : tensor<12x5xf32>
  } {test.layout}
  return %r : tensor<12x5xf32>
}

func.func @negative_for_to_a_run_time_bound(%x: tensor<3x5xf32>, %e: tensor<12x5xf32>, %n: index) -> tensor<12x5xf32> {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  // expected-remark @+1 {{from 'scf.for': expected constant bounds of a loop that is entered}}
  %r = scf.for %at = %c0 to %n step %c3 iter_args(%acc = %e) -> (tensor<12x5xf32>) {
    %i = tensor.insert_slice %x into %acc[%at, 0] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<12x5xf32>
    scf.yield %i : tensor<12x5xf32>
  } {test.layout}
  return %r : tensor<12x5xf32>
}
