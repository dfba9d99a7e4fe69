// RUN: %check_idiom %s
//
// K is scaled after it has been repeated (PyTorch's math attention, ONNX's Attention).
//
// VALUE @pattern(2x3x5): scale(interleave(x, 4, 1), 0.5)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: linalg.generic; ditto.repeat_interleave by 4 dim(1)

#in  = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#id4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @pattern(%x: tensor<2x3x5xf32>) -> tensor<2x12x5xf32> {
  %s = arith.constant 5.000000e-01 : f32
  %e = tensor.empty() : tensor<2x3x4x5xf32>
  %b = linalg.generic {indexing_maps = [#in, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x3x5xf32>) outs(%e : tensor<2x3x4x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x5xf32>
  %c = tensor.collapse_shape %b [[0], [1, 2], [3]] : tensor<2x3x4x5xf32> into tensor<2x12x5xf32>
  %e2 = tensor.empty() : tensor<2x12x5xf32>
  %r = linalg.generic {indexing_maps = [#id3, #id3], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%c : tensor<2x12x5xf32>) outs(%e2 : tensor<2x12x5xf32>) {
  ^bb0(%v: f32, %o: f32):
    %m = arith.mulf %v, %s : f32
    linalg.yield %m : f32
  } -> tensor<2x12x5xf32>
  return %r : tensor<2x12x5xf32>
}
