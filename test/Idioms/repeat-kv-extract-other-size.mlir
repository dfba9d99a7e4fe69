// RUN: %check_idiom %s
//
// repeat-kv-dynamic-extract.mlir with a batch size that need not be that of the
// tensor: it may be a broadcast of a batch of 1 too, which is left to run time. What
// is repeated is the result of that.
//
// VALUE @pattern(2x3x5x6, 2): interleave(x, 4, 1)
// VALUE @pattern(1x3x5x6, 2): repeat(interleave(x, 4, 1), [2, 1, 1, 1])
// VALUE @pattern(1x3x5x6, 0): part(interleave(x, 4, 1), 0, 0, 0)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: linalg.generic; ditto.repeat_interleave by 4 dim(1)

#id5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
func.func @pattern(%x: tensor<?x3x?x6xf32>, %n: index) -> tensor<?x12x?x6xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %d0 = tensor.dim %x, %c0 : tensor<?x3x?x6xf32>
  %d2 = tensor.dim %x, %c2 : tensor<?x3x?x6xf32>
  %u = tensor.expand_shape %x [[0], [1], [2, 3], [4]] output_shape [%d0, 3, 1, %d2, 6] : tensor<?x3x?x6xf32> into tensor<?x3x1x?x6xf32>
  %e = tensor.empty(%n, %d2) : tensor<?x3x4x?x6xf32>
  %b = linalg.generic {indexing_maps = [#id5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]}
      outs(%e : tensor<?x3x4x?x6xf32>) {
  ^bb0(%o: f32):
    %i0 = linalg.index 0 : index
    %i1 = linalg.index 1 : index
    %i3 = linalg.index 3 : index
    %i4 = linalg.index 4 : index
    %is0 = arith.cmpi eq, %d0, %c1 : index
    %a0 = arith.select %is0, %c0, %i0 : index
    %is3 = arith.cmpi eq, %d2, %c1 : index
    %a3 = arith.select %is3, %c0, %i3 : index
    %v = tensor.extract %u[%a0, %i1, %c0, %a3, %i4] : tensor<?x3x1x?x6xf32>
    linalg.yield %v : f32
  } -> tensor<?x3x4x?x6xf32>
  %r = tensor.collapse_shape %b [[0], [1, 2], [3], [4]] : tensor<?x3x4x?x6xf32> into tensor<?x12x?x6xf32>
  return %r : tensor<?x12x?x6xf32>
}
