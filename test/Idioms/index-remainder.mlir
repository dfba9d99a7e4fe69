// RUN: %check_idiom %s
//
// Extraction at the index modulo the size, as arithmetic and as an affine map.
//
// VALUE @remui(2x3x5): repeat(x, [1, 4, 1])
// RAISED @remui: ditto.repeat by [1, 4, 1]
// LEFT @remui: ditto.repeat by [1, 4, 1]
// VALUE @mod(2x3x5): repeat(x, [1, 4, 1])
// RAISED @mod: ditto.repeat by [1, 4, 1]
// LEFT @mod: ditto.repeat by [1, 4, 1]

#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @remui(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %c3 = arith.constant 3 : index
  %e = tensor.empty() : tensor<2x12x5xf32>
  %r = linalg.generic {indexing_maps = [#id3], iterator_types = ["parallel", "parallel", "parallel"]} outs(%e : tensor<2x12x5xf32>) {
  ^bb0(%o: f32):
    %b = linalg.index 0 : index
    %h = linalg.index 1 : index
    %d = linalg.index 2 : index
    %q = arith.remui %h, %c3 : index
    %v = tensor.extract %x[%b, %q, %d] : tensor<2x3x5xf32>
    linalg.yield %v : f32
  } -> tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}
func.func @mod(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %e = tensor.empty() : tensor<2x12x5xf32>
  %r = linalg.generic {indexing_maps = [#id3], iterator_types = ["parallel", "parallel", "parallel"]} outs(%e : tensor<2x12x5xf32>) {
  ^bb0(%o: f32):
    %b = linalg.index 0 : index
    %h = linalg.index 1 : index
    %d = linalg.index 2 : index
    %q = affine.apply affine_map<(d0) -> (d0 mod 3)>(%h)
    %v = tensor.extract %x[%b, %q, %d] : tensor<2x3x5xf32>
    linalg.yield %v : f32
  } -> tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}
