// RUN: %check_idiom %s
//
// The rotary embedding comes after the repeat (Falcon): slices, negation and
// concatenation of another dimension, with tables that know nothing of heads.
//
// VALUE @pattern(2x3x6, 6, 6) small: rope(interleave(x, 4, 1), y, z)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: linalg.generic; tensor.concat; linalg.generic; ditto.repeat_interleave by 4 dim(1)

#in  = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#id4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#cs  = affine_map<(d0, d1, d2) -> (d2)>
func.func @pattern(%x: tensor<2x3x6xf32>, %cos: tensor<6xf32>, %sin: tensor<6xf32>) -> tensor<2x12x6xf32> {
  %e = tensor.empty() : tensor<2x3x4x6xf32>
  %b = linalg.generic {indexing_maps = [#in, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%x : tensor<2x3x6xf32>) outs(%e : tensor<2x3x4x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<2x3x4x6xf32>
  %c = tensor.collapse_shape %b [[0], [1, 2], [3]] : tensor<2x3x4x6xf32> into tensor<2x12x6xf32>
  %x1 = tensor.extract_slice %c[0, 0, 0] [2, 12, 3] [1, 1, 1] : tensor<2x12x6xf32> to tensor<2x12x3xf32>
  %x2 = tensor.extract_slice %c[0, 0, 3] [2, 12, 3] [1, 1, 1] : tensor<2x12x6xf32> to tensor<2x12x3xf32>
  %ne = tensor.empty() : tensor<2x12x3xf32>
  %nx2 = linalg.generic {indexing_maps = [#id3, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x2 : tensor<2x12x3xf32>) outs(%ne : tensor<2x12x3xf32>) {
  ^bb0(%v: f32, %o: f32):
    %n = arith.negf %v : f32
    linalg.yield %n : f32
  } -> tensor<2x12x3xf32>
  %rot = tensor.concat dim(2) %nx2, %x1 : (tensor<2x12x3xf32>, tensor<2x12x3xf32>) -> tensor<2x12x6xf32>
  %re = tensor.empty() : tensor<2x12x6xf32>
  %r = linalg.generic {indexing_maps = [#id3, #id3, #cs, #cs, #id3], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%c, %rot, %cos, %sin : tensor<2x12x6xf32>, tensor<2x12x6xf32>, tensor<6xf32>, tensor<6xf32>) outs(%re : tensor<2x12x6xf32>) {
  ^bb0(%a: f32, %h: f32, %cc: f32, %ss: f32, %o: f32):
    %m1 = arith.mulf %a, %cc : f32
    %m2 = arith.mulf %h, %ss : f32
    %s = arith.addf %m1, %m2 : f32
    linalg.yield %s : f32
  } -> tensor<2x12x6xf32>
  return %r : tensor<2x12x6xf32>
}
