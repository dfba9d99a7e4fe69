// RUN: %check_idiom %s
//
// Loops that copy slice by slice.
//
// VALUE @interleave(2x3x5): interleave(x, 4, 1)
// RAISED @interleave: ditto.repeat_interleave by 4 dim(1)
// LEFT @interleave: ditto.repeat_interleave by 4 dim(1)
// VALUE @tiled(2x3x5): repeat(x, [1, 4, 1])
// RAISED @tiled: ditto.repeat by [1, 4, 1]
// LEFT @tiled: ditto.repeat by [1, 4, 1]

func.func @interleave(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c12 = arith.constant 12 : index
  %e = tensor.empty() : tensor<2x12x5xf32>
  %r = scf.for %h = %c0 to %c12 step %c1 iter_args(%acc = %e) -> (tensor<2x12x5xf32>) {
    %kv = arith.divui %h, %c4 : index
    %s = tensor.extract_slice %x[0, %kv, 0] [2, 1, 5] [1, 1, 1] : tensor<2x3x5xf32> to tensor<2x1x5xf32>
    %n = tensor.insert_slice %s into %acc[0, %h, 0] [2, 1, 5] [1, 1, 1] : tensor<2x1x5xf32> into tensor<2x12x5xf32>
    scf.yield %n : tensor<2x12x5xf32>
  }
  return %r : tensor<2x12x5xf32>
}
func.func @tiled(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %e = tensor.empty() : tensor<2x12x5xf32>
  %r = scf.for %k = %c0 to %c4 step %c1 iter_args(%acc = %e) -> (tensor<2x12x5xf32>) {
    %off = arith.muli %k, %c3 : index
    %n = tensor.insert_slice %x into %acc[0, %off, 0] [2, 3, 5] [1, 1, 1] : tensor<2x3x5xf32> into tensor<2x12x5xf32>
    scf.yield %n : tensor<2x12x5xf32>
  }
  return %r : tensor<2x12x5xf32>
}
