// RUN: %check_idiom %s
//
// A contraction that reads K through a division already: nothing is copied.
//
// VALUE @pattern(24x5x6, 6x7x6) small:
//     matmul(x, transpose(interleave(y, 4, 0), [0, 2, 1]))
// RAISED @pattern: nothing
// LEFT @pattern: linalg.generic (contraction)

#mq = affine_map<(b, m, n, k) -> (b, m, k)>
#mk = affine_map<(b, m, n, k) -> (b floordiv 4, n, k)>
#mo = affine_map<(b, m, n, k) -> (b, m, n)>
func.func @pattern(%q: tensor<24x5x6xf32>, %k: tensor<6x7x6xf32>) -> tensor<24x5x7xf32> {
  %z = arith.constant 0.0 : f32
  %oe = tensor.empty() : tensor<24x5x7xf32>
  %f = linalg.fill ins(%z : f32) outs(%oe : tensor<24x5x7xf32>) -> tensor<24x5x7xf32>
  %r = linalg.generic {indexing_maps = [#mq, #mk, #mo], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%q, %k : tensor<24x5x6xf32>, tensor<6x7x6xf32>) outs(%f : tensor<24x5x7xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %1 = arith.mulf %a, %b : f32
    %2 = arith.addf %c, %1 : f32
    linalg.yield %2 : f32
  } -> tensor<24x5x7xf32>
  return %r : tensor<24x5x7xf32>
}
