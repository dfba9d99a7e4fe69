// RUN: %check_idiom %s
//
// Nearest-neighbour upsampling repeats rows and columns in place.
//
// VALUE @pattern(1x2x3x4): interleave(interleave(x, 2, 2), 3, 3)
// RAISED @pattern: ditto.repeat_interleave by 2 dim(2), ditto.repeat_interleave by 3 dim(3)
// LEFT @pattern: ditto.repeat_interleave by 2 dim(2); ditto.repeat_interleave by 3 dim(3)

#id4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
func.func @pattern(%x: tensor<1x2x3x4xf32>) -> tensor<1x2x6x12xf32> {
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %e = tensor.empty() : tensor<1x2x6x12xf32>
  %r = linalg.generic {indexing_maps = [#id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%e : tensor<1x2x6x12xf32>) {
  ^bb0(%o: f32):
    %n = linalg.index 0 : index
    %c = linalg.index 1 : index
    %h = linalg.index 2 : index
    %w = linalg.index 3 : index
    %hs = arith.floordivsi %h, %c2 : index
    %ws = arith.floordivsi %w, %c3 : index
    %v = tensor.extract %x[%n, %c, %hs, %ws] : tensor<1x2x3x4xf32>
    linalg.yield %v : f32
  } -> tensor<1x2x6x12xf32>
  return %r : tensor<1x2x6x12xf32>
}
