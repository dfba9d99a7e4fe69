// RUN: %check_idiom %s
//
// repeat_interleave without a dim, of run-time extents: all that is repeated is the
// flattened tensor.
//
// VALUE @pattern(3x5): interleave(reshape(x, [15]), 4, 0)
// VALUE @pattern(1x1): interleave(reshape(x, [1]), 4, 0)
// RAISED @pattern: ditto.repeat_interleave by 4 dim(1)
// LEFT @pattern: ditto.repeat_interleave by 4 dim(1)

func.func @pattern(%x: tensor<?x?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %d0 = tensor.dim %x, %c0 : tensor<?x?xf32>
  %d1 = tensor.dim %x, %c1 : tensor<?x?xf32>
  %e = tensor.empty(%d0, %d1) : tensor<?x?x4xf32>
  %b = linalg.broadcast ins(%x : tensor<?x?xf32>) outs(%e : tensor<?x?x4xf32>) dimensions = [2]
  %r = tensor.collapse_shape %b [[0, 1, 2]] : tensor<?x?x4xf32> into tensor<?xf32>
  return %r : tensor<?xf32>
}
