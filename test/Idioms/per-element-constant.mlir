// RUN: %check_idiom %s
//
// Counts that are constants: whatever computes the index, it is known.
//
// jnp.repeat marks where each element begins by adding ones, and sums them up.
// VALUE @scattered(2x3x5): interleave(x, [2, 0, 3], 1)
// RAISED @scattered: ditto.repeat_interleave by counts dim(1)
// LEFT @scattered: ditto.repeat_interleave by ? dim(1) output_size(5)
//
// A search for the first prefix sum above the place of the copy; what is beyond the
// last one is clamped.
// VALUE @searched(3x5): interleave(x, [1, 1, 4], 0)
// RAISED @searched: ditto.repeat_interleave by counts dim(0)
// LEFT @searched: ditto.repeat_interleave by ? dim(0) output_size(6)
//
// TOSA gathers from the flattened tensor.
// VALUE @flat(2x3x4): interleave(x, [2, 0, 3], 1)
// RAISED @flat: ditto.repeat_interleave by counts dim(1)
// LEFT @flat: ditto.repeat_interleave by ? dim(2) output_size(5)

#rows = affine_map<(d0, d1) -> (d0)>
#columns = affine_map<(d0, d1, d2) -> (d1)>
#id2 = affine_map<(d0, d1) -> (d0, d1)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @scattered(%x: tensor<2x3x5xf32>) -> tensor<2x5x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %minus = arith.constant -1 : i32
  %none = arith.constant dense<0> : tensor<5xi32>
  %counts = arith.constant dense<[2, 0, 3]> : tensor<3xi32>
  %marks:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%m = %none, %start = %zero) -> (tensor<5xi32>, i32) {
    %at = arith.index_cast %start : i32 to index
    %old = tensor.extract %m[%at] : tensor<5xi32>
    %new = arith.addi %old, %one : i32
    %marked = tensor.insert %new into %m[%at] : tensor<5xi32>
    %count = tensor.extract %counts[%i] : tensor<3xi32>
    %next = arith.addi %start, %count : i32
    scf.yield %marked, %next : tensor<5xi32>, i32
  }
  %index:2 = scf.for %t = %c0 to %c5 step %c1 iter_args(%v = %none, %sum = %minus) -> (tensor<5xi32>, i32) {
    %mark = tensor.extract %marks#0[%t] : tensor<5xi32>
    %next = arith.addi %sum, %mark : i32
    %w = tensor.insert %next into %v[%t] : tensor<5xi32>
    scf.yield %w, %next : tensor<5xi32>, i32
  }
  %e = tensor.empty() : tensor<2x5x5xf32>
  %r = linalg.generic {indexing_maps = [#columns, #id3], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%index#0 : tensor<5xi32>) outs(%e : tensor<2x5x5xf32>) {
  ^bb0(%i: i32, %o: f32):
    %h = arith.index_cast %i : i32 to index
    %b = linalg.index 0 : index
    %d = linalg.index 2 : index
    %v = tensor.extract %x[%b, %h, %d] : tensor<2x3x5xf32>
    linalg.yield %v : f32
  } -> tensor<2x5x5xf32>
  return %r : tensor<2x5x5xf32>
}
func.func @searched(%x: tensor<3x5xf32>) -> tensor<6x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %sums = arith.constant dense<[1, 2, 5]> : tensor<3xindex>
  %e = tensor.empty() : tensor<6x5xf32>
  %r = linalg.generic {indexing_maps = [#id2], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<6x5xf32>) {
  ^bb0(%o: f32):
    %t = linalg.index 0 : index
    %d = linalg.index 1 : index
    %found:2 = scf.for %step = %c0 to %c2 step %c1 iter_args(%low = %c0, %high = %c3) -> (index, index) {
      %twice = arith.addi %low, %high : index
      %middle = arith.divui %twice, %c2 : index
      %inside = arith.minui %middle, %c2 : index
      %sum = tensor.extract %sums[%inside] : tensor<3xindex>
      %isAbove = arith.cmpi slt, %t, %sum : index
      %after = arith.addi %inside, %c1 : index
      %nextLow = arith.select %isAbove, %low, %after : index
      %nextHigh = arith.select %isAbove, %middle, %high : index
      scf.yield %nextLow, %nextHigh : index, index
    }
    %i = arith.minui %found#0, %c2 : index
    %v = tensor.extract %x[%i, %d] : tensor<3x5xf32>
    linalg.yield %v : f32
  } -> tensor<6x5xf32>
  return %r : tensor<6x5xf32>
}
func.func @flat(%x: tensor<2x3x4xf32>) -> tensor<2x5x4xf32> {
  %index = "tosa.const"() {values = dense<[[[0], [0], [2], [2], [2]]]> : tensor<1x5x1xi32>} : () -> tensor<1x5x1xi32>
  %batch = "tosa.const"() {values = dense<[[[0]], [[3]]]> : tensor<2x1x1xi32>} : () -> tensor<2x1x1xi32>
  %column = "tosa.const"() {values = dense<[[[0, 1, 2, 3]]]> : tensor<1x1x4xi32>} : () -> tensor<1x1x4xi32>
  %four = "tosa.const"() {values = dense<4> : tensor<1x1x1xi32>} : () -> tensor<1x1x1xi32>
  %shift = "tosa.const"() {values = dense<0> : tensor<1xi8>} : () -> tensor<1xi8>
  %to_row = tosa.const_shape {values = dense<[1, 40]> : tensor<2xindex>} : () -> !tosa.shape<2>
  %to_flat = tosa.const_shape {values = dense<[1, 24, 1]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %to_result = tosa.const_shape {values = dense<[2, 5, 4]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %row = tosa.add %batch, %index : (tensor<2x1x1xi32>, tensor<1x5x1xi32>) -> tensor<2x5x1xi32>
  %first = tosa.mul %row, %four, %shift : (tensor<2x5x1xi32>, tensor<1x1x1xi32>, tensor<1xi8>) -> tensor<2x5x1xi32>
  %all = tosa.add %first, %column : (tensor<2x5x1xi32>, tensor<1x1x4xi32>) -> tensor<2x5x4xi32>
  %indices = tosa.reshape %all, %to_row : (tensor<2x5x4xi32>, !tosa.shape<2>) -> tensor<1x40xi32>
  %flat = tosa.reshape %x, %to_flat : (tensor<2x3x4xf32>, !tosa.shape<3>) -> tensor<1x24x1xf32>
  %g = tosa.gather %flat, %indices : (tensor<1x24x1xf32>, tensor<1x40xi32>) -> tensor<1x40x1xf32>
  %r = tosa.reshape %g, %to_result : (tensor<1x40x1xf32>, !tosa.shape<3>) -> tensor<2x5x4xf32>
  return %r : tensor<2x5x4xf32>
}
