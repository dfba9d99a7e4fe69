// RUN: %check_idiom %s
//
// Slices inserted with a gap, where the old value stays, and with an overlap.
//
// VALUE @gap(3x5, 3x12): concat([x, part(y, 1, 5, 7), x], 1)
// RAISED @gap: nothing
// LEFT @gap: tensor.insert_slice; tensor.insert_slice
// VALUE @overlap(3x5): concat([part(x, 1, 0, 4), x], 1)
// RAISED @overlap: nothing
// LEFT @overlap: tensor.insert_slice; tensor.insert_slice

func.func @gap(%x: tensor<3x5xf32>, %init: tensor<3x12xf32>) -> tensor<3x12xf32> {
  %0 = tensor.insert_slice %x into %init[0, 0] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<3x12xf32>
  %1 = tensor.insert_slice %x into %0[0, 7] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<3x12xf32>
  return %1 : tensor<3x12xf32>
}
func.func @overlap(%x: tensor<3x5xf32>) -> tensor<3x9xf32> {
  %e = tensor.empty() : tensor<3x9xf32>
  %0 = tensor.insert_slice %x into %e[0, 0] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<3x9xf32>
  %1 = tensor.insert_slice %x into %0[0, 4] [3, 5] [1, 1] : tensor<3x5xf32> into tensor<3x9xf32>
  return %1 : tensor<3x9xf32>
}
