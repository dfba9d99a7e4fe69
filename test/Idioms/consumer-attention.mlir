// RUN: %check_idiom %s
//
// A whole block of attention: both repeats, scale, mask, softmax and both products.
//
// VALUE @pattern(4x3x3, 1x2x4x3, 1x2x4x3, 1x1x3x4) small within 1e-5:
//     matmul(reshape(softmax(add(reshape(scale(
//         matmul(x, transpose(interleave(reshape(y, [2, 4, 3]), 2, 0), [0, 2, 1])), 0.5),
//         [1, 4, 3, 4]), w)), [4, 3, 4]), interleave(reshape(z, [2, 4, 3]), 2, 0))
// RAISED @pattern: ditto.repeat_interleave by 2 dim(1); ditto.repeat_interleave by 2 dim(1)
// LEFT @pattern: linalg.batch_matmul; func.call; linalg.batch_matmul
// RAISED @probs: nothing
// LEFT @probs: linalg.generic; linalg.generic (reduction); linalg.generic; linalg.generic (reduction); linalg.generic

#in  = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#id4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#row = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#msk = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
func.func private @probs(%s: tensor<1x4x3x4xf32>, %mask: tensor<1x1x3x4xf32>) -> tensor<1x4x3x4xf32> {
  %c = arith.constant 5.000000e-01 : f32
  %ninf = arith.constant 0xFF800000 : f32
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x4x3x4xf32>
  %r = tensor.empty() : tensor<1x4x3xf32>
  %a = linalg.generic {indexing_maps = [#id4, #msk, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%s, %mask : tensor<1x4x3x4xf32>, tensor<1x1x3x4xf32>) outs(%e : tensor<1x4x3x4xf32>) {
  ^bb0(%x: f32, %m: f32, %o: f32):
    %0 = arith.mulf %x, %c : f32
    %1 = arith.addf %0, %m : f32
    linalg.yield %1 : f32
  } -> tensor<1x4x3x4xf32>
  %mi = linalg.fill ins(%ninf : f32) outs(%r : tensor<1x4x3xf32>) -> tensor<1x4x3xf32>
  %mx = linalg.generic {indexing_maps = [#id4, #row], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%a : tensor<1x4x3x4xf32>) outs(%mi : tensor<1x4x3xf32>) {
  ^bb0(%x: f32, %o: f32):
    %0 = arith.maximumf %x, %o : f32
    linalg.yield %0 : f32
  } -> tensor<1x4x3xf32>
  %ex = linalg.generic {indexing_maps = [#id4, #row, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%a, %mx : tensor<1x4x3x4xf32>, tensor<1x4x3xf32>) outs(%e : tensor<1x4x3x4xf32>) {
  ^bb0(%x: f32, %m: f32, %o: f32):
    %0 = arith.subf %x, %m : f32
    %1 = math.exp %0 : f32
    linalg.yield %1 : f32
  } -> tensor<1x4x3x4xf32>
  %si = linalg.fill ins(%z : f32) outs(%r : tensor<1x4x3xf32>) -> tensor<1x4x3xf32>
  %sm = linalg.generic {indexing_maps = [#id4, #row], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%ex : tensor<1x4x3x4xf32>) outs(%si : tensor<1x4x3xf32>) {
  ^bb0(%x: f32, %o: f32):
    %0 = arith.addf %x, %o : f32
    linalg.yield %0 : f32
  } -> tensor<1x4x3xf32>
  %p = linalg.generic {indexing_maps = [#id4, #row, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%ex, %sm : tensor<1x4x3x4xf32>, tensor<1x4x3xf32>) outs(%e : tensor<1x4x3x4xf32>) {
  ^bb0(%x: f32, %m: f32, %o: f32):
    %0 = arith.divf %x, %m : f32
    linalg.yield %0 : f32
  } -> tensor<1x4x3x4xf32>
  return %p : tensor<1x4x3x4xf32>
}
func.func @pattern(%q: tensor<4x3x3xf32>, %k: tensor<1x2x4x3xf32>, %v: tensor<1x2x4x3xf32>, %mask: tensor<1x1x3x4xf32>) -> tensor<4x3x3xf32> {
  %z = arith.constant 0.0 : f32
  %be = tensor.empty() : tensor<1x2x2x4x3xf32>
  %kb = linalg.generic {indexing_maps = [#in, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%k : tensor<1x2x4x3xf32>) outs(%be : tensor<1x2x2x4x3xf32>) {
  ^bb0(%x: f32, %o: f32):
    linalg.yield %x : f32
  } -> tensor<1x2x2x4x3xf32>
  %kr = tensor.collapse_shape %kb [[0], [1, 2], [3], [4]] : tensor<1x2x2x4x3xf32> into tensor<1x4x4x3xf32>
  %vb = linalg.generic {indexing_maps = [#in, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%v : tensor<1x2x4x3xf32>) outs(%be : tensor<1x2x2x4x3xf32>) {
  ^bb0(%x: f32, %o: f32):
    linalg.yield %x : f32
  } -> tensor<1x2x2x4x3xf32>
  %vr = tensor.collapse_shape %vb [[0, 1, 2], [3], [4]] : tensor<1x2x2x4x3xf32> into tensor<4x4x3xf32>
  %te = tensor.empty() : tensor<1x4x3x4xf32>
  %kt = linalg.transpose ins(%kr : tensor<1x4x4x3xf32>) outs(%te : tensor<1x4x3x4xf32>) permutation = [0, 1, 3, 2]
  %kc = tensor.collapse_shape %kt [[0, 1], [2], [3]] : tensor<1x4x3x4xf32> into tensor<4x3x4xf32>
  %se = tensor.empty() : tensor<4x3x4xf32>
  %sf = linalg.fill ins(%z : f32) outs(%se : tensor<4x3x4xf32>) -> tensor<4x3x4xf32>
  %s = linalg.batch_matmul ins(%q, %kc : tensor<4x3x3xf32>, tensor<4x3x4xf32>) outs(%sf : tensor<4x3x4xf32>) -> tensor<4x3x4xf32>
  %s4 = tensor.expand_shape %s [[0, 1], [2], [3]] output_shape [1, 4, 3, 4] : tensor<4x3x4xf32> into tensor<1x4x3x4xf32>
  %p = func.call @probs(%s4, %mask) : (tensor<1x4x3x4xf32>, tensor<1x1x3x4xf32>) -> tensor<1x4x3x4xf32>
  %pc = tensor.collapse_shape %p [[0, 1], [2], [3]] : tensor<1x4x3x4xf32> into tensor<4x3x4xf32>
  %oe = tensor.empty() : tensor<4x3x3xf32>
  %of = linalg.fill ins(%z : f32) outs(%oe : tensor<4x3x3xf32>) -> tensor<4x3x3xf32>
  %r = linalg.batch_matmul ins(%pc, %vr : tensor<4x3x4xf32>, tensor<4x4x3xf32>) outs(%of : tensor<4x3x3xf32>) -> tensor<4x3x3xf32>
  return %r : tensor<4x3x3xf32>
}
