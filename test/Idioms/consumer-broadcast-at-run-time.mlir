// RUN: %check_idiom %s
//
// torch-mlir broadcasts keys to the batch and the sequence of others, and decides at run
// time which dimensions that takes: the copy reads repeated heads at computed indices of
// other dimensions.
//
// VALUE @pattern(2x6x5x4, 2x2x5x4) small:
//     matmul(x, transpose(repeat(y, [1, 3, 1, 1]), [0, 1, 3, 2]))
// VALUE @pattern(2x6x5x4, 1x2x5x4) small:
//     matmul(x, transpose(repeat(y, [2, 3, 1, 1]), [0, 1, 3, 2]))
// VALUE @pattern(2x6x5x4, 2x2x1x4) small:
//     matmul(x, transpose(repeat(y, [1, 3, 5, 1]), [0, 1, 3, 2]))
// RAISED @pattern: ditto.repeat by [1, 3, 1, 1]
// LEFT @pattern: linalg.generic; linalg.contract

#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#k = affine_map<(b, m, n, k) -> (b, n, k)>
func.func @pattern(%q: tensor<?x6x?x4xf32>, %k: tensor<?x2x?x4xf32>) -> tensor<?x6x?x?xf32> {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  %batch = tensor.dim %q, %c0 : tensor<?x6x?x4xf32>
  %length = tensor.dim %q, %c2 : tensor<?x6x?x4xf32>
  %kb = tensor.dim %k, %c0 : tensor<?x2x?x4xf32>
  %kl = tensor.dim %k, %c2 : tensor<?x2x?x4xf32>
  %cat = tensor.concat dim(1) %k, %k, %k : (tensor<?x2x?x4xf32>, tensor<?x2x?x4xf32>, tensor<?x2x?x4xf32>) -> tensor<?x6x?x4xf32>
  %e = tensor.empty(%batch, %length) : tensor<?x6x?x4xf32>
  %b = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%e : tensor<?x6x?x4xf32>) {
  ^bb0(%o: f32):
    %i0 = linalg.index 0 : index
    %i1 = linalg.index 1 : index
    %i2 = linalg.index 2 : index
    %i3 = linalg.index 3 : index
    %is0 = arith.cmpi eq, %kb, %c1 : index
    %a0 = arith.select %is0, %c0, %i0 : index
    %is2 = arith.cmpi eq, %kl, %c1 : index
    %a2 = arith.select %is2, %c0, %i2 : index
    %v = tensor.extract %cat[%a0, %i1, %a2, %i3] : tensor<?x6x?x4xf32>
    linalg.yield %v : f32
  } -> tensor<?x6x?x4xf32>
  %heads = arith.muli %batch, %c6 : index
  %qm = tensor.collapse_shape %q [[0, 1], [2], [3]] : tensor<?x6x?x4xf32> into tensor<?x?x4xf32>
  %km = tensor.collapse_shape %b [[0, 1], [2], [3]] : tensor<?x6x?x4xf32> into tensor<?x?x4xf32>
  %oe = tensor.empty(%heads, %length, %length) : tensor<?x?x?xf32>
  %f = linalg.fill ins(%zero : f32) outs(%oe : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  %s = linalg.batch_matmul indexing_maps = [affine_map<(b, m, n, k) -> (b, m, k)>, #k, affine_map<(b, m, n, k) -> (b, m, n)>]
      ins(%qm, %km : tensor<?x?x4xf32>, tensor<?x?x4xf32>) outs(%f : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
  %r = tensor.expand_shape %s [[0, 1], [2], [3]] output_shape [%batch, 6, %length, %length] : tensor<?x?x?xf32> into tensor<?x6x?x?xf32>
  return %r : tensor<?x6x?x?xf32>
}
