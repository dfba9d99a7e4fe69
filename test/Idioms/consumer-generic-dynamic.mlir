// RUN: %check_idiom %s
//
// A contraction of rank 4 over two batch dimensions, with batch and sequence dynamic.
//
// VALUE @pattern(2x12x5x6, 2x3x7x6) small:
//     matmul(x, transpose(interleave(y, 4, 1), [0, 1, 3, 2]))
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: linalg.batch_matmul

#in  = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#q4 = affine_map<(b, h, m, n, k) -> (b, h, m, k)>
#k4 = affine_map<(b, h, m, n, k) -> (b, h, n, k)>
#o4 = affine_map<(b, h, m, n, k) -> (b, h, m, n)>
func.func @pattern(%q: tensor<?x12x?x6xf32>, %k: tensor<?x3x?x6xf32>) -> tensor<?x12x?x?xf32> {
  %z = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %nb = tensor.dim %k, %c0 : tensor<?x3x?x6xf32>
  %nt = tensor.dim %k, %c2 : tensor<?x3x?x6xf32>
  %ns = tensor.dim %q, %c2 : tensor<?x12x?x6xf32>
  %e = tensor.empty(%nb, %nt) : tensor<?x3x4x?x6xf32>
  %b = linalg.generic {indexing_maps = [#in, #id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%k : tensor<?x3x?x6xf32>) outs(%e : tensor<?x3x4x?x6xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<?x3x4x?x6xf32>
  %kr = tensor.collapse_shape %b [[0], [1, 2], [3], [4]] : tensor<?x3x4x?x6xf32> into tensor<?x12x?x6xf32>
  %oe = tensor.empty(%nb, %ns, %nt) : tensor<?x12x?x?xf32>
  %f = linalg.fill ins(%z : f32) outs(%oe : tensor<?x12x?x?xf32>) -> tensor<?x12x?x?xf32>
  %r = linalg.generic {indexing_maps = [#q4, #k4, #o4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%q, %kr : tensor<?x12x?x6xf32>, tensor<?x12x?x6xf32>) outs(%f : tensor<?x12x?x?xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %p = arith.mulf %a, %c : f32
    %s = arith.addf %p, %o : f32
    linalg.yield %s : f32
  } -> tensor<?x12x?x?xf32>
  return %r : tensor<?x12x?x?xf32>
}
